"""How like the frame those who answered are: the R-indicator and what lies behind it.

The propensities ρ of all N units come from a logistic regression of having answered on what is
known of the whole frame. R = 1 - 2 S(ρ): 1 where all were equally likely to answer, 0 where some
were sure to and the others sure not to (Schouten, Cobben and Bethlehem 2009, Survey Methodology
35, 101-113). Estimated propensities spread more than true ones, so the mean variance of their
estimation is taken off S² (Shlomo, Skinner and Schouten 2012, J. Stat. Planning and Inference
142, 201-211). Partial indicators say which variable, and which class of it, makes them differ:
unconditionally, and beyond what the other variables do (Schouten, Bethlehem and others 2012,
International Statistical Review 80, 382-399).
Waves compare only where the same variables went in.
"""

from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtri

from torg.errors import SurveyError
from torg.survey.response.propensity import Fitted, fit_propensities
from torg.survey.response.rates import UNKNOWN, has_answered
from torg.survey.tables import Schema

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]

REPRESENTATIVITY: Schema = {
    "wave": pl.String(),
    "figure": pl.String(),  # "r", "cv", "largest_bias", "partial", "partial_conditional"
    "variable": pl.String(),  # null: of all together
    "category": pl.String(),  # null: of the variable as a whole
    "value": pl.Float64(),
    "low": pl.Float64(),  # null where no interval is given
    "high": pl.Float64(),
}

CLASSES_OF_A_NUMBER = 3  # a number is cut into thirds of the frame
REDRAWN = 200
LARGEST_SPREAD = 0.5  # standard deviation of what lies between 0 and 1: half of each


@dataclass(frozen=True, kw_only=True)
class Representativity:
    """What there is to say of one wave; `table` has the columns of REPRESENTATIVITY, sorted."""

    wave: str
    variables: tuple[str, ...]
    rate: float  # of response
    r: float  # 0 to 1
    low: float  # of R's interval
    high: float
    spread: float  # S(ρ), what estimation adds taken off
    cv: float  # S(ρ) / rate
    largest_bias: float  # of an unweighted share, in the worst of cases; at most 1 - rate
    propensities: pl.DataFrame = field(repr=False)  # country, unit, propensity
    table: pl.DataFrame = field(repr=False)


def representativity(
    frame: pl.DataFrame,
    respondents: pl.DataFrame,
    auxiliaries: tuple[str, ...] = ("size_class", "county"),
    *,
    confidence: float = 0.95,
    seed: int = 1,
    redrawn: int = REDRAWN,
) -> Representativity:
    """R, its interval, CV, largest possible bias and partials of a wave.

    `auxiliaries` are columns of `frame`, which may have been joined with more than FRAME's: texts
    and booleans are classes, numbers are cut into thirds; what is null is a class of its own.
    The largest possible bias is S(ρ) / (2 ρ̄), that of a share that is half and half and goes along
    with the propensities wholly. The interval is a parametric bootstrap of `redrawn` responses.
    Raises SurveyError for a column that is not there, and where nobody or all answered.
    """
    units = has_answered(frame, respondents)
    labels = {name: _labels(units, name) for name in _checked(units, auxiliaries)}
    codes = {name: np.unique(values, return_inverse=True)[1] for name, values in labels.items()}
    answered = units["answered"].to_numpy()
    fitted = fit_propensities(_dummies(codes), answered)
    spread = _spread(fitted)
    ends = _interval(fitted, _dummies(codes), number=redrawn, seed=seed, confidence=confidence)
    found = _found(fitted.propensities, spread, ends)
    wave = str(frame["wave"][0]) if "wave" in frame.columns else ""
    return Representativity(
        wave=wave,
        variables=tuple(auxiliaries),
        propensities=units.select("country", "unit").with_columns(propensity=fitted.propensities),
        table=_table(wave, found, partials(fitted.propensities, labels)),
        **found,
    )


def _found(propensities: Floats, spread: float, interval: tuple[float, float]) -> dict[str, float]:
    rate = float(propensities.mean())
    return {
        "rate": rate,
        "r": 1 - 2 * spread,
        "low": min(interval[0], 1 - 2 * spread),
        "high": max(interval[1], 1 - 2 * spread),
        "spread": spread,
        "cv": spread / rate,
        "largest_bias": min(LARGEST_SPREAD * spread / rate, 1 - rate),
    }


def _checked(units: pl.DataFrame, auxiliaries: tuple[str, ...]) -> tuple[str, ...]:
    lacking = [name for name in auxiliaries if name not in units.columns]
    if lacking or not auxiliaries:
        named = f"'{lacking[0]}'" if lacking else "nothing"
        raise SurveyError(
            f"the frame has no column {named} to model the response on: name some of "
            f"{', '.join(sorted(units.columns))}."
        )
    return auxiliaries


def _labels(units: pl.DataFrame, name: str) -> NDArray[np.str_]:
    """The class [N] of each unit; a number falls into the thirds that ranks cut."""
    values = units[name]
    if values.dtype.is_numeric():
        place = (values.rank("min") - 1) * CLASSES_OF_A_NUMBER // max(values.count(), 1)
        values = (place + 1).cast(pl.Int64)
    return values.cast(pl.String).fill_null(UNKNOWN).to_numpy().astype(np.str_)


