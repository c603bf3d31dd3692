"""A blank questionnaire as PDF, to take round the house before somebody answers for the unit.

The texts reach Typst as data and never as markup, so that none of them can be a command. The
creation date is the day on which the wave opens: the same input gives the same bytes.
"""

import datetime as dt
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Final

import typst

from torg.errors import LackingPart
from torg.locale import Words, message
from torg.report.questionnaire.asked import OPEN, Asked, asked_in, words_for
from torg.survey.questionnaire import Questionnaire, Wave, text_in

STANDARD: Final = "ua-1"  # PDF/UA-1 (ISO 14289-1): tagged, so that it can be read aloud

_PURPOSE = {
    "questionnaire": message(
        "This sheet is for taking round the house. The answers are given by the personal link in "
        "the invitation."
    ),
    "observation": message(
        "This sheet is for notes while looking. What was seen is entered in the observer's form."
    ),
}

_NOT_DISPLAYED = re.compile(r'the text `"(.+?)"` could not be displayed')

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def write_blank(questionnaire: Questionnaire, wave: Wave, path: Path, *, language: str) -> None:
    """Write the questionnaire of a wave as an accessible PDF on A4, its fonts inside.

    The fonts hold the letters of Europe's languages. Raises LackingPart where a text has a sign
    that none of them holds, because a box instead of it could not be read aloud.
    """
    about = _about(questionnaire, wave, language, words_for(language))
    try:
        path.write_bytes(_compiled(about, made_on=wave.opens))
    except typst.TypstError as error:
        sign = _NOT_DISPLAYED.search(str(error))
        if sign is None:
            raise
        raise LackingPart(
            f"no font for a PDF has the sign '{sign.group(1)}', which stands in the questionnaire: "
            "leave it out, or print the preview page instead."
        ) from error


def _compiled(about: dict[str, object], *, made_on: dt.date) -> bytes:
    return typst.compile(
        files("torg.report.questionnaire").joinpath("templates", "blank.typ").read_bytes(),
        ignore_system_fonts=True,  # the fonts that Typst brings are the same on every machine
        format="pdf",
        pdf_standards=STANDARD,
        sys_inputs={"questionnaire": json.dumps(about, ensure_ascii=False)},
        timestamp=_midnight(made_on),
    )


def _midnight(day: dt.date) -> int:
    return int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp())


def _about(
    questionnaire: Questionnaire, wave: Wave, language: str, words: Words
) -> dict[str, object]:
    asked = asked_in(questionnaire, wave, language=language, words=words)
    opened = {"opens": words.date(wave.opens), "closes": words.date(wave.closes)}
    return {
        "language": language.split("-")[0],
        "region": language.partition("-")[2],
        "title": text_in(questionnaire.titles, language),
        "wave": text_in(wave.titles, language) or wave.id,
        "open": words.say(OPEN[wave.mode], **opened),
        "introduction": text_in(questionnaire.introductions, language).split("\n\n"),
        "purpose": words.say(_PURPOSE[wave.mode]),
        "page": words.say("Page"),
        "unit": words.say("Municipality or county"),
        "questions": [_question(each, words) for each in asked],
    }


def _question(asked: Asked, words: Words) -> dict[str, object]:
    return {
        "number": asked.number,
        "kind": asked.kind,
        "text": asked.text,
        "help": asked.help,
        "condition": asked.condition,
        "hint": _hint(asked, words),
        "answers": [text for _, text in asked.answers],
        "rows": [text for _, text in asked.rows],
        "columns": [text for _, text in asked.columns],
        "cells": "tick" if asked.is_ticked else "letter",
    }


_HINTS = {
    "many": message("Tick all that apply."),
    "matrix": message("Tick all that apply."),
    "text": message("In your own words."),
}


def _hint(asked: Asked, words: Words) -> str:
    """How the answer is put on paper."""
    if asked.kind == "matrix" and not asked.is_ticked:
        letters = zip(_LETTERS, asked.answers, strict=False)
        key = " · ".join(f"{letter} {text}" for letter, (_, text) in letters)
        return words.say("Write a letter in each cell: %(key)s", key=key)
    if asked.kind == "number":
        return _range(asked, words)
    return words.say(_HINTS[asked.kind]) if asked.kind in _HINTS else ""


def _range(asked: Asked, words: Words) -> str:
    low, high = (None if n is None else _number(n, words) for n in (asked.low, asked.high))
    if low and high:
        return words.say("A number from %(low)s to %(high)s", low=low, high=high)
    if low:
        return words.say("A number, at least %(low)s", low=low)
    return words.say("A number, at most %(high)s", high=high) if high else words.say("A number")


def _number(value: float, words: Words) -> str:
    decimals = 0 if value == int(value) else 2
    return words.number(value, decimals=decimals)
