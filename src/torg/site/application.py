"""The site as a WSGI application, of the study whose folder the environment names."""

import gc
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from torg.errors import StudyError
from torg.site.configured import configure_for
from torg.site.current import serve_study
from torg.study import Study, read_study

FOLDER = "TORG_STUDY"  # the environment variable with the study's folder

Application = Callable[..., Any]


def application_of(study: Study) -> Application:
    """The application that shows the study; its database is opened, and made where it is not."""
    configure_for(study)
    from django.core.handlers.wsgi import WSGIHandler
    from django.urls import get_resolver

    from torg.site.opening import open_people
    from torg.site.releases.actions import offer_new

    serve_study(study)
    open_people(study)
    with suppress(StudyError):  # a damaged release shuts nobody out; the shelf logs it
        offer_new(study)
    _ = (
        get_resolver().url_patterns
    )  # all rooms are imported now, and not while the first call waits
    return WSGIHandler()


def application() -> Application:
    """The application of the study in the folder that TORG_STUDY names, its first pages made."""
    study = read_study(Path(os.environ.get(FOLDER, ".")))
    made = application_of(study)
    from torg.site.places.warming import warm_soon

    gc.collect()
    gc.freeze()  # what is there now stays: to look through it again would stop all calls meanwhile
    warm_soon(study)
    return made
