"""What everybody may see of a study: all that is told of it, with the withheld taken out."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

from torg.archive import Reading
from torg.disclose.figures import withhold
from torg.disclose.ledger import ledger, seen_by_analysts, withheld_channels, without_posts
from torg.disclose.lists import shown_sources, shown_unclaimed
from torg.disclose.public import PublicReading
from torg.disclose.totals import TOTALS, totals
from torg.measure import Observed
from torg.register import Register

_NO_CHANNELS = dict.fromkeys(("platform", "channel", "rule"), pl.String)


class Measure(Protocol):
    """What measures the study: over its own window, or the one given; perhaps on a part only."""

    def __call__(
        self,
        reading: Reading,
        *,
        start: dt.date | None = None,
        end: dt.date | None = None,
        in_part: bool = False,
    ) -> Observed:
        """The study, measured on a reading."""


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """Figures, lists, what was withheld of whom, and sums over it.

    `withheld` has platform, channel and rule; `totals` the columns of TOTALS.
    """

    observed: Observed
    sources: pl.DataFrame
    unclaimed: pl.DataFrame
    withheld: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_NO_CHANNELS))
    totals: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=TOTALS))


def for_analysts(
    reading: Reading, register: Register, *, unclaimed: pl.DataFrame, measure: Measure
) -> Disclosure:
    """What those who make the study may see: all but what nobody may keep any more."""
    known = seen_by_analysts(ledger(reading, register))
    inside = _without(reading, known)
    return Disclosure(
        observed=measure(inside),
        sources=shown_sources(reading.sources, known),
        unclaimed=shown_unclaimed(unclaimed, known),
    )


def for_everybody(
    reading: Reading,
    register: Register,
    *,
    unclaimed: pl.DataFrame,
    measure: Measure,
) -> Disclosure:
    """What may be published. Only where something is withheld is the study measured twice."""
    known = ledger(reading, register)
    everything = measure(_without(reading, seen_by_analysts(known)))
    withheld = withheld_channels(known)
    if withheld.is_empty():
        return Disclosure(observed=everything, sources=reading.sources, unclaimed=unclaimed)
    outside = _without(reading, known)
    public = measure(outside, start=everything.start, end=everything.end, in_part=True)
    shown = withhold(everything, public, without_posts=without_posts(known))
    return Disclosure(
        observed=shown,
        sources=shown_sources(reading.sources, known),
        unclaimed=shown_unclaimed(unclaimed, known),
        withheld=withheld,
        totals=totals(everything.rows, shown.rows),
    )


def _without(reading: Reading, known: pl.DataFrame) -> Reading:
    """The reading without what the ledger withholds; itself where that is nothing."""
    is_whole = known["rule"].null_count() == known.height
    return reading if is_whole else PublicReading.of(reading, known)
