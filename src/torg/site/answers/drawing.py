"""A question as its page draws it: fields with their names, labels and what stands in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from torg.locale import Words, message
from torg.site.answers.reading import ALONE, NONE, Typed, Wrong, offers_none, written_out
from torg.survey.questionnaire import (
    DONT_KNOW,
    NO,
    WORDS,
    YES,
    Item,
    Option,
    Question,
    Questionnaire,
    items_of,
    offered,
    text_in,
)

NONE_OF_THESE = message("None of these")
_MANY_COLUMNS = 6  # more do not stand side by side, even on a wide screen


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One box, or one answer of a list."""

    id: str  # of the field in the page
    name: str
    value: str
    text: str
    is_chosen: bool
    is_own: bool = False  # in the page's language, not in the questionnaire's


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell of a matrix: a box, or a list to choose from."""

    id: str
    name: str
    text: str  # the column's
    is_chosen: bool
    choices: tuple[Choice, ...] = ()
    wrong: str | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a matrix."""

    text: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A question to be filled in; `first` is the id of the field that a fault leads to."""

    id: str
    kind: str
    text: str
    help: str
    notes: tuple[str, ...]
    hint: str
    choices: tuple[Choice, ...]
    alone: tuple[Choice, ...]
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    is_wide: bool  # more columns than stand side by side
    typed: str
    wrong: str | None
    first: str


def draw(
    question: Question, typed: Typed, *, language: str, words: Words,
    wrong: Mapping[str, Wrong] | None = None, compares: bool = True, is_fact: bool = False,
) -> Drawn:  # fmt: skip
    """Draw a question with what was typed, in `language` of the questionnaire.

    `compares`: its wording is that of earlier waves. `is_fact`: the register filled it in.
    """
    said = {name: words.say(each.sentence, **each.values) for name, each in (wrong or {}).items()}
    pen = _Pen(question, typed, language, words, said)
    return Drawn(
        id=question.id,
        kind=question.kind,
        text=text_in(question.texts, language),
        help=text_in(question.helps, language),
        notes=tuple(words.say(note) for note in _notes(question, compares, is_fact)),
        hint=_hint(question, words),
        choices=pen.choices(),
        alone=pen.alone(),
        rows=pen.rows(),
        columns=tuple(text_in(each.texts, language) for each in question.columns),
        is_wide=len(question.columns) > _MANY_COLUMNS,
        typed=pen.written(),
        wrong=said.get(question.id),
        first=pen.first(),
    )


def answer_in_words(
    question: Question, values: Mapping[str, str], *, language: str, words: Words
) -> tuple[str, ...]:
    """What was answered, in lines; none where nothing was."""
    known = {each.id: text_in(each.texts, language) for each in (*_SIMPLE, *offered(question))}
    said = {item: values[item.id] for item in items_of(question) if item.id in values}
    if not said:
        return ()
    if question.kind == "matrix":
        return tuple(_row_in_words(question, said, known, language, words))
    if question.kind == "many":
        return (_ticks_in_words(said, known, language, words),)
    return tuple(known.get(code, code) for code in said.values())  # offered once, and no more


def language_asked(questionnaire: Questionnaire, spoken: str, page: str) -> str:
    """In which of its languages a questionnaire is shown on a page in another.

    `spoken` is the respondent's ("sv-FI"), where it is one that the page's language is a part of.
    """
    wishes = (spoken if spoken.split("-")[0] == page else page, page, "en")
    there = questionnaire.languages
    return next((wish for wish in wishes if wish in there), there[0])


Said = Mapping[Item, str]

_SIMPLE = tuple(Option(code, WORDS[code]) for code in (YES, NO, DONT_KNOW))


@dataclass(frozen=True)
class _Pen:
    question: Question
    typed: Typed
    language: str
    words: Words
    wrong: Mapping[str, str]

    def holds(self, name: str, value: str) -> bool:
        return value in self.typed.get(name, ())

    def is_ticked(self, name: str) -> bool:
        return any(value not in {NO, DONT_KNOW} for value in self.typed.get(name, ()))

    def choices(self) -> tuple[Choice, ...]:
        question = self.question
        if question.kind == "many":
            items = items_of(question)
            return tuple(
                Choice(id=f"f-{item.id}", name=item.id, value=YES, text=self.text(item.option),
                       is_chosen=self.is_ticked(item.id))
                for item in items
            )  # fmt: skip
        if question.kind in {"number", "text", "matrix"}:
            return ()
        return self.of_list(question.id, offered(question))

    def of_list(self, name: str, options: tuple[Option, ...]) -> tuple[Choice, ...]:
        return tuple(
            Choice(id=f"f-{name}-{option.id}", name=name, value=option.id, text=self.text(option),
                   is_chosen=self.holds(name, option.id))
            for option in options
        )  # fmt: skip

    def alone(self) -> tuple[Choice, ...]:
        """The boxes that stand for all items at once."""
        found = []
        if offers_none(self.question):
            found.append((NONE, self.words.say(NONE_OF_THESE), True))
        if self.question.allows_dont_know and self.question.kind in {"many", "number"}:
            found.append((DONT_KNOW, text_in(WORDS[DONT_KNOW], self.language), False))
        return tuple(
            Choice(id=f"f-{ALONE}-{value}", name=ALONE, value=value, text=text,
                   is_chosen=self.holds(ALONE, value), is_own=is_own)
            for value, text, is_own in found
        )  # fmt: skip

    def rows(self) -> tuple[Row, ...]:
        return tuple(
            Row(
                text=self.text(row),
                cells=tuple(self.cell(row, column) for column in self.question.columns),
            )
            for row in self.question.rows
        )

    def cell(self, row: Option, column: Option) -> Cell:
        name = f"{self.question.id}.{row.id}.{column.id}"
        options = () if self.question.is_ticked else offered(self.question)
        return Cell(
            id=f"f-{name}", name=name, text=self.text(column), is_chosen=self.is_ticked(name),
            choices=self.of_list(name, options), wrong=self.wrong.get(name),
        )  # fmt: skip

    def written(self) -> str:
        """What stands in a field to write in; a decimal as the page's language writes it."""
        text = next(iter(self.typed.get(self.question.id, ())), "")
        if self.question.kind != "number" or text == DONT_KNOW:
            return "" if text == DONT_KNOW and self.question.kind == "number" else text
        return _as_written(text, self.words)

    def first(self) -> str:
        """The id of the field that a fault of the page leads to."""
        for name in self.wrong:
            if name != self.question.id:
                return f"f-{name}"
        fields = [choice.id for choice in self.choices()]
        fields += [cell.id for row in self.rows() for cell in row.cells]
        return next(iter(fields), f"f-{self.question.id}")

    def text(self, option: Option | None) -> str:
        return text_in(option.texts, self.language) if option else ""


