"""One process that answers requests, as every contender has; threads, because connections stay open."""

import os

bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 1
worker_class = "gthread"
threads = 16
keepalive = 75
loglevel = "warning"
graceful_timeout = 5
control_socket_disable = True
wsgi_app = "wsgi:application"
