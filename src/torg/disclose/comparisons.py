"""Stated against observed, gross flows and nowcasts, as everybody may see them."""

from collections.abc import Iterable, Mapping

import polars as pl

from torg.disclose.members import lattice_of
from torg.disclose.protect import protect
from torg.disclose.small_cells import (
    LEAST_ALIKE,
    LEAST_COMPARED,
    SUPPRESSED,
    is_guarded,
    least_of,
    sensitive,
)
from torg.survey import Questionnaire, Surveyed

_COUNTS = ("n", "says", "shows", "both")
_SHARES = ("stated", "observed", "difference", "low", "high", "p_value")
_PAIR = ("wave", "pair", "item")
PANEL = "panel"


def protect_stated(
    rows: pl.DataFrame, questionnaire: Questionnaire, surveyed: Surveyed | None = None
) -> pl.DataFrame:
    """The rows of stated against observed that may be published, in their order.

    At least five are compared; where the item's answers are shown as totals only, at least five of
    them say so and five do not. A group that all others and the whole would give away goes with
    another one, the smallest; so does one that leaves one to four of all who answered (`surveyed`).
    Sensitivity and specificity are shown on five and more each. How many say and show what is left
    out altogether.
    """
    guarded = [name for name, item in questionnaire.items.items() if is_guarded(item)]
    silent = pl.col("n") - pl.col("says")
    few_say = pl.min_horizontal("says", silent) < LEAST_COMPARED
    unseen = _unseen(rows, questionnaire, surveyed).is_between(1, LEAST_COMPARED - 1)
    is_few = (pl.col("n") < LEAST_COMPARED) | (pl.col("item").is_in(guarded) & (few_say | unseen))
    marked = rows.with_row_index("place").with_columns(is_out=is_few & (pl.col("n") > 0))
    parts = marked.with_columns(family=pl.col("group").str.split(":").list.first()).partition_by(
        *_PAIR, maintain_order=True
    )
    hidden = [place for part in parts for place in _hidden(part)]
    is_out = pl.col("place").is_in(hidden)
    return marked.with_columns(
        *(pl.when(~is_out).then(name).alias(name) for name in ("n", *_SHARES)),
        sensitivity=pl.when(~is_out & (pl.col("shows") >= LEAST_COMPARED)).then("sensitivity"),
        specificity=pl.when(~is_out & (pl.col("n") - pl.col("shows") >= LEAST_COMPARED)).then(
            "specificity"
        ),
        missing=pl.when(is_out).then(pl.lit(SUPPRESSED)).otherwise("missing"),
        flags=pl.when(is_out).then(pl.lit("")).otherwise("flags"),
    ).select(name for name in rows.columns if name not in _COUNTS[1:])


def _unseen(
    rows: pl.DataFrame, questionnaire: Questionnaire, surveyed: Surveyed | None
) -> pl.Series:
    """How many of each row's group answered and were not observed: all less those compared."""
    if surveyed is None:
        return pl.Series([0] * rows.height, dtype=pl.Int64)
    sizes = {
        name: lattice_of(surveyed, questionnaire.items[name], set(rows["group"])).sizes
        for name in rows["item"].unique()
    }
    found = rows.select("item", "group", "n").iter_rows()
    return pl.Series([sizes[i].get(g, n) - n for i, g, n in found], dtype=pl.Int64)


def _hidden(pair: pl.DataFrame) -> list[int]:
    """The places of the rows of one pair to hide: the few, and one more of a family with one."""
    hidden = pair.filter("is_out")["place"].to_list()
    for family in pair.filter(pl.col("family") != "all").partition_by("family"):
        some = family.filter(pl.col("n") > 0)
        shown = some.filter(~pl.col("is_out")).sort("n", "group")
        if some.height - shown.height == 1 and shown.height:
            hidden.append(shown["place"][0])
    return hidden


