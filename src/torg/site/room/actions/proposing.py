"""Say what is right of one's channels; one of the staff accepts it into the register, or not."""

import datetime as dt
from dataclasses import asdict, fields

from django.db import transaction

from torg.errors import SurveyError
from torg.locale import message
from torg.register import Channel
from torg.site.accounts.visiting import Visitor
from torg.site.audit.actions import note
from torg.site.deciding import checked_reason, ended
from torg.site.opening import with_people
from torg.site.room import channels
from torg.site.room.channels import Said
from torg.site.room.models import Proposal
from torg.site.room.permissions import check_is_at, check_is_own
from torg.study import Study

MOST_WAITING = 100  # of one municipality
_LONGEST = 1000  # characters of a remark
TOO_MANY = message("Too many of your proposals wait already: wait until they were looked at.")


@with_people
def propose_channel(study: Study, visitor: Visitor, said: Said) -> Proposal:
    """Note what a municipality says of a channel, in the register's own form.

    Raises SurveyError or RegisterError where the register could not say so.
    """
    where = {"country": visitor.country, "unit": visitor.unit}
    plain = channels.checked(channels.read(study), said, **where)
    with transaction.atomic():
        if Proposal.objects.filter(state="waiting", **where).count() >= MOST_WAITING:
            raise SurveyError(TOO_MANY)
        values = {**asdict(plain), "remark": said.remark.strip()[:_LONGEST]}
        made = Proposal.objects.create(
            **where, **values, by=visitor.is_named, made=dt.datetime.now(dt.UTC)
        )
        note(visitor, "proposed a channel", about=f"proposal {made.pk}", kind=said.kind)
    return made


@with_people
def withdraw_proposal(study: Study, visitor: Visitor, number: int) -> Proposal:
    """Take a proposal back. Raises SurveyError where it is not the visitor's, or decided."""
    with transaction.atomic():
        found = Proposal.objects.select_for_update().filter(id=number).first()
        proposal = check_is_own(found, visitor, states=("waiting",))
        return ended(proposal, visitor, "withdrawn", "withdrew a proposal", called="proposal")


@with_people
def accept_channel(study: Study, visitor: Visitor, number: int) -> Proposal:
    """Let a proposal hold: the register is written first, then it is noted that it was.

    Who is stopped in between calls again: a register that says it already stays as it is. Raises
    SurveyError or RegisterError where the register cannot say so any more.
    """
    with channels.changing(study), transaction.atomic():
        found = Proposal.objects.select_for_update().filter(id=number).first()
        proposal = check_is_at(found, states=("waiting",))
        before = channels.read(study)
        after = channels.applied(
            before, said_in(proposal), country=proposal.country, unit=proposal.unit,
            evidence=f"said by the municipality, {proposal.made.date()}",
        )  # fmt: skip
        ended(
            proposal, visitor, "accepted", "accepted a proposal", called="proposal",
            **_changed(set(before.channels), set(after.channels)),
        )  # fmt: skip
        if after != before:
            channels.write(study, after)
        return proposal


@with_people
def refuse_channel(
    study: Study,
    visitor: Visitor,
    number: int,
    *,
    reason: str,
) -> Proposal:
    """Refuse a proposal, with the reason. Raises SurveyError where none waits, or none is given."""
    with transaction.atomic():
        found = Proposal.objects.select_for_update().filter(id=number).first()
        proposal = check_is_at(found, states=("waiting",))
        proposal.why = checked_reason(reason)
        return ended(
            proposal,
            visitor,
            "refused",
            "refused a proposal",
            called="proposal",
            reason=proposal.why,
        )


def said_in(proposal: Proposal) -> Said:
    """What a proposal says."""
    return Said(**{each.name: getattr(proposal, each.name) for each in fields(Said)})


# What tells who a person is whose channel it is: the register has it, and the log never.
_OF_A_PERSON = frozenset({"owner_name", "address", "platform_id", "evidence"})


def _changed(before: set[Channel], after: set[Channel]) -> dict[str, list[dict[str, str]]]:
    """The lines of channels.csv that went and came, fit for the log: it names no person."""
    gone, come = before - after, after - before
    of_a_person = any(each.scope == "person" for each in gone | come)
    left_out = _OF_A_PERSON if of_a_person else frozenset()
    return {
        name: [_row(each, left_out) for each in sorted(rows, key=repr)]
        for name, rows in (("before", gone), ("after", come))
    }


def _row(channel: Channel, left_out: frozenset[str]) -> dict[str, str]:
    return {
        name: str(value)
        for name, value in asdict(channel).items()
        if value is not None and name not in left_out
    }
