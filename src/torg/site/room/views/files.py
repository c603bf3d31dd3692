"""Hand files in, see what was understood of them, answer what they ask, take them back."""

from collections.abc import Mapping
from threading import BoundedSemaphore

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from torg.errors import TorgError
from torg.locale import message
from torg.measure import DEFINITIONS
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.lengths import TOO_LARGE, counts_itself, hung_up, length_said
from torg.site.limits import limited
from torg.site.room.actions import answer_question, hand_in, withdraw_file
from torg.site.room.asking import fields_of, without_flags
from torg.site.room.framing import nothing, room_page, sent, to
from torg.site.room.models import HandIn
from torg.site.room.queries import earlier_of, file_of, files_of, job_of, own_channels
from torg.site.room.told import KINDS, foreign_in, is_unread, tool_of
from torg.site.room.uploading import (
    MOST_AT_ONCE,
    MOST_COMING,
    Receiver,
    has_room,
    is_full,
    is_too_long,
    most_bytes,
    receiving,
)

CUT_SHORT = message("The files did not come in whole: the connection was cut. Send them again.")
NOTHING = message("No file was chosen.")
EMPTY = message("This file is empty.")
MANY = message("Many files come in at this moment: wait a minute, and send them again.")
FULL = message(
    "The server has no room for files at this moment, and kept nothing of them. Tell those who "
    "make the study, and send them again later."
)

_coming_in = BoundedSemaphore(MOST_COMING)


@counts_itself
@csrf_exempt  # asked for within, once it is known that the call is not too long to be read at all
@limited("60/m", scope="hand in")
@door("municipality", methods=("GET", "POST"))
def files(request: HttpRequest) -> HttpResponse:
    """The files of the municipality, and the form to hand in more."""
    if request.method != "POST":
        return _files_page(request)
    refusal = _turned_away(request, length_said(request))
    if refusal:
        return hung_up(refusal)
    if not _coming_in.acquire(blocking=False):
        return hung_up(_files_page(request, {"files": MANY}, status=503))
    try:
        return _received(request)
    finally:
        _coming_in.release()


def _turned_away(request: HttpRequest, length: float) -> HttpResponse | None:
    """None where what a call says that it brings can be taken in."""
    if is_too_long(current_study(), length):
        return _files_page(request, {"files": TOO_LARGE}, status=413)
    if not has_room(current_study(), length):
        return _files_page(request, {"files": FULL}, status=507)
    return None


def _received(request: HttpRequest) -> HttpResponse:
    """Take in what comes, to its end; nothing of it is kept unless all of it came."""
    with receiving(request, current_study()) as receiver:
        try:
            _ = request.POST  # read to its end here: only now is it known what came
        except (UnreadablePostError, MultiPartParserError):
            return _files_page(request, {"files": CUT_SHORT})
        except OSError as error:
            if not is_full(error):
                raise
            return hung_up(_files_page(request, {"files": FULL}, status=507))
        if receiver.is_over:
            return hung_up(_files_page(request, {"files": TOO_LARGE}, status=413))
        answered: HttpResponse = _handed_in(request, receiver)
        return answered


@csrf_protect
def _handed_in(request: HttpRequest, receiver: Receiver) -> HttpResponse:
    """Note the files that came in whole; a call that was cut short brings none."""
    if request.POST.get("whole") != "yes":
        return _files_page(request, {"files": CUT_SHORT})
    wrong = dict.fromkeys(receiver.empty, EMPTY)
    taken: list[HandIn] = []
    for arrived in receiver.arrived:
        try:
            taken.append(hand_in(current_study(), request.visitor, arrived))
            receiver.keep(arrived)
        except TorgError as error:
            wrong[arrived.name] = str(error)
    if wrong or not taken:
        return _files_page(request, wrong or {"files": NOTHING})
    if len(taken) == 1:
        return HttpResponseRedirect(to(request, "room_file", number=taken[0].pk))
    return HttpResponseRedirect(to(request, "room_files", done="handed in"))


def _files_page(
    request: HttpRequest, wrong: Mapping[str, str] | None = None, *, status: int = 0
) -> HttpResponse:
    who, study = request.visitor, current_study()
    answered = room_page(
        request, "files", wrong=wrong,
        files=files_of(who.country, who.unit),
        most_mb=most_bytes(study) >> 20, most_bytes=most_bytes(study), most_at_once=MOST_AT_ONCE,
    )  # fmt: skip
    answered.status_code = status or answered.status_code
    return answered


@door("municipality")
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One file: what was understood of it, or what is asked."""
    return _one_page(request, number)


def _one_page(
    request: HttpRequest, number: int, wrong: Mapping[str, str] | None = None
) -> HttpResponse:
    who, study = request.visitor, current_study()
    found = file_of(who.country, who.unit, number)
    if found is None:
        return nothing(request)
    understood = found.understood or {}
    return room_page(
        request, "file", wrong=wrong,
        file=found,
        job=job_of(found),
        earlier=earlier_of(found),
        asked=fields_of(found.question),
        question=without_flags(found.question),
        measures=[DEFINITIONS[name].title for name in understood.get("measures", ())],
        kinds=KINDS,
        tool=tool_of(understood.get("format", "")),
        is_unread=is_unread(found),
        foreign=foreign_in(found),
        agreements={own.channel.known_as for own in own_channels(study, who.country, who.unit)
                    if own.agreement},
        said=request.POST if wrong else {},
    )  # fmt: skip


@limited("60/m", scope="answer a file")
@door("municipality", methods=("POST",))
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """The owner answers what the file does not say."""
    who = request.visitor
    if file_of(who.country, who.unit, number) is None:
        return nothing(request)
    said = {name: str(value) for name, value in request.POST.items()}
    return sent(
        request,
        lambda: answer_question(current_study(), who, number, said),
        where_to=to(request, "room_file", number=number),
        again=lambda wrong: _one_page(request, number, wrong),
    )


@door("municipality", methods=("POST",))
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """The owner takes the file back."""
    who = request.visitor
    if file_of(who.country, who.unit, number) is None:
        return nothing(request)
    return sent(
        request,
        lambda: withdraw_file(current_study(), who, number),
        where_to=to(request, "room_files", done="withdrawn"),
        again=lambda wrong: _one_page(request, number, wrong),
    )
