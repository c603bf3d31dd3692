"""Where a respondent goes from here."""

from torg.site.answers.course import CHECK
from torg.site.answers.sitting import Sitting
from torg.site.pages import url_in
from torg.survey.questionnaire import Question


def question_address(language: str, form: int, question: Question) -> str:
    """The page of a question."""
    return url_in(language, "answer_question", form=form, question=question.id)


def address_of_place(sitting: Sitting) -> str:
    """Where the form was left: at a question, or at the last look."""
    place, number = sitting.form.place, sitting.form.id
    question = None if place == CHECK else sitting.course.from_place(place)
    if question is None:
        return url_in(sitting.language, "answer_check", form=number)
    return question_address(sitting.language, number, question)
