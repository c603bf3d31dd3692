"""The first page of a room: what is asked of the municipality, and what it did."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress

from django.http import HttpRequest, HttpResponse

from torg.site.answers.kept import questionnaire_of
from torg.site.answers.models import Form
from torg.site.answers.permissions import LinkRefused
from torg.site.audit.queries import entries_of
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.releases.queries import in_preview, in_question, own_corrections, own_statements
from torg.site.room.framing import room_page
from torg.site.room.queries import files_of, own_channels, proposals_of
from torg.survey.questionnaire import Wave, text_in

FEW = 5  # of each kind on the first page


@door("municipality")
def room(request: HttpRequest) -> HttpResponse:
    """The home of a municipality."""
    who = request.visitor
    where = (who.country, who.unit)
    said = proposals_of(*where)
    files = files_of(*where)
    return room_page(
        request, "home",
        forms=_forms(*where, language=request.language),
        files=files[:FEW],
        asked=[each for each in files if each.state == "asked"],
        channels=own_channels(current_study(), *where),
        waiting=sum(each.state == "waiting" for each in said),
        preview=in_preview(),
        publication=in_question(),
        corrections=own_corrections(*where)[:FEW],
        statements=own_statements(*where)[:FEW],
        entries=entries_of(*where, limit=FEW),
    )  # fmt: skip


@door("municipality")
def uses(request: HttpRequest) -> HttpResponse:
    """Who has used the room: the log of this municipality."""
    who = request.visitor
    return room_page(request, "uses", entries=entries_of(who.country, who.unit, limit=200))


def _forms(country: str, unit: str, *, language: str) -> list[tuple[Form, str]]:
    """The survey's forms about the municipality, the latest wave first, and what it is called.

    Never what was answered in them.
    """
    found = Form.objects.filter(unit__country=country, unit__unit=unit)
    forms = found.select_related("unit", "respondent").order_by("id")
    waves = _waves()
    titles = {name: text_in(wave.titles, language) or name for name, wave in waves.items()}
    named = [(form, titles.get(form.unit.wave, form.unit.wave)) for form in forms]
    return sorted(named, key=lambda each: _place(waves, each[0].unit.wave), reverse=True)


def _place(waves: Mapping[str, Wave], name: str) -> tuple[dt.date, str]:
    """A wave's place among all; one that the questionnaire has no more comes before them."""
    return (waves[name].opens if name in waves else dt.date.min, name)


def _waves() -> Mapping[str, Wave]:
    """The waves that the study asks, by name."""
    with suppress(LinkRefused):  # the study asks nothing any more
        return {wave.id: wave for wave in questionnaire_of(current_study()).waves}
    return {}
