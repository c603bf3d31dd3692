"""What is said held against what is done: a difference, group by group.

The two are about the same units, so the difference is a paired one: of each unit +1 where it says
so and it does not show, -1 where it shows and it does not say so, else 0. It is called a difference
and nothing worse: answers given in private messages, by telephone or in closed groups are out of
sight. These rows are for those who make the study; what may be published of them is for `disclose`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import polars as pl
from scipy.special import stdtrit

from torg.compare.pairs import Pair
from torg.survey import Surveyed
from torg.survey.estimating import NO_SPREAD, Linear, hypergeometric, ratios

STATED: Mapping[str, pl.DataType] = {
    "wave": pl.String(),
    "pair": pl.String(),
    "item": pl.String(),
    "category": pl.String(),  # the answers that say it: "yes", "hour or day"
    "measure": pl.String(),
    "group": pl.String(),  # "all", "size:2-5k", "county:NAME", "kind:county"
    "stated": pl.Float64(),  # share that says so
    "observed": pl.Float64(),  # share of the same units of which it was observed
    "difference": pl.Float64(),  # stated - observed
    "low": pl.Float64(),  # of the difference, over the frame
    "high": pl.Float64(),
    "sensitivity": pl.Float64(),  # of those of which it was observed, the share that says so
    "specificity": pl.Float64(),  # of those of which it was not, the share that does not
    "p_value": pl.Float64(),  # exact test of McNemar (1947), without weights
    "n": pl.Int64(),  # units that answered and of which it was observed
    "says": pl.Int64(),  # those of them that say so
    "shows": pl.Int64(),  # of which it was observed
    "both": pl.Int64(),  # both
    "weighted_by": pl.String(),
    "missing": pl.String(),  # "no_pairs": nobody that answered was observed
    "flags": pl.String(),  # "exact": the interval is, "few": under five units that differ
}

# With fewer units that differ than these, the difference is not near normal (the exact form of
# McNemar's test is asked for below 25 with one tail in mind; ten keep a normal tail at 2.5 %
# within a point).
FEW_THAT_DIFFER = 10

_NAMES = ("country", "unit")


def stated(
    surveyed: Surveyed,
    observed: pl.DataFrame,
    pairs: Sequence[Pair],
    *,
    groups: Sequence[str] = ("all", "size"),
    confidence: float = 0.95,
) -> pl.DataFrame:
    """STATED rows of each pair and group, sorted; figures of the whole frame, by the weights.

    `observed` are the OBSERVED rows that came through the gate. A unit is in the base where it
    answered the item (don't know is an answer, and does not say so) and the measure was observed
    and is defined. The interval is by linearisation with the finite population correction; exact
    where few differ (two hypergeometric intervals at half the error each), and in no case wider
    than what is still possible given who has answered.
    """
    rows = [
        _row(surveyed, pair, name, table, confidence)
        for pair in pairs
        for name, table in _tables(surveyed, observed, pair, groups)
    ]
    told = [{"wave": surveyed.wave.id, "weighted_by": surveyed.weighting.by, **row} for row in rows]
    return pl.DataFrame(told, schema=dict(STATED), orient="row").sort("pair", "item", "group")


def own(
    sheet: pl.DataFrame,
    observed: pl.DataFrame,
    pairs: Sequence[Pair],
    *,
    country: str,
    unit: str,
) -> pl.DataFrame:
    """What one unit said and what was observed of it: for itself and for nobody else.

    Columns: pair, item, answer, measure, value, at_least, says, shows (null: not known). It may
    rest on its own exports and tokens, so `observed` need not have come through the gate.
    """
    is_own = (pl.col("country") == country) & (pl.col("unit") == unit)
    codes = dict(sheet.filter(is_own).select("item", "code").iter_rows())
    values = dict(observed.filter(is_own).select("measure", "value").iter_rows())
    rows = [_own(pair, codes.get(pair.item), values.get(pair.measure)) for pair in pairs]
    return pl.DataFrame(rows, schema=dict(_OWN), orient="row")


_OWN: Mapping[str, pl.DataType] = {
    "pair": pl.String(),
    "item": pl.String(),
    "answer": pl.String(),
    "measure": pl.String(),
    "value": pl.Float64(),
    "at_least": pl.Float64(),
    "says": pl.Boolean(),
    "shows": pl.Boolean(),
}


def _own(pair: Pair, code: str | None, value: float | None) -> dict[str, object]:
    at_least = pair.definition.at_least
    return {
        "pair": pair.id,
        "item": pair.item,
        "answer": code,
        "measure": pair.measure,
        "value": value,
        "at_least": at_least,
        "says": None if code is None else code in pair.definition.codes,
        "shows": None if value is None else value >= at_least,
    }


def _tables(
    surveyed: Surveyed, observed: pl.DataFrame, pair: Pair, groups: Sequence[str]
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Every group with its units of the frame: says, shows (null: not known)."""
    said = surveyed.sheet.filter(pl.col("item") == pair.item, pl.col("state") == "answered")
    says = said.select(*_NAMES, says=pl.col("code").is_in(pair.definition.codes))
    seen = observed.filter(pl.col("measure") == pair.measure)
    shows = seen.select(*_NAMES, shows=pl.col("value") >= pair.definition.at_least)
    units = surveyed.frame.join(says, on=_NAMES, how="left").join(shows, on=_NAMES, how="left")
    for group in groups:
        if group == "all":
            yield group, units
            continue
        for name, own in _GROUPS[group](units):
            yield f"{group}:{name}", own


def _by(column: str) -> Callable[[pl.DataFrame], Iterator[tuple[str, pl.DataFrame]]]:
    """The municipalities by a column; a county's own unit is of no class of theirs."""

    def parts(units: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
        own = units.filter(pl.col("kind") != "county")
        for name in own[column].drop_nulls().unique().sort():
            yield name, own.filter(pl.col(column) == name)

    return parts


def _by_kind(units: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Municipalities and counties, where there are both; a unit that is both counts in each."""
    for kind in ("county", "municipality") if units["kind"].n_unique() > 1 else ():
        yield kind, units.filter(pl.col("kind").is_in([kind, "both"]))


_GROUPS: Mapping[str, Callable[[pl.DataFrame], Iterator[tuple[str, pl.DataFrame]]]] = {
    "size": _by("size_class"),
    "county": _by("county"),
    "kind": _by_kind,
}


def _row(
    surveyed: Surveyed, pair: Pair, group: str, table: pl.DataFrame, confidence: float
) -> dict[str, object]:
    known = table.drop_nulls(["says", "shows"])
    row: dict[str, object] = {
        "pair": pair.id,
        "item": pair.item,
        "category": pair.category,
        "measure": pair.measure,
        "group": group,
        "n": known.height,
        "says": int(known["says"].sum()),
        "shows": int(known["shows"].sum()),
        "both": int((known["says"] & known["shows"]).sum()),
        "flags": "",
    }
    if known.is_empty():
        return {**row, "missing": "no_pairs"}
    return {**row, **_figures(surveyed, known), **_interval(surveyed, table, known, confidence)}


def _figures(surveyed: Surveyed, known: pl.DataFrame) -> dict[str, float | None]:
    says, shows = (known[name].to_numpy().astype(np.float64) for name in ("says", "shows"))
    columns = {
        "stated": (says, np.ones_like(says)),
        "observed": (shows, np.ones_like(says)),
        "difference": (says - shows, np.ones_like(says)),
        "sensitivity": (says * shows, shows),
        "specificity": ((1 - says) * (1 - shows), 1 - shows),
    }
    above = np.column_stack([above for above, _ in columns.values()])
    below = np.column_stack([below for _, below in columns.values()])
    found = _linear(surveyed, known, above, below).estimates
    return {
        name: float(value) if np.isfinite(value) else None
        for name, value in zip(columns, found, strict=True)
    }


def _linear(
    surveyed: Surveyed, known: pl.DataFrame, above: np.ndarray, below: np.ndarray
) -> Linear:
    """The ratios over the respondents of the design; `above` and `below` are in `known`'s order."""
    places = known.select(_NAMES).with_row_index("place")
    joined = surveyed.weighting.weights.select(_NAMES).join(
        places, on=_NAMES, how="left", maintain_order="left"
    )["place"]
    is_in = joined.is_not_null().to_numpy()[:, None]
    order = joined.fill_null(0).to_numpy()
    return ratios(surveyed.weighting.design, above[order] * is_in, below[order] * is_in)


def _interval(
    surveyed: Surveyed, table: pl.DataFrame, known: pl.DataFrame, confidence: float
) -> dict[str, object]:
    """The interval of the difference, the exact test, and the flags."""
    over = int((known["says"] & ~known["shows"]).sum())
    under = int((~known["says"] & known["shows"]).sum())
    differs = (known["says"].cast(pl.Float64) - known["shows"].cast(pl.Float64)).to_numpy()
    found = _linear(surveyed, known, differs[:, None], np.ones((len(differs), 1)))
    middle = float(found.estimates[0])
    half = float(stdtrit(found.df[0], (1 + confidence) / 2) * found.errors[0])
    low, high = middle - half, middle + half
    # Where each stratum is of one mind the formula knows no doubt: that is for the exact one, too.
    is_few = over + under < FEW_THAT_DIFFER or not half > NO_SPREAD
    if is_few:
        ends = _exact(over, under, n=known.height, size=table.height, confidence=confidence)
        # The exact interval knows no weights: it is opened as far as the weighted figure.
        low, high = min(ends[0], middle), max(ends[1], middle)
    least, most = _possible(table, known)
    low, high = max(low, min(least, middle)), min(high, max(most, middle))
    flags = ["exact"] * is_few + ["few"] * (known.height < 2 * FEW_THAT_DIFFER)
    differ = over + under
    test = _sign_test(over, differ) if differ else 1.0
    return {"low": low, "high": high, "p_value": test, "flags": " ".join(flags)}


def _sign_test(over: int, differ: int) -> float:
    """How likely so uneven a split is where either side is as likely (exact, two-sided)."""
    # Here and not above, for it is slow to load, and every command would wait for it.
    from scipy.stats import binomtest  # type: ignore[attr-defined]

    return float(binomtest(over, differ).pvalue)


def _exact(over: int, under: int, *, n: int, size: int, confidence: float) -> tuple[float, float]:
    """Shares that say too much and too little, each with half of the error (Bonferroni)."""
    each = 1 - (1 - confidence) / 2
    low, high = hypergeometric([over, under], n=n, size=size, confidence=each)
    return float(low[0] - high[1]), float(high[0] - low[1])


def _possible(table: pl.DataFrame, known: pl.DataFrame) -> tuple[float, float]:
    """The least and the most that the difference can be over the group's units of the frame.

    Who says nothing can still say yes or no: of a unit of which it shows the difference is then 0
    or -1, of one of which it does not 0 or 1; of one that nobody observed anything.
    """
    sure = float((known["says"].cast(pl.Int64) - known["shows"].cast(pl.Int64)).sum())
    rest = table.join(known, on=_NAMES, how="anti")
    shows, says = rest["shows"], rest["says"]
    can_be_under = rest.filter(shows.fill_null(value=True) & ~says.fill_null(value=False)).height
    can_be_over = rest.filter(~shows.fill_null(value=False) & says.fill_null(value=True)).height
    return (sure - can_be_under) / table.height, (sure + can_be_over) / table.height
