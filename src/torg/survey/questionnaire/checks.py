"""What must hold between the tables of a questionnaire: each rule by itself, all faults told."""

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from torg.survey.questionnaire.checks_of_conditions import conditions
from torg.survey.questionnaire.draft import Draft, Told, lacking
from torg.survey.questionnaire.lines import Path as Place
from torg.survey.questionnaire.model import DONT_KNOW, Kind
from torg.survey.questionnaire.prefill import fault_of_prefill
from torg.survey.questionnaire.saying import HELP, meant
from torg.survey.questionnaire.shape import OptionTable, QuestionTable, WaveTable
from torg.survey.questionnaire.source import Placed

# kind: keys that it needs, keys that mean nothing to it
NEEDS: Mapping[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "one": (("options",), ("rows", "columns", "low", "high")),
    "many": (("options",), ("rows", "columns", "low", "high")),
    "planned": ((), ("options", "rows", "columns", "low", "high")),
    "scale": (("options",), ("rows", "columns", "low", "high")),
    "number": ((), ("options", "rows", "columns")),
    "text": ((), ("options", "rows", "columns", "low", "high", "dont_know")),
    "matrix": (("rows", "columns"), ("low", "high")),
}

_LEAST_OFFERED: Mapping[Kind, int] = {"one": 2, "scale": 2}

_OFFERING = ("options", "rows", "columns")


def all_told(draft: Draft) -> Iterator[Told]:
    """Every fault between the tables, with its place."""
    for rule in _RULES:
        yield from rule(draft)
    for placed in draft.questions:
        for each in _RULES_OF_A_QUESTION:
            yield from each(placed, draft)


def _top(draft: Draft) -> Iterator[Told]:
    for key in ("id", "title", "languages"):
        if not getattr(draft.top, key) and key not in draft.own.unread:
            yield (key,), f"'{key}' must stand above the first table; {HELP}."
    for language in _twice(draft.languages):
        yield ("languages",), f"language '{language}' is named twice: leave one out."
    for key in ("title", "introduction"):
        yield from _texts_lack(getattr(draft.own.top, key), (key,), key, draft)
    if not draft.questions and not draft.own.unread:
        yield ("question",), f"no question is asked: write at least one [[question]]; {HELP}."


def _lists(draft: Draft) -> Iterator[Told]:
    for name, written in draft.own.top.lists.items():
        place: Place = ("lists", name)
        if written.named is not None:
            yield place, f"list '{name}' must be written out: a list cannot name another."
            continue
        yield from _options(written.options, place, f"list '{name}'", draft)


def _languages_of_ready(draft: Draft) -> Iterator[Told]:
    """One fault for a language that the ready questionnaire lacks, not one for each text."""
    for language in _unready(draft):
        yield (
            ("languages",),
            f"the ready questionnaire '{draft.ready}' has no texts in '{language}': leave it out, "
            "or write the questions yourself.",
        )


def _unready(draft: Draft) -> Iterator[str]:
    for placed in (each for each in draft.questions if each.ready):
        yield from lacking(placed.table.text, draft.languages)
        return


def _waves(draft: Draft) -> Iterator[Told]:
    waves = draft.waves
    if not waves and not draft.own.unread:
        yield ("wave",), f"no wave is there: write at least one [[wave]]; {HELP}."
    for name in _twice(tuple(each.table.id for each in waves)):
        second = [each for each in waves if each.table.id == name][1]
        yield (*second.path, "id"), f"wave '{name}' is there twice: give one another id."
    for each in waves:
        if each.table.closes < each.table.opens:
            yield (
                (*each.path, "closes"),
                f"wave '{each.table.id}' closes on {each.table.closes}, before it opens on "
                f"{each.table.opens}: mend one of the dates.",
            )
        if not each.ready:
            yield from _texts_lack(each.table.title, (*each.path, "title"), "title", draft)
        yield from _frame(each, draft)
    yield from _overlaps(waves)


def _frame(placed: Placed[WaveTable], draft: Draft) -> Iterator[Told]:
    """A wave can be asked of those who answered another, which then comes first."""
    kind, _, of = placed.table.frame.partition(":")
    earlier = tuple(w.table.id for w in draft.waves if w.table.closes < placed.table.opens)
    if kind == "answered" and of not in earlier and of not in draft.own.unread:
        said = meant(of, earlier) if earlier else ": let an earlier wave ask all."
        yield (*placed.path, "frame"), f"no earlier wave is called '{of}'{said}"


def _overlaps(waves: tuple[Placed[WaveTable], ...]) -> Iterator[Told]:
    """Observers may look while units answer; two waves that ask the same people may not meet."""
    ordered = sorted(waves, key=lambda each: (each.table.opens, each.table.id))
    for one, other in combinations(ordered, 2):
        a, b = one.table, other.table
        if a.mode == b.mode and a.id != b.id and b.opens <= a.closes and b.opens <= b.closes:
            yield (
                (*other.path, "opens"),
                f"wave '{b.id}' opens on {b.opens}, before wave '{a.id}' has closed on {a.closes}: "
                "let one end before the other begins.",
            )


