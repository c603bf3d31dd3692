"""Who may do what with a personal link, and which answers may lie together.

`check_x` raises, `can_x` says.
"""

import datetime as dt

from torg.errors import SurveyError
from torg.site.answers.models import Answer, Form, Invitation, Link, Source
from torg.study import Study
from torg.survey.questionnaire import Wave

# Colleagues that the respondents of one unit may name in a wave: enough to find the right one, too
# few to send letters to strangers with.
MOST_PASSED_ON = 5

REFUSAL = (
    "This link opens nothing: it is not whole, was taken back or replaced, or the survey has "
    "ended. Take the link of the newest letter, or write to those who asked you."
)


def check_can_open(link: Link | None, *, wave: Wave | None, day: dt.date) -> Link:
    """Raise SurveyError, always in the same words, unless the link opens something on the day."""
    if link is None or link.revoked or wave is None or not is_open(wave, day=day):
        raise SurveyError(REFUSAL)
    return link


def is_open(wave: Wave, *, day: dt.date) -> bool:
    """Whether the wave takes answers on the day."""
    return wave.opens <= day <= wave.closes


def check_can_answer(form: Form, *, wave: Wave, day: dt.date) -> None:
    """Raise SurveyError unless the form's respondent may still answer."""
    if not can_answer(form, wave=wave, day=day):
        raise SurveyError(REFUSAL)


def can_answer(form: Form, *, wave: Wave, day: dt.date) -> bool:
    """Whether the wave is open and the respondent's invitation was not taken back."""
    is_taken_back = Invitation.objects.filter(
        respondent=form.respondent_id, revoked__isnull=False
    ).exists()
    return is_open(wave, day=day) and not is_taken_back


def check_can_pass_on(invitation: Invitation) -> None:
    """Raise SurveyError unless the respondent may name one more colleague."""
    if invitation.revoked:
        raise SurveyError(REFUSAL)
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
    is_said = study.invented or study.simulated is not None
    if not is_said and _has_simulated():
        raise SurveyError(
            f"the answers in {study.folder} are made up by 'torg simulate', and study.toml says so "
            "no more: put its [simulated] table back, or begin a study of its own."
        )


def _has_simulated() -> bool:
    return Source.objects.filter(how="simulated").exists()
