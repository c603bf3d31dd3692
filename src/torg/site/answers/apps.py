"""The app's name."""

from django.apps import AppConfig


class Answers(AppConfig):
    """Invitations, respondents and their answers."""

    name = "torg.site.answers"
    label = "answers"
