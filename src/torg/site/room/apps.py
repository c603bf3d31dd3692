"""The app's name."""

from django.apps import AppConfig


class Room(AppConfig):
    """What a municipality hands in and sets right."""

    name = "torg.site.room"
    label = "room"
