"""The questionnaire of a wave as LimeSurvey's tab-separated survey structure (.txt).

That form is described in LimeSurvey's manual ("Tab Separated Value survey structure"), is made to
be read and changed by people, and knows no ids of a database; the other, .lss, is a dump of tables
that follows the version of the program. What was held to, from the manual: a row for each survey
setting (S), setting by language (SL), group (G), question (Q), subquestion (SQ) and answer (A); all
rows in the base language, then the same rows in each further one; ids that tie a question's rows of
several languages; UTF-8 with a byte order mark. From LimeSurvey's tables: a question's code is
letters and digits, at most 20, a subquestion's too, an answer's at most 5.
"""

import csv
import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path

from torg.survey.questionnaire.model import (
    DONT_KNOW,
    NO,
    YES,
    Condition,
    Item,
    Option,
    Question,
    Questionnaire,
    Texts,
    Wave,
    items_of,
    text_in,
)
from torg.survey.questionnaire.naming import shortened
from torg.survey.questionnaire.wording import for_forms, offered

LONGEST_QUESTION, LONGEST_ANSWER = 20, 5  # characters of a code

_COLUMNS = (
    "id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language",
    "validation", "mandatory", "other", "default", "same_default", "min_num_value_n",
    "max_num_value_n", "exclude_all_others", "multiflexible_checkbox",
)  # fmt: skip

# LimeSurvey's letters for its kinds of question
_LIST, _TICKS, _NUMBER, _TEXT, _ARRAY, _TICKED_ARRAY = "L", "M", "N", "T", "F", ":"

_LETTERS = {"many": _TICKS, "number": _NUMBER, "text": _TEXT}

_EXPORTED_TICK = {"Y": YES, "1": YES, "N": NO, "0": NO}


@dataclass(frozen=True)
class LimeNames:
    """What LimeSurvey's export of answers calls things, to read them back.

    `items`: the heading of a column, as "channels[facebook]" -> the item; `codes`: of an item, the
    code in a cell -> the answer. `dont_know`: the heading of a box -> the items that are not known
    where it is ticked, whatever stands in their own columns.
    """

    items: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    dont_know: Mapping[str, tuple[str, ...]]


