"""The archive as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """The application that holds the archive's tables."""

    name = "mahdar.archive"
    label = "archive"
    default_auto_field = "django.db.models.BigAutoField"
