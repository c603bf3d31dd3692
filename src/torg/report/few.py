"""Policy: which weeks' comments are shown. One to four comments point at those who wrote them.

What is hidden must not come back as the whole less what is shown. So where one week is hidden, or
those that are hid hold fewer than five comments together, the smallest of the others that has any
is hidden too, of equals the first; and so on. A week without comments is a figure like others.
"""

from collections.abc import Mapping, Sequence

import polars as pl

LEAST_CITIZENS = 5
FEW_CITIZENS = "few_citizens"  # the reason's code; its words are in terms.py

_MUNICIPALITY = ("country", "municipality")


def weeks_shown(weeks: pl.DataFrame) -> pl.DataFrame:
    """The weeks without comments of too few; once more changes nothing."""
    hidden = _hidden(weeks)
    if hidden.is_empty():
        return weeks
    on = [*_MUNICIPALITY, "week"]
    marked = weeks.join(hidden, on=on, how="left", maintain_order="left")
    is_hidden = pl.col("is_hidden").fill_null(value=False)
    return marked.with_columns(
        comments=pl.when(~is_hidden).then("comments"),
        comments_missing=pl.when(is_hidden)
        .then(pl.lit(FEW_CITIZENS))
        .otherwise("comments_missing"),
    ).drop("is_hidden")


def hidden_weeks(comments: Sequence[int]) -> frozenset[int]:
    """Which of a municipality's weeks are hidden, by their places in the row."""
    hidden = {at for at, n in enumerate(comments) if 0 < n < LEAST_CITIZENS}
    others = sorted((n, at) for at, n in enumerate(comments) if n >= LEAST_CITIZENS)
    for _, at in others:
        if not hidden or (len(hidden) > 1 and _told(comments, hidden) >= LEAST_CITIZENS):
            break
        hidden.add(at)
    return frozenset(hidden)


def _told(comments: Sequence[int], hidden: set[int]) -> int:
    return sum(comments[at] for at in hidden)


def _hidden(weeks: pl.DataFrame) -> pl.DataFrame:
    """country, municipality, week, is_hidden of the weeks to hide."""
    few = weeks.filter(pl.col("comments").is_between(1, LEAST_CITIZENS - 1))
    there = weeks.drop_nulls("comments").join(few, on=list(_MUNICIPALITY), how="semi")
    rows = [
        (*key, part["week"][at], True)
        for key, part in there.group_by(_MUNICIPALITY, maintain_order=True)
        for at in sorted(hidden_weeks(part["comments"].to_list()))
    ]
    schema: Mapping[str, type[pl.DataType]] = {
        **dict.fromkeys(_MUNICIPALITY, pl.String),
        "week": pl.Date,
        "is_hidden": pl.Boolean,
    }
    return pl.DataFrame(rows, schema=dict(schema), orient="row")