def write_limesurvey(questionnaire: Questionnaire, wave: Wave, path: Path) -> None:
    """Write what a wave asks, in all languages; the same input, the same bytes.

    LimeSurvey knows no "sv-FI": its texts go in as "sv". Who is asked (municipality or county)
    and what the register fills in stay with Torg.
    """
    out = StringIO()
    table = csv.DictWriter(out, _COLUMNS, delimiter="\t", restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(_Structure(for_forms(questionnaire, wave)).rows())
    path.write_text(out.getvalue(), encoding="utf-8-sig", newline="\n")


def limesurvey_names(questionnaire: Questionnaire, wave: Wave) -> LimeNames:
    """The headings and codes that answers come back with, from a survey written for this wave."""
    return _Structure(for_forms(questionnaire, wave)).names()


@dataclass(frozen=True)
class _Structure:
    questionnaire: Questionnaire

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.questionnaire.questions

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The codes of LimeSurvey's questions: of a matrix of answers, one for each row."""
        every = [name for question in self.questions for name in _names(question)]
        return shortened(every, longest=LONGEST_QUESTION)

    def rows(self) -> Iterator[dict[str, str]]:
        languages = tuple(dict.fromkeys(_base(each) for each in self.questionnaire.languages))
        yield _row("S", name="language", text=languages[0])
        if languages[1:]:
            yield _row("S", name="additional_languages", text=" ".join(languages[1:]))
        yield _row("S", name="format", text="G")
        for language in languages:
            yield from _In(self, language).settings()
        for language in languages:
            yield from _In(self, language).everything()

    def expression(self, condition: Condition | None) -> str:
        """A condition with all that it hangs on, in LimeSurvey's expressions; "1" without one."""
        parts = []
        while condition is not None:
            item = self.questionnaire.items[condition.item]
            codes = " or ".join(self.holds(item, code) for code in condition.codes)
            parts.append(f"({codes})" if len(condition.codes) > 1 else codes)
            condition = condition.above
        return " and ".join(reversed(parts)) or "1"

    def holds(self, item: Item, code: str) -> str:
        variable = _variable(self.column(item))
        if item.question.kind == "many":
            return self.ticked(item.question, variable, code)
        if _is_ticked_array(item.question):
            return f'{variable} {"!=" if code == NO else "=="} "1"'
        return f'{variable} == "{_codes(item.question)[code]}"'

    def ticked(self, question: Question, variable: str, code: str) -> str:
        """One that says that nothing is known has ticked no other box, and means no no by it."""
        if not question.allows_dont_know:
            return f'{variable} {"!=" if code == NO else "=="} "Y"'
        box = _variable(self.box(question))
        if code == NO:
            return f'({variable} != "Y" and {box} != "Y")'
        return f'{box if code == DONT_KNOW else variable} == "Y"'

    def box(self, question: Question) -> str:
        """The heading of the box that says of many that they are not known."""
        return f"{self.titles[question.id]}[{_within(question)[DONT_KNOW]}]"

    def column(self, item: Item) -> str:
        """The heading of an item's answers: "leader", "channels[facebook]"."""
        question, within = item.question, _within(item.question)
        if item.option:
            return f"{self.titles[question.id]}[{within[item.option.id]}]"
        if item.row is None or item.column is None:
            return self.titles[question.id]
        if _is_ticked_array(question):
            row = _rows_within(question)[item.row.id]
            return f"{self.titles[question.id]}[{row}_{within[item.column.id]}]"
        return f"{self.titles[f'{question.id}.{item.row.id}']}[{within[item.column.id]}]"

    def names(self) -> LimeNames:
        of_ours = [item for item in self.questionnaire.items.values() if not _is_box(item)]
        return LimeNames(
            items={self.column(item): item.id for item in of_ours},
            codes={item.id: _codes_back(item.question) for item in of_ours if item.codes},
            dont_know=dict(self.boxes()),
        )

    def boxes(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for question in self.questions:
            items = items_of(question)
            if _is_box(items[0]):
                yield self.column(items[0]), (question.id.removesuffix(f".{DONT_KNOW}"),)
            elif question.kind == "many" and question.allows_dont_know:
                yield self.box(question), tuple(item.id for item in items)


@dataclass(frozen=True)
class _In:
    """The rows in one language."""

    structure: _Structure
    language: str

    def settings(self) -> Iterator[dict[str, str]]:
        asked = self.structure.questionnaire
        texts = {"surveyls_title": asked.titles, "surveyls_welcometext": asked.introductions}
        for name, said in texts.items():
            if said:
                yield _row("SL", name=name, text=self.said(said), language=self.language)

    def everything(self) -> Iterator[dict[str, str]]:
        title = self.said(self.structure.questionnaire.titles)
        yield _row("G", id="1", type="1", name=title, relevance="1", language=self.language)
        number = 0
        for question in self.structure.questions:
            for name, part in _names(question).items():
                rows = [self.question(question, part, name), *self.parts(question)]
                yield from _numbered(rows, number + 1)
                number += sum(row["class"] != "A" for row in rows)

    def question(self, question: Question, row: Option | None, name: str) -> dict[str, str]:
        said = self.said(question.texts)
        return _row(
            "Q",
            type=_letter(question),
            name=self.structure.titles[name],
            relevance=self.structure.expression(question.shown_if),
            text=f"{said}<br />{self.said(row.texts)}" if row else said,
            help=self.said(question.helps) if question.helps else "",
            language=self.language,
            mandatory="Y" if question.required else "N",
            **_attributes(question),
        )

    def parts(self, question: Question) -> Iterator[dict[str, str]]:
        """Subquestions and answers, which LimeSurvey ties to the question above them."""
        within = _within(question)
        if _is_ticked_array(question):
            short = _rows_within(question)
            yield from (self.part("SQ", "0", short[each.id], each) for each in question.rows)
            yield from (self.part("SQ", "1", within[each.id], each) for each in question.columns)
            return
        subquestions = question.columns or _ticks(question)
        yield from (self.part("SQ", "0", within[each.id], each) for each in subquestions)
        if question.kind != "many":
            codes = _codes(question)
            yield from (self.part("A", "0", codes[each.id], each) for each in offered(question))

    def part(self, class_: str, scale: str, name: str, option: Option) -> dict[str, str]:
        text = self.said(option.texts)
        relevance = "1" if class_ == "SQ" else ""
        return _row(
            class_, type=scale, name=name, relevance=relevance, text=text, language=self.language
        )

    def said(self, texts: Texts) -> str:
        """A text as HTML, where a brace begins no expression."""
        language = next(
            (
                each
                for each in self.structure.questionnaire.languages
                if _base(each) == self.language
            ),
            self.language,
        )
        escaped = html.escape(text_in(texts, language), quote=False)
        return "<br />".join(
            " ".join(line.split()) for line in escaped.replace("{", "&#123;").splitlines()
        )


def _row(class_: str, *, type: str = "", **cells: str) -> dict[str, str]:  # noqa: A002
    return {"class": class_, "type/scale": type, **cells}


def _numbered(rows: list[dict[str, str]], first: int) -> Iterator[dict[str, str]]:
    """A question and its subquestions each with a number; an answer carries its question's."""
    number = first - 1
    for row in rows:
        number += row["class"] != "A"
        yield row | {"id": str(number if row["class"] != "A" else first)}


def _variable(heading: str) -> str:
    """A heading of the answers as expressions name it: channels[facebook], channels_facebook."""
    return heading.replace("[", "_").rstrip("]")


def _base(language: str) -> str:
    return language.split("-")[0]


def _is_ticked_array(question: Question) -> bool:
    return question.kind == "matrix" and question.is_ticked


def _is_box(item: Item) -> bool:
    """Whether it was made for the form, to say that a number is not known."""
    return item.question.id.endswith(f".{DONT_KNOW}")


def _names(question: Question) -> Mapping[str, Option | None]:
    """LimeSurvey's questions that one of ours becomes, with the row that each is about."""
    if question.kind == "matrix" and not question.is_ticked:
        return {f"{question.id}.{row.id}": row for row in question.rows}
    return {question.id: None}


def _letter(question: Question) -> str:
    if question.kind == "matrix":
        return _TICKED_ARRAY if question.is_ticked else _ARRAY
    return _LETTERS.get(question.kind, _LIST)


def _attributes(question: Question) -> dict[str, str]:
    if question.kind == "many" and question.allows_dont_know:
        return {"exclude_all_others": _within(question)[DONT_KNOW]}
    if _is_ticked_array(question):
        return {"multiflexible_checkbox": "1"}
    bounds = {"min_num_value_n": question.low, "max_num_value_n": question.high}
    return {name: f"{bound:.12g}" for name, bound in bounds.items() if bound is not None}


def _ticks(question: Question) -> tuple[Option, ...]:
    return offered(question) if question.kind == "many" else ()


def _within(question: Question) -> Mapping[str, str]:
    """Codes of the subquestions; of a ticked matrix, of those across."""
    names = [each.id for each in (question.columns or _ticks(question))]
    return shortened(names, longest=LONGEST_QUESTION)


def _rows_within(question: Question) -> Mapping[str, str]:
    return shortened([row.id for row in question.rows], longest=LONGEST_QUESTION)


def _codes(question: Question) -> Mapping[str, str]:
    return shortened([each.id for each in offered(question)], longest=LONGEST_ANSWER)


def _codes_back(question: Question) -> Mapping[str, str]:
    if question.is_ticked:
        return _EXPORTED_TICK
    return {short: code for code, short in _codes(question).items()}
