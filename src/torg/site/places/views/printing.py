"""A municipality's card as a PDF, and as a picture for sharing: drawn once for a release."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from torg.errors import LackingPart
from torg.locale import Words, message, translate
from torg.report import Card, National
from torg.report.printed import printed_card, sharing_picture
from torg.site.current import current_study
from torg.site.limits import limited
from torg.site.pages import url_in
from torg.site.places.kept import of_release
from torg.site.places.refusing import NO_SUCH_PLACE, lacking
from torg.site.places.rendering import TooBusy, drawn
from torg.site.places.shelf import Shown
from torg.site.refusals import refused

_BUSY = message("Too much is being drawn at this moment: try again in a minute.")
_NO_FONT = message("This card cannot be set as a PDF: print its page from the browser instead.")

_Make = Callable[[Card, National, Words], bytes]


@limited("60/m", scope="drawn", methods=("GET",))
@of_release()
def card_pdf(request: HttpRequest, shown: Shown, place: str) -> HttpResponse:
    """The card to print."""

    def make(card: Card, national: National, words: Words) -> bytes:
        parts = {"place": place, "release": shown.name}
        address = current_study().site.address
        page = url_in(request.language, "municipality", **parts)
        return printed_card(
            card, national, words=words, release=shown.name, made_on=shown.day,
            address=f"{address}{page}" if address else "",
        )  # fmt: skip

    name = f"{place}-{shown.name}-{request.language}.pdf"
    return _drawn(request, shown, place, make, kind="application/pdf", name=name)


@limited("60/m", scope="drawn", methods=("GET",))
@of_release()
def card_picture(request: HttpRequest, shown: Shown, place: str) -> HttpResponse:
    """The picture that goes with a link to the page."""

    def make(card: Card, national: National, words: Words) -> bytes:
        return sharing_picture(card, national, words=words, made_on=shown.day)

    name = f"{place}-{shown.name}-{request.language}.png"
    return _drawn(request, shown, place, make, kind="image/png", name=name)


def _drawn(
    request: HttpRequest, shown: Shown, place: str, make: _Make, *, kind: str, name: str
) -> HttpResponse:
    card, national = shown.card(request.language, place), shown.national(request.language)
    if card is None or national is None:
        return lacking(request, NO_SUCH_PLACE)
    words = translate(request.language)
    try:
        content = drawn(lambda: make(card, national, words))
    except TooBusy:
        response = refused(request, _BUSY, status=503)
        response["Retry-After"] = "60"
        return response
    except LackingPart:
        return lacking(request, _NO_FONT)
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
