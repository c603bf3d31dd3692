"""Questions and thanks under what is published, answers to them, and what the staff take off."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from torg.site.doors import door
from torg.site.experience import actions, forms
from torg.site.experience.views.answering import on_to, tried
from torg.site.limits import limited
from torg.site.pages import page


@limited("30/h", scope="experience questions")
@door("municipality", methods=("POST",))
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Ask a question."""
    return written(
        request, forms.QUESTION, "asked", "experience", number,
        lambda text: actions.ask_question(request.visitor, number, text=text),
    )  # fmt: skip


@limited("60/h", scope="experience thanks")
@door("municipality", methods=("POST",))
def thank(request: HttpRequest, number: int) -> HttpResponse:
    """Say thank you."""
    done = tried(request, lambda: actions.give_thanks(request.visitor, number))
    return done or on_to(request, "experience", "thanked", number=number)


@limited("60/h", scope="experience answers")
@door("municipality", methods=("POST",))
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a question about one's own experience."""
    return written(
        request, forms.ANSWER, "answered", "experience", number,
        lambda text: actions.answer_question(request.visitor, number, text=text),
    )  # fmt: skip


@door("editor", methods=("POST",))
def hide(request: HttpRequest, number: int) -> HttpResponse:
    """Take a question or thanks off."""
    done = tried(request, lambda: actions.hide_remark(request.visitor, number))
    if isinstance(done, HttpResponse):
        return done
    return on_to(request, "experience", "hidden", number=done)


@door("editor", methods=("POST",))
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a municipality's experience off."""
    return written(
        request, forms.WHY, "withdrawn", "experience", number,
        lambda text: actions.withdraw_by_staff(request.visitor, number, reason=text),
    )  # fmt: skip


def written(
    request: HttpRequest,
    fields: Sequence[forms.Field],
    word: str,
    back: str,
    number: int,
    act: Callable[[str], Any],
) -> HttpResponse:
    """Do what a form of one text asks for; where it is wrong, the form stands on a page alone.

    An action that gives a number says where the page that it belongs to is.
    """
    filled = forms.read(fields, request.POST)
    if filled.wrong:
        return page(
            request, "experience/again.html.jinja", status=422,
            fields=fields, values=filled.values, wrong=filled.wrong,
        )  # fmt: skip
    done = tried(request, lambda: act(filled.values["text"]))
    if isinstance(done, HttpResponse):
        return done
    return on_to(request, back, word, number=done if isinstance(done, int) else number)
