"""The ranking of a study: who is compared with whom, and what is said of everybody."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from torg.score.classic import classic_lists
from torg.score.composite import Composite, composite
from torg.score.criteria import criteria_of
from torg.score.figures import Observations, Unit
from torg.score.population import Population, population
from torg.score.standing import NOBODY, Row, Standing, frame_of, rows_of, sets_of
from torg.study import Ranking, Study

LEAST_RANKED = 2  # in any group: a place among one says nothing
SIZE_CLASSES = ("<2k", "2-5k", "5-10k", "10-20k", "20-50k", ">50k")


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """Places with their rank sets, and all that is needed to say how they came about.

    rows        country, municipality, group, set, score, rank, rank_low, rank_high, band, areas
                (points by area), missing (why listed and not ranked); first group "all" with the
                simultaneous set; a study of the six lists has them instead, or after it
    criteria    area, measure, weight, transform, enough, higher_is_better, reference (median),
                spread, kept, reason, access: a row per criterion of the first tier
    points      country, municipality, area, measure, points
    scores      country, municipality, access, score, standard_error
    not_ranked  country, municipality, reason
    access      tier, municipalities: how many were ranked in each; the first is the group "all"
    top_set     (country, municipality) of those that may be among the best `study.ranking.top`
    serial_factor, weight_of_own   see `torg.score.uncertainty`; of the first tier
    """

    rows: pl.DataFrame
    criteria: pl.DataFrame
    points: pl.DataFrame
    scores: pl.DataFrame
    not_ranked: pl.DataFrame
    access: pl.DataFrame
    top_set: tuple[Unit, ...]
    serial_factor: float
    weight_of_own: float


def rank(observed: Observations, municipalities: pl.DataFrame, study: Study) -> Ranked:
    """Rank the municipalities by the study's criteria, by the six classic lists, or by both.

    `municipalities` has country, municipality, county and size_class of all in the study, ranked
    or not. Raises MeasureError where a criterion cannot be one. The same input gives the same
    result, whatever the number of cores.
    """
    return _KINDS[study.ranking.lists](observed, municipalities, study)


def _by_areas(observed: Observations, municipalities: pl.DataFrame, study: Study) -> Ranked:
    criteria = criteria_of(study)
    measures = [criterion.measure for criterion in criteria]
    people = population(observed, municipalities, measures, study.ranking)
    tiers = [
        (tier, _not_alone(composite(observed, criteria, units, study.ranking)))
        for tier, units in people.by_tier()
    ]
    rows, top = _all_groups(tiers, people, study.ranking)
    first = tiers[0][1] if tiers else None
    return Ranked(
        rows=frame_of(rows),
        criteria=_criteria_frame(tiers[0]) if tiers else pl.DataFrame(schema=_CRITERIA),
        points=_points_frame([found for _, found in tiers]),
        scores=_scores_frame(tiers),
        not_ranked=_reasons_frame(people.reasons, *(found.reasons for _, found in tiers)),
        access=_access_frame(tiers),
        top_set=top,
        serial_factor=first.serial_factor if first else 1.0,
        weight_of_own=first.weight_of_own if first else 1.0,
    )


def _not_alone(found: Composite) -> Composite:
    """A tier in which only one could be ranked ranks nobody."""
    if len(found.standing.units) >= LEAST_RANKED:
        return found
    reasons = {**found.reasons, **dict.fromkeys(found.standing.units, "alone")}
    return replace(found, standing=NOBODY, reasons=reasons)


def _all_groups(
    tiers: Sequence[tuple[str, Composite]], people: Population, ranking: Ranking
) -> tuple[list[Row], tuple[Unit, ...]]:
    """Rows of the first tier as "all" and its parts, of each other tier as "access:TIER"."""
    if not tiers:
        return _whole_group("all", NOBODY, people.reasons, ranking)
    (_, first), *others = tiers
    reasons = {**people.reasons, **first.reasons}
    rows, top = _whole_group("all", first.standing, reasons, ranking)
    for group, members in _parts(people, [*first.units, *people.reasons]):
        part = first.standing.among(members)
        if len(part.units) < LEAST_RANKED:
            continue
        listed = {unit: reason for unit, reason in reasons.items() if unit in members}
        sets = sets_of(part, ranking)
        rows += rows_of(part, group=group, sets=sets, kind="marginal", reasons=listed)
    for tier, found in others:
        rows += _whole_group(f"access:{tier}", found.standing, found.reasons, ranking)[0]
    return rows, top


def _whole_group(
    group: str, standing: Standing, reasons: Mapping[Unit, str], ranking: Ranking
) -> tuple[list[Row], tuple[Unit, ...]]:
    """Both kinds of sets of a tier, and who may be among its best."""
    sets = sets_of(standing, ranking)
    rows = [
        row
        for kind in ("simultaneous", "marginal")
        for row in rows_of(standing, group=group, sets=sets, kind=kind, reasons=reasons)
    ]
    lows = [] if sets is None else sets.simultaneous_low.tolist()
    top = [unit for unit, low in zip(standing.units, lows, strict=True) if low <= ranking.top]
    return rows, tuple(top)


def _parts(people: Population, units: Sequence[Unit]) -> Iterator[tuple[str, frozenset[Unit]]]:
    """Size classes, small to large, then counties by country and name."""
    for size in SIZE_CLASSES:
        members = frozenset(unit for unit in units if people.size[unit] == size)
        if members:
            yield f"size:{size}", members
    counties = {(unit[0], people.county[unit]) for unit in units if people.county[unit]}
    for country, county in sorted(counties, key=str):
        members = frozenset(
            unit for unit in units if (unit[0], people.county[unit]) == (country, county)
        )
        yield f"county:{county}", members


_CRITERIA: Mapping[str, Any] = {
    "area": pl.String,
    "measure": pl.String,
    "weight": pl.Float64,
    "transform": pl.String,
    "enough": pl.Float64,
    "higher_is_better": pl.Boolean,
    "reference": pl.Float64,
    "spread": pl.Float64,
    "kept": pl.Boolean,
    "reason": pl.String,
    "access": pl.String,
}


def _criteria_frame(tier: tuple[str, Composite]) -> pl.DataFrame:
    name, found = tier
    rows = [
        {
            **reference.criterion.model_dump(),
            "reference": _known(reference.median),
            "spread": _known(reference.spread),
            "kept": reference.reason is None,
            "reason": reference.reason,
            "access": name,
        }
        for reference in found.references
    ]
    return pl.DataFrame(rows, schema=dict(_CRITERIA))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _points_frame(tiers: Sequence[Composite]) -> pl.DataFrame:
    schema = {"country": pl.String, "municipality": pl.String, "area": pl.String}
    rows = [
        (*unit, reference.criterion.area, reference.criterion.measure, _known(round(value, 6)))
        for found in tiers
        for reference, given in zip(found.references, found.points, strict=True)
        for unit, value in zip(found.units, given.tolist(), strict=True)
    ]
    whole = pl.DataFrame(
        rows, schema={**schema, "measure": pl.String, "points": pl.Float64}, orient="row"
    )
    return whole.sort("country", "municipality", "area", "measure")


def _scores_frame(tiers: Sequence[tuple[str, Composite]]) -> pl.DataFrame:
    rows = [
        (*unit, tier, float(score), float(np.sqrt(variance)))
        for tier, found in tiers
        if found.standing.variances is not None
        for unit, score, variance in zip(
            found.standing.units, found.standing.scores, found.standing.variances, strict=True
        )
    ]
    schema = ["country", "municipality", "access", "score", "standard_error"]
    types = [pl.String, pl.String, pl.String, pl.Float64, pl.Float64]
    frame = pl.DataFrame(rows, schema=dict(zip(schema, types, strict=True)), orient="row")
    return frame.sort("country", "municipality")


def _reasons_frame(*reasons: Mapping[Unit, str]) -> pl.DataFrame:
    rows = sorted((*unit, reason) for part in reasons for unit, reason in part.items())
    schema = {"country": pl.String, "municipality": pl.String, "reason": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _access_frame(tiers: Sequence[tuple[str, Composite]]) -> pl.DataFrame:
    rows = [(tier, len(found.standing.units)) for tier, found in tiers]
    return pl.DataFrame(rows, schema={"tier": pl.String, "municipalities": pl.Int64}, orient="row")


def _by_lists(observed: Observations, municipalities: pl.DataFrame, study: Study) -> Ranked:
    """The six lists; nobody has published how they are joined into one, so no "all" is made."""
    rows: list[Row] = []
    scores: list[Standing] = []
    for name, people, tiers in classic_lists(observed, municipalities, study.ranking):
        for place, (tier, standing) in enumerate(tiers):
            group = f"classic:{name}" if place == 0 else f"access:{tier}:classic:{name}"
            sets = sets_of(standing, study.ranking)
            kind = "none" if sets is None else "simultaneous"
            reasons = people.reasons if place == 0 else {}
            rows += rows_of(standing, group=group, sets=sets, kind=kind, reasons=reasons)
            scores.append(standing)
    ranked = {unit for standing in scores for unit in standing.units}
    listed = {
        (row["country"], row["municipality"]): row["missing"]
        for row in reversed(rows)
        if (row["country"], row["municipality"]) not in ranked
    }
    return Ranked(
        rows=frame_of(rows),
        criteria=pl.DataFrame(schema=dict(_CRITERIA)),
        points=_points_frame([]),
        scores=_scores_frame([]),
        not_ranked=_reasons_frame(listed),
        access=_access_frame([]),
        top_set=(),
        serial_factor=1.0,
        weight_of_own=1.0,
    )


def _by_both(observed: Observations, municipalities: pl.DataFrame, study: Study) -> Ranked:
    """The areas, and the lists beside them: no list counts in a score."""
    areas = _by_areas(observed, municipalities, study)
    lists = _by_lists(observed, municipalities, study)
    return replace(areas, rows=pl.concat([areas.rows, lists.rows]))


_KINDS: Mapping[str, Callable[[Observations, pl.DataFrame, Study], Ranked]] = {
    "areas": _by_areas,
    "classic": _by_lists,
    "both": _by_both,
}
