"""A wave as the staff look at it: its letters in each language, and what became of it."""

import datetime as dt
from dataclasses import dataclass

from torg import surveying
from torg.errors import SurveyError
from torg.site.answers.actions import Preview, preview_letter
from torg.site.answers.models import Contact, FrameUnit
from torg.site.answers.permissions import is_open
from torg.site.answers.queries import frame
from torg.site.answers.sending import Written, require_ready, written_for
from torg.site.current import current_study
from torg.study import Study
from torg.survey import Questionnaire, Wave

PERSONAL = "PERSONAL-LINK"  # stands where a personal link would


@dataclass(frozen=True)
class AskedWave:
    """A wave with the questionnaire that it is of."""

    study: Study
    questionnaire: Questionnaire
    wave: Wave

    @property
    def is_open(self) -> bool:
        """Whether it takes answers today."""
        return is_open(self.wave, day=dt.datetime.now(self.study.zone).date())


def asked_wave(name: str) -> AskedWave | None:
    """The wave of that name in the study that is served; None where there is none."""
    study = current_study()
    if not surveying.has_survey(study):
        return None
    questionnaire = surveying.questionnaire_of(study)
    if name not in {wave.id for wave in questionnaire.waves}:
        return None
    return AskedWave(study, questionnaire, questionnaire.wave(name))


def letter_in(asked: AskedWave, kind: str, language: str) -> Written:
    """A letter as it would go out in a language, to the frame's first unit."""
    require_ready(asked.study)
    drawn = frame(asked.study, wave=asked.wave.id)
    unit = drawn["name"][0] if drawn.height else asked.study.title
    return written_for(
        asked.study, asked.questionnaire, asked.wave, kind, token=PERSONAL, unit=unit,
        language=language,
    )  # fmt: skip


def would_go_out(asked: AskedWave, kind: str) -> Preview | None:
    """What a call would send now; None where there is nobody to write to."""
    return preview_letter(asked.study, asked.questionnaire, wave=asked.wave.id, kind=kind)


def check_can_send(asked: AskedWave, kind: str, *, expected: int) -> None:
    """Raise SurveyError unless so many letters go out as were confirmed, in an open wave."""
    if not asked.is_open:
        raise SurveyError(
            f"wave '{asked.wave.id}' takes answers from {asked.wave.opens} to {asked.wave.closes}: "
            "no letter goes out that leads to a closed door."
        )
    shown = would_go_out(asked, kind)
    letters = shown.letters if shown else 0
    if letters != expected:
        raise SurveyError(
            f"{expected} letters were confirmed, and {letters} would go out now: look again."
        )
    if not letters:
        raise SurveyError("there is nobody to write to.")


def addresses_by_unit(wave: str) -> list[tuple[str, str, str, int, int]]:
    """The frame's units: country, code, name, how many addresses, and how many of them work."""
    counts: dict[tuple[str, str], list[int]] = {}
    for country, unit, bounced in Contact.objects.filter(ended__isnull=True).values_list(
        "country", "unit", "bounced"
    ):
        both = counts.setdefault((country, unit), [0, 0])
        both[0] += 1
        both[1] += bounced is None
    units = FrameUnit.objects.filter(wave=wave).order_by("country", "unit")
    rows = units.values_list("country", "unit", "name")
    return [(*row, *counts.get((row[0], row[1]), [0, 0])) for row in rows]
