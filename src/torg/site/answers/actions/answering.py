"""What a respondent answers behind the personal link: one item, or a page of them.

Each is a transaction of its own: when the function returns, the answer is on the disk.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from torg.errors import SurveyError
from torg.site.answers.actions.filling import Said, add, answerable, asked, require_value
from torg.site.answers.models import Form
from torg.site.opening import with_people
from torg.study import Study
from torg.survey.questionnaire import Questionnaire

# Answers of one form within a day: ten times all of a long questionnaire, or an hour of typing. No
# answer is ever deleted, so whoever has a link could else fill the disk with them.
MOST_A_DAY = 3000
_DAY = dt.timedelta(days=1)


class TooOften(SurveyError):
    """More was answered in a form within a day than people answer."""

    def __init__(self) -> None:
        super().__init__(f"{MOST_A_DAY} answers were given in this form within a day: wait.")


@dataclass(frozen=True)
class Before:
    """A form before a page of it is kept: what was answered, and whose it is."""

    values: Mapping[str, str]  # item -> what counts now
    wave: str
    kind: str  # of the unit
    country: str
    unit: str


@dataclass(frozen=True)
class Turn:
    """What a page says: item -> value, None for what it leaves without an answer."""

    values: Mapping[str, str | None]
    facts: Mapping[str, str] = field(default_factory=dict)  # what the register has
    place: str | None = None  # the question to go on at


@dataclass(frozen=True, kw_only=True)
class Kept:
    """That a page was kept: the moment that its answers bear, and how many were new."""

    at: dt.datetime
    new: int


@with_people
def save_answer(
    study: Study,
    questionnaire: Questionnaire,
    form: int,
    *,
    item: str,
    value: str,
    at: dt.datetime | None = None,
) -> dt.datetime:
    """Keep an answer; what was said before stays below it. Gives the moment that it bears.

    Raises SurveyError where the wave does not ask the item of this unit, the value cannot be an
    answer to it, or the respondent may not answer any more.
    """
    return _keep(study, questionnaire, form, {item: value}, how="given", at=at)


@with_people
def confirm(
    study: Study,
    questionnaire: Questionnaire,
    form: int,
    *,
    values: Mapping[str, str],
    at: dt.datetime | None = None,
) -> dt.datetime:
    """Keep facts that were filled in beforehand, as the respondent confirms them.

    `values` are item -> value. Raises as `save_answer` does; then none is kept.
    """
    return _keep(study, questionnaire, form, values, how="confirmed", at=at)


@with_people
def take_back_answer(
    study: Study,
    questionnaire: Questionnaire,
    form: int,
    *,
    item: str,
    at: dt.datetime | None = None,
) -> dt.datetime:
    """Leave an item without an answer again; what was said before stays below it."""
    return _keep(study, questionnaire, form, {item: None}, how="given", at=at)


@with_people
def save_page(
    study: Study,
    questionnaire: Questionnaire,
    form: int,
    turn: Callable[[Before], Turn],
    *,
    link: int | None = None,
    at: dt.datetime | None = None,
) -> Kept:
    """Keep what a page says, as `turn` reads it with what was answered before in view.

    Only what is another than before is added, so the same page twice changes nothing; what is as
    the register has it is confirmed. `link` is the number of the link that the form is filled in
    by. Raises as `save_answer` does, TooOften, and whatever `turn` raises; then nothing is kept.
    Form.DoesNotExist where the form is none of the link's.
    """
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic(durable=True):
        filling = answerable(study, questionnaire, form, at, link=link)
        said, unit = Said.of(filling), filling.unit
        page = turn(Before(said.values, unit.wave, unit.kind, unit.country, unit.unit))
        fresh = {item: new for item, new in page.values.items() if said.values.get(item) != new}
        _require(questionnaire, filling, fresh)
        if said.since(at - _DAY) + len(fresh) > MOST_A_DAY:
            raise TooOften
        how = {item: "confirmed" for item, new in fresh.items() if page.facts.get(item) == new}
        moment = said.moment(at)
        add(filling, fresh, how=how, at=moment)
        _go_on_at(filling, page.place, at)
    return Kept(at=moment, new=len(fresh))


def _keep(
    study: Study,
    questionnaire: Questionnaire,
    form: int,
    values: Mapping[str, str | None],
    *,
    how: str,
    at: dt.datetime | None,
) -> dt.datetime:
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic(durable=True):
        filling = answerable(study, questionnaire, form, at)
        _require(questionnaire, filling, values)
        moment = Said.of(filling).moment(at)
        add(filling, values, how=dict.fromkeys(values, how), at=moment)
    return moment


def _require(questionnaire: Questionnaire, filling: Form, values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        item = asked(questionnaire, filling.unit, name)
        if value is not None:
            require_value(item, value)


def _go_on_at(filling: Form, place: str | None, at: dt.datetime) -> None:
    """Remember the place; who answers has opened the form, whichever way it was come by."""
    changes: dict[str, object] = {}
    if place is not None and place != filling.place:
        changes["place"] = place
    if filling.opened is None:
        changes["opened"] = at
    if changes:
        Form.objects.filter(id=filling.id).update(**changes)
