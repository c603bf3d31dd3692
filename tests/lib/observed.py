"""What was observed, drawn small: a line per municipality and measure, weeks side by side."""

from dataclasses import dataclass

import polars as pl

TYPES = {
    "country": pl.String,
    "municipality": pl.String,
    "channel": pl.String,
    "platform": pl.String,
    "measure": pl.String,
    "value": pl.Float64,
    "access": pl.String,
    "missing": pl.String,
}


@dataclass(frozen=True)
class Observed:
    """The frames that a ranking needs."""

    rows: pl.DataFrame
    weekly: pl.DataFrame


def observed(weeks, *, values=(), posts=100, access="public_page", tiers=None):
    """From {measure: {municipality: [(numerator, denominator), ...]}}; values add rows as they are.

    Every municipality that has weeks also has `posts`: a number, or {municipality: number}.
    """
    tiers = tiers or {}
    weekly = [
        ("NO", name, tiers.get(name, access), measure, week, float(num), float(den))
        for measure, towns in weeks.items()
        for name, cells in towns.items()
        for week, (num, den) in enumerate(cells)
    ]
    towns = sorted({town for cells in weeks.values() for town in cells})
    rows = [_row(town, "posts", _posts(posts, town), tiers.get(town, access)) for town in towns]
    for measure, cells in weeks.items():
        for town, sums in cells.items():
            total = sum(den for _, den in sums)
            value = sum(num for num, _ in sums) / total if total else "no_questions"
            rows.append(_row(town, measure, value, tiers.get(town, access)))
    rows += [_row(town, measure, value, access) for town, measure, value in values]
    columns = ["country", "municipality", "access", "measure", "week", "numerator", "denominator"]
    return Observed(
        pl.DataFrame(rows, schema=TYPES, orient="row"),
        pl.DataFrame(
            weekly,
            schema=dict(zip(columns, [pl.String] * 4 + [pl.Int64] + [pl.Float64] * 2, strict=True)),
            orient="row",
        ),
    )


def _posts(posts, town):
    return posts.get(town, 100) if isinstance(posts, dict) else posts


def _row(town, measure, value, access):
    reason = value if isinstance(value, str) else None
    return ("NO", town, None, None, measure, None if reason else float(value), access, reason)


def municipalities(names, *, counties=None, sizes=None):
    """A register's frame; all in one county and size class unless said otherwise."""
    counties, sizes = counties or {}, sizes or {}
    return pl.DataFrame(
        {
            "country": ["NO"] * len(names),
            "municipality": list(names),
            "name": list(names),
            "county": [counties.get(name, "Vest") for name in names],
            "population": [3000] * len(names),
            "size_class": [sizes.get(name, "2-5k") for name in names],
        }
    )
