"""Campaigns, who takes part in them, and their joint curve."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from torg.experience import JointWeek, joint_curve
from torg.site.accounts.visiting import Visitor
from torg.site.experience.models import Campaign, Participation
from torg.site.experience.observed import Key, key_of, spots, weeks_of
from torg.site.experience.permissions import NotThere


@dataclass(frozen=True, kw_only=True)
class PublicCampaign:
    """What several municipalities do together; `places` are the keys of those that take part."""

    number: int
    country: str
    unit: str
    title: str
    text: str
    tag: str
    begins: dt.date
    ends: dt.date
    language: str
    places: tuple[Key, ...]


def public_campaigns() -> list[PublicCampaign]:
    """All campaigns, the one that begins last first."""
    return [_public(row) for row in _rows()]


def public_campaign(number: int) -> PublicCampaign:
    """One campaign. Raises NotThere."""
    row = _rows().filter(id=number).first()
    if row is None:
        raise NotThere
    return _public(row)


def takes_part(visitor: Visitor, number: int) -> bool:
    """Whether the visitor's municipality takes part now."""
    return bool(
        visitor.unit
        and Participation.objects.filter(
            campaign_id=number, country=visitor.country, unit=visitor.unit, left__isnull=True
        ).exists()
    )


def curve_of(campaign: PublicCampaign, *, language: str) -> tuple[JointWeek, ...]:
    """Posts per week of those that take part, beside others of the same country and sizes."""
    known = spots(language)
    countries = {key.partition("-")[0] for key in campaign.places}
    weeks = {
        key: each for key, each in weeks_of("posts").items() if key.partition("-")[0] in countries
    }
    return joint_curve(
        weeks,
        sizes={key: spot.size_class for key, spot in known.items()},
        participants=set(campaign.places),
        begins=campaign.begins,
        ends=campaign.ends,
    )


def _rows() -> Any:  # noqa: ANN401 -- Django's, untyped
    shown = Campaign.objects.filter(hidden__isnull=True).order_by("-begins", "-id")
    return shown.prefetch_related("participation_set")


def _public(row: Any) -> PublicCampaign:  # noqa: ANN401 -- Django's, untyped
    names = (
        "country", "unit", "title", "text", "tag", "begins", "ends", "language",
    )  # fmt: skip
    parts = (each for each in row.participation_set.all() if each.left is None)
    return PublicCampaign(
        number=row.pk,
        places=tuple(sorted({key_of(each.country, each.unit) for each in parts})),
        **{name: getattr(row, name) for name in names},
    )
