"""The ledger: what every source told of every channel, and which rule withholds it."""

import datetime as dt

import polars as pl

from torg.archive import Reading
from torg.disclose.rules import RULES, TOTALS_ONLY_TIER, judged
from torg.register import Register

PLACE = ("platform", "channel")
KNOWN = ("access", "may_publish", "keep_until")

# What a rule could withhold at all: without such a source there is nothing to look through.
_IN_DOUBT = (
    ~pl.col("may_publish")
    | (pl.col("access") == TOTALS_ONLY_TIER)
    | pl.col("keep_until").is_not_null()
)


def ledger(reading: Reading, register: Register) -> pl.DataFrame:
    """A row for each source and channel: what is known of the two, and the rule that withholds.

    Columns: source_id, platform, channel, readings, replies, known_as (one name for a channel that
    records name in two ways), and those of `rules`. Judged on the reading's day.
    """
    sources = reading.sources.select("source_id", *KNOWN)
    held = reading.held() if sources.filter(_IN_DOUBT).height else _NOTHING_HELD
    told = held.join(sources, on="source_id", how="inner")
    named = told.join(_names(register), on=PLACE, how="left").with_columns(
        known_as=pl.coalesce("known_as", "channel"), today=pl.lit(reading.today)
    )
    agreed = _agreed(register, reading.today)
    marked = named.join(agreed, on=["platform", "known_as"], how="left")
    return judged(marked.with_columns(pl.col("agreed").fill_null(value=False)))


def withheld_channels(ledger: pl.DataFrame) -> pl.DataFrame:
    """platform, channel, rule of each channel that something is withheld of; sorted."""
    hidden = ledger.filter(pl.col("rule").is_not_null())
    found = hidden.group_by("platform", channel="known_as").agg(pl.col("rule").min())
    return found.sort(pl.all())


def without_posts(ledger: pl.DataFrame) -> pl.DataFrame:
    """platform, channel of the channels whose posts everybody would see none of; sorted.

    Another source may tell of their audience; that it tells of no post does not say that there is
    none.
    """
    is_hidden = pl.col("rule").is_not_null()
    read = ledger.group_by("platform", channel="known_as").agg(
        hidden=pl.col("readings").filter(is_hidden).sum(),
        shown=pl.col("readings").filter(~is_hidden).sum(),
    )
    lost = read.filter((pl.col("hidden") > 0) & (pl.col("shown") == 0))
    return lost.select("platform", "channel").sort(pl.all())


def seen_by_analysts(ledger: pl.DataFrame) -> pl.DataFrame:
    """The ledger with only the rules that nobody is above."""
    above = [name for name, rule in RULES.items() if rule.seen_by == "analysts"]
    kept = pl.when(~pl.col("rule").is_in(above)).then("rule")
    return ledger.with_columns(rule=kept)


_NOTHING_HELD = pl.DataFrame(
    schema={
        "source_id": pl.String,
        "platform": pl.String,
        "channel": pl.String,
        "readings": pl.Int64,
        "replies": pl.Int64,
    }
)


def _names(register: Register) -> pl.DataFrame:
    """Every name of a registered channel with the first of its names."""
    rows = {(c.platform, name): c.known_as for c in register.channels for name in c.names}
    return pl.DataFrame(
        [(*place, name) for place, name in sorted(rows.items())],
        schema=dict.fromkeys((*PLACE, "known_as"), pl.String),
        orient="row",
    )


def _agreed(register: Register, day: dt.date) -> pl.DataFrame:
    """The channels whose owners' agreement is in force, by whichever name it was given."""
    first = {(c.platform, name): c.known_as for c in register.channels for name in c.names}
    held = (a for a in register.agreements if a.is_in_force(day))
    names = {(a.platform, first.get((a.platform, a.channel), a.channel)) for a in held}
    rows = [(*name, True) for name in sorted(names)]
    schema = {"platform": pl.String, "known_as": pl.String, "agreed": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")
