"""A wave of the survey: how it stands now, its frame, who has not answered."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from torg import surveying
from torg.errors import TorgError
from torg.locale import message
from torg.site.answers.queries import frame, not_answered, respondents, status
from torg.site.audit.actions import note
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.joined import drawn
from torg.site.staff.asked import AskedWave, asked_wave
from torg.site.staff.telling import staff_page, told

FRAME_DRAWN = message("The frame is drawn: %(units)s units.")


def wave_or_404(name: str) -> AskedWave:
    """The wave of an address."""
    found = asked_wave(name)
    if found is None:
        raise Http404
    return found


@door("reader")
def survey(request: HttpRequest) -> HttpResponse:
    """All waves, the newest first."""
    study = current_study()
    waves = surveying.questionnaire_of(study).waves if surveying.has_survey(study) else ()
    newest = sorted(waves, key=lambda wave: (wave.opens, wave.id), reverse=True)
    rows = [(wave, _in_all(status(study, wave=wave.id).to_dicts())) for wave in newest]
    return staff_page(request, "survey", here="staff_survey", waves=rows)


@door("reader")
def wave(request: HttpRequest, wave: str) -> HttpResponse:
    """How the wave stands: response in all, by size class and by county."""
    asked = wave_or_404(wave)
    rows = status(asked.study, wave=wave).to_dicts()
    return staff_page(
        request, "wave", here="staff_survey", asked=asked, wave=asked.wave, rows=rows,
        total=_in_all(rows),
    )  # fmt: skip


@door("reader")
def frame_page(request: HttpRequest, wave: str) -> HttpResponse:
    """The frame of the wave, as it was drawn."""
    return _frame_page(request, wave_or_404(wave))


@door("analyst", methods=("POST",))
def draw_frame(request: HttpRequest, wave: str) -> HttpResponse:
    """Draw the frame from the register; one that was drawn stays as it is."""
    asked = wave_or_404(wave)
    try:
        with transaction.atomic():
            units = drawn(asked.study, asked.wave)
            note(request.visitor, "drew a frame", about=f"wave {wave}", units=units.height)
    except TorgError as error:
        return _frame_page(request, asked, fault=error)
    return told(request, FRAME_DRAWN, "staff_frame", says={"units": units.height}, wave=wave)


@door("reader")
def silent(request: HttpRequest, wave: str) -> HttpResponse:
    """Who has not answered, and how far each came."""
    asked = wave_or_404(wave)
    rows = not_answered(asked.study, wave=wave).to_dicts()
    return staff_page(request, "silent", here="staff_survey", wave=asked.wave, rows=rows)


def asked_of(wave: str, country: str, unit: str) -> list[dict[str, Any]]:
    """Who is asked for a unit, without names and addresses."""
    rows = respondents(current_study(), wave=wave).to_dicts()
    return [row for row in rows if (row["country"], row["unit"]) == (country, unit)]


def _frame_page(
    request: HttpRequest, asked: AskedWave, *, fault: TorgError | None = None
) -> HttpResponse:
    units = frame(asked.study, wave=asked.wave.id).to_dicts()
    return staff_page(
        request, "wave_frame", here="staff_survey", wave=asked.wave, units=units, fault=fault
    )


def _in_all(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    return next((row for row in rows if row["group"] == "all"), None)
