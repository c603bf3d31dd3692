"""What the templates are made with, and what they call to say something."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, StrictUndefined

from torg.locale import Words, own_name
from torg.report.contrasts import expected, part
from torg.report.figures import bare, figure, signed, span
from torg.report.places import size_name


def environment(words: Words, *, first: BaseLoader | None = None) -> Environment:
    """An environment of the report's templates that speaks one language.

    A template that `first` has too is taken from there: so a site puts the report's pages into a
    frame of its own.
    """
    own = PackageLoader("torg.report")
    made = Environment(
        loader=ChoiceLoader([first, own]) if first else own,
        autoescape=True,  # every template: their names do not end in .html
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(_speech(words))
    made.globals.update(language=words.language, own_name=own_name)
    return made


def style() -> str:
    """The style sheet that every page of the report has in its head."""
    return (files("torg.report") / "templates" / "style.css").read_text(encoding="utf-8")


def _speech(words: Words) -> Mapping[str, Callable[..., Any]]:
    return {
        "say": words.say,
        "count": words.count,
        "num": words.number,
        "pct": words.percent,
        "date": lambda day, form="long": words.date(day, form=form),
        "share": lambda part, of: words.percent(part / of) if of else "–",
        # Cached: the quartiles of a group are written on the card of each of its members.
        "fig": cache(lambda value, unit: figure(value, unit=unit, words=words)),
        "fig_bare": cache(lambda value, unit: figure(value, unit=bare(unit), words=words)),
        "signed": lambda value, unit: signed(value, unit=unit, words=words),
        "expected": lambda hypothesis: expected(hypothesis, words),
        "part_in_ranking": lambda in_ranking: part(in_ranking, words),
        "span": lambda low, high, unit: span(low, high, unit=unit, words=words),
        "size": lambda size_class, short=False: size_name(size_class, words, short=short),
    }


def write_page(path: Path, text: str) -> None:
    """Write a page; the same text gives the same bytes on every machine."""
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
