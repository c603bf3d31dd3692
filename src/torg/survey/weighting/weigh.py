"""From a frame and those who answered to a weight for each of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
import polars as pl

from torg.errors import SurveyError
from torg.survey.weighting.classes import COUNTY, Margin, activity_of, log_population, margins_of
from torg.survey.weighting.design import Codes, Design, Floats, simple, stratified
from torg.survey.weighting.joining import Class, join_one, joined, new_labels, said
from torg.survey.weighting.propensity import classes_by, propensities
from torg.survey.weighting.raking import is_met, raked
from torg.survey.weighting.value import Method, Weighting

_NAMES = ("country", "unit")


@dataclass(frozen=True, eq=False)
class _Asked:
    """What is weighted, and how: the frame's rows in order, and who of them answered."""

    units: pl.DataFrame
    answered: tuple[bool, ...]
    margins: tuple[Margin, ...]
    observed: pl.DataFrame | None
    bounds: tuple[float, float]  # of a weight, as units of the frame
    least: int

    @property
    def rows(self) -> Codes:
        """The rows of those who answered."""
        return np.flatnonzero(self.answered)


@dataclass(frozen=True, eq=False)
class _Weighed:
    design: Design
    by: str
    margins: tuple[Margin, ...]
    joined: tuple[str, ...]


def weigh(
    frame: pl.DataFrame,
    respondents: pl.DataFrame,
    *,
    method: Method = "rake",
    margins: Sequence[str] = ("size", "region", "activity"),
    observed: pl.DataFrame | None = None,
    bounds: tuple[float, float] = (0.3, 3.0),
    least: int = 5,
) -> Weighting:
    """Weights by which the `respondents` (country, unit) stand for the whole `frame` (FRAME rows).

    `rake` meets every margin by itself, `poststratify` the margins crossed, `propensity` five
    classes of how likely a unit was to answer; `none` gives all the same weight. `observed` are
    OBSERVED rows of the measures that activity is made of. `bounds` are the least and the most
    that a weight may be of the mean weight; none is below 1, since who answered stands at least
    for itself. Classes with fewer than `least` answers are joined with their neighbour.
    Raises SurveyError.
    """
    if method not in get_args(Method):
        raise SurveyError(
            f"no way of weighting is called {method}: choose of {', '.join(get_args(Method))}"
        )
    units, answered = _matched(frame, respondents)
    mean = len(units) / sum(answered)
    found, left_out = margins_of(units, margins if method != "none" else (), observed)
    held = (max(bounds[0] * mean, 1.0), max(bounds[1] * mean, 1.0))
    asked = _Asked(units, answered, found, observed, held, least)
    weighed = _METHODS[method](asked) if found else _unweighted(asked)
    return _weighting(asked, weighed, method=method, left_out=left_out)


def _matched(
    frame: pl.DataFrame, respondents: pl.DataFrame
) -> tuple[pl.DataFrame, tuple[bool, ...]]:
    units = frame.sort(*_NAMES)
    if twice := _names(units.filter(units.select(_NAMES).is_duplicated())):
        raise SurveyError(f"the frame has {twice} twice: each unit stands in it once")
    own = respondents.select(_NAMES).unique()
    if strangers := _names(own.join(units, on=_NAMES, how="anti")):
        raise SurveyError(
            f"answers came from {strangers}, which the frame does not have: correct the code in"
            " the answers, or the day of the frame in the questionnaire"
        )
    if own.is_empty():
        raise SurveyError("nobody has answered this wave: there is nothing to weigh yet")
    has = units.join(own.with_columns(answered=True), on=_NAMES, how="left", maintain_order="left")
    return units, tuple(has["answered"].fill_null(value=False))


def _names(rows: pl.DataFrame) -> str:
    names = rows.select(_NAMES).unique().sort(*_NAMES).head(3)
    return ", ".join(f"{country} {unit}" for country, unit in names.rows())


def _unweighted(asked: _Asked) -> _Weighed:
    return _Weighed(simple(len(asked.units), sum(asked.answered)), "", (), ())


def _poststratified(asked: _Asked) -> _Weighed:
    marginal = [_with_answers(margin, asked) for margin in asked.margins]
    crossed = _crossed([margin for margin, _ in marginal])
    names, lines = _cells_named(crossed, _within_bounds(crossed, asked))
    before = tuple(line for _, lines in marginal for line in lines)
    return _by_strata(crossed.renamed(names), asked, by=crossed.name, lines=before + lines)


