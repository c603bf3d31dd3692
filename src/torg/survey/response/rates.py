"""How many of those who were asked answered: in all, by size class, county and kind of unit.

A rate is a fact about the whole frame and not an estimate: it has no interval.
"""

from collections.abc import Mapping

import polars as pl

from torg.errors import SurveyError
from torg.survey.tables import Schema

RESPONSE: Schema = {
    "wave": pl.String(),
    "group": pl.String(),  # "all", "size:2-5k", "county:NAME", "kind:county"
    "asked": pl.Int64(),  # units of the frame
    "answered": pl.Int64(),
    "rate": pl.Float64(),  # 0 to 1
    "earlier_wave": pl.String(),  # null where nothing is compared
    "earlier_asked": pl.Int64(),
    "earlier_answered": pl.Int64(),
    "earlier_rate": pl.Float64(),  # null where the group was not asked then
    "change": pl.Float64(),  # of the rate, later minus earlier
}

KEY = ("country", "unit")
UNKNOWN = "unknown"  # a class that the register does not say

# What a group is called, and the column of the frame that it is cut by.
_GROUPINGS: Mapping[str, str] = {"size": "size_class", "county": "county", "kind": "kind"}


def response(
    frame: pl.DataFrame,
    respondents: pl.DataFrame,
    *,
    earlier: tuple[pl.DataFrame, pl.DataFrame] | None = None,
    groups: tuple[str, ...] = ("all", "size", "county", "kind"),
) -> pl.DataFrame:
    """How many were asked and answered, with the columns of RESPONSE; sorted, "all" first.

    `frame` has FRAME's columns, `respondents` country and unit. `earlier` is the frame and the
    respondents of another wave: its rates stand beside, group by group as each wave's own frame
    has them. Raises SurveyError where a respondent is not in the frame.
    """
    rows = _rates(frame, respondents, groups)
    if earlier is None:
        return _shaped(rows, pl.DataFrame(schema={"group": pl.String(), **_EARLIER}))
    return _shaped(rows, _rates(*earlier, groups).rename(_AS_EARLIER))


_AS_EARLIER = {
    "wave": "earlier_wave",
    "asked": "earlier_asked",
    "answered": "earlier_answered",
    "rate": "earlier_rate",
}
_EARLIER = {name: RESPONSE[name] for name in _AS_EARLIER.values()}


def _shaped(rows: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
    beside = rows.join(earlier, on="group", how="left", maintain_order="left")
    return beside.with_columns(change=pl.col("rate") - pl.col("earlier_rate")).select(
        pl.col(name).cast(kind) for name, kind in RESPONSE.items()
    )


def has_answered(frame: pl.DataFrame, respondents: pl.DataFrame) -> pl.DataFrame:
    """The frame, sorted by country and unit, with a boolean `answered`.

    Raises SurveyError where a respondent is not in the frame, or the frame has a unit twice.
    """
    if frame.select(KEY).is_duplicated().any():
        raise SurveyError("the frame has a unit twice: each unit is asked once, so mend the frame.")
    strangers = respondents.join(frame, on=KEY, how="anti").sort(KEY)
    if strangers.height:
        country, unit = strangers.row(0, named=True)["country"], strangers["unit"][0]
        raise SurveyError(
            f"{country} {unit} answered and is not in the frame of the wave: take it into the "
            "register on the wave's frame_date, or leave its answers out."
        )
    marked = respondents.select(KEY).unique().with_columns(answered=pl.lit(value=True))
    joined = frame.join(marked, on=KEY, how="left")
    return joined.with_columns(pl.col("answered").fill_null(value=False)).sort(KEY)


def _rates(frame: pl.DataFrame, respondents: pl.DataFrame, groups: tuple[str, ...]) -> pl.DataFrame:
    units = has_answered(frame, respondents)
    parts = [_rate(units, _name_of(group)) for group in groups]
    wave = pl.lit(frame["wave"][0] if frame.height else None, dtype=pl.String())
    return pl.concat(parts).select(wave.alias("wave"), "group", "asked", "answered", "rate")


def _name_of(group: str) -> pl.Expr:
    if group == "all":
        return pl.lit("all")
    if group not in _GROUPINGS:
        known = ", ".join(("all", *_GROUPINGS))
        raise SurveyError(f"rates by '{group}' are not known: take some of {known}.")
    return pl.concat_str(pl.lit(f"{group}:"), pl.col(_GROUPINGS[group]).fill_null(UNKNOWN))


def _rate(units: pl.DataFrame, name: pl.Expr) -> pl.DataFrame:
    counted = units.group_by(name.alias("group")).agg(
        asked=pl.len().cast(pl.Int64), answered=pl.col("answered").sum().cast(pl.Int64)
    )
    return counted.with_columns(rate=pl.col("answered") / pl.col("asked")).sort("group")
