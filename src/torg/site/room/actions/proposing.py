"""Say what is right of one's channels; one of the staff accepts it into the register, or not."""

import datetime as dt
from dataclasses import asdict, fields
from typing import Any

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
        gone, come = set(before.channels) - set(after.channels), set(after.channels)
        come -= set(before.channels)
        ended(
            proposal, visitor, "accepted", "accepted a proposal", called="proposal",
            before=[_row(each) for each in sorted(gone, key=repr)],
            after=[_row(each) for each in sorted(come, key=repr)],
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


def _row(channel: Channel) -> dict[str, Any]:
    """A line of channels.csv, fit for JSON."""
    return {name: str(value) for name, value in asdict(channel).items() if value is not None}
