"""Agree that figures made of one's own exports may be shown, and take that back."""

import datetime as dt

from django.db import transaction

from torg.errors import SurveyError
from torg.register import Channel, agree, withdraw
from torg.site.accounts.visiting import Visitor
from torg.site.audit.actions import note
from torg.site.opening import with_people
from torg.site.room import channels
from torg.site.room.channels import NOT_IN_REGISTER
from torg.site.room.permissions import check_can_agree
from torg.study import Study


@with_people
def agree_to_publish(study: Study, visitor: Visitor, *, platform: str, channel: str) -> None:
    """Enter into the register that the municipality agrees, from today on, for one channel.

    Raises SurveyError where the channel is not its own or the visitor may not agree, RegisterError
    where it has agreed already.
    """
    check_can_agree(visitor)
    today = dt.datetime.now(study.zone).date()
    with channels.changing(study):
        register = channels.read(study)
        own = _own(channels.channels_of(register, visitor.country, visitor.unit), platform, channel)
        after = agree(
            register, platform=own.platform, channel=own.known_as, on=today,
            evidence=f"said in the municipality's room on {today}, by {visitor.is_named}",
        )  # fmt: skip
        with transaction.atomic():
            note(visitor, "agreed to publish", about=channels.named_in_log(own))
            channels.write(study, after)


@with_people
def take_back_agreement(study: Study, visitor: Visitor, *, platform: str, channel: str) -> None:
    """Enter that the municipality agrees no longer, from today on. Raises as `agree_to_publish`."""
    check_can_agree(visitor)
    today = dt.datetime.now(study.zone).date()
    with channels.changing(study):
        register = channels.read(study)
        own = _own(channels.channels_of(register, visitor.country, visitor.unit), platform, channel)
        after = withdraw(register, platform=own.platform, channel=own.known_as, on=today)
        with transaction.atomic():
            note(visitor, "took back an agreement", about=channels.named_in_log(own))
            channels.write(study, after)


def _own(own: tuple[Channel, ...], platform: str, channel: str) -> Channel:
    """The municipality's channel of that name; raises SurveyError where it has none."""
    for each in own:
        if each.platform == platform and channel == each.known_as:
            return each
    raise SurveyError(NOT_IN_REGISTER)
