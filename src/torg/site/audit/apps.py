"""The app's name."""

from django.apps import AppConfig


class Audit(AppConfig):
    """The log of what was done."""

    name = "torg.site.audit"
    label = "audit"
