"""Django with allauth (headless) on MongoDB, as their documentation writes it."""

import os

SECRET_KEY = os.environ["SECRET"]
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "urls"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django_mongodb_backend.fields.ObjectIdAutoField"
DATABASES = {
    "default": {
        "ENGINE": "django_mongodb_backend",
        "HOST": os.environ["MONGODB_URI"],
        "NAME": os.environ["MONGODB_DATABASE"],
    }
}

INSTALLED_APPS = [
    "apps.MongoAuthConfig",
    "apps.MongoContentTypesConfig",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "apps.MongoAccountConfig",
    "allauth.headless",
    "apps.MongoUserSessionsConfig",
]
# The published migrations create integer keys. Without migrations, `migrate --run-syncdb` creates the collections.
MIGRATION_MODULES = dict.fromkeys(["auth", "contenttypes", "sessions", "account", "usersessions"])

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Its cost is 12, as that of the other contenders.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.BCryptSHA256PasswordHasher"]
SESSION_COOKIE_AGE = 7 * 86_400

HEADLESS_ONLY = True
HEADLESS_ADAPTER = "adapter.HeadlessAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# One address sends all the load.
ACCOUNT_RATE_LIMITS = False