def _ids(draft: Draft) -> Iterator[Told]:
    """Twice in one file; a question of a ready questionnaire may be replaced once."""
    own = draft.own.questions
    for name in _twice(tuple(each.table.id for each in own)):
        first, second, *_ = [each for each in own if each.table.id == name]
        line = draft.fault(((*first.path, "id"), "")).line
        yield (
            (*second.path, "id"),
            f"question '{name}' is there already, on line {line}: give one of them another id.",
        )


def _kind_kept(placed: Placed[QuestionTable], draft: Draft) -> Iterator[Told]:
    table, before = placed.table, draft.replaced.get(placed.table.id)
    if before and not placed.ready and before.table.kind != table.kind:
        yield (
            (*placed.path, "kind"),
            f"'{table.id}' is of the kind '{before.table.kind}' in the ready questionnaire "
            f"'{draft.ready}', and answers to it may be there: keep the kind, or give the question "
            "another id.",
        )


def _needs(placed: Placed[QuestionTable], draft: Draft) -> Iterator[Told]:
    table = placed.table
    needed, idle = NEEDS[table.kind]
    for key in needed:
        if getattr(table, key) is None:
            yield placed.path, f"'{table.id}' is of the kind '{table.kind}' and needs '{key}'."
    for key in idle:
        if getattr(table, key) not in (None, False):
            yield (
                (*placed.path, key),
                f"'{key}' means nothing to the kind '{table.kind}': take it out of '{table.id}', "
                "or choose another kind.",
            )
    least = _LEAST_OFFERED.get(table.kind, 0)
    if table.options and 0 < len(draft.offered(table.options)) < least:
        yield (*placed.path, "options"), f"'{table.id}' offers one option: offer at least {least}."


def _bounds(placed: Placed[QuestionTable], _: Draft) -> Iterator[Told]:
    low, high = placed.table.low, placed.table.high
    if low is not None and high is not None and low > high:
        yield (
            (*placed.path, "high"),
            f"'{placed.table.id}' can be at most {high:g}, less than the least, {low:g}: mend one "
            "of 'low' and 'high'.",
        )


def _offers(placed: Placed[QuestionTable], draft: Draft) -> Iterator[Told]:
    table = placed.table
    for key in _OFFERING:
        written, place = getattr(table, key), (*placed.path, key)
        if written is None:
            continue
        if written.named is None:
            if not placed.ready:
                yield from _options(written.options, place, f"'{key}' of '{table.id}'", draft)
        elif written.named not in draft.lists and "lists" not in draft.own.unread:
            said = meant(written.named, tuple(draft.lists)) if draft.lists else ": write it."
            yield place, f"no list is called '{written.named}'{said}"


def _options(
    options: tuple[OptionTable, ...], place: Place, what: str, draft: Draft
) -> Iterator[Told]:
    if not options:
        yield place, f"{what} is empty: name at least one option."
    ids = tuple(each.id for each in options)
    for name in _twice(ids):
        yield place, f"{what} has '{name}' twice: give one another id."
    if DONT_KNOW in ids:
        yield place, f"{what} has '{DONT_KNOW}': write dont_know = true in the question instead."
    for n, option in enumerate(options):
        yield from _texts_lack(option.text, (*place, n, "text"), f"option '{option.id}'", draft)


def _texts(placed: Placed[QuestionTable], draft: Draft) -> Iterator[Told]:
    if not placed.ready:
        for key in ("text", "help"):
            what = f"'{key}' of '{placed.table.id}'"
            yield from _texts_lack(getattr(placed.table, key), (*placed.path, key), what, draft)


def _texts_lack(
    texts: Mapping[str, str] | None, place: Place, what: str, draft: Draft
) -> Iterator[Told]:
    missing = list(lacking(texts, draft.languages)) if texts else []
    if missing:
        named = " and ".join(f"'{language}'" for language in missing)
        yield place, f"{what} has no text in {named}: write it."


def _asked(placed: Placed[QuestionTable], draft: Draft) -> Iterator[Told]:
    """Waves are named only where they are there."""
    waves = tuple(each.table.id for each in draft.waves)
    if placed.ready or not waves:
        return
    for key in ("waves", "break_at"):
        for name in getattr(placed.table, key):
            if name not in waves and name not in draft.own.unread:
                yield (*placed.path, key), f"no wave is called '{name}'{meant(name, waves)}"


def _prefill(placed: Placed[QuestionTable], draft: Draft) -> Iterator[Told]:
    codes = {each.id for each in draft.offered(placed.table.options)}
    said = fault_of_prefill(placed.table.prefill, placed.table.kind, codes)
    if said:
        yield (*placed.path, "prefill"), said


def _twice(names: tuple[str, ...]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


_RULES: tuple[Callable[[Draft], Iterator[Told]], ...] = (
    _top,
    _lists,
    _languages_of_ready,
    _waves,
    _ids,
    conditions,
)
_RULES_OF_A_QUESTION: tuple[Callable[[Placed[QuestionTable], Draft], Iterator[Told]], ...] = (
    _kind_kept,
    _needs,
    _bounds,
    _offers,
    _texts,
    _asked,
    _prefill,
)
