"""Observers: those who look and write down, each with a link of their own to many forms."""

import datetime as dt

import polars as pl
from django.db import transaction

from torg.errors import SurveyError
from torg.site.answers.links import address_of, new_link
from torg.site.answers.models import OBSERVER, Form, FrameUnit, Respondent
from torg.site.opening import with_people
from torg.study import Study


@with_people
def add_observers(
    study: Study,
    assignments: pl.DataFrame,
    *,
    wave: str,
    language: str | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Give observers their forms: rows of observer, country, unit. Gives how many are new.

    Observers are known by a code, as "a" and "b", not by a name. Raises SurveyError where a unit
    is not in the wave's frame.
    """
    at = at or dt.datetime.now(dt.UTC)
    units = {(unit.country, unit.unit): unit for unit in FrameUnit.objects.filter(wave=wave)}
    rows = assignments.select("observer", "country", "unit").unique().sort(pl.all()).rows()
    strange = sorted({" ".join(unit) for _, *unit in rows if tuple(unit) not in units})
    if strange:
        raise SurveyError(f"{strange[0]} is not in the frame of wave '{wave}': draw it first.")
    new = 0
    with transaction.atomic():
        for code, country, unit in rows:
            observer, _ = Respondent.objects.get_or_create(
                wave=wave,
                code=code,
                defaults={
                    "role": OBSERVER, "language": language or study.languages[0], "made": at
                },
            )  # fmt: skip
            _, is_new = Form.objects.get_or_create(respondent=observer, unit=units[country, unit])
            new += is_new
    return new


@with_people
def link_for(study: Study, *, wave: str, respondent: str, at: dt.datetime | None = None) -> str:
    """A further personal link of a respondent, to hand over by hand: to an observer, on the phone.

    It is shown now and never again. Raises SurveyError where the wave has no such respondent, or
    the invitation was taken back.
    """
    address_of(study, "")
    found = Respondent.objects.filter(wave=wave, code=respondent).first()
    if found is None:
        raise SurveyError(f"wave '{wave}' has no respondent '{respondent}'.")
    if getattr(found, "invitation", None) and found.invitation.revoked:
        raise SurveyError(f"the invitation of '{respondent}' was taken back: invite anew.")
    with transaction.atomic():
        _, token = new_link(found, at=at or dt.datetime.now(dt.UTC))
    return address_of(study, token)
