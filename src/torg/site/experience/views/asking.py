"""Questions and thanks under what is published, answers to them, and what the staff take off."""

from django.http import HttpRequest, HttpResponse

from torg.site.doors import door
from torg.site.experience import actions, forms
from torg.site.experience.views.answering import carried_out, written
from torg.site.limits import limited


@limited("30/h", scope="experience questions")
@door("municipality", methods=("POST",))
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Ask a question."""
    return written(
        request, forms.QUESTION,
        lambda text: actions.ask_question(request.visitor, number, text=text),
        to="experience", word="asked", number=number,
    )  # fmt: skip


@limited("60/h", scope="experience thanks")
@door("municipality", methods=("POST",))
def thank(request: HttpRequest, number: int) -> HttpResponse:
    """Say thank you."""
    return carried_out(
        request, lambda: actions.give_thanks(request.visitor, number),
        to="experience", word="thanked", number=number,
    )  # fmt: skip


@limited("60/h", scope="experience answers")
@door("municipality", methods=("POST",))
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a question about one's own experience."""
    return written(
        request, forms.ANSWER,
        lambda text: actions.answer_question(request.visitor, number, text=text),
        to="experience", word="answered",
    )  # fmt: skip


@door("editor", methods=("POST",))
def hide(request: HttpRequest, number: int) -> HttpResponse:
    """Take a question or thanks off."""
    return carried_out(
        request, lambda: actions.hide_remark(request.visitor, number),
        to="experience", word="hidden",
    )  # fmt: skip


@door("editor", methods=("POST",))
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a municipality's experience off."""
    return written(
        request, forms.WHY,
        lambda text: actions.withdraw_by_staff(request.visitor, number, reason=text),
        to="experience", word="withdrawn", number=number,
    )  # fmt: skip
