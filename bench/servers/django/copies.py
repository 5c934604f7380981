"""
Copies the one account, which was made through HTTP, and its session: `copies.py COUNT` stores COUNT - 1 more and prints the
session key of each.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from django.contrib.auth import SESSION_KEY, get_user_model  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402

User = get_user_model()
first = User.objects.get()
template = Session.objects.order_by("-expire_date").first().get_decoded()
prefix = first.username.removesuffix("0")
users = [
    User(username=f"{prefix}{i}", password=first.password, last_login=first.last_login)
    for i in range(1, int(sys.argv[1]))
]
User.objects.bulk_create(users)
for user in [first, *User.objects.exclude(pk=first.pk)]:
    session = SessionStore()
    session.update({**template, SESSION_KEY: str(user.pk)})
    session.create()
    session.save()
    print(session.session_key)
