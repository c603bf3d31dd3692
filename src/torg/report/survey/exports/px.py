"""A table for statistical databases from each question: PX, as PC-Axis and PxWeb read it.

Keywords and their order are those of "PX-file format", AXIS-VERSION 2013 (Statistics Sweden). A
figure that is not there is "..", one that was taken away to protect those behind it "...", and one
that was not asked for ".".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from torg.locale import message, shipped
from torg.report.survey.exports.variables import phrases_of
from torg.report.survey.files import file_of
from torg.report.survey.lookup import SUPPRESSED, Estimate, Figures, Pair, categories
from torg.report.survey.phrases import Phrases
from torg.report.survey.results import SurveyResults
from torg.survey import Item, Question

LONGEST_LINE = 200  # characters of a text before it goes on in the next line
NOT_ASKED, NOTHING, HIDDEN = '"."', '".."', '"..."'

CONTENTS = {
    "estimate": message("Share"),
    "low": message("Interval, lower end"),
    "high": message("Interval, upper end"),
    "n": message("Number of answers"),
}
VARIABLES = {
    "answer": message("Answer"),
    "group": message("Group"),
    "wave": message("Survey"),
    "figure": message("Figure"),
}
_PER_CENT, _NUMBER, _AVERAGE = message("per cent"), message("number"), message("Average")
_SYMBOLS = {
    "DATASYMBOL1": message("not asked"),
    "DATASYMBOL2": message("no figure"),
    "DATASYMBOL3": message("not shown"),
}
_INVENTED = message("All names and figures on this page are invented.")

Entry = tuple[str, str]  # what stands before and after the equals sign


@dataclass(frozen=True)
class Cube:
    """A question's figures by answer, group, wave and kind of figure."""

    survey: SurveyResults
    figures: Figures
    question: Question
    rows: tuple[tuple[Item, str | None], ...]
    groups: tuple[str, ...]

    @classmethod
    def of(cls, survey: SurveyResults, figures: Figures, question: Question) -> "Cube":
        """All the figures that there are of a question."""
        every = survey.questionnaire.items.values()
        items = [item for item in every if item.question is question]
        kinds = ("size", "kind", "county")
        there = {g: None for w in survey.waves for k in kinds for g in figures.groups(w.id, k)}
        rows = tuple((item, code) for item in items for code in categories(item))
        return cls(survey, figures, question, rows, ("all", *there))

    def cell(self, row: int, group: str, wave: str, figure: str) -> str:
        """One cell as it is written."""
        if not self.question.is_asked_in(wave):
            return NOT_ASKED
        item, category = self.rows[row]
        pair = self.figures.pair(wave, item.id, category, group)
        return _cell(pair, figure)


def _cell(pair: Pair | None, figure: str) -> str:
    if pair is None:
        return NOTHING
    each: Estimate = pair.main
    if each.missing == SUPPRESSED:
        return HIDDEN
    value = getattr(each, figure)
    if not each.is_there or value is None:
        return NOTHING
    if figure == "n":
        return str(value)
    return f"{value:.2f}" if each.category is None else f"{value * 100:.1f}"


def write_px(survey: SurveyResults, folder: Path) -> None:
    """Write `QUESTION.px` for each question that has figures."""
    figures = Figures(survey)
    folder.mkdir(parents=True, exist_ok=True)
    there = set(survey.estimates["item"])
    for question in survey.questionnaire.questions:
        cube = Cube.of(survey, figures, question)
        if question.kind != "text" and any(item.id in there for item, _ in cube.rows):
            path = folder / f"{file_of(question)}.px"
            path.write_text(_written(cube), encoding="utf-8", newline="\r\n")


def _written(cube: Cube) -> str:
    return "\n".join(f"{key}={value};" for key, value in _entries(cube)) + "\n"


def _languages(cube: Cube) -> list[str]:
    """The questionnaire's languages that Torg has words in; English where there is none."""
    named = cube.survey.questionnaire.languages
    return [name for name in named if name.split("-")[0] in shipped()] or ["en"]


def _entries(cube: Cube) -> Iterator[Entry]:
    languages = _languages(cube)
    last = max(wave.closes for wave in cube.survey.waves)
    yield "CHARSET", '"ANSI"'
    yield "AXIS-VERSION", '"2013"'
    yield "CODEPAGE", '"utf-8"'
    yield "LANGUAGE", text_of(languages[0])
    yield "LANGUAGES", ",".join(text_of(name) for name in languages)
    yield "CREATION-DATE", text_of(f"{last:%Y%m%d} 00:00")
    decimals = "2" if cube.question.kind == "number" else "1"
    yield "DECIMALS", decimals
    yield "SHOWDECIMALS", decimals
    yield "MATRIX", text_of(file_of(cube.question))
    yield "AGGREGALLOWED", "NO"  # shares and means have no sum
    yield "SUBJECT-CODE", '"TORG"'
    for language in languages:
        mark = "" if language == languages[0] else f"[{language}]"
        yield from _in_language(cube, phrases_of(cube.survey, language), mark)
    yield "DATA", "\n" + "\n".join(_lines(cube))


