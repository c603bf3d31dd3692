"""Who may do what with a personal link, and which answers may lie together.

`check_x` raises, `can_x` says.
"""

import datetime as dt

from torg.errors import SurveyError
from torg.locale import message
from torg.site.answers.models import Answer, Form, Invitation, Link, Source
from torg.study import Study
from torg.survey.questionnaire import Questionnaire, Wave

# Colleagues that the respondents of one unit may name in a wave: enough to find the right one, too
# few to send letters to strangers with.
MOST_PASSED_ON = 5

REFUSAL = message(
    "This link opens nothing: it is not whole, was taken back or replaced, or the survey has "
    "ended. Take the link of the newest letter, or write to those who asked you."
)


class LinkRefused(SurveyError):
    """The link opens nothing, or nothing more. It says so in the same words, whatever it was."""

    def __init__(self) -> None:
        super().__init__(REFUSAL)


def check_can_open(link: Link | None, *, wave: Wave | None, day: dt.date) -> Link:
    """Raise LinkRefused unless the link opens something on the day."""
    if link is None or link.revoked or wave is None or not is_open(wave, day=day):
        raise LinkRefused
    return link


def wave_named(questionnaire: Questionnaire, name: str) -> Wave | None:
    """The wave; None where the questionnaire has it no more."""
    return next((wave for wave in questionnaire.waves if wave.id == name), None)


def is_open(wave: Wave, *, day: dt.date) -> bool:
    """Whether the wave takes answers on the day."""
    return wave.opens <= day <= wave.closes


def check_can_answer(form: Form, *, wave: Wave | None, day: dt.date) -> None:
    """Raise LinkRefused unless the form's respondent may still answer."""
    if not can_answer(form, wave=wave, day=day):
        raise LinkRefused


def can_answer(form: Form, *, wave: Wave | None, day: dt.date) -> bool:
    """Whether the wave is open and the respondent's invitation was not taken back."""
    invitation = getattr(form.respondent, "invitation", None)
    is_taken_back = invitation is not None and invitation.revoked is not None
    return wave is not None and is_open(wave, day=day) and not is_taken_back


def check_can_pass_on(invitation: Invitation) -> None:
    """Raise SurveyError unless the respondent may name one more colleague."""
    if invitation.revoked:
        raise LinkRefused
    if not can_pass_on(invitation):
        raise SurveyError(
            f"{MOST_PASSED_ON} colleagues have been named already: write to those who asked you."
        )


def can_pass_on(invitation: Invitation) -> bool:
    """Whether the respondent may name one more colleague."""
    passed_on = Invitation.objects.filter(
        passed_on_from__isnull=False,
        respondent__form__unit__in=invitation.respondent.form_set.values("unit"),
    )
    return not invitation.revoked and passed_on.count() < MOST_PASSED_ON


def check_can_lie_together(study: Study, *, simulated: bool) -> None:
    """Raise SurveyError where made-up answers would lie among real ones, or real among made-up."""
    if simulated and Answer.objects.exclude(how="simulated").exists():
        raise SurveyError(
            f"{study.folder} has real answers: nothing is made up beside them. Make a folder of "
            "its own for what is simulated."
        )
    if not simulated and _has_simulated():
        raise SurveyError(
            f"the answers in {study.folder} are made up by 'torg simulate': real ones do not go "
            "beside them. Make a study of its own for them."
        )


def check_says_that_it_is_made_up(study: Study) -> None:
    """Raise SurveyError where answers are made up, and no page would say so."""
    if not study.is_invented and _has_simulated():
        raise SurveyError(
            f"the answers in {study.folder} are made up by 'torg simulate', and study.toml says so "
            "no more: put its [simulated] table back, or begin a study of its own."
        )


def _has_simulated() -> bool:
    return Source.objects.filter(how="simulated").exists()
