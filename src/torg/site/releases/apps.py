"""The app's name."""

from django.apps import AppConfig


class Releases(AppConfig):
    """Which release is shown, and what municipalities say of it."""

    name = "torg.site.releases"
    label = "releases"
