"""The apps of Django and allauth with the keys that MongoDB has."""

from allauth.account.apps import AccountConfig
from allauth.usersessions.apps import UserSessionsConfig
from django.contrib.auth.apps import AuthConfig
from django.contrib.contenttypes.apps import ContentTypesConfig

OBJECT_ID = "django_mongodb_backend.fields.ObjectIdAutoField"


class MongoAuthConfig(AuthConfig):
    default_auto_field = OBJECT_ID


class MongoContentTypesConfig(ContentTypesConfig):
    default_auto_field = OBJECT_ID


class MongoAccountConfig(AccountConfig):
    default_auto_field = OBJECT_ID


class MongoUserSessionsConfig(UserSessionsConfig):
    default_auto_field = OBJECT_ID
