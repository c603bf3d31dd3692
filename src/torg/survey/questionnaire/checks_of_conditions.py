"""Conditions name an item that is there, comes before, and is asked wherever they are."""

from collections.abc import Iterator
from dataclasses import dataclass

from torg.survey.questionnaire.conditions import parsed
from torg.survey.questionnaire.draft import Draft, Told
from torg.survey.questionnaire.model import Condition, Item, Option, Question, items_of
from torg.survey.questionnaire.saying import meant
from torg.survey.questionnaire.shape import QuestionTable
from torg.survey.questionnaire.source import Placed


@dataclass(frozen=True)
class _Known:
    """The items of the questionnaire, and at which question each comes."""

    items: dict[str, Item]
    at: dict[str, int]


def conditions(draft: Draft) -> Iterator[Told]:
    """The faults of every condition."""
    known = _known(draft)
    for n, placed in enumerate(draft.questions):
        written = placed.table.shown_if
        if written is not None:
            place = (*placed.path, "shown_if")
            yield from ((place, said) for said in _of(written, n, placed, known, draft))


def _known(draft: Draft) -> _Known:
    items: dict[str, Item] = {}
    at: dict[str, int] = {}
    for n, placed in enumerate(draft.questions):
        for item in items_of(_bare(placed.table, draft)):
            items.setdefault(item.id, item)
            at.setdefault(item.id, n)
    return _Known(items, at)


def _bare(table: QuestionTable, draft: Draft) -> Question:
    """The question without its words: what its items and codes hang on."""
    options, rows, columns = (
        tuple(Option(each.id, {}) for each in draft.offered(getattr(table, key)))
        for key in ("options", "rows", "columns")
    )
    return Question(
        table.id, table.kind, {}, options, rows, columns, table.dont_know, waves=table.waves,
        units=table.units,
    )  # fmt: skip


def _of(
    written: str, n: int, placed: Placed[QuestionTable], known: _Known, draft: Draft
) -> Iterator[str]:
    condition = parsed(written)
    if condition is None:
        yield f"'{written}' is no condition: write it as 'item = code' or 'item = code|code'."
        return
    item = known.items.get(condition.item)
    if item is None:
        if condition.item.split(".")[0] not in draft.unknown:
            yield _no_item(condition, known)
        return
    if known.at[condition.item] >= n:
        yield (
            f"'{placed.table.id}' hangs on '{condition.item}', which does not come before it: "
            "change their order."
        )
        return
    yield from _codes(condition, item)
    yield from _asked_there(placed.table, item, draft)


def _no_item(condition: Condition, known: _Known) -> str:
    within = [id_ for id_ in known.items if id_.startswith(f"{condition.item}.")]
    if within:
        code = f"{condition.item}.{condition.codes[0]}"
        example = f"{code} = yes" if code in known.items else f"{within[0]} = .."
        return f"'{condition.item}' is several items: name one of them, as '{example}'."
    return f"no item is called '{condition.item}'{meant(condition.item, tuple(known.items))}"


def _codes(condition: Condition, item: Item) -> Iterator[str]:
    if not item.codes:
        yield (
            f"'{item.id}' is a {item.question.kind}, and a condition needs answers to choose "
            "among: hang it on another item."
        )
        return
    for code in condition.codes:
        if code not in item.codes:
            yield f"'{item.id}' has no answer '{code}'{meant(code, item.codes)}"


def _asked_there(table: QuestionTable, item: Item, draft: Draft) -> Iterator[str]:
    """A filter that was not asked would silently change whom the figure is a share of."""
    for placed in draft.waves:
        wave = placed.table.id
        is_asked = not table.waves or wave in table.waves
        if is_asked and not item.question.is_asked_in(wave):
            yield (
                f"'{table.id}' is asked in wave '{wave}', and '{item.id}', which it hangs on, is "
                f"not: ask that too, or leave '{wave}' out of its waves."
            )
    for unit in table.units:
        if unit not in item.question.units:
            yield (
                f"'{table.id}' is asked of each {unit}, and '{item.id}', which it hangs on, is "
                f"not: ask that too, or leave '{unit}' out of its units."
            )
