"""Make the first pages before anybody asks for them, so that no reader waits for them.

The page of the open data is the last: it names the size of every file, and they are made with it.
"""

import logging
from threading import Thread

from django.db import connections

from torg.site.pages import url_in
from torg.site.places import aside
from torg.study import Study

_log = logging.getLogger(__name__)
_FIRST = ("front", "ranking", "survey", "how", "data")


def warm_soon(study: Study) -> Thread:
    """Begin to make the first pages of the latest release, in the study's languages."""
    thread = Thread(target=_warm, args=(study,), name="torg-warm", daemon=True)
    thread.start()
    return thread


def _warm(study: Study) -> None:
    """A page that fails here fails again when a reader asks for it, and is logged as theirs."""
    with aside.first_only(study) as is_first:
        if is_first:
            aside.throw_away_old(study)
            _ask_for_all(study)


def _ask_for_all(study: Study) -> None:
    from django.test import Client  # asks through all that a reader's call goes through

    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    try:
        for name in _FIRST:
            for language in study.languages:
                answered = client.get(url_in(language, name))
                _log.debug("%s %s: %s", language, name, answered.status_code)
    finally:
        connections.close_all()
