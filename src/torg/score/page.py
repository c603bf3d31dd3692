"""The page of the reference that says what the points are made of."""

from torg.measure import DEFINITIONS
from torg.score.criteria import DEFAULT_CRITERIA, INSTEAD, STOCKS
from torg.score.reasons import REASONS
from torg.study import Criterion

_HEAD = """\
<!-- Made from the code by `make docs`: do not edit. -->

# Criteria

A criterion is a measure turned into points from 1 to 100. A study names its own in `study.toml`
([how](study.md)); a study that names none has Torg's own set below. The studies that Torg makes
repeatable did not publish theirs, so this set reproduces none of them. Why the points are made as
they are: [Ranking](../explanation/ranking.md).

## Torg's own set

| area | measure | what it says | weight | transform |
|---|---|---|---|---|
"""

_AREAS = """
Comments that need no answer count against nobody: only questions do. *Crisis and preparedness* has
no criterion. Long silences and the like measure activity and not preparedness, and an area without
measures stays missing; it is never filled by a proxy.

| transform | points |
|---|---|
| `log1p` | of the logarithm of 1 + value: its distance from the median in robust standard \
deviations (1.4826 MAD), at most 3 either way, spread over 1 to 100 |
| `linear` | the same without the logarithm |
| `enough` | the part of the level `enough` that is reached, at most all of it: more earns nothing |

## What can be a criterion

"""


def criteria_page() -> str:
    """The page in Markdown: the default set, what can be a criterion, and every reason code."""
    can = [name for name, one in DEFINITIONS.items() if one.additive]
    parts = [
        _HEAD + "".join(_row(criterion) for criterion in DEFAULT_CRITERIA) + _AREAS,
        "Measures that are a sum over weeks divided by another, since their uncertainty can be ",
        f"had from the weeks: {_listed(can)}.\n\n",
        f"Stocks, which have no sampling error: {_listed(sorted(STOCKS))}.\n\n",
        "Others are refused, with what to take instead:\n\n| not | but |\n|---|---|\n",
        *(f"| `{name}` | `{other}` |\n" for name, other in sorted(INSTEAD.items())),
        "\n## Reasons\n\nWhy a criterion was dropped, or a municipality is listed and not ranked ",
        "(reasons of [measures](measures.md) may stand there too):\n\n",
        "| code | meaning |\n|---|---|\n",
        *(f"| `{code}` | {sentence} |\n" for code, sentence in REASONS.items()),
    ]
    return "".join(parts)


def _row(criterion: Criterion) -> str:
    title = DEFINITIONS[criterion.measure].title
    level = f", enough = {criterion.enough:g}" if criterion.enough else ""
    return (
        f"| {criterion.area} | `{criterion.measure}` | {title} | {criterion.weight:g} "
        f"| `{criterion.transform}`{level} |\n"
    )


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
