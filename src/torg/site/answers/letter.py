"""The letters to respondents, in their language: who asks, what is linked to what, how to refuse.

Nothing is promised that the law does not let a public body keep: what a municipality answers can
be asked for under the law on access to documents, and the letter says so.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from torg.locale import Words, message, shipped, translate
from torg.survey.questionnaire import Questionnaire, Wave, text_in


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """What a letter is about: one respondent of one unit."""

    unit: str  # its name
    language: str
    link: str
    asks: str  # who asks, with an address


SUBJECTS = {
    "invitation": message("%(survey)s: questions to %(unit)s"),
    "reminder": message("A reminder: %(survey)s, questions to %(unit)s"),
}

_OPENINGS = {
    "invitation": message(
        "%(asks)s asks %(unit)s to take part in “%(survey)s”. You can answer until %(until)s."
    ),
    "reminder": message(
        "%(asks)s has asked %(unit)s to take part in “%(survey)s”, and your answers have not been "
        "sent in yet. You can answer until %(until)s."
    ),
}

LINKED = (
    message(
        "What is linked to what: your answers are kept with the name of your municipality or "
        "county, and are held against what anybody can read about it: its population, its official "
        "channels and what it publishes there. Each question says whether the answer may be shown "
        "for your municipality or only in sums over several."
    ),
    message(
        "Your own name and mail address are kept apart from the answers and are used for these "
        "letters only. They are erased when you ask for it; the answers, which are the "
        "municipality's, stay."
    ),
    message(
        "What a public body answers is a document that anybody can ask to see under the law on "
        "access to documents. So we cannot promise that it is kept secret: please write nothing "
        "about single persons."
    ),
)

_HOW_TO_ANSWER = (
    message(
        "The link is yours alone: whoever has it can answer in your place. Each answer is kept as "
        "soon as you give it, and you can stop and go on another day."
    ),
    message(
        "Is somebody else the right one to answer? Give us that person's address on the page "
        "behind the link."
    ),
)

_REFUSING = message(
    "Taking part is voluntary. If you do not want to, say so on the page behind the link or answer "
    "this letter with “no”: then no reminder comes."
)

_GREETING, _FAREWELL = message("Good day,"), message("With kind regards")
_LINK = message("Your link:")


def words_for(language: str) -> Words:
    """The words of a language: of "sv-FI" those of "sv", and English where there are none."""
    plain = language.split("-")[0]
    return translate(plain if plain in shipped() else "en")


def subject_of(questionnaire: Questionnaire, wave: Wave, addressed: Addressed, *, kind: str) -> str:
    """The letter's subject, one line."""
    words = words_for(addressed.language)
    survey = _title(questionnaire, wave, addressed.language)
    return words.say(SUBJECTS[kind], survey=survey, unit=addressed.unit)


def text_of(questionnaire: Questionnaire, wave: Wave, addressed: Addressed, *, kind: str) -> str:
    """The letter itself, in paragraphs."""
    return "\n\n".join(_paragraphs(questionnaire, wave, addressed, kind)) + "\n"


def _paragraphs(
    questionnaire: Questionnaire, wave: Wave, addressed: Addressed, kind: str
) -> Iterator[str]:
    say = words_for(addressed.language).say
    yield say(_GREETING)
    yield say(
        _OPENINGS[kind],
        asks=addressed.asks,
        unit=addressed.unit,
        survey=_title(questionnaire, wave, addressed.language),
        until=_day(addressed.language, wave.closes),
    )
    introduction = text_in(questionnaire.introductions, addressed.language)
    if kind == "invitation" and introduction:
        yield introduction.strip()
    yield f"{say(_LINK)}\n{addressed.link}"
    yield from (say(each) for each in _HOW_TO_ANSWER)
    yield from (say(each) for each in LINKED)
    yield say(_REFUSING)
    yield f"{say(_FAREWELL)}\n{addressed.asks}"


def _title(questionnaire: Questionnaire, wave: Wave, language: str) -> str:
    return text_in(wave.titles, language) or text_in(questionnaire.titles, language)


def _day(language: str, day: dt.date) -> str:
    return words_for(language).date(day)
