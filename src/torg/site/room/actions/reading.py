"""Read a file that was handed in, in the background, and note what was understood."""

from typing import Any

from django.db import transaction

from torg.locale import message
from torg.site.audit.actions import SITE, note
from torg.site.opening import with_people
from torg.site.room.actions.deciding import begin_taking
from torg.site.room.models import HandIn
from torg.site.room.places import delete_upload, upload_at
from torg.site.room.reader import read_apart
from torg.site.work.actions import Progress
from torg.study import Study

OTHERS = message(
    "The file tells of a channel that is another municipality's in the register. Hand in files "
    "of your own channels only. If the channel is yours, say so under “Your channels” first."
)
GONE = message("The file is not there any more: hand it in again.")


@with_people
def read_file(study: Study, progress: Progress, *, number: int) -> dict[str, Any]:
    """Read a hand-in as an import would, without keeping anything; what became of it."""
    handin = HandIn.objects.filter(id=number, state="reading").first()
    if handin is None:
        return {"state": "not asked for any more"}
    path = upload_at(study, handin.place)
    found = {"refused": GONE} if path is None else read_apart(
        study, path, unit=(handin.country, handin.unit), answers=handin.answers,
        progress=lambda rows, done, of: _say_how_far(handin, progress, rows, done, of),
    )  # fmt: skip
    return {"state": _settle(study, number, found)}


def _say_how_far(handin: HandIn, progress: Progress, rows: int, done: int, of: int) -> None:
    HandIn.objects.filter(id=handin.pk).update(rows=rows)
    progress.at(done, of)


@transaction.atomic
def _settle(study: Study, number: int, found: dict[str, Any]) -> str:
    """Note what came of the reading, unless its owner withdrew the file meanwhile."""
    handin = HandIn.objects.select_for_update().get(id=number)
    if handin.state != "reading":
        return str(handin.state)
    understood = found.get("understood")
    if understood and any(each["whose"] == "other" for each in understood["channels"]):
        handin.understood = {"channels": understood["channels"]}  # to say whose the rows are
        found, understood = {"refused": OTHERS}, None
    else:
        handin.understood = understood
    if understood:
        handin.state, handin.rows = "waiting", understood["rows"]["read"]
    elif "question" in found:
        handin.state, handin.question = "asked", found["question"]
    else:
        handin.state, handin.why = "unfit", found["refused"]
        place = handin.place
        handin.place = ""
        transaction.on_commit(lambda: delete_upload(study, place))
    handin.save()
    note(
        SITE, "read a file", about=f"hand-in {number}", country=handin.country, unit=handin.unit,
        state=handin.state,
    )  # fmt: skip
    if handin.state == "waiting" and takes_by_itself(study, understood or {}):
        begin_taking(handin, SITE)
    return str(handin.state)


def takes_by_itself(study: Study, understood: dict[str, Any]) -> bool:
    """Whether the study's rule takes such a file without one of the staff.

    It must be an owner's own export, understood to the last row, of channels that are its own.
    """
    return (
        study.site.accept_files == "own"
        and understood["access"] == "owner"
        and not understood["may_publish"]
        and not understood["rows"]["rejected"]
        and bool(understood["channels"])
        and all(each["whose"] == "own" for each in understood["channels"])
    )
