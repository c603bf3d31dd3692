"""What every action on a form begins with: may it be filled in, is that asked, can it be said."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists

from torg.errors import SurveyError
from torg.site.answers.course import is_asked
from torg.site.answers.models import Answer, Event, Form, FrameUnit, Source
from torg.site.answers.permissions import (
    check_can_answer,
    check_can_lie_together,
    wave_named,
)
from torg.study import Study
from torg.survey.questionnaire import Item, Question, Questionnaire, fault_of, is_shown, items_of

_TICK = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Said:
    """What is kept of a form: what counts of each item, when all was given, and the last sending.

    Calls that wait for the form get it in another order than their clocks say, and clocks are set
    back: so no moment is before those that the form bears already.
    """

    values: Mapping[str, str]
    moments: Sequence[dt.datetime]  # of all answers, those too that count no more, in order
    sent: dt.datetime | None

    @classmethod
    def of(cls, filling: Form) -> "Said":
        """All of the form in one query."""
        rows = list(
            Answer.objects.filter(form=filling).order_by("at", "id")
            .values_list("item", "value", "at")
        )  # fmt: skip
        newest = {item: value for item, value, _ in rows}
        values = {item: value for item, value in newest.items() if value is not None}
        return cls(values, [at for _, _, at in rows], filling.submitted)

    @property
    def newest(self) -> dt.datetime | None:
        """The moment of the newest answer."""
        return self.moments[-1] if self.moments else None

    def since(self, moment: dt.datetime) -> int:
        """How many answers are younger."""
        return len(self.moments) - bisect_right(self.moments, moment)

    @property
    def is_sent_in(self) -> bool:
        """Whether all that was answered is in what was sent in last."""
        return self.sent is not None and (self.newest is None or self.newest <= self.sent)

    def moment(self, at: dt.datetime) -> dt.datetime:
        """The moment of a further answer: `at`, but above all that was given or sent in before."""
        before = [each + _TICK for each in (self.newest, self.sent) if each is not None]
        return max(at, *before) if before else at

    def moment_of_sending(self, at: dt.datetime) -> dt.datetime:
        """`at`, but not before the newest of the answers that are sent."""
        return max(at, self.newest) if self.newest else at


def answerable(
    study: Study, questionnaire: Questionnaire, form: int, at: dt.datetime,
    *, link: int | None = None,
) -> Form:  # fmt: skip
    """The form, held until the transaction ends.

    With `link` only among the forms that this link opens now. Raises Form.DoesNotExist where it
    is none of them, LinkRefused where it may not be filled in any more, and SurveyError where
    it would be real among made-up answers: in an invented study every page says that all is.
    """
    forms = within(Form.objects.select_for_update(of=("self",)), link)
    if not study.is_invented:
        forms = forms.annotate(lies_among_simulated=Exists(Source.objects.filter(how="simulated")))
    filling = forms.select_related("unit", "respondent__invitation").get(id=form)
    wave = wave_named(questionnaire, filling.unit.wave)
    check_can_answer(filling, wave=wave, day=at.astimezone(study.zone).date())
    if getattr(filling, "lies_among_simulated", False):
        check_can_lie_together(study, simulated=False)
    return filling


def within(forms: Any, link: int | None) -> Any:  # noqa: ANN401 -- Django's, untyped
    """Of some forms those that a link opens now; all without one."""
    if link is None:
        return forms
    return forms.filter(respondent__link=link, respondent__link__revoked__isnull=True)


def asked(questionnaire: Questionnaire, unit: FrameUnit, item: str) -> Item:
    """The item. Raises SurveyError where the wave does not ask it of the unit."""
    found = questionnaire.items.get(item)
    if found is None or not is_asked(found.question, wave=unit.wave, kind=unit.kind):
        raise SurveyError(f"'{item}' is not asked of {unit.name} in wave '{unit.wave}'.")
    return found


def require_value(item: Item, value: str) -> None:
    """Raise SurveyError where it cannot be an answer to the item."""
    fault = fault_of(item, value)
    if fault:
        raise SurveyError(f"{item.id}: {fault}")


def add(
    filling: Form, values: Mapping[str, str | None], *, how: Mapping[str, str], at: dt.datetime
) -> None:
    """Add answers; `how` says of an item how it came, where it was not simply given."""
    Answer.objects.bulk_create(
        Answer(form=filling, item=item, value=value, at=at, how=how.get(item, "given"))
        for item, value in values.items()
    )


def unanswered(
    questionnaire: Questionnaire, unit: FrameUnit, given: Mapping[str, str]
) -> Sequence[Question]:
    """The questions that must be answered and are not."""
    return [
        question
        for question in questionnaire.asked_in(unit.wave)
        if question.required
        and is_asked(question, wave=unit.wave, kind=unit.kind)
        and is_shown(question, given)
        and not any(item.id in given for item in items_of(question))
    ]


def note_event(filling: Form, kind: str, at: dt.datetime) -> None:
    """Note what happened to the form."""
    Event.objects.create(respondent_id=filling.respondent_id, form=filling, kind=kind, at=at)
