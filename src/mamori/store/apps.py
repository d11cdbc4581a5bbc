"""Django app: the database tables."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Tables, queries and writes."""

    name = "mamori.store"
    default_auto_field = "django.db.models.BigAutoField"
