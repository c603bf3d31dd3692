"""From the text of a cell to the code or number that it stands for. Nothing is guessed."""

import re
from collections.abc import Iterable, Mapping

from torg.survey.elsewhere.meanings import is_box
from torg.survey.elsewhere.words import NOT_TICKED, SPELT, TICKED, is_blank, plain, said
from torg.survey.questionnaire import DONT_KNOW, NO, YES, Item, Option, Question

_BETWEEN = re.compile(r"[;|\n,]")
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")
_LONGEST = 8  # parts that the text of one option may be cut into
# "1.234" and "1,234": in one country more than a thousand, in the other little more than one.
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")


class BadCell(ValueError):
    """A cell whose text is no answer; the message says why."""


def code_of(item: Item, cell: str, *, known: Mapping[str, str]) -> str | None:
    """What a cell answers to an item; None where it is blank. Raises BadCell.

    `known`: the code of each text in plain form, from `texts_of`.
    """
    if is_blank(cell):
        return None
    if item.question.kind == "text":
        return cell
    code = known.get(plain(cell))
    if code is not None:
        return code
    if item.is_number:
        return number_of(cell)
    raise BadCell(f"is none of {', '.join(item.codes)}")


def number_of(cell: str) -> str:
    """A number in decimal form, written with a point or a comma. Raises BadCell."""
    text = _SPACES.sub("", cell)
    if _EITHER.fullmatch(text):
        raise BadCell("can be read as thousands or as decimals: write it without a separator")
    if not _NUMBER.fullmatch(text):
        raise BadCell("is no number")
    return text.replace(",", ".").removeprefix("+")


def several_of(
    question: Question, items: Iterable[Item], cell: str, *, values: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """The code of each item of a question whose answers all stand in one cell, and what is none.

    What is not named beside others that are is "no"; of a blank cell nothing is known.
    """
    if is_blank(cell):
        return {}, []
    options = {item.id: item.option for item in items}
    known = {**dict(_texts_of_options(options)), **values}
    named, strange = _named(cell, known)
    if DONT_KNOW in named and question.allows_dont_know:
        return dict.fromkeys(options, DONT_KNOW), strange
    ticked = {f"{question.id}.{name}" for name in named} & set(options)
    return ({name: YES if name in ticked else NO for name in options} if ticked else {}), strange


def _texts_of_options(options: Mapping[str, Option | None]) -> Iterable[tuple[str, str]]:
    yield from ((text, DONT_KNOW) for text in said(DONT_KNOW))
    for option in options.values():
        if option is not None:
            yield from ((plain(text), option.id) for text in (option.id, *option.texts.values()))


def _named(cell: str, known: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The options that are named in a cell, and the parts that are none.

    An option's text may hold the very sign that stands between two, so the longest is taken.
    """
    parts = [part for part in _BETWEEN.split(cell) if part.strip()]
    named, strange = [], []
    while parts:
        for end in range(min(len(parts), _LONGEST), 0, -1):
            code = known.get(plain("".join(parts[:end])))
            if code is not None:
                named.append(code)
                del parts[:end]
                break
        else:
            strange.append(parts.pop(0).strip())
    return named, strange


def texts_of(item: Item) -> Mapping[str, str]:
    """The code that each text stands for: ids, texts in every language, and tools' own words.

    A text that two options have is left out.
    """
    allowed = set(item.codes) | ({DONT_KNOW} if item.question.allows_dont_know else set())
    told = [(plain(code), code) for code in item.codes]
    told += _own_texts(item)
    told += [(text, code) for code in SPELT if code in allowed for text in said(code)]
    codes: dict[str, set[str]] = {}
    for text, code in told:
        codes.setdefault(text, set()).add(code)
    return {text: next(iter(found)) for text, found in codes.items() if text and len(found) == 1}


def _own_texts(item: Item) -> list[tuple[str, str]]:
    """The texts of its options; of a box what ticks it, which may be the option's own text."""
    if not is_box(item):
        options = item.question.options
        return [(plain(text), o.id) for o in options for text in o.texts.values()]
    own = (item.option.id, *item.option.texts.values()) if item.option else ()
    ticks = [*TICKED, *(plain(text) for text in own)]
    return [(text, YES) for text in ticks] + [(text, NO) for text in NOT_TICKED]
