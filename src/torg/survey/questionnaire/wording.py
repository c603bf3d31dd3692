"""What a respondent can choose among, with the words that a questionnaire does not bring itself.

Yes, no, planned and don't know are written here in the Nordic languages, because files for other
programs carry them along.
"""

from collections.abc import Mapping
from dataclasses import replace

from torg.survey.questionnaire.model import (
    DONT_KNOW,
    NO,
    PLANNED,
    YES,
    Condition,
    Option,
    Question,
    Questionnaire,
    Texts,
    Wave,
)

WORDS: Mapping[str, Texts] = {
    YES: {"en": "Yes", "nb": "Ja", "nn": "Ja", "sv": "Ja", "fi": "Kyllä", "da": "Ja"},
    NO: {"en": "No", "nb": "Nei", "nn": "Nei", "sv": "Nej", "fi": "Ei", "da": "Nej"},
    PLANNED: {
        "en": "Planned",
        "nb": "Planlagt",
        "nn": "Planlagt",
        "sv": "Planeras",
        "fi": "Suunnitteilla",
        "da": "Planlagt",
    },
    DONT_KNOW: {
        "en": "Don't know",
        "nb": "Vet ikke",
        "nn": "Veit ikkje",
        "sv": "Vet inte",
        "fi": "En osaa sanoa",
        "da": "Ved ikke",
    },
}


def offered(question: Question) -> tuple[Option, ...]:
    """Every answer that a respondent can choose, with its words: "don't know" comes last.

    Of a matrix, those of each cell; none where its cells are ticked or not.
    """
    fixed: tuple[str, ...] = (YES, PLANNED, NO) if question.kind == "planned" else ()
    if question.kind == "matrix" and question.allows_dont_know and not question.options:
        fixed = (YES, NO)
    last = (DONT_KNOW,) if question.allows_dont_know else ()
    return (*question.options, *(Option(code, WORDS[code]) for code in (*fixed, *last)))


def for_forms(questionnaire: Questionnaire, wave: Wave) -> Questionnaire:
    """What a wave asks, as other programs can: a number that may not be known gets a box to tick.

    The box is a question of its own, "pages.dont_know", and the number is asked where it is empty.
    """
    asked = (each for question in questionnaire.asked_in(wave.id) for each in _fields(question))
    return replace(questionnaire, questions=tuple(asked))


def _fields(question: Question) -> tuple[Question, ...]:
    if question.kind != "number" or not question.allows_dont_know:
        return (question,)
    unknown = Option(DONT_KNOW, WORDS[DONT_KNOW])
    box = replace(
        question, id=f"{question.id}.{DONT_KNOW}", kind="many", options=(unknown,),
        allows_dont_know=False, required=False,
    )  # fmt: skip
    known = Condition(f"{box.id}.{DONT_KNOW}", (NO,), question.shown_if)
    return (box, replace(question, allows_dont_know=False, shown_if=known))
