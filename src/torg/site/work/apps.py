"""The app's name."""

from django.apps import AppConfig


class Work(AppConfig):
    """What is done in the background."""

    name = "torg.site.work"
    label = "work"
