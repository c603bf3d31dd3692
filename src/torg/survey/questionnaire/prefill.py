"""What the register knows already, filled in beforehand and to be confirmed.

Only public facts are, and a channel that the register does not have is unknown, never "no".
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping

from torg.register import Channel, Register
from torg.survey.questionnaire.model import YES, Item, Kind, Question, Questionnaire, items_of

CHANNEL, POPULATION = "channel", "population"

Facts = Mapping[str, str]  # item id -> value


def fault_of_prefill(written: str | None, kind: Kind, codes: Collection[str]) -> str | None:
    """Why a `prefill` cannot be, for a question of a kind with its options; None where it can."""
    if written is None:
        return None
    what, _, of = written.partition(":")
    if written not in {CHANNEL, POPULATION} and not (what == CHANNEL and of):
        return (
            f"'{written}' is nothing that the register knows: write 'channel:facebook' or another "
            "platform, 'channel' of many platforms, or 'population'."
        )
    kinds = ("number",) if what == POPULATION else ("one", "planned") if of else ("many",)
    if kind not in kinds:
        return f"'{written}' fills in the kind {' or '.join(kinds)}, and this is '{kind}'."
    if kind == "one" and YES not in codes:
        return f"'{written}' fills in '{YES}', which is not among the options: add it."
    return None


def prefilled(
    questionnaire: Questionnaire, register: Register, *, country: str, unit: str, day: dt.date
) -> Facts:
    """What the register knows of a unit on a day, as item id -> value.

    `unit` is a municipality's code; of a county ("county:NAME") the register knows nothing that is
    filled in. A channel counts where it speaks for the whole municipality.
    """
    known = register.in_country(country).as_of(day)
    platforms = {
        channel.platform
        for channel in known.channels
        if channel.code == unit and channel.scope == "municipality"
    }
    people = register.population(country, unit, day)
    facts: dict[str, str] = {}
    for question in questionnaire.questions:
        what, _, of = (question.prefill or "").partition(":")
        facts |= dict(_FILLERS[what](question, of, platforms, people) if what else ())
    return facts


_People = tuple[dt.date, int] | None


def _channels(
    question: Question, of: str, platforms: set[str], _: _People
) -> Iterator[tuple[str, str]]:
    for item in items_of(question):
        if _platform(item, of) in platforms and YES in item.codes:
            yield item.id, YES


def _platform(item: Item, of: str) -> str:
    """The platform that an item is about, by the register's name of it: "twitter" is its "x"."""
    name = of or (item.option.id if item.option else "")
    return Channel("-", "-", name, "", platform_id="-").platform


def _population(
    question: Question, _: str, __: set[str], people: _People
) -> Iterator[tuple[str, str]]:
    if people is not None:
        yield question.id, str(people[1])


_FILLERS: Mapping[str, Callable[[Question, str, set[str], _People], Iterator[tuple[str, str]]]] = {
    CHANNEL: _channels,
    POPULATION: _population,
}
