"""Which figures rest on what is withheld, and what is shown in their place: nothing, and why.

All is measured twice, with everything and with what everybody may see. A figure of a channel that
is lost on the way is withheld. So are those of its platform and its municipality, because a sum
with a part left out is not the sum, and would give the part away to whoever knows the whole: even
where they are equal, since that tells that the part is nothing. Where another source tells of the
channel, the figures are made of that.
"""

from dataclasses import replace

import polars as pl

from torg.measure import DEFINITIONS, Observed

WITHHELD = "withheld"

MUNICIPALITY = ("country", "municipality")
_ROW = (*MUNICIPALITY, "platform", "channel", "measure")
_FIGURES = ("value", "low", "high", "n", "access", "at_age_share")

_DIFFERS = ~(
    pl.col("value").eq_missing(pl.col("all_value"))
    & pl.col("n").eq_missing(pl.col("all_n"))
    & pl.col("missing").eq_missing(pl.col("all_missing"))
)
_IS_LOST = pl.col("value").is_null() & _DIFFERS


# What is measured on readings of the audience needs no post.
_OF_AUDIENCE = [name for name, each in DEFINITIONS.items() if each.base == "readings"]


def withhold(everything: Observed, public: Observed, *, without_posts: pl.DataFrame) -> Observed:
    """What was observed as everybody may see it.

    `everything` and `public` are of the same study and window; the second was measured on a
    `PublicReading`. `without_posts` has platform and channel of those of whose posts nothing is
    left there: where another source saw their audience, no post would look like none written. Rows
    that may not be shown have no figure, and the reason "withheld".
    """
    rows = _marked(everything.rows, public.rows, without_posts)
    hidden = pl.col("is_hidden")
    shown = rows.with_columns(
        *(pl.when(~hidden).then(name).alias(name) for name in _FIGURES),
        missing=pl.when(hidden).then(pl.lit(WITHHELD)).otherwise("missing"),
    )
    whole = rows.filter(hidden, pl.col("platform").is_null()).select(*MUNICIPALITY, "measure")
    return replace(
        public,
        rows=shown.select(public.rows.columns),
        weekly=public.weekly.join(whole, on=[*MUNICIPALITY, "measure"], how="anti"),
        by_week=_weeks_shown(public.by_week, whole),
    )


# Which columns of the weeks go with which measure of the window, and where the reasons stand.
_OF_WEEKS = {
    "posts": (("posts", "reactions", "reactions_of"), ("posts_missing", "reactions_missing")),
    "p2": (("reactions", "reactions_of"), ("reactions_missing",)),
    "comments_received": (("comments",), ("comments_missing",)),
    "owner_replies": (("owner_replies",), ("owner_replies_missing",)),
}


def _weeks_shown(weeks: pl.DataFrame, hidden: pl.DataFrame) -> pl.DataFrame:
    """The weeks without what is hidden of the same municipality over the window."""
    for measure, (columns, reasons) in _OF_WEEKS.items():
        own = hidden.filter(measure=measure).select(*MUNICIPALITY, is_hidden=pl.lit(value=True))
        marked = weeks.join(own, on=list(MUNICIPALITY), how="left", maintain_order="left")
        is_hidden = pl.col("is_hidden").fill_null(value=False)
        kept = [pl.when(~is_hidden).then(name).alias(name) for name in columns]
        why = [pl.when(is_hidden).then(pl.lit(WITHHELD)).otherwise(r).alias(r) for r in reasons]
        weeks = marked.with_columns(*kept, *why).drop("is_hidden")
    return weeks


def _marked(
    everything: pl.DataFrame, public: pl.DataFrame, without_posts: pl.DataFrame
) -> pl.DataFrame:
    """The public rows in their order, with `is_hidden`."""
    known = everything.select(
        *_ROW, **{f"all_{name}": pl.col(name) for name in ("value", "n", "missing")}
    )
    rows = public.join(known, on=_ROW, how="left", nulls_equal=True, maintain_order="left")
    is_channel = pl.col("channel").is_not_null()
    postless = without_posts.with_columns(is_postless=pl.lit(value=True))
    rows = rows.join(postless, on=["platform", "channel"], how="left", maintain_order="left")
    needs_posts = pl.col("is_postless").fill_null(value=False) & ~pl.col("measure").is_in(
        _OF_AUDIENCE
    )
    rows = rows.with_columns(is_touched=is_channel & (_IS_LOST | _lost_altogether() | needs_posts))
    by_platform = pl.col("is_touched").any().over(*MUNICIPALITY, "platform", "measure")
    by_municipality = pl.col("is_touched").any().over(*MUNICIPALITY, "measure")
    below = pl.when(pl.col("platform").is_null()).then(by_municipality).otherwise(by_platform)
    return rows.with_columns(
        is_hidden=_IS_LOST | pl.when(is_channel).then("is_touched").otherwise(below)
    )


def _lost_altogether() -> pl.Expr:
    """Whether of a row's channel nothing at all is left, so that it lacks in every sum."""
    nothing_left = pl.col("value").is_null().all() & _DIFFERS.any()
    return nothing_left.over(*MUNICIPALITY, "platform", "channel")
