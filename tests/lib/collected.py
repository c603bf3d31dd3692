"""Files with answers as other tools write them, and the questionnaire that they answer."""

import datetime as dt

import xlsxwriter

from tests.lib.answering import frame, options, question, questionnaire, wave
from torg.survey.elsewhere import answers_from, open_answers, proposed
from torg.survey.questionnaire import Option

NOW = dt.datetime(2015, 3, 1, 12, tzinfo=dt.UTC)
UNITS = frame("""
unit        | kind         | name       | county
0301        | both         | Stad       | Stad
0401        | municipality | Vika       | Nord
0402        | municipality | Bø         | Nord
0502        | municipality | Bø         | Sør
county:Nord | county       | Nord       | Nord
""")

ASKED = questionnaire(
    question("guidelines", texts={"en": "Are there guidelines?", "nb": "Finnes retningslinjer?"}),
    question(
        "channels",
        "many",
        texts={"en": "Which channels?", "nb": "Hvilke kanaler?"},
        options=(
            Option("facebook", {"en": "Facebook"}),
            Option("web_log", {"en": "Blog, of any kind", "nb": "Blogg"}),
        ),
        allows_dont_know=True,
    ),
    question("staff", "number", texts={"en": "How many work with it?"}, low=0, high=1000),
    question(
        "tone",
        "scale",
        texts={"en": "The tone?"},
        options=(
            Option("good", {"en": "Good", "nb": "God"}),
            Option("bad", {"en": "Bad", "nb": "Dårlig"}),
        ),
        allows_dont_know=True,
    ),
    question(
        "services",
        "matrix",
        texts={"en": "Who uses what?"},
        rows=options("library", "school"),
        columns=options("facebook", "blog"),
    ),
    question("why", "text", texts={"en": "Why?"}),
    question("later", texts={"en": "Later?"}, waves=("2017",)),
    waves=(wave("2015"), wave("2017", day="2017-01-01")),
)  # fmt: skip
WAVE = ASKED.waves[0]


def table_of(folder, text, *, encoding="utf-8", name="answers.csv"):
    """The file with that text, opened."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return open_answers(path)


def workbook_of(folder, rows, *, name="answers.xlsx"):
    """The workbook with those rows, numbers as numbers, opened."""
    path = folder / name
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Svar")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return open_answers(path)


def mapped(table, **told):
    """The mapping of a table after it was told what columns mean, by their letters."""
    mapping = proposed(table, ASKED, WAVE)
    for letter, means in told.items():
        mapping = mapping.told(ord(letter) - ord("A"), means, questionnaire=ASKED, wave=WAVE)
    return mapping


def taken(table, *, told=None, units=UNITS, **more):
    """What comes of a table."""
    mapping = mapped(table, **(told or {}))
    return answers_from(table, mapping, ASKED, WAVE, frame=units, at=NOW, **more)


def given(result):
    """The answers as {(unit, item): value}."""
    rows = result.answers.select("unit", "item", "value").iter_rows()
    return {(unit, item): value for unit, item, value in rows}


def refused(result):
    """The refused cells as (cell, value, why)."""
    return [(one.cell, one.value, one.why) for one in result.refused]
