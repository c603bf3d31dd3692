"""The questionnaire of a wave as an XLSForm, for ODK, KoboToolbox and others.

Checked against the specification of XLSForm (xlsform.org; docs.getodk.org/form-language) and with
its reference converter, pyxform: sheets `survey`, `choices` and `settings`; a column for each
language, as `label::svenska (sv)`; `relevant` for conditions. A matrix is a group: of ticks, one
question of many for each row; of answers, a group for each row with one question for each column.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from babel import Locale

from torg.survey.questionnaire.model import (
    DONT_KNOW,
    NO,
    Condition,
    Item,
    Option,
    Question,
    Questionnaire,
    Texts,
    Wave,
    text_in,
)
from torg.survey.questionnaire.wording import for_forms, offered

Row = Mapping[str, str]

_PLAIN = ("type", "name", "required", "relevant", "constraint", "appearance")
_TYPES = {"one": "select_one", "planned": "select_one", "scale": "select_one"}


def write_xlsform(questionnaire: Questionnaire, wave: Wave, path: Path) -> None:
    """Write what a wave asks as a workbook, in all languages; the same input, the same bytes.

    Who is asked (municipality or county) and what the register fills in stay with Torg.
    """
    form = _Form(for_forms(questionnaire, wave), wave)
    sheets = {"survey": form.survey(), "choices": form.choices(), "settings": [form.settings()]}
    with xlsxwriter.Workbook(path, _AS_TEXT) as book:
        book.set_properties({"created": dt.datetime.combine(wave.opens, dt.time())})
        for name, rows in sheets.items():
            _fill(book.add_worksheet(name), rows)


_AS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def _fill(sheet: xlsxwriter.worksheet.Worksheet, rows: Sequence[Row]) -> None:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    for column, name in enumerate(columns):
        sheet.write_string(0, column, name)
        for at, row in enumerate(rows, start=1):
            if row.get(name):
                sheet.write_string(at, column, row[name])


@dataclass(frozen=True)
class _Form:
    """The rows of the sheets."""

    questionnaire: Questionnaire
    wave: Wave

    def survey(self) -> list[Row]:
        """The sheet of questions, every column in every row, so that their order is the same."""
        empty = dict.fromkeys(_PLAIN, "") | self.said("label", {})
        return [{**empty, **row} for row in self.rows()]

    def rows(self) -> Iterator[dict[str, str]]:
        if self.questionnaire.introductions:
            yield {"type": "note", "name": "about_this_form"} | self.said(
                "label", self.questionnaire.introductions
            )
        for question in self.questionnaire.questions:
            yield from self.of_question(question)

    def of_question(self, question: Question) -> Iterator[dict[str, str]]:
        about = self.about(question)
        if question.kind == "matrix":
            yield from self.of_matrix(question, about)
        else:
            yield self.field(question) | about

    def about(self, question: Question) -> dict[str, str]:
        return {
            **self.said("label", question.texts),
            **(self.said("hint", question.helps) if question.helps else {}),
            "relevant": relevant(question.shown_if, self.questionnaire.items),
            "required": "yes" if question.required and question.kind != "matrix" else "",
        }

    def field(self, question: Question) -> dict[str, str]:
        made = {"name": question.id}
        if question.kind in {"number", "text"}:
            kind = "decimal" if question.kind == "number" else "text"
            return made | {"type": kind, "constraint": _bounds(question)}
        if question.kind == "many":
            alone = f"not(selected(., '{DONT_KNOW}') and count-selected(.) > 1)"
            limit = {"constraint": alone} if question.allows_dont_know else {}
            return made | {"type": f"select_multiple {question.id}"} | limit
        return made | {"type": f"{_TYPES[question.kind]} {question.id}"}

    def of_matrix(self, question: Question, about: dict[str, str]) -> Iterator[dict[str, str]]:
        yield about | {"type": "begin_group", "name": question.id}
        required = {"required": "yes" if question.required else ""}
        for row in question.rows:
            name = f"{question.id}.{row.id}"
            if not question.is_ticked:
                yield from self.of_row(question, row, required)
            else:
                kind = {"type": f"select_multiple {question.id}", "name": name}
                yield kind | self.said("label", row.texts) | required
        yield {"type": "end_group"}

    def of_row(
        self, question: Question, row: Option, required: dict[str, str]
    ) -> Iterator[dict[str, str]]:
        name = f"{question.id}.{row.id}"
        yield {"type": "begin_group", "name": name, "appearance": "table-list"} | self.said(
            "label", row.texts
        )
        for column in question.columns:
            field = {"type": f"select_one {question.id}", "name": f"{name}.{column.id}"}
            yield field | self.said("label", column.texts) | required
        yield {"type": "end_group"}

    def choices(self) -> list[Row]:
        return [
            {"list_name": question.id, "name": option.id, **self.said("label", option.texts)}
            for question in self.questionnaire.questions
            for option in _choices(question)
        ]

    def settings(self) -> Row:
        first = self.questionnaire.languages[0]
        return {
            "form_title": _plain(text_in(self.questionnaire.titles, first)),
            "form_id": f"{self.questionnaire.id}-{self.wave.id}",
            "version": self.wave.opens.strftime("%Y%m%d"),
            "default_language": language_header(first),
        }

    def said(self, what: str, texts: Texts) -> dict[str, str]:
        """A text in a column for each language."""
        return {
            f"{what}::{language_header(language)}": _plain(text_in(texts, language))
            for language in self.questionnaire.languages
        }


def language_header(language: str) -> str:
    """A language as it heads a column: "svenska (sv)", "svenska, Finland (sv)".

    Between the brackets an XLSForm wants a language without its country.
    """
    locale = Locale.parse(language, sep="-")
    names = (locale.get_language_name(), locale.get_territory_name() if "-" in language else None)
    return f"{', '.join(name for name in names if name)} ({locale.language})"


def _plain(text: str) -> str:
    """A reference to another question is written ${name}; in a text of ours it is none."""
    return text.replace("${", "$ {")


def _bounds(question: Question) -> str:
    low = "" if question.low is None else f". >= {question.low:.12g}"
    high = "" if question.high is None else f". <= {question.high:.12g}"
    return " and ".join(each for each in (low, high) if each)


def _choices(question: Question) -> tuple[Option, ...]:
    """What one list of choices holds: of ticks in a matrix, its columns."""
    return question.columns if question.columns and question.is_ticked else offered(question)


def relevant(condition: Condition | None, items: Mapping[str, Item]) -> str:
    """A condition with all that it hangs on, as XPath; "" where there is none."""
    parts = []
    while condition is not None:
        item = items[condition.item]
        codes = " or ".join(_holds(item, code) for code in condition.codes)
        parts.append(f"({codes})" if len(condition.codes) > 1 else codes)
        condition = condition.above
    return " and ".join(reversed(parts))


def _holds(item: Item, code: str) -> str:
    """That an item was answered so, where boxes that can be ticked are one question."""
    question, ticked = item.question, item.option or item.column
    if not question.is_ticked or ticked is None:
        return f"${{{item.id}}} = '{code}'"
    name = f"{question.id}.{item.row.id}" if item.row else question.id
    known = f"selected(${{{name}}}, '{DONT_KNOW}')"
    holds = f"selected(${{{name}}}, '{ticked.id}')"
    if code == NO:
        may_be_unknown = question.allows_dont_know
        return f"not({holds} or {known})" if may_be_unknown else f"not({holds})"
    return known if code == DONT_KNOW else holds
