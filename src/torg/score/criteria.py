"""Which measures make points: Torg's own default set, and what can be a criterion at all."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from torg.errors import MeasureError
from torg.measure import DEFINITIONS
from torg.study import AREAS, Area, Criterion, Study

# Torg's own. None of the studies that Torg makes repeatable published its criteria, so this set
# reproduces none of them. A comment that needs no answer counts against nobody: only questions do.
# Crisis and preparedness has no criterion: what can be counted without knowing when a crisis was
# (long silences, say) measures activity, not preparedness, and would be a proxy.
DEFAULT_CRITERIA: tuple[Criterion, ...] = (
    Criterion(measure="question_answered_24h", area="dialogue", transform="linear"),
    Criterion(measure="c1", area="dialogue", transform="linear"),
    Criterion(measure="posts_per_week", area="reputation", transform="enough", enough=3.0),
    Criterion(measure="e", area="reputation"),
    Criterion(measure="engagement_per_1000", area="reputation"),
    Criterion(measure="v1", area="reputation", transform="linear"),
)

# A stock is read at one date, or the difference of two such readings: it has no sampling error.
STOCKS = frozenset({"followers", "followers_per_1000", "follower_growth", "follower_growth_rate"})

# Measures that are no sum over weeks divided by another, and what to take instead.
INSTEAD: Mapping[str, str] = {
    "active_weeks": "posts_per_week",
    "comments_median": "c2",
    "comments_received": "c2",
    "commenters": "c1",
    "longest_silence_days": "posts_per_week",
    "owner_replies": "two_way_ratio",
    "posts": "posts_per_week",
    "reactions_median": "p2",
    "shares_median": "v2",
} | {
    f"{questions}{office}answer_hours_{kind}": f"{questions}{office}answered_24h"
    for questions in ("", "question_")
    for office in ("", "office_")
    for kind in ("median", "answered_median")
}


def criteria_of(study: Study) -> tuple[Criterion, ...]:
    """The study's criteria, or Torg's own where it names none; by area, then as written.

    Raises MeasureError where a measure does not exist, cannot be a criterion, is one twice, or
    would be paid for the wrong way round.
    """
    chosen = study.criteria or DEFAULT_CRITERIA
    for criterion in chosen:
        _refuse_unknown(criterion.measure)
        _refuse_without_weeks(criterion.measure)
        _refuse_upside_down(criterion)
    _refuse_twice([criterion.measure for criterion in chosen])
    return tuple(sorted(chosen, key=lambda criterion: AREAS.index(criterion.area)))


def is_share(measure: str) -> bool:
    """Whether a measure counts how many of its denominator's items have something: 0 to 1."""
    definition = DEFINITIONS.get(measure)
    return definition is not None and definition.additive and definition.unit == "share"


def areas_of(criteria: Sequence[Criterion]) -> tuple[Area, ...]:
    """The areas that have a criterion, in the fixed order."""
    return tuple(area for area in AREAS if any(one.area == area for one in criteria))


def _refuse_unknown(measure: str) -> None:
    if measure not in DEFINITIONS:
        near = get_close_matches(measure, DEFINITIONS, n=1)
        remedy = f"Did you mean {near[0]}?" if near else "docs/reference/measures.md lists them."
        raise MeasureError(f"study.toml: no measure is called '{measure}'. {remedy}")


def _refuse_without_weeks(measure: str) -> None:
    if not DEFINITIONS[measure].additive and measure not in STOCKS:
        instead = INSTEAD.get(measure, "a measure that is a sum over weeks")
        raise MeasureError(
            f"study.toml: {measure} cannot be a criterion, because it is no sum over weeks and its "
            f"uncertainty cannot be had from the weeks. Take {instead} instead."
        )


def _refuse_upside_down(criterion: Criterion) -> None:
    if criterion.higher_is_better and DEFINITIONS[criterion.measure].direction == "lower":
        raise MeasureError(
            f"study.toml: of {criterion.measure} less is better, and the criterion pays for more. "
            "Write higher_is_better = false."
        )


def _refuse_twice(measures: Sequence[str]) -> None:
    for measure in measures:
        if measures.count(measure) > 1:
            raise MeasureError(
                f"study.toml: {measure} is a criterion twice. Name it once and give it more weight."
            )
