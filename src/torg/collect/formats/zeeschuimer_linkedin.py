"""LinkedIn as Zeeschuimer saw it: the posts of organisations.

Its feed is made of persons' posts, likes and comments; those are not taken in.
"""

import polars as pl

from torg.collect.formats.shape import Fields, Read
from torg.collect.formats.zeeschuimer import count, inside, read_item, zeeschuimer
from torg.collect.linkedin import account_ids, activity_ids, organisations, published
from torg.collect.reading.cells import word

_COUNTS = ("reactions", "comments", "shares")
_PERSON = "this is a person's post, and Torg takes in those of organisations alone"
_TOTALS = "*socialDetail.*totalSocialActivityCounts"


def _channel(fields: Fields) -> pl.Series:
    return account_ids(
        fields.text("channel"), addresses=fields.text("handle"), known=fields.terms.known
    )


def _read(fields: Fields) -> Read:
    activity, address = activity_ids(fields.text("id")), fields.text("handle")
    counts = {name: count(fields, name) for name in _COUNTS}
    is_persons = word(address).is_not_null() & organisations(address).is_null()
    return read_item(
        fields,
        platform="linkedin",
        channel=_channel(fields),
        published=published(activity),
        values={
            "native_id": activity,
            "id_space": fields.constant("post"),
            "url": "https://www.linkedin.com/feed/update/urn:li:activity:" + activity,
        },
        counts=counts,
        refused={_PERSON: is_persons},
    )


_IDS = inside("updateMetadata.urn", "preDashEntityUrn", "entityUrn", "id")

ZEESCHUIMER_LINKEDIN = zeeschuimer(
    "linkedin",
    title="Zeeschuimer export of LinkedIn",
    columns={
        "id": _IDS,
        "published": _IDS,
        "channel": inside("actor.backendUrn"),
        "handle": inside("actor.navigationContext.actionTarget"),
        "name": inside("actor.name.text"),
        "text": inside("commentary.text.text"),
        "reactions": inside(f"{_TOTALS}.numLikes", "*socialDetail.likes.paging.total"),
        "comments": inside(f"{_TOTALS}.numComments", "*socialDetail.comments.paging.total"),
        "shares": inside(f"{_TOTALS}.numShares", "*socialDetail.totalShares"),
    },
    required=("handle",),
    channels=_channel,
    handles=lambda fields: organisations(fields.text("handle")),
    read=_read,
    counts=_COUNTS,
)
