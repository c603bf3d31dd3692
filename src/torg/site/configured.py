"""Django, set up once in a process: no settings file, and no database until a study is opened."""

import django
from django.conf import settings

APPS = ("torg.site.answers",)


def configure() -> None:
    """Set Django up, where that was not done yet."""
    if settings.configured:
        return
    settings.configure(
        INSTALLED_APPS=list(APPS),
        DATABASES={},  # `open_people` says where
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        TIME_ZONE="UTC",
        LOGGING_CONFIG=None,  # what Torg logs is for the command line to say
    )
    django.setup()
