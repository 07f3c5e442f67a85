"""How Django knows the site."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The reader's browser: its tables, templates, words."""

    name = "mahdar.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