def protect_flows(
    flows: pl.DataFrame, questionnaire: Questionnaire, surveyed: Iterable[Surveyed] = ()
) -> pl.DataFrame:
    """Gross flows (wave, item, before, after, n, missing) that may be published, in their order.

    Of an item whose answers are shown as totals only, the whole table goes where a cell is small,
    or all of a small panel are in one: with the net change beside it, so few cells would give one
    another away. So it does where those that answered one of the waves `surveyed` only, which are
    what the panel leaves of all, are such a small cell. What bounds the moves of all units tells
    the count, and goes with it.
    """
    least = {
        name: least_of(item.question)
        for name, item in questionnaire.items.items()
        if is_guarded(item)
    }
    limit = pl.col("item").replace_strict(least, default=0, return_dtype=pl.Int64)
    panel = pl.col("n").sum().over("wave", "item")
    is_alike = (limit > 0) & (pl.col("n") == panel) & (panel < LEAST_ALIKE)
    is_small = (pl.col("n") > 0) & ((pl.col("n") < limit) | is_alike)
    waves = {each.wave.id: each for each in surveyed}
    left = pl.struct("wave", "item").is_in(_told_by_the_rest(flows, waves, least))
    marked = flows.with_columns(
        is_out=is_small.fill_null(value=False).any().over("wave", "item") | left
    )
    is_out = pl.col("is_out")
    return marked.with_columns(
        *(pl.when(~is_out).then(name).alias(name) for name in _TOLD if name in flows.columns),
        missing=pl.when(is_out).then(pl.lit(SUPPRESSED)).otherwise("missing"),
    ).drop("is_out")


_TOLD = ("n", "least", "most")


def _told_by_the_rest(
    flows: pl.DataFrame, waves: Mapping[str, Surveyed], least: Mapping[str, int]
) -> list[dict[str, str]]:
    """The waves and items of whose panel all less the panel would tell a small cell."""
    of_items = flows.filter(pl.col("item").is_in(list(least)), pl.col("n") > 0)
    return [
        {"wave": wave, "item": item}
        for (wave, item), own in of_items.group_by(["wave", "item"], maintain_order=True)
        for name, side in zip(wave.split(" - "), ("before", "after"), strict=True)
        if name in waves and _leaves_few(own, side, waves[name], item, least[item])
    ]


def _leaves_few(own: pl.DataFrame, side: str, one: Surveyed, item: str, least: int) -> bool:
    said = one.sheet.filter(pl.col("item") == item, pl.col("state") == "answered")
    panel = dict(own.group_by(side).agg(pl.col("n").sum()).iter_rows())
    counts = dict(said.group_by("code").len().iter_rows())
    rest = {code: n - panel.get(code, 0) for code, n in counts.items()}
    # Below 0 where units have merged since: then the rest is not what is left.
    return min(rest.values(), default=0) >= 0 and bool(sensitive(rest, least=least))


def protect_panel(
    changes: pl.DataFrame, flows: pl.DataFrame, questionnaire: Questionnaire
) -> pl.DataFrame:
    """The rows of change without those of a panel whose gross flows (`flows`) are not shown.

    Behind the change of a panel stand those that moved: of a panel of one, its answers. Of a number
    there are no flows: that of a small panel goes.
    """
    hidden = flows.filter(pl.col("missing") == SUPPRESSED).select("wave", "item").unique()
    numbers = [n for n, i in questionnaire.items.items() if i.is_number and is_guarded(i)]
    is_small = pl.col("item").is_in(numbers) & pl.col("n").is_between(1, LEAST_ALIKE - 1)
    marked = changes.join(
        hidden.with_columns(is_out=pl.lit(value=True)),
        on=["wave", "item"], how="left", maintain_order="left",
    )  # fmt: skip
    is_out = (pl.col("is_out").fill_null(value=False) | is_small) & (pl.col("group") == PANEL)
    return marked.with_columns(
        *(pl.when(~is_out).then(name).alias(name) for name in ("estimate", "low", "high")),
        missing=pl.when(is_out).then(pl.lit(SUPPRESSED)).otherwise("missing"),
        flags=pl.when(is_out).then(pl.lit("")).otherwise("flags"),
    ).drop("is_out")


def protect_nowcasts(
    nowcasts: pl.DataFrame, surveyed: Iterable[Surveyed], questionnaire: Questionnaire
) -> pl.DataFrame:
    """Nowcasts of which every figure of the waves they rest on ("2008, 2010") may be shown.

    Those that are made of figures that were protected themselves give nothing away.
    """
    by_wave = nowcasts.with_columns(wave=pl.col("waves").str.replace_all(", ", " - ", literal=True))
    return protect(by_wave, surveyed, questionnaire).select(nowcasts.columns)
