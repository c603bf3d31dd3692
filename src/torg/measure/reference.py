"""docs/reference/measures.md, made from the definitions and the reasons."""

from collections.abc import Iterable, Mapping

from torg.measure.definition import DEFINITIONS, Definition
from torg.measure.reasons import REASONS

_HEAD = """# Measures

Made from `src/torg/measure/definitions/`; do not edit. How they are computed, and why so, is
explained in [Measures explained](../explanation/measures.md).
"""
_DIRECTIONS = {"higher": "Higher is better.", "lower": "Lower is better.", "neither": ""}


def reference() -> str:
    """The whole page as Markdown."""
    return "\n".join([_HEAD, *_measures(DEFINITIONS), *_reasons(REASONS)])


def _measures(definitions: Mapping[str, Definition]) -> Iterable[str]:
    for definition in definitions.values():
        yield _measure(definition)


def _measure(definition: Definition) -> str:
    parameters = ", ".join(f"{name} = {value}" for name, value in definition.parameters.items())
    interval = "from the weeks" if definition.additive else "none"
    lines = [
        f"## `{definition.id}`: {definition.title}\n",
        f"{definition.why} {_DIRECTIONS[definition.direction]}".rstrip() + "\n",
        f"    {definition.formula}\n",
        f"- Family: {definition.family}" + (f" ({parameters})" if parameters else ""),
        f"- Unit: {definition.unit}",
        f"- Base (n): {definition.base}",
        f"- Interval: {interval}",
        f"- Source: {definition.source}",
        f"- Author: {definition.author}; checked by {definition.checked_by} on "
        f"{definition.reviewed}; next review {definition.next_review}",
    ]
    return "\n".join(lines) + "\n"


def _reasons(reasons: Mapping[str, str]) -> Iterable[str]:
    yield "## Why a value is missing\n"
    yield "| code | meaning |\n|---|---|"
    for code, sentence in reasons.items():
        yield f"| `{code}` | {sentence} |"
    yield ""
