"""The questions of a wave as they are shown: numbered, in one language, conditions in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

from torg.locale import Words, message, shipped, translate
from torg.survey.questionnaire import (
    NO,
    WORDS,
    YES,
    Condition,
    Item,
    Option,
    Question,
    Questionnaire,
    Wave,
    offered,
    text_in,
)


@dataclass(frozen=True)
class Asked:
    """A question as it is shown. `answers`, `rows` and `columns` are pairs of id and text."""

    number: int
    id: str
    kind: str
    text: str
    help: str
    condition: str  # "Only if ...", or ""
    notes: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    is_ticked: bool
    is_required: bool
    low: float | None
    high: float | None


def words_for(language: str) -> Words:
    """Torg's own words for a page in a language: English where there is no catalogue of it."""
    base = language.split("-")[0]
    return translate(base if base in shipped() else "en")


def asked_in(
    questionnaire: Questionnaire, wave: Wave, *, language: str, words: Words
) -> tuple[Asked, ...]:
    """The questions of a wave in their order; what it does not ask is not there."""
    questions = questionnaire.asked_in(wave.id)
    telling = _Telling(
        questionnaire, {q.id: n for n, q in enumerate(questions, 1)}, language, words
    )
    return tuple(_asked(question, wave, telling) for question in questions)


@dataclass(frozen=True)
class _Telling:
    """What is needed to say something about a question."""

    questionnaire: Questionnaire
    numbers: dict[str, int]
    language: str
    words: Words

    def texts(self, options: tuple[Option, ...]) -> tuple[tuple[str, str], ...]:
        return tuple((each.id, text_in(each.texts, self.language)) for each in options)

    def condition(self, condition: Condition | None) -> str:
        """Said of the nearest question only: that one says what it hangs on itself."""
        if condition is None:
            return ""
        item = self.questionnaire.items[condition.item]
        number = self.numbers[item.question.id]
        part = text_in(item.option.texts, self.language) if item.option else ""
        if item.row and item.column:
            part = ", ".join(text for _, text in self.texts((item.row, item.column)))
        if item.question.is_ticked and len(condition.codes) == 1 and condition.codes[0] in _TICKED:
            return self.words.say(_TICKED[condition.codes[0]], part=part, number=number)
        answers = self.answers(condition, item)
        said = _ANSWERED_FOR if part else _ANSWERED
        return self.words.say(said, part=part, number=number, answers=answers)

    def answers(self, condition: Condition, item: Item) -> str:
        known = dict(self.texts((*_YES_AND_NO, *offered(item.question))))
        quoted = (self.words.say("“%(text)s”", text=known[code]) for code in condition.codes)
        return reduce(self.either, quoted)

    def either(self, one: str, other: str) -> str:
        return self.words.say("%(one)s or %(other)s", one=one, other=other)


_YES_AND_NO = tuple(Option(code, WORDS[code]) for code in (YES, NO))

_TICKED = {
    YES: message("Only if “%(part)s” is ticked in question %(number)s."),
    NO: message("Only if “%(part)s” is not ticked in question %(number)s."),
}
_ANSWERED = message("Only if the answer to question %(number)s is %(answers)s.")
_ANSWERED_FOR = message("Only if the answer for “%(part)s” in question %(number)s is %(answers)s.")

OPEN = {
    "questionnaire": message("A questionnaire, open from %(opens)s to %(closes)s"),
    "observation": message("A form for observers, open from %(opens)s to %(closes)s"),
}
_UNITS = {
    ("municipality",): message("Asked of municipalities only."),
    ("county",): message("Asked of counties only."),
}
_DISCLOSURE = {
    "public": message("The answer is public."),
    "aggregate": message("The answer is shown only together with those of others."),
}


def _asked(question: Question, wave: Wave, telling: _Telling) -> Asked:
    return Asked(
        number=telling.numbers[question.id],
        id=question.id,
        kind=question.kind,
        text=text_in(question.texts, telling.language),
        help=text_in(question.helps, telling.language),
        condition=telling.condition(question.shown_if),
        notes=tuple(telling.words.say(note) for note in _notes(question, wave)),
        answers=telling.texts(offered(question)),
        rows=telling.texts(question.rows),
        columns=telling.texts(question.columns),
        is_ticked=question.is_ticked,
        is_required=question.required,
        low=question.low,
        high=question.high,
    )


def _notes(question: Question, wave: Wave) -> Iterator[str]:
    if question.units in _UNITS:
        yield _UNITS[question.units]
    if question.required:
        yield message("Must be answered.")
    if question.prefill:
        yield message("What the register knows is filled in beforehand, to be confirmed.")
    if wave.id in question.break_at:
        yield message("Its wording is new: answers do not compare with those of earlier waves.")
    yield _DISCLOSURE[question.disclosure]
