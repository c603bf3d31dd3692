"""What the columns of a file mean: a value that is proposed, asked about, and remembered."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from torg.errors import SurveyError
from torg.survey.elsewhere.words import plain
from torg.survey.questionnaire import Item, Question, Questionnaire, Wave

# How it is known what a column means. Only the first four go without a question.
Sureness = Literal["told", "id", "text", "tool", "near", "unknown"]
SURE: tuple[Sureness, ...] = ("told", "id", "text", "tool")

UNIT, NAME, COUNTRY, RESPONDENT, AT, LEFT_OUT = "unit", "name", "country", "respondent", "at", "-"
ROLES: Mapping[str, str] = {
    UNIT: "the unit's official code or its name",
    NAME: "the unit's name, beside its code",
    COUNTRY: "the country, as two letters",
    RESPONDENT: "who answered; kept as a number only",
    AT: "when it was answered",
    LEFT_OUT: "nothing that is taken in",
}
ITEM, QUESTION, UNKNOWN = "item:", "question:", "dont_know:"


@dataclass(frozen=True)
class Column:
    """A column of the file, and what it means: one of ROLES, "item:ID", "question:ID" ...

    "question:ID" is a question of several answers with all of them in one cell, "dont_know:ID" the
    box that says of a whole question that the answer is not known.
    """

    at: int  # place, from 0
    name: str
    means: str = LEFT_OUT
    sure: Sureness = "unknown"
    values: Mapping[str, str] = field(
        default_factory=dict, hash=False
    )  # text in plain form -> code

    @property
    def item(self) -> str | None:
        """The item that it answers."""
        return self.means.removeprefix(ITEM) if self.means.startswith(ITEM) else None

    @property
    def question(self) -> str | None:
        """The question whose answers are all in its cells."""
        return self.means.removeprefix(QUESTION) if self.means.startswith(QUESTION) else None

    @property
    def unknown(self) -> str | None:
        """The question of which a tick here says that the answer is not known."""
        return self.means.removeprefix(UNKNOWN) if self.means.startswith(UNKNOWN) else None


@dataclass(frozen=True)
class Meanings:
    """What each column of a file means; known again by the fingerprint of its header."""

    fingerprint: str
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        once = [c.means for c in self.columns if c.sure in SURE and c.means != LEFT_OUT]
        twice = sorted({means for means in once if once.count(means) > 1})
        if twice:
            names = " and ".join(f"'{c.name}'" for c in self.columns if c.means == twice[0])
            raise SurveyError(
                f"columns {names} both mean '{twice[0]}': say '{LEFT_OUT}' of all but one of them."
            )

    @property
    def open(self) -> tuple[Column, ...]:
        """The columns that nobody is sure of yet."""
        return tuple(column for column in self.columns if column.sure not in SURE)

    def of(self, means: str) -> Column | None:
        """The column of that meaning that is sure."""
        found = (c for c in self.columns if c.means == means and c.sure in SURE)
        return next(found, None)

    def told(self, at: int, means: str, *, questionnaire: Questionnaire, wave: Wave) -> "Meanings":
        """The mapping after somebody said what a column means. Raises SurveyError where it cannot.

        `means`: one of ROLES, or the id of an item or of a question.
        """
        said = replace(
            self.columns[at], means=meaning_of(means, questionnaire, wave), sure="told", values={}
        )
        return replace(self, columns=(*self.columns[:at], said, *self.columns[at + 1 :]))

    def told_value(self, at: int, text: str, code: str) -> "Meanings":
        """The mapping after somebody said which code a text of a column stands for."""
        column = self.columns[at]
        said = replace(column, values={**column.values, plain(text): code})
        return replace(self, columns=(*self.columns[:at], said, *self.columns[at + 1 :]))


def meaning_of(said: str, questionnaire: Questionnaire, wave: Wave) -> str:
    """A meaning in full: "unit", "item:guidelines", "question:channels". Raises SurveyError."""
    if said in ROLES:
        return said
    name = said.removeprefix(ITEM).removeprefix(QUESTION)
    asked = {question.id: question for question in questionnaire.asked_in(wave.id)}
    whole = asked.get(said.removeprefix(UNKNOWN))
    if said.startswith(UNKNOWN) and whole is not None and whole.allows_dont_know:
        return said
    item = questionnaire.items.get(name)
    if item is not None and item.question.id in asked:
        return f"{ITEM}{name}"
    if name in asked and holds_several(asked[name]):
        return f"{QUESTION}{name}"
    raise SurveyError(
        f"'{said}' is nothing that wave '{wave.id}' asks: write the id of one of its items, of a "
        f"question of several answers, or one of {', '.join(ROLES)}."
    )


def holds_several(question: Question) -> bool:
    """Whether all answers to a question can stand in one cell."""
    return question.kind == "many"


def is_box(item: Item) -> bool:
    """Whether the item is one of several boxes, each ticked or not."""
    question = item.question
    return question.kind == "many" or (question.kind == "matrix" and not question.options)
