"""What municipalities say of their figures, in the shape in which one of the staff reviews it."""

from collections.abc import Mapping
from typing import get_args, get_type_hints

from torg.errors import SurveyError
from torg.locale import message
from torg.measure import DEFINITIONS, Correction
from torg.register import read_register
from torg.site.accounts.visiting import Visitor
from torg.site.releases.actions import (
    accept_correction,
    accept_statement,
    refuse_correction,
    refuse_statement,
)
from torg.site.releases.queries import waiting_corrections, waiting_statements
from torg.site.staff.waiting import Ask, Review, Sentence, Waiting
from torg.study import Study

LACKS = message("To accept a correction, say of which platform, channel and field it is.")

_FIELDS = get_args(get_type_hints(Correction)["field"])


def _waiting_corrections() -> list[Waiting]:
    return [
        Waiting(
            number=each.pk, country=each.country, unit=each.unit,
            title=_title(each.measure), at=each.made, by=each.by,
            said=(
                (message("Release"), each.release),
                (message("It should be"), each.should_be),
                (message("Reason"), each.reason),
                *(((message("Evidence"), each.evidence),) if each.evidence else ()),
            ),
        )
        for each in waiting_corrections()
    ]  # fmt: skip


def _title(measure: str) -> str:
    """The measure in words; one that there is no more, by its name."""
    return Sentence(DEFINITIONS[measure].title) if measure in DEFINITIONS else measure


def _decide_correction(
    study: Study, visitor: Visitor, number: int, *, accepts: bool, reason: str,
    filled: Mapping[str, str],
) -> None:  # fmt: skip
    """Where it is accepted, what was filled in is the line that sets it right."""
    if not accepts:
        refuse_correction(study, visitor, number, reason=reason)
        return
    if not all(filled.get(name) for name in ("platform", "channel", "field")):
        raise SurveyError(LACKS)
    accept_correction(study, visitor, number, **filled)


def _line_of(study: Study, one: Waiting) -> tuple[Ask, ...]:
    """The cells of the line in corrections.csv that sets the figure right."""
    own = [
        channel
        for channel in read_register(study.register_folder).channels
        if (channel.country, channel.code) == (one.country, one.unit)
    ]
    return (
        Ask(
            name="platform", label=message("Platform"),
            options=tuple(sorted({channel.platform for channel in own})),
        ),
        Ask(
            name="channel", label=message("Channel"),
            help=message("One of the municipality's own, as the register has it."),
            options=tuple(sorted({name for channel in own for name in channel.names})),
        ),
        Ask(
            name="post", label=message("Post"), is_needed=False,
            help=message("The platform's id of the post. Leave it blank to leave out the channel."),
        ),
        Ask(
            name="field", label=message("Field"), options=_FIELDS,
            help=message("“exclude” leaves the post, or the whole channel, out."),
        ),
        Ask(
            name="value", label=message("Value"), is_needed=False,
            help=message("What is right: a whole number, or a moment such as 2026-11-20T09:30."),
        ),
    )  # fmt: skip


def _waiting_statements() -> list[Waiting]:
    return [
        Waiting(
            number=each.pk, country=each.country, unit=each.unit, title=each.release, at=each.made,
            by=each.by, language=each.language,
            said=((message("Language"), each.language), (message("Statement"), each.text)),
        )
        for each in waiting_statements()
    ]  # fmt: skip


def _decide_statement(
    study: Study, visitor: Visitor, number: int, *, accepts: bool, reason: str
) -> None:
    if accepts:
        accept_statement(study, visitor, number)
    else:
        refuse_statement(study, visitor, number, reason=reason)


REVIEWS: Mapping[str, Review] = {
    "corrections": Review(
        title=message("Corrections"), waiting=_waiting_corrections, decide=_decide_correction,
        asks=_line_of,
    ),
    "replies": Review(
        title=message("Statements beside figures"), waiting=_waiting_statements,
        decide=_decide_statement,
    ),
}  # fmt: skip
