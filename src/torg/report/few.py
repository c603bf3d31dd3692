"""Policy: which weeks' comments are shown. One to four comments point at those who wrote them.

What is hidden must not come back as the whole less what is shown. So where one week is hidden, or
those that are hid hold fewer than five comments together, the smallest of the others that has any
is hidden too, of equals the first; and so on. Weeks that were not seen to their end count as one
that is hidden where the whole has one to four comments more than the weeks that are known. A week
without comments is a figure like others.
"""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

LEAST_CITIZENS = 5
FEW_CITIZENS = "few_citizens"  # the reason's code; its words are in terms.py

_MUNICIPALITY = ("country", "municipality")


def weeks_shown(weeks: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """The weeks without comments of too few; once more changes nothing.

    `measures` are those that are shown: they tell how many comments there are over all weeks.
    """
    hidden = _hidden(weeks, _received(measures))
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


def hidden_weeks(comments: Sequence[int], *, unseen: int = 0) -> frozenset[int]:
    """Which of a municipality's weeks are hidden, by their places in the row.

    `unseen`: how many comments are told of the whole beyond those of these weeks.
    """
    hidden = {at for at, n in enumerate(comments) if 0 < n < LEAST_CITIZENS}
    others = sorted((n, at) for at, n in enumerate(comments) if n >= LEAST_CITIZENS)
    few = [unseen] if 0 < unseen < LEAST_CITIZENS else []
    for _, at in others:
        told = [comments[each] for each in hidden] + few
        if not told or (len(told) > 1 and sum(told) >= LEAST_CITIZENS):
            break
        hidden.add(at)
    return frozenset(hidden)


def _hidden(weeks: pl.DataFrame, received: Mapping[tuple[str, str], int]) -> pl.DataFrame:
    """country, municipality, week, is_hidden of the weeks to hide."""
    schema: Mapping[str, type[pl.DataType]] = {
        **dict.fromkeys(_MUNICIPALITY, pl.String),
        "week": pl.Date,
        "is_hidden": pl.Boolean,
    }
    return pl.DataFrame(list(_to_hide(weeks, received)), schema=dict(schema), orient="row")


def _to_hide(
    weeks: pl.DataFrame, received: Mapping[tuple[str, str], int]
) -> Iterator[tuple[object, ...]]:
    there = weeks.drop_nulls("comments")
    for (country, code), part in there.group_by(_MUNICIPALITY, maintain_order=True):
        counts = part["comments"].to_list()
        unseen = received.get((str(country), str(code)), 0) - sum(counts)
        for at in sorted(hidden_weeks(counts, unseen=unseen)):
            yield (country, code, part["week"][at], True)


def _received(measures: pl.DataFrame) -> Mapping[tuple[str, str], int]:
    """How many comments each municipality is told to have had over all weeks."""
    whole = measures.filter(
        pl.col("platform").is_null(), pl.col("channel").is_null(), measure="comments_received"
    ).drop_nulls("value")
    return {
        (country, code): round(value)
        for country, code, value in whole.select(*_MUNICIPALITY, "value").iter_rows()
    }
