"""The strata that two waves have in common: the classes of the margin that both are weighted on."""

from collections.abc import Mapping, Sequence

import polars as pl

from torg.survey.surveyed import Surveyed

Key = tuple[str, str]  # country, unit
ALL = ""  # the one stratum of waves that have no margin of the frame in common
COUNTY = "county"  # county units are a class of their own
UNKNOWN = "unknown"

# The margins that a frame itself says, and its column.
_COLUMNS: Mapping[str, str] = {"size": "size_class", "region": "county"}


def stratum_labels(surveyed: Surveyed, waves: Sequence[Surveyed]) -> Mapping[Key, str]:
    """The stratum of each unit of the frame, with what any of the `waves` joined as one.

    Only a first margin makes strata, since the others are met on the whole and not class by class.
    """
    margins = {_first(wave) for wave in waves}
    margin = margins.pop() if len(margins) == 1 else ALL
    keys = list(surveyed.frame.select("country", "unit").iter_rows())
    if margin not in _COLUMNS:
        return dict.fromkeys(keys, ALL)
    joined = _joined(waves)
    labels = [joined.get(label, label) for label in _labels(surveyed.frame, _COLUMNS[margin])]
    return dict(zip(keys, labels, strict=True))


def _first(surveyed: Surveyed) -> str:
    """The first margin: "size" of "size + region" and of "size x region"; "" where unweighted."""
    return surveyed.weighting.by.split(" ")[0]


def _labels(frame: pl.DataFrame, column: str) -> list[str]:
    is_county = pl.col("kind") == COUNTY
    own = pl.col(column).fill_null(UNKNOWN)
    if column == "county" and frame["country"].n_unique() > 1:
        own = pl.col("country") + " " + own
    label = pl.when(is_county).then(pl.lit(COUNTY)).otherwise(own)
    return frame.select(label.alias("label"))["label"].to_list()


def _joined(waves: Sequence[Surveyed]) -> Mapping[str, str]:
    """From each class to the name of all that it was joined with, in either wave."""
    groups: dict[str, frozenset[str]] = {}
    for wave in waves:
        of_margin = wave.weighting.classes.filter(pl.col("margin").str.starts_with(_first(wave)))
        for label in of_margin["class"]:
            together = frozenset(part.split(", ")[0] for part in label.split(" + "))
            whole = together.union(*(groups.get(part, frozenset()) for part in together))
            groups.update(dict.fromkeys(whole, whole))
    return {label: " + ".join(sorted(whole)) for label, whole in groups.items()}
