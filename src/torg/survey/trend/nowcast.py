"""The level on a day that no edition was in the field, with an interval that owns up to it.

It is a statement on the assumption of `growth`: a share that goes up logistically, at a pace that
is drawn from what other series of the kind did, and wanders. The interval holds the sampling of the
editions, what is not known of the pace, and the wandering since; it widens with every month.
"""

import datetime as dt
from collections.abc import Iterator

import numpy as np
import polars as pl
from scipy.special import expit, logit, ndtri

from torg.survey.questionnaire import YES
from torg.survey.tables import Schema
from torg.survey.trend.growth import PRIOR, Edition, Forecast, Prior, forecast

NOWCASTS: Schema = {
    "item": pl.String(),
    "category": pl.String(),
    "group": pl.String(),
    "day": pl.Date(),
    "estimate": pl.Float64(),  # the middle of what is likely: as likely above as below
    "low": pl.Float64(),
    "high": pl.Float64(),
    "n": pl.Int64(),  # answers in the base of the last edition that went in
    "waves": pl.String(),  # the editions that went in: "2008, 2010"
    "missing": pl.String(),  # "no_editions", "before_editions"
    "flags": pl.String(),  # "prior": two editions or fewer, so that the pace is others'; "wide"
}

WIDE = 0.30
FEW_EDITIONS = 2
DAYS_OF_YEAR = 365.25


def nowcast(
    lines: pl.DataFrame,
    *,
    day: dt.date,
    categories: tuple[str, ...] = (YES,),
    confidence: float = 0.95,
    prior: Prior = PRIOR,
) -> pl.DataFrame:
    """The level of each line of a trend (TREND) on a day, with the columns of NOWCASTS.

    Only editions of one stretch go in, the one that the day falls in or after. `confidence` is that
    of the lines' intervals and of the nowcast's. A day before the first edition has no figure.
    """
    shares = lines.filter(pl.col("category").is_in(categories)).sort("item", "group", "category")
    rows = [
        _row(part.sort("day"), day, confidence, prior)
        for _, part in shares.group_by(["item", "category", "group"], maintain_order=True)
    ]
    return pl.DataFrame(rows, schema=dict(NOWCASTS))


def _row(line: pl.DataFrame, day: dt.date, confidence: float, prior: Prior) -> dict[str, object]:
    first = line.row(0, named=True)
    named = {"item": first["item"], "category": first["category"], "group": first["group"]}
    blank: dict[str, object] = {**dict.fromkeys(NOWCASTS), **named, "day": day, "n": 0, "flags": ""}
    has = _weighted(line.drop_nulls("estimate"))
    if not has.height:
        return {**blank, "missing": "no_editions"}
    stretch = has.filter(pl.col("day") <= day)["stretch"].max()
    if stretch is None:
        return {**blank, "missing": "before_editions"}
    used = has.filter(pl.col("stretch") == stretch)
    told = forecast(list(_editions(used, confidence)), _years(day), prior=prior)
    return {**blank, **_figures(told, confidence, editions=used.height), **_of(used, day)}


def _weighted(has: pl.DataFrame) -> pl.DataFrame:
    """The weighted figures, where there are any beside unweighted ones."""
    weighted = has.filter(pl.col("weighted_by").fill_null("") != "")
    return weighted if weighted.height else has


def _of(used: pl.DataFrame, day: dt.date) -> dict[str, object]:
    last = used.filter(pl.col("day") <= day).row(-1, named=True)
    return {"n": last["n"], "waves": ", ".join(used["wave"])}


def _figures(told: Forecast, confidence: float, *, editions: int) -> dict[str, object]:
    tail = (1 - confidence) / 2
    middle, low, high = (float(expit(told.quantile(part))) for part in (0.5, tail, 1 - tail))
    flags = {"prior": editions <= FEW_EDITIONS, "wide": high - low >= WIDE}
    said = " ".join(name for name, holds in flags.items() if holds)
    return {"estimate": middle, "low": low, "high": high, "flags": said}


def _editions(used: pl.DataFrame, confidence: float) -> Iterator[Edition]:
    """Each row on the logit scale; none is taken for wholly 0 or 1, infinitely far away."""
    z = float(ndtri((1 + confidence) / 2))
    for row in used.iter_rows(named=True):
        half = 0.5 / (row["n"] + 1)
        share = float(np.clip(row["estimate"], half, 1 - half))
        error = (row["high"] - row["low"]) / (2 * z) / (share * (1 - share))
        yield Edition(at=_years(row["day"]), level=float(logit(share)), variance=error**2)


def _years(day: dt.date) -> float:
    return day.toordinal() / DAYS_OF_YEAR