def _by_propensity(asked: _Asked) -> _Weighed:
    labels = [f"{n + 1}" for n in classes_by(propensities(_known(asked), _float(asked.answered)))]
    own = tuple(
        COUNTY if kind == COUNTY else label
        for kind, label in zip(asked.units["kind"], labels, strict=True)
    )
    margin = Margin("propensity", own, tuple(sorted(set(own), key=lambda c: (c == COUNTY, c))))
    classes = joined(margin.classes(asked.answered), least=asked.least)
    renamed, lines = _renamed(margin, _bounded(classes, asked.bounds))
    return _by_strata(renamed, asked, by="propensity", lines=lines)


def _known(asked: _Asked) -> Floats:
    """What the likelihood of an answer is explained by, as columns."""
    region, _ = margins_of(asked.units, ("region",), None)
    activity, _ = activity_of(asked.units, asked.observed)
    columns = [log_population(asked.units)]
    columns += [_float([own == name for own in region[0].labels]) for name in region[0].order[1:]]
    if activity is not None:
        lacks = np.isnan(activity)
        columns += [np.where(lacks, 0.5, activity), lacks.astype(np.float64)]
    return np.column_stack(columns)


def _raked(asked: _Asked) -> _Weighed:
    """The margins met one by one.

    Where no weights within the bounds meet all, the class that is farthest off is joined with its
    neighbour, until they do.
    """
    found = [_with_answers(margin, asked)[0] for margin in asked.margins]
    while True:
        start = _by_strata(found[0], asked, by="", lines=()).design
        codes = tuple(_codes(margin)[asked.rows] for margin in found)
        totals = tuple(_sizes(margin) for margin in found)
        weights, misfits = raked(start.base, codes, totals, bounds=asked.bounds)
        if is_met(misfits):
            break
        place, label = _farthest(found, misfits)
        cells = join_one(found[place].classes(asked.answered), label)
        found[place] = found[place].renamed(new_labels(cells))
    design = replace(start, weights=weights, margins=codes, is_corrected=True)
    lines = tuple(f"{m.name}: {label}" for m in found for label in m.order if " + " in label)
    return _Weighed(design, " + ".join(m.name for m in found), tuple(found), lines)


def _farthest(found: Sequence[Margin], misfits: Sequence[Floats]) -> tuple[int, str]:
    """The class that is farthest off; counties only where nothing else is, and no class that fits.

    Counties share no class with municipalities: joining those would not bring them nearer.
    """
    off = [
        (label == COUNTY, -round(abs(float(misfit)), 9), place, label)
        for place, margin in enumerate(found)
        for label, misfit in zip(margin.order, misfits[place], strict=True)
        if len(margin.order) > 1 and not is_met([misfit])
    ]
    _, _, place, label = min(off)
    return place, label


def _with_answers(margin: Margin, asked: _Asked) -> tuple[Margin, tuple[str, ...]]:
    return _renamed(margin, joined(margin.classes(asked.answered), least=asked.least))


def _renamed(margin: Margin, classes: Sequence[Class]) -> tuple[Margin, tuple[str, ...]]:
    return margin.renamed(new_labels(classes)), said(margin.name, classes)


def _crossed(margins: Sequence[Margin]) -> Margin:
    """The margins crossed; county units stay one class."""
    places = [{label: n for n, label in enumerate(margin.order)} for margin in margins]
    keys = list(zip(*(margin.labels for margin in margins), strict=True))
    order = sorted(set(keys), key=lambda key: [p[k] for p, k in zip(places, key, strict=True)])
    labels = tuple(_cell(key) for key in keys)
    name = " x ".join(margin.name for margin in margins)
    return Margin(name, labels, tuple(dict.fromkeys(_cell(key) for key in order)))


def _cell(key: tuple[str, ...]) -> str:
    return COUNTY if set(key) == {COUNTY} else ", ".join(key)


def _within_bounds(crossed: Margin, asked: _Asked) -> tuple[Class, ...]:
    """The cells joined within each class of the first margin, then as the bounds ask for.

    That all of a cell have answered is often chance where a cell is a unit or two; so it does not
    spare the cell.
    """
    cells = crossed.classes(asked.answered)
    found = [
        cell
        for first in dict.fromkeys(_first(c.labels[0]) for c in cells)
        for cell in joined(
            [c for c in cells if _first(c.labels[0]) == first], least=asked.least, spares=False
        )
    ]
    return _bounded(joined(found, least=asked.least), asked.bounds)


def _first(cell: str) -> str:
    return cell.split(", ")[0]


