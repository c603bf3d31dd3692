"""The app's name."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Accounts, and the links that open a municipality's room."""

    name = "torg.site.accounts"
    label = "accounts"