def _dummies(codes: dict[str, Ints]) -> Floats:
    """A column for each class but the first of its variable: [N, P]."""
    columns = [values == k for values in codes.values() for k in range(1, int(values.max()) + 1)]
    rows = len(next(iter(codes.values())))
    return np.array(columns, dtype=np.float64).reshape(len(columns), rows).T


def _spread(fitted: Fitted) -> float:
    """S(ρ) with what estimation adds to S² taken off."""
    return _less(_plain(fitted), fitted)


def _plain(fitted: Fitted) -> float:
    return float(fitted.propensities.std(ddof=1))


def _less(plain: float, fitted: Fitted) -> float:
    own = float(np.sqrt(max(plain**2 - float(fitted.variance.mean()), 0.0)))
    return min(own, LARGEST_SPREAD)  # over N - 1, a handful of units can come out above it


def _interval(
    fitted: Fitted, dummies: Floats, *, number: int, seed: int, confidence: float
) -> tuple[float, float]:
    """Ends of R: the plain spread give or take its error, and then what estimation adds taken off.

    In that order, because the plain spread varies by much the same whatever the true one is (it is
    like the length of a vector of normal errors), and the adjusted one does not near zero.
    """
    error = _redrawn(fitted, dummies, number=number, seed=seed)
    arm = float(ndtri((1 + confidence) / 2)) * error
    plain = _plain(fitted)
    high, low = (_less(end, fitted) for end in (plain + arm, max(plain - arm, 0.0)))
    return 1 - 2 * high, 1 - 2 * low


def _redrawn(fitted: Fitted, dummies: Floats, *, number: int, seed: int) -> float:
    """The standard error of the plain spread: over responses drawn anew, by a parametric bootstrap.

    They are drawn from propensities that spread as much as was estimated (Efron and Tibshirani
    1993, section 6.5).
    """
    random = np.random.Generator(np.random.PCG64(seed))
    likely = fitted.propensities
    plain = _plain(fitted)
    drawn_to = likely.mean() + (likely - likely.mean()) * (_spread(fitted) / plain if plain else 0)
    answers = random.random((number, len(likely))) < drawn_to
    usable = [row for row in answers if row.any() and not row.all()]
    spreads = [_plain(fit_propensities(dummies, row)) for row in usable]
    return float(np.std(spreads)) if spreads else LARGEST_SPREAD


def partials(
    propensities: Floats, labels: dict[str, NDArray[np.str_]]
) -> list[tuple[str, str, str | None, float]]:
    """Rows of (figure, variable, category, value), for each variable and each class of it.

    Unconditional: how far the class means lie from the mean; of a class, with its sign.
    Conditional: how far propensities lie from the mean of the units alike in all other variables.
    """
    rows: list[tuple[str, str, str | None, float]] = []
    for name, values in labels.items():
        others = [labels[other] for other in labels if other != name]
        within = (propensities - _means(propensities, _crossed(others, len(values)))) ** 2
        between = _means(propensities, values) - propensities.mean()
        rows.append(("partial", name, None, float(np.sqrt((between**2).mean()))))
        rows.append(("partial_conditional", name, None, float(np.sqrt(within.mean()))))
        for label in np.unique(values):
            of = values == label
            value = float(np.sqrt(of.mean()) * between[of][0])
            rows.append(("partial", name, str(label), value))
            beyond = float(np.sqrt((within * of).mean()))
            rows.append(("partial_conditional", name, str(label), beyond))
    return rows


def _crossed(labels: list[NDArray[np.str_]], units: int) -> Ints:
    """One number [N] for each combination of classes; all alike where there are no variables."""
    crossed = np.zeros(units, dtype=np.intp)
    for values in labels:
        codes = np.unique(values, return_inverse=True)[1]
        crossed = np.unique(crossed * (codes.max() + 1) + codes, return_inverse=True)[1]
    return crossed


def _means(values: Floats, classes: NDArray[np.str_] | Ints) -> Floats:
    """Of each unit, the mean over its class: [N]."""
    codes = np.unique(classes, return_inverse=True)[1]
    means: Floats = (np.bincount(codes, weights=values) / np.bincount(codes))[codes]
    return means


def _table(
    wave: str, found: dict[str, float], rows: list[tuple[str, str, str | None, float]]
) -> pl.DataFrame:
    whole = [
        (wave, "r", None, None, found["r"], found["low"], found["high"]),
        (wave, "cv", None, None, found["cv"], None, None),
        (wave, "largest_bias", None, None, found["largest_bias"], None, None),
    ]
    parts = [(wave, figure, variable, category, value, None, None)
             for figure, variable, category, value in rows]  # fmt: skip
    table = pl.DataFrame(whole + parts, schema=dict(REPRESENTATIVITY), orient="row")
    return table.sort("figure", "variable", "category", nulls_last=False, maintain_order=True)
