"""What the ids and addresses of LinkedIn say, whoever exported them."""

import polars as pl

from torg.collect.known import KnownChannels, channel_ids
from torg.collect.reading.cells import Column
from torg.collect.reading.epochs import of_ticks
from torg.collect.reading.faults import row_fault

_ACTIVITY = r"urn:li:activity:(\d{19})"
_ORGANISATION = r"(?:linkedin\.com)?/?(?:company|school|showcase)/([^/?#]+)"
_NUMBER = r"urn:li:(?:fs[a-z_]*)?(?:company|organization|miniCompany):(\d+)"
_AFTER_THE_MOMENT = 22  # bits of an activity's number, of which the ones before are its moment


def activity_ids(urn: pl.Series) -> pl.Series:
    """The number of the first activity that a name such as urn:li:activity:7... holds."""
    return urn.str.extract(_ACTIVITY)


def published(activity: pl.Series) -> Column:
    """When an activity was made, which its number begins with in milliseconds since 1970.

    LinkedIn itself shows only "2w" or "3 uker", from which no moment can be told.
    """
    number = activity.cast(pl.Int64, strict=False)
    values = of_ticks((number // (1 << _AFTER_THE_MOMENT)) * 1_000)
    if not values.null_count():
        return Column(values)
    sentence = "the post has no activity number, which alone tells when it was published"
    return Column(values, row_fault(values.is_null(), sentence))


def organisations(address: pl.Series) -> pl.Series:
    """The name or number of the organisation that an address leads to; null for persons."""
    return address.str.strip_chars().str.to_lowercase().str.extract(_ORGANISATION)


def account_ids(urns: pl.Series, *, addresses: pl.Series, known: KnownChannels) -> pl.Series:
    """An organisation's number; without one, what the register knows of its name."""
    names = organisations(addresses)
    numbers = urns.str.extract(_NUMBER).fill_null(names.str.extract(r"^(\d+)$"))
    return numbers.fill_null(channel_ids(names, platform="linkedin", known=known))
