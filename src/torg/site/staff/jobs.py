"""What the staff let be done in the background: a release made, letters sent, a preview told of."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from email.message import EmailMessage
from typing import Any

from torg import main, surveying
from torg.errors import SurveyError
from torg.mail import MAIL_PASSWORD, Delivery, Post, posting
from torg.site.accounts.visiting import Visitor
from torg.site.answers.actions import Invited, invite, remind
from torg.site.joined import answered_survey, drawn
from torg.site.releases.actions import announce_preview, offer_new
from torg.site.work.actions import Progress
from torg.study import Study, read_study
from torg.tokens import secret_named

LETTERS: Mapping[str, Callable[..., Invited]] = {"invitation": invite, "reminder": remind}


def make_release(study: Study, progress: Progress) -> dict[str, Any]:
    """Measure, rank, and make a release, if anything has changed; it is offered at once."""
    study = read_study(study.folder)  # as study.toml is now, not as when the worker began
    progress.at(0, 3)
    progress.say("Joining the answers.")
    survey = answered_survey(study)
    progress.at(1)
    progress.say("Measuring, ranking and writing the release.")
    made = main.run(study, survey=survey)
    progress.at(2)
    name = made.folder.name
    progress.say(f"Release {name} is made." if made.is_new else "Nothing has changed.")
    offer_new(study)
    progress.at(3)
    return {"release": name, "is_new": made.is_new}


def send_letters(study: Study, progress: Progress, *, wave: str, letters: str) -> dict[str, Any]:
    """Send a wave's invitations or reminders; what went out is never sent twice."""
    study = read_study(study.folder)
    questionnaire = surveying.questionnaire_of(study)
    asked = surveying.wave_of(questionnaire, wave)
    drawn(study, asked)
    progress.say(f"Writing to those of wave '{wave}'.")
    with posting(study.mail, password=secret_named(MAIL_PASSWORD)) as post:
        sent = LETTERS[letters](study, questionnaire, wave=wave, post=_counted(post, progress))
    went = _went(sent)
    progress.say(", ".join(f"{how} {number}" for how, number in went.items()) + ".")
    return went


def tell_of_preview(study: Study, progress: Progress, *, release: str, who: str) -> dict[str, Any]:
    """Tell each municipality of a release in preview, once; `who` made the links, says the log."""
    study = read_study(study.folder)
    progress.say(f"Writing to municipalities of release {release}.")
    visitor = Visitor(role="analyst", is_named=who)
    with posting(study.mail, password=secret_named(MAIL_PASSWORD)) as post:
        told = announce_preview(study, release, visitor=visitor, post=_counted(post, progress))
    went = asdict(told)
    progress.say(", ".join(f"{how} {number}" for how, number in went.items()) + ".")
    return went


def letters_kind(text: str) -> str:
    """The kind of letters that is meant. Raises SurveyError where it is none."""
    if text not in LETTERS:
        raise SurveyError(f"no letters are called '{text}': there are {', '.join(LETTERS)}.")
    return text


def _counted(post: Post, progress: Progress) -> Post:
    number = 0

    def counted(letter: EmailMessage) -> Delivery:
        nonlocal number
        delivery = post(letter)
        number += 1
        progress.at(number)
        return delivery

    return counted


def _went(sent: Invited) -> dict[str, int]:
    letters = sent.letters
    return {
        "taken": letters.taken,
        "refused": letters.refused,
        "later": letters.later,
        "unsure": letters.unsure,
        "without_address": len(sent.without_address),
    }
