"""The app's name."""

from django.apps import AppConfig


class Experience(AppConfig):
    """What municipalities tried, ask for, and do together."""

    name = "torg.site.experience"
    label = "experience"
