"""The frames of a survey as CSV and Parquet, and all of them in one workbook with its notes.

Codes are text everywhere; missing is an empty cell with its reason beside it, never zero. Base, n
and date of every item stand on the sheet "notes".
"""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from torg.locale import translate
from torg.report.about import write_about
from torg.report.survey.lookup import estimates
from torg.report.survey.phrases import Phrases
from torg.report.survey.results import FRAMES, SurveyFacts, SurveyResults
from torg.report.workbook import write_workbook
from torg.survey import Item, Wave
from torg.survey.questionnaire import text_in

README = """The tables of a survey, each as CSV and Parquet; survey.xlsx has them all, notes first.

All text is UTF-8. CSV has commas, points for decimals, and empty cells for what is missing. Codes
such as 0301 are text: in a spreadsheet, open survey.xlsx, or import the CSV with its columns as
text. A CSV cell that begins with = + - or @ may be taken for a formula by a spreadsheet;
survey.xlsx stores all text as text.
estimates: one row for each wave, item, category, group and way of weighting (weighted_by empty: of
those that answered, without weights). low and high are the interval; n is the number of answers; a
row without a figure says why in "missing". Shares go from 0 to 1.
facts: answers unit by unit, only to questions whose answers are public facts.
printed: figures that another study printed; they are that study's, not this survey's.
facts-WAVE.sav: the facts for SPSS. codebook.xml: DDI-Codebook 2.5. px: tables for PxWeb.
about.json, units.parquet: what is in no other table (the questionnaire, weights, the units that the
facts are of): with them Torg reads the folder back, and makes the same pages of it.
"""

_NOTE = {"about": pl.String(), "wave": pl.String(), "name": pl.String(), "note": pl.String()}
_ITEMS = ("item", "question", "kind", "disclosure", "language", "text", "codes", "waves", "breaks")


def write_tables(survey: SurveyResults, folder: Path) -> None:
    """Write every frame in two formats, and the workbook."""
    tables = dict(_tables(survey))
    for name, frame in tables.items():
        frame.write_csv(folder / f"{name}.csv", line_terminator="\n")
        frame.write_parquet(folder / f"{name}.parquet", compression="zstd", statistics=True)
    made_for = max((wave.closes for wave in survey.waves), default=None)
    if made_for:
        write_workbook(tables, folder / "survey.xlsx", made_for=made_for)
    text = f"{_INVENTED}\n\n{README}" if survey.invented else README
    _write_units(survey, folder)
    write_about(survey, folder, kind=SurveyFacts, tables=FRAMES)
    (folder / "README.txt").write_text(text, encoding="utf-8", newline="\n")


UNITS = "units.parquet"

_INVENTED = "ALL NAMES AND FIGURES IN THESE FILES ARE INVENTED."


def _write_units(survey: SurveyResults, folder: Path) -> None:
    """The units that public facts are of, as they were in the frame of each wave.

    Not the whole frame: where a wave asks those that answered another, it would tell who did.
    """
    there = survey.facts.select("wave", "country", "unit").unique()
    units = survey.frame.join(
        there, on=("wave", "country", "unit"), how="semi", maintain_order="left"
    )
    units.write_parquet(folder / UNITS, compression="zstd", statistics=True)


def _tables(survey: SurveyResults) -> Iterator[tuple[str, pl.DataFrame]]:
    yield "notes", _notes(survey)
    yield "items", _items(survey)
    for name in FRAMES:
        if name == "facts":
            yield name, _named_facts(survey)
        elif name != "frame":
            yield name, getattr(survey, name)


def _named_facts(survey: SurveyResults) -> pl.DataFrame:
    """The public facts with what the register says of each unit."""
    known = survey.frame.drop("kind").unique(("wave", "country", "unit"), keep="first")
    joined = survey.facts.join(known, on=("wave", "country", "unit"), how="left")
    order = ["wave", "country", "unit", "name", "county", "population", "size_class"]
    return joined.select(*order, "item", "state", "code", "number").sort(
        "wave", "country", "unit", "item"
    )


def _notes(survey: SurveyResults) -> pl.DataFrame:
    rows = [*_facts(survey), *_of_waves(survey), *_of_items(survey)]
    return pl.DataFrame(rows, schema=_NOTE, orient="row")


def _facts(survey: SurveyResults) -> Iterator[tuple[str, None, str, str]]:
    if survey.invented:
        yield ("study", None, "invented", "All names and figures are invented.")
    yield ("study", None, "title", survey.title)
    yield ("study", None, "id", survey.study_id)
    if survey.asker:
        yield ("study", None, "asked by", survey.asker)
    yield ("study", None, "confidence", str(survey.confidence))
    yield ("made by", None, "Torg", survey.code_version)


def _of_waves(survey: SurveyResults) -> Iterator[tuple[str, str, str, str]]:
    for wave in survey.waves:
        yield ("wave", wave.id, "answered", f"{wave.opens} to {wave.closes}, both included")
        yield ("wave", wave.id, "those asked", f"the units of {wave.frame_date}")
        for row in survey.response.filter(wave=wave.id, group="all").iter_rows(named=True):
            note = f"{row['answered']} of {row['asked']}"
            yield ("wave", wave.id, "response", note)
        note_of = survey.weighting(wave.id)
        if note_of:
            by = f"{note_of.method} by {note_of.by or 'nothing'}"
            ends = f"weights from {note_of.least:.4g} to {note_of.most:.4g}"
            kish = f"Kish factor {note_of.kish:.4g}, effective n {note_of.effective_n:.4g}"
            yield ("wave", wave.id, "weights", f"{by}; {ends}; {kish}")


def _of_items(survey: SurveyResults) -> Iterator[tuple[str, str, str, str]]:
    """Base, n and date of each item at each wave."""
    phrases = Phrases(survey, translate("en"))
    answers: dict[tuple[str, str], int] = {}
    for each in estimates(survey.estimates.filter(group="all")):
        answers[each.wave, each.item] = max(answers.get((each.wave, each.item), 0), each.n)
    for wave in survey.waves:
        for item in survey.questionnaire.items.values():
            if item.question.kind != "text":
                yield ("item", wave.id, item.id, _base(phrases, wave, item, answers))


def _base(phrases: Phrases, wave: Wave, item: Item, answers: dict[tuple[str, str], int]) -> str:
    if not item.question.is_asked_in(wave.id):
        return "Not asked in this wave."
    n = answers.get((wave.id, item.id), 0)
    said = f"{phrases.whole(item)} Shares or means {phrases.of_base(item)}."
    return f"{said} n = {n}. Answered {wave.opens} to {wave.closes}."


def _items(survey: SurveyResults) -> pl.DataFrame:
    """Each item in each language: its words, its codes, where it was asked."""
    rows = [
        _item(survey, item, language)
        for item in survey.questionnaire.items.values()
        for language in survey.questionnaire.languages
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(_ITEMS, pl.String()), orient="row")


def _item(survey: SurveyResults, item: Item, language: str) -> tuple[str, ...]:
    question = item.question
    parts = [text_in(question.texts, language)]
    parts += [text_in(p.texts, language) for p in (item.option, item.row, item.column) if p]
    asked = [wave.id for wave in survey.waves if question.is_asked_in(wave.id)]
    return (
        item.id,
        question.id,
        question.kind,
        question.disclosure,
        language,
        " | ".join(parts),
        " | ".join(item.codes),
        " | ".join(asked),
        " | ".join(question.break_at),
    )
