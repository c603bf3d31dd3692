"""Campaigns that several municipalities do together: begin, join, leave, hide."""

import datetime as dt

from django.db import transaction

from torg.errors import UserError
from torg.locale import message
from torg.site.accounts.visiting import Visitor
from torg.site.audit.actions import note
from torg.site.experience.actions.hiding import hide, still_shown
from torg.site.experience.models import Campaign, Participation

MOST_AHEAD = 10
MANY = message("Your municipality has begun ten campaigns that are not over: let one end first.")


@transaction.atomic
def begin_campaign(
    visitor: Visitor, *, title: str, text: str, tag: str, begins: dt.date, ends: dt.date,
    language: str,
) -> int:  # fmt: skip
    """Begin a campaign; who begins it takes part. Gives its number."""
    now = dt.datetime.now(dt.UTC)
    own = Campaign.objects.filter(country=visitor.country, unit=visitor.unit)
    if own.filter(ends__gte=now.date(), hidden__isnull=True).count() >= MOST_AHEAD:
        raise UserError(MANY)
    made = Campaign.objects.create(
        country=visitor.country, unit=visitor.unit, title=title, text=text, tag=tag,
        begins=begins, ends=ends, language=language, made=now,
    )  # fmt: skip
    Participation.objects.create(
        campaign=made, country=visitor.country, unit=visitor.unit, joined=now
    )
    note(visitor, "began a campaign", about=f"campaign {made.pk}")
    return int(made.pk)


@transaction.atomic
def join_campaign(visitor: Visitor, number: int) -> None:
    """Let the visitor's municipality take part."""
    _, is_new = Participation.objects.get_or_create(
        campaign=still_shown(Campaign, number), country=visitor.country, unit=visitor.unit,
        left__isnull=True, defaults={"joined": dt.datetime.now(dt.UTC)},
    )  # fmt: skip
    if is_new:
        note(visitor, "joined a campaign", about=f"campaign {number}")


@transaction.atomic
def leave_campaign(visitor: Visitor, number: int) -> None:
    """Let the visitor's municipality take part no more."""
    took_part = Participation.objects.filter(
        campaign=still_shown(Campaign, number),
        country=visitor.country,
        unit=visitor.unit,
        left__isnull=True,
    )
    if took_part.update(left=dt.datetime.now(dt.UTC)):
        note(visitor, "left a campaign", about=f"campaign {number}")


@transaction.atomic
def hide_campaign(visitor: Visitor, number: int) -> None:
    """Take a campaign off the public pages."""
    hide(visitor, Campaign, number)
    note(visitor, "hid a campaign", about=f"campaign {number}")
