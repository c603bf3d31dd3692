"""The margins: what is known of every unit of a frame, as classes in an order."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from torg.errors import SurveyError
from torg.survey.weighting.design import Floats
from torg.survey.weighting.joining import Class

COUNTY = "county"  # county units are a class of their own in every margin
UNKNOWN = "unknown"
# Five classes take away nine tenths of the bias of one covariate, three eight (Cochran 1968).
_FIFTHS = ("lowest", "low", "middle", "high", "highest")
# A measure that was not observed of more is left out: what is not observed is its own class, since
# that is known of every unit; but of a measure that only those who answer hand in, it would be
# another word for not answering.
_MAY_LACK = 0.05

Said = tuple[str, ...]  # sentences on what was done otherwise than asked, and why


@dataclass(frozen=True, eq=False)
class Margin:
    """One margin: each unit's class, in the frame's order of rows, and the classes in theirs."""

    name: str
    labels: tuple[str, ...]
    order: tuple[str, ...]

    def classes(self, answered: Sequence[bool]) -> tuple[Class, ...]:
        """Each class with its units and answers."""
        units = Counter(self.labels)
        answers = Counter(own for own, has in zip(self.labels, answered, strict=True) if has)
        return tuple(
            Class((label,), frame_n=units[label], n=answers[label], alone=label == COUNTY)
            for label in self.order
        )

    def renamed(self, names: Mapping[str, str]) -> "Margin":
        """The margin with classes joined: from the label before to the label after."""
        order = tuple(dict.fromkeys(names[label] for label in self.order))
        return Margin(self.name, tuple(names[label] for label in self.labels), order)


def margins_of(
    units: pl.DataFrame, names: Sequence[str], observed: pl.DataFrame | None
) -> tuple[tuple[Margin, ...], tuple[str, ...]]:
    """The margins of those names, and a sentence for all that cannot be weighted on.

    `units` are the frame's rows in their final order.
    """
    if unknown := set(names) - set(_MARGINS):
        raise SurveyError(
            f"no margin is called {', '.join(sorted(unknown))}: choose of {', '.join(_MARGINS)}"
        )
    found = [_MARGINS[name](units, observed) for name in names]
    said = tuple(sentence for _, sentences in found for sentence in sentences)
    return tuple(margin for margin, _ in found if margin is not None), said


def log_population(units: pl.DataFrame) -> Floats:
    """Each unit's population as its natural logarithm; where it is not known, the middle of all."""
    known = units["population"].cast(pl.Float64)
    filled = known.fill_null(known.median() or 1.0)
    return np.asarray(np.log(np.maximum(filled.to_numpy(), 1.0)))


def activity_of(units: pl.DataFrame, observed: pl.DataFrame | None) -> tuple[Floats | None, Said]:
    """Each unit's activity, the mean of its places in each measure, and what was left out why.

    From 0 to 1; nan of a county and of a unit of which a measure was not observed.
    """
    if observed is None or observed.is_empty():
        return None, ("activity: left out, nothing was observed of the whole frame",)
    is_own = (units["kind"] != COUNTY).to_numpy()
    places, said = [], []
    for measure in sorted(observed["measure"].unique()):
        values = _values(units, observed.filter(pl.col("measure") == measure)).to_numpy()
        has = np.isfinite(values) & is_own
        lacking = int(is_own.sum() - has.sum())
        if lacking > _MAY_LACK * is_own.sum():
            said.append(f"activity: {measure} left out, not observed of {lacking} of {len(units)}")
        else:
            places.append(np.where(has, _ranked(values, has), np.nan))
    return (np.mean(places, axis=0) if places else None), tuple(said)


def _ranked(values: Floats, has: npt.NDArray[np.bool_]) -> Floats:
    """The place of each value among those that there are, from 0 to 1; equal ones share theirs."""
    among = np.sort(values[has])
    below, up_to = (np.searchsorted(among, values, side=side) for side in ("left", "right"))
    return np.asarray((below + up_to) / (2 * max(len(among), 1)))


def _values(units: pl.DataFrame, observed: pl.DataFrame) -> pl.Series:
    own = observed.select("country", "unit", "value")
    joined = units.join(own, on=["country", "unit"], how="left", maintain_order="left")
    return joined["value"].cast(pl.Float64).fill_null(np.nan)


def _size(units: pl.DataFrame, _: pl.DataFrame | None) -> tuple[Margin, Said]:
    return _margin("size", units, units["size_class"].fill_null(UNKNOWN)), ()


def _region(units: pl.DataFrame, _: pl.DataFrame | None) -> tuple[Margin, Said]:
    county = units["county"].fill_null(UNKNOWN)
    if units["country"].n_unique() > 1:
        county = units["country"] + " " + county
    return _margin("region", units, county), ()


def _margin(name: str, units: pl.DataFrame, labels: pl.Series) -> Margin:
    """Classes in the order of their units' mean log population.

    For sizes that is their own order. Regions have none: those that are joined are the ones whose
    municipalities are most alike in size, which is what answering and most answers go by.
    """
    own = tuple(
        COUNTY if kind == COUNTY else label
        for kind, label in zip(units["kind"], labels, strict=True)
    )
    sizes = log_population(units)
    names, place = np.unique(np.array(own, dtype=str), return_inverse=True)
    means = np.bincount(place, sizes) / np.bincount(place)
    mean = {str(label): float(m) for label, m in zip(names, means, strict=True)}
    return Margin(name, own, tuple(sorted(mean, key=lambda label: (mean[label], label))))


def _activity(units: pl.DataFrame, observed: pl.DataFrame | None) -> tuple[Margin | None, Said]:
    activity, said = activity_of(units, observed)
    if activity is None:
        return None, said
    has = np.isfinite(activity)
    cuts = np.quantile(activity[has], np.arange(1, 5) / 5, method="lower")
    fifths = np.array(_FIFTHS)[np.searchsorted(cuts, activity, side="left").clip(max=4)]
    named = np.where((units["kind"] == COUNTY).to_numpy(), COUNTY, np.where(has, fifths, UNKNOWN))
    order = tuple(label for label in (UNKNOWN, *_FIFTHS, COUNTY) if label in named)
    return Margin("activity", tuple(str(label) for label in named), order), said


_MARGINS: Mapping[
    str, Callable[[pl.DataFrame, pl.DataFrame | None], tuple[Margin | None, Said]]
] = {
    "size": _size,
    "region": _region,
    "activity": _activity,
}
