"""How well those that answered stand for all, in plain words (Schouten, Cobben, Bethlehem 2009)."""

from collections.abc import Iterator, Mapping
from typing import Any

from torg.locale import message
from torg.report.survey.chapter import Chapter


def about_r(chapter: Chapter) -> list[str]:
    """Sentences on the indicator of representativity and the largest bias that it allows."""
    whole = {row["figure"]: row for row in chapter.rows("representativity") if not row["variable"]}
    return list(_sentences(chapter, whole))


def _sentences(chapter: Chapter, whole: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    words = chapter.phrases.words
    r = whole.get("r")
    if r and r["value"] is not None:
        values = {name: words.number(r[name], decimals=2) for name in ("value", "low", "high")}
        text = message("The survey's representativity is %(value)s, where 1 is a perfect mirror.")
        if r["low"] is not None:
            text = message(
                "The survey's representativity is %(value)s (%(low)s to %(high)s), where 1 is a "
                "perfect mirror of all that were asked."
            )
        yield words.say(text, **{k: v for k, v in values.items() if f"%({k})s" in text})
    largest = whole.get("largest_bias")
    if largest and largest["value"] is not None:
        yield words.say(
            message(
                "An unweighted share could be off by up to %(points)s percentage points, were it "
                "tied to answering as closely as can be."
            ),
            points=words.number(largest["value"] * 100),
        )


def partials(chapter: Chapter) -> list[dict[str, Any]]:
    """The partial indicators: one row for each variable and class, alone and beside the others."""
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    for row in chapter.rows("representativity"):
        name = {"partial": "alone", "partial_conditional": "beside"}.get(str(row["figure"]))
        if name and row["variable"]:
            key = (str(row["variable"]), row["category"])
            empty = {"variable": key[0], "category": key[1], "alone": None, "beside": None}
            found.setdefault(key, empty)[name] = row["value"]
    return [found[key] for key in sorted(found, key=lambda k: (k[0], k[1] is not None, k[1] or ""))]