def _in_language(cube: Cube, phrases: Phrases, mark: str) -> Iterator[Entry]:
    """All that is words, in one language; `mark`: the language in square brackets."""
    say = phrases.words.say
    title = phrases.question(cube.question)
    names = {name: say(text) for name, text in VARIABLES.items()}
    unit = say(_NUMBER if cube.question.kind == "number" else _PER_CENT)
    yield f"SUBJECT-AREA{mark}", text_of(cube.survey.title)
    yield f"TITLE{mark}", text_of(title)
    yield f"DESCRIPTION{mark}", text_of(title)
    yield f"CONTENTS{mark}", text_of(title)
    yield f"UNITS{mark}", text_of(unit)
    yield f"STUB{mark}", list_of([names["answer"], names["group"]])
    yield f"HEADING{mark}", list_of([names["wave"], names["figure"]])
    for name, codes, values in _dimensions(cube, phrases):
        yield f'VALUES{mark}("{_plain(names[name])}")', list_of(told_apart(values, codes))
        yield f'CODES{mark}("{_plain(names[name])}")', list_of(codes)
    waves = [wave.id for wave in cube.survey.waves]
    if all(wave.isdecimal() and len(wave) == 4 for wave in waves):
        yield f'TIMEVAL{mark}("{_plain(names["wave"])}")', f"TLIST(A1),{list_of(waves)}"
    for keyword, text in _SYMBOLS.items():
        yield f"{keyword}{mark}", text_of(say(text))
    yield f"SOURCE{mark}", text_of(_plain(cube.survey.asker) or cube.survey.title)
    yield f"NOTE{mark}", text_of(_note(cube, phrases))


def _note(cube: Cube, phrases: Phrases) -> str:
    """The base, the dates, and that it is invented where it is."""
    words = phrases.words
    dates = "; ".join(
        f"{w.id}: {words.date(w.opens, form='medium')} – {words.date(w.closes, form='medium')}"
        for w in cube.survey.waves
    )
    of_all = any(note.method != "none" for note in cube.survey.weightings)
    of = phrases.of_base(cube.rows[0][0], of_all=of_all)
    said = words.say(message("Shares %(of)s."), of=of)
    if cube.question.kind == "number":
        said = words.say(message("The average %(of)s."), of=of)
    invented = f"{words.say(_INVENTED)} " if cube.survey.invented else ""
    return f"{invented}{said} {dates}."


def _dimensions(cube: Cube, phrases: Phrases) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each variable with its codes and its values, from the slowest to the fastest."""
    rows = [f"{item.id}={code}" if code else item.id for item, code in cube.rows]
    yield "answer", rows, [_label(phrases, item, code) for item, code in cube.rows]
    yield "group", list(cube.groups), [phrases.group(group) for group in cube.groups]
    waves = cube.survey.waves
    yield "wave", [wave.id for wave in waves], [wave.id for wave in waves]
    said = {**CONTENTS, **({"estimate": _AVERAGE} if cube.question.kind == "number" else {})}
    yield "figure", list(said), [phrases.words.say(text) for text in said.values()]


def _label(phrases: Phrases, item: Item, code: str | None) -> str:
    if item.option or (item.row and not item.question.options):
        return phrases.short(item)
    answer = phrases.answer(item, code) or phrases.short(item)
    return f"{phrases.short(item)}: {answer}" if item.row else answer


def _lines(cube: Cube) -> Iterator[str]:
    """A line for each answer and group; waves and kinds of figure run along it."""
    across = list(product((wave.id for wave in cube.survey.waves), CONTENTS))
    for row, group in product(range(len(cube.rows)), cube.groups):
        cells = (cube.cell(row, group, wave, figure) for wave, figure in across)
        yield " ".join(cells) + " "


def told_apart(values: Sequence[str], codes: Sequence[str]) -> list[str]:
    """No two values of a variable may be the same: the later one gets its code."""
    found: list[str] = []
    for value, code in zip(values, codes, strict=True):
        found.append(value if value and value not in found else f"{value} ({code})".strip())
    return found


def list_of(texts: Sequence[str]) -> str:
    """Texts in quotation marks, one to a line."""
    return ",\n".join(f'"{_plain(text)}"' for text in texts)


def text_of(text: str) -> str:
    """A text in quotation marks, over several lines where it is long."""
    plain = _plain(text)
    parts = [plain[at : at + LONGEST_LINE] for at in range(0, len(plain), LONGEST_LINE)] or [""]
    return "\n".join(f'"{part}"' for part in parts)


def _plain(text: str) -> str:
    """A text inside quotation marks cannot have any, nor an end of line."""
    return " ".join(text.replace('"', "'").split())
