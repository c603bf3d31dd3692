"""What municipalities hand in and say of their channels, in the shape in which staff review it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from torg.locale import message
from torg.report import terms
from torg.site.accounts.visiting import Visitor
from torg.site.room.actions import accept_channel, accept_file, refuse_channel, refuse_file
from torg.site.room.asking import LABELS
from torg.site.room.models import HandIn, Proposal
from torg.site.room.queries import waiting_channels, waiting_files
from torg.site.room.told import KINDS as KINDS_OF_FILES
from torg.site.room.told import tool_of
from torg.site.staff.waiting import Day, Moment, Review, Sentence, Waiting
from torg.study import Study

KINDS = {
    "add": message("A further channel"),
    "change": message("A channel is otherwise than the register has it"),
    "end": message("A channel has ended"),
    "disown": message("A channel is not theirs"),
}

_SAYS = {
    "platform": message("Platform"),
    "meant": message("In the register as"),
    "address": message("Address"),
    "platform_id": message("The platform's id"),
    "owner_name": message("Name of the page"),
    "scope": message("Scope"),
    "valid_from": message("From"),
    "valid_to": message("Until (first day on which it is no longer)"),
    "declared": message("Declared on"),
    "remark": message("Remark"),
}
_OF_KIND = {
    "end": ("platform", "meant", "valid_to", "remark"),
    "disown": ("platform", "meant", "remark"),
}


def _waiting_channels() -> list[Waiting]:
    return [
        Waiting(
            number=each.pk, country=each.country, unit=each.unit, title=Sentence(KINDS[each.kind]),
            at=each.made, by=each.by, said=_said(each),
        )
        for each in waiting_channels()
    ]  # fmt: skip


def _said(proposal: Proposal) -> tuple[tuple[str, str], ...]:
    names = _OF_KIND.get(proposal.kind, tuple(_SAYS))
    values = ((name, getattr(proposal, name)) for name in names)
    return tuple((_SAYS[name], _plain(name, value)) for name, value in values if value)


def _plain(name: str, value: Any) -> str:  # noqa: ANN401 -- a column's
    """A code or a day of the register as the reader says it; all else as it stands."""
    if name == "platform":
        return terms.PLATFORMS.get(value, value)
    if name == "scope":
        return Sentence(terms.SCOPES[value])
    return Day(value) if isinstance(value, dt.date) else str(value)


def _decide_channel(
    study: Study, visitor: Visitor, number: int, *, accepts: bool, reason: str
) -> None:
    if accepts:
        accept_channel(study, visitor, number)
    else:
        refuse_channel(study, visitor, number, reason=reason)


def _waiting_files() -> list[Waiting]:
    return [
        Waiting(
            number=each.pk, country=each.country, unit=each.unit, title=each.name, at=each.made,
            by=each.by, said=_understood(each),
        )
        for each in waiting_files()
    ]  # fmt: skip


def _understood(handin: HandIn) -> tuple[tuple[str, str], ...]:
    found = handin.understood
    rows = found["rows"]
    channels = ", ".join(f"{_called(c)} ({c['rows']})" for c in found["channels"])
    strange = ", ".join(_called(c) for c in found["channels"] if c["whose"] == "nobody")
    said: tuple[tuple[str, str], ...] = (
        (message("What it holds"), Sentence(KINDS_OF_FILES[found["kind"]])),
        (message("Made with"), tool_of(found["format"])),
        (message("Channels, with the rows of each"), channels),
        (message("Channels that the register does not know"), strange),
        (message("Rows read"), str(rows["read"])),
        (message("Rows rejected"), str(rows["rejected"])),
        (message("Access tier that the file says"), Sentence(terms.ACCESS[found["access"]])),
        (message("Exported"), Moment(found["exported_at"] or "")),
        *((LABELS[name], answer) for name, answer in handin.answers.items()),
    )
    return tuple((label, text) for label, text in said if text)


def _called(channel: Mapping[str, Any]) -> str:
    platform = channel["platform"]
    return f"{terms.PLATFORMS.get(platform, platform)} {channel['channel']}"


def _decide_file(
    study: Study, visitor: Visitor, number: int, *, accepts: bool, reason: str
) -> None:
    if accepts:
        accept_file(study, visitor, number)
    else:
        refuse_file(study, visitor, number, reason=reason)


REVIEWS: Mapping[str, Review] = {
    "files": Review(title=message("Files"), waiting=_waiting_files, decide=_decide_file),
    "channels": Review(
        title=message("Channels"), waiting=_waiting_channels, decide=_decide_channel
    ),
}