_DISCLOSURE = {
    "public": message("The answer is public."),
    "aggregate": message("The answer is shown only together with those of others."),
}


def _notes(question: Question, compares: bool, is_fact: bool) -> Iterator[str]:  # noqa: FBT001
    if question.required:
        yield message("Must be answered.")
    if is_fact:
        yield message("What the register knows is filled in: mend it, or confirm it by going on.")
    if not compares:
        yield message("Its wording is new: answers do not compare with those of earlier waves.")
    yield _DISCLOSURE[question.disclosure]


def _hint(question: Question, words: Words) -> str:
    """How the answer is given."""
    if question.kind == "number":
        return _range(question, words)
    return words.say(message("Tick all that apply.")) if question.is_ticked else ""


def _range(question: Question, words: Words) -> str:
    bounds = (question.low, question.high)
    low, high = (None if n is None else _as_written(written_out(n), words) for n in bounds)
    if low and high:
        return words.say("A number from %(low)s to %(high)s", low=low, high=high)
    if low:
        return words.say("A number, at least %(low)s", low=low)
    return words.say("A number, at most %(high)s", high=high) if high else words.say("A number")


def _as_written(decimal: str, words: Words) -> str:
    """A decimal with the language's own comma."""
    return decimal if words.language == "en" else decimal.replace(".", ",")


def _ticks_in_words(
    said: Said,
    known: Mapping[str, str],
    language: str,
    words: Words,
) -> str:
    ticked = [
        text_in(item.option.texts, language)
        for item, code in said.items()
        if item.option and code == YES
    ]
    if ticked:
        return ", ".join(ticked)
    return known[DONT_KNOW] if DONT_KNOW in said.values() else words.say(NONE_OF_THESE)


def _row_in_words(
    question: Question, said: Said, known: Mapping[str, str], language: str,
    words: Words,
) -> Iterator[str]:  # fmt: skip
    if question.is_ticked and YES not in said.values():
        yield words.say(NONE_OF_THESE)
        return
    for row in question.rows:
        cells = [
            _cell_in_words(question, item.column, known.get(code, code), language)
            for item, code in said.items()
            if item.row == row and item.column and not (question.is_ticked and code == NO)
        ]
        if cells:
            yield f"{text_in(row.texts, language)}: {', '.join(cells)}"


def _cell_in_words(question: Question, column: Option, answer: str, language: str) -> str:
    name = text_in(column.texts, language)
    return name if question.is_ticked else f"{name} – {answer}"
