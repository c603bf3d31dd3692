"""Take an accepted file into the archive, once, whatever stops the process in between.

The archive knows a file by its bytes and how it was read: taking it in again changes nothing. So
who is killed after the archive had it, and before that was noted, only notes it.
"""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from torg.errors import SurveyError
from torg.importing import import_files
from torg.site.audit.actions import SITE, note
from torg.site.opening import with_people
from torg.site.room.actions.reading import GONE
from torg.site.room.models import HandIn
from torg.site.room.places import delete_upload, upload_at
from torg.site.work.actions import Progress
from torg.study import Study


@with_people
def take_file(study: Study, progress: Progress, *, number: int) -> dict[str, Any]:
    """Import a hand-in that was accepted, and delete the upload; what the import did."""
    handin = HandIn.objects.get(id=number)
    if handin.state == "taken":
        return _without_upload(study, handin)
    if handin.state != "accepted":
        return {"state": handin.state}
    path = upload_at(study, handin.place)
    if path is None:
        return _turned_down(study, handin, GONE)
    from torg.site.room.understanding import import_answers

    done = import_files(
        study, [path], options=import_answers(study, handin.answers),
        progress=_how_far(progress),
    )  # fmt: skip
    if done.refusals:
        return _turned_down(study, handin, done.refusals[0].removeprefix(f"{path.name}: "))
    facts = {name: done.rows[0][name] for name in _FACTS}
    _note_taken(handin, facts)
    return {**_without_upload(study, handin), **facts}


_FACTS = ("read", "accepted", "rejected", "posts_new", "snapshots_new", "replies_new")


def _how_far(progress: Progress) -> Callable[[str, int, int], None]:
    """Say how far it is; the archive may read in a thread whose line nobody else would close."""
    mine = threading.get_ident()

    def at(_name: str, part: int, whole: int) -> None:
        progress.at(part, whole)
        if threading.get_ident() != mine:
            connection.close()

    return at


@transaction.atomic
def _note_taken(handin: HandIn, facts: dict[str, Any]) -> None:
    handin.state = "taken"
    handin.save(update_fields=("state",))
    note(
        SITE, "took a file into the archive", about=f"hand-in {handin.pk}",
        country=handin.country, unit=handin.unit, **facts,
    )  # fmt: skip


def _without_upload(study: Study, handin: HandIn) -> dict[str, Any]:
    """Delete the upload, and then note it: who is stopped in between does it again."""
    delete_upload(study, handin.place)
    HandIn.objects.filter(id=handin.pk).update(place="")
    return {"state": handin.state}


def _turned_down(study: Study, handin: HandIn, why: str) -> dict[str, Any]:
    """The import refused what was understood before: its owner and the staff are told."""
    with transaction.atomic():
        place, handin.place = handin.place, ""
        handin.state, handin.why = "unfit", why
        handin.save(update_fields=("place", "state", "why"))
        note(
            SITE, "could not take a file", about=f"hand-in {handin.pk}",
            country=handin.country, unit=handin.unit,
        )  # fmt: skip
        transaction.on_commit(lambda: delete_upload(study, place))
    raise SurveyError(why)