def _cells_named(crossed: Margin, cells: Sequence[Class]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Short names of joined cells, by the first margin's classes that they lie in, and what to say.

    "2-5k" where all cells of a class became one, else "2-5k (1)", "2-5k (2)".
    """
    of = [" + ".join(dict.fromkeys(_first(label) for label in c.labels)) for c in cells]
    seen: dict[str, int] = {}
    names: dict[str, str] = {}
    lines = []
    for cell, first in zip(cells, of, strict=True):
        seen[first] = seen.get(first, 0) + 1
        is_alone = len(cell.labels) == 1
        short = first if of.count(first) == 1 else f"{first} ({seen[first]})"
        names |= dict.fromkeys(cell.labels, cell.label if is_alone else short)
        lines += [] if is_alone else [f"{crossed.name}: {len(cell.labels)} cells as {short}"]
    return names, tuple(lines)


def _bounded(classes: Sequence[Class], bounds: tuple[float, float]) -> tuple[Class, ...]:
    """The classes with those joined in which each answer would stand for too many or too few."""
    found = tuple(classes)
    while len(found) > 1:
        weights = {c.label: c.frame_n / c.n for c in found}
        far = [
            label
            for label, w in weights.items()
            if w > bounds[1] + 1e-9 or 1 < w < bounds[0] - 1e-9
        ]
        if not far:
            break
        found = join_one(found, max(far, key=lambda label: (weights[label], label)))
    return found


def _by_strata(margin: Margin, asked: _Asked, *, by: str, lines: tuple[str, ...]) -> _Weighed:
    design = stratified(_codes(margin)[asked.rows], _sizes(margin))
    return _Weighed(design, by, (margin,), lines)


def _codes(margin: Margin) -> Codes:
    place = {label: n for n, label in enumerate(margin.order)}
    return np.array([place[label] for label in margin.labels], dtype=np.intp)


def _sizes(margin: Margin) -> Floats:
    return np.bincount(_codes(margin), minlength=len(margin.order)).astype(np.float64)


def _float(values: Sequence[bool]) -> Floats:
    return np.array(values, dtype=np.float64)


def _weighting(
    asked: _Asked, weighed: _Weighed, *, method: Method, left_out: tuple[str, ...]
) -> Weighting:
    weights = weighed.design.weights
    kish = max(float(len(weights) * np.sum(weights**2) / np.sum(weights) ** 2), 1.0)
    low, high = asked.bounds
    is_held = (weights <= low + 1e-9) | (weights >= high - 1e-9)
    rows = asked.units.filter(pl.Series(asked.answered))
    return Weighting(
        wave=asked.units["wave"][0],
        method=method,
        by=weighed.by,
        weights=rows.select("wave", *_NAMES).with_columns(weight=pl.Series(weights)),
        classes=_classes(asked, weighed),
        memberships=_memberships(asked, weighed),
        joined=weighed.joined + left_out,
        kish=kish,
        effective_n=len(weights) / kish,
        least=float(weights.min()),
        most=float(weights.max()),
        trimmed=int(is_held.sum()) if method == "rake" and weighed.margins else 0,
        respondents=len(weights),
        design=weighed.design,
    )


def _classes(asked: _Asked, weighed: _Weighed) -> pl.DataFrame:
    rows = []
    for margin in weighed.margins:
        codes = _codes(margin)[asked.rows]
        sums = np.bincount(codes, weighed.design.weights, minlength=len(margin.order))
        for c, weighted in zip(margin.classes(asked.answered), sums, strict=True):
            rows.append((margin.name, c.label, c.frame_n, c.n, float(weighted)))
    return pl.DataFrame(rows, schema=_CLASSES, orient="row")


def _memberships(asked: _Asked, weighed: _Weighed) -> pl.DataFrame:
    names = asked.units.select(_NAMES)
    rows = [
        names.with_columns(margin=pl.lit(m.name), **{"class": pl.Series(m.labels, dtype=pl.String)})
        for m in weighed.margins
    ]
    return pl.concat([pl.DataFrame(schema=_MEMBERSHIPS), *rows])


_MEMBERSHIPS = dict.fromkeys((*_NAMES, "margin", "class"), pl.String())
_CLASSES = {
    "margin": pl.String(),
    "class": pl.String(),
    "frame_n": pl.Int64(),
    "n": pl.Int64(),
    "weighted": pl.Float64(),
}

_METHODS: Mapping[str, Callable[[_Asked], _Weighed]] = {
    "rake": _raked,
    "poststratify": _poststratified,
    "propensity": _by_propensity,
    "none": _unweighted,
}
