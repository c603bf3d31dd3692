"""Compare: a few municipalities side by side, chosen by search, at an address to share."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from torg.locale import Words, message, translate
from torg.report import Card, National
from torg.site.places.comparing import LEAST, MOST, Comparison, as_csv
from torg.site.places.finding import LONGEST, Found, Hit
from torg.site.places.framing import release_links, release_page
from torg.site.places.kept import of_release
from torg.site.places.refusing import NOT_OBSERVED, lacking
from torg.site.places.shelf import Shown
from torg.site.places.views.finding import finder_of

_OFFERED, _COUNTIES = 12, 2  # found municipalities and counties that are shown to choose among

_NOBODY = message(
    "This release has no municipality with the code %(code)s: look it up by its name below."
)
_TOO_MANY = message("At most %(most)s can be compared: the first %(most)s are shown.")
_TOO_FEW = message("A table needs at least two municipalities: choose them on the page.")


@dataclass(frozen=True)
class _Asked:
    """What the address asks for: who is known, and what is wrong with the rest."""

    cards: tuple[Card, ...]
    faults: tuple[str, ...]

    @classmethod
    def of(cls, request: HttpRequest, release: Shown, words: Words) -> "_Asked":
        keys = tuple(dict.fromkeys(key.strip() for key in request.GET.getlist("with") if key))
        known = [(key, release.card(request.language, key)) for key in keys[: 4 * MOST]]
        faults = [words.say(_NOBODY, code=key[:LONGEST]) for key, card in known if card is None]
        cards = tuple(card for _, card in known if card)
        if len(cards) > MOST:
            faults.append(words.say(_TOO_MANY, most=words.number(MOST)))
        return cls(cards[:MOST], tuple(faults))


@of_release("with", "q")
def compare(request: HttpRequest, release: Shown) -> HttpResponse:
    """Those of the address side by side, and a search for further ones."""
    national = release.national(request.language)
    if national is None:
        return lacking(request, NOT_OBSERVED)
    words = translate(request.language)
    asked = _Asked.of(request, release, words)
    question = " ".join(request.GET.get("q", "").split())[:LONGEST]
    keys = [card.place.key for card in asked.cards]
    found = finder_of(release, national).find(question) if question else None
    link = release_links(request)
    here = link("compare")
    return release_page(
        request, release, "places/compare.html.jinja",
        status=400 if asked.faults else 200,
        comparison=Comparison(asked.cards, national), cards=asked.cards, faults=asked.faults,
        asked=question, offered=_offered(found), is_found=bool(found and found.hits),
        names=_names(national), least=LEAST, most=MOST,
        with_also=lambda key: f"{here}?{_with((*keys, key))}",
        without=lambda key: f"{here}?{_with([each for each in keys if each != key])}",
        table=f"{link('compare_table')}?{_with(keys)}",
    )  # fmt: skip


@of_release("with")
def table(request: HttpRequest, release: Shown) -> HttpResponse:
    """What is compared, as CSV."""
    national = release.national(request.language)
    if national is None:
        return lacking(request, NOT_OBSERVED)
    words = translate(request.language)
    asked = _Asked.of(request, release, words)
    if asked.faults:
        return lacking(request, asked.faults[0])
    if len(asked.cards) < LEAST:
        return lacking(request, _TOO_FEW)
    content = as_csv(Comparison(asked.cards, national))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="comparison.csv"'
    patch_cache_control(response, public=True, max_age=60)
    return response


def _offered(found: Found | None) -> list[Hit]:
    """Whom to choose among: municipalities, and the members of a county or two."""
    near = (found.hits or found.nearest) if found else ()
    counties = [hit for hit in near if hit.county][:_COUNTIES]
    return [*[hit for hit in near if hit.place][:_OFFERED], *counties]


def _with(keys: Sequence[str]) -> str:
    return urlencode([("with", key) for key in keys])


def _names(national: National) -> list[str]:
    names = {place.name for place in national.places.by_id.values()}
    return sorted(names, key=national.places.words.order)
