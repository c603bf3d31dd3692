"""What a respondent answers behind the personal link: one item, or a page of them.

Each is a transaction of its own: when the function returns, the answer is on the disk.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from torg.site.answers.actions.filling import Said, add, answerable, asked, require_value
from torg.site.answers.models import Form
from torg.site.opening import with_people
from torg.study import Study
from torg.survey.questionnaire import Questionnaire

_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a form holds after a page of it was kept."""

    at: dt.datetime
    values: Mapping[str, str]  # item -> what counts now
    wave: str
    kind: str  # of the unit
    new: int  # answers that were not there, or were others


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
    *,
    values: Mapping[str, str | None],
    facts: Mapping[str, str] = _NOTHING,
    link: int | None = None,
    place: str | None = None,
    at: dt.datetime | None = None,
) -> Kept:
    """Keep what a page says: item -> value, None for what is left without an answer.

    Only what is another than before is added, so the same page twice changes nothing; what is as
    the register has it (`facts`) is confirmed. `link` is the number of the link that the form is
    filled in by, and `place` the question to go on at. Raises as `save_answer` does, and then
    nothing is kept; Form.DoesNotExist where the form is none of the link's.
    """
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic(durable=True):
        filling = answerable(study, questionnaire, form, at, link=link)
        said = Said.of(filling)
        fresh = {item: value for item, value in values.items() if said.values.get(item) != value}
        _require(questionnaire, filling, fresh)
        how = {item: "confirmed" for item, value in fresh.items() if facts.get(item) == value}
        moment = said.moment(at)
        add(filling, fresh, how=how, at=moment)
        _go_on_at(filling, place, at)
    now = {item: value for item, value in {**said.values, **fresh}.items() if value is not None}
    return Kept(
        at=moment, values=now, wave=filling.unit.wave, kind=filling.unit.kind, new=len(fresh)
    )


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
