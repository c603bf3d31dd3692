"""What everybody reads: the bank with its search, one experience, its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from torg.experience import TAXONOMY
from torg.report import SIZE_CLASSES
from torg.site.doors import door
from torg.site.experience import forms, queries
from torg.site.experience.content import WENT
from torg.site.experience.observed import Spot, key_of, nearest_to, spots
from torg.site.experience.permissions import can_edit, is_own
from torg.site.experience.views.answering import done_of, seen_by, there, who
from torg.site.experience.views.measured import measured
from torg.site.pages import page

PER_PAGE = 20
_LONGEST_QUESTION = 200
_LISTS = {name: getattr(TAXONOMY, f"{name}s") for name in ("area", "group", "channel", "service")}


@dataclass(frozen=True)
class Asked:
    """What a reader asks of the bank, as the address has it."""

    q: str
    chosen: Mapping[str, str]
    number: int  # of the page

    @classmethod
    def of(cls, sent: Any) -> "Asked":  # noqa: ANN401 -- Django's QueryDict
        """Read the address; what no list has is passed over."""
        names = (*_LISTS, "size", "county", "year", "country", "like")
        chosen = {name: sent.get(name, "")[:100].replace("\0", "") for name in names}
        for name, known in _LISTS.items():
            chosen[name] = chosen[name] if chosen[name] in known else ""
        chosen["year"] = chosen["year"] if _is_year(chosen["year"]) else ""
        page_ = sent.get("page", "1")
        number = int(page_) if page_.isascii() and page_.isdigit() and len(page_) < 5 else 1
        return cls(sent.get("q", "").strip()[:_LONGEST_QUESTION], chosen, max(1, number))

    def address(self, number: int) -> str:
        """The same question, another page of what it found."""
        said = {"q": self.q, **self.chosen, "page": number if number > 1 else ""}
        return "?" + urlencode({name: value for name, value in said.items() if value})

    @property
    def is_narrowed(self) -> bool:
        """Something was asked for at all."""
        return bool(self.q or any(self.chosen.values()))


@door("everybody")
def experiences(request: HttpRequest) -> HttpResponse:
    """The bank: search, filters, and what was found."""
    visitor, asked, known = seen_by(request), Asked.of(request.GET), spots(request.language)
    numbers, has_all = _found(asked, known)
    first = (asked.number - 1) * PER_PAGE
    found = queries.experiences_in_order(numbers[first : first + PER_PAGE])
    return page(
        request, "experience/experiences.html.jinja",
        asked=asked, found=found, total=len(numbers), has_all=has_all,
        pages=-(-len(numbers) // PER_PAGE), lists=_LISTS, years=queries.years(),
        counties=sorted({spot.county for spot in known.values() if spot.county}),
        sizes=_sizes(known), countries=sorted({spot.country for spot in known.values()}),
        names=sorted(known.values(), key=lambda spot: (spot.name, spot.key)),
        like=known.get(asked.chosen["like"]), who=who(request), went=WENT,
        mine=key_of(visitor.country, visitor.unit) if visitor.unit else "",
    )  # fmt: skip


@door("everybody")
def experience(request: HttpRequest, number: int) -> HttpResponse:
    """One experience, or that it was withdrawn."""
    visitor = seen_by(request)
    if queries.is_withdrawn(number):
        return page(request, "experience/withdrawn.html.jinja", status=410)
    found = there(lambda: queries.public_experience(number))
    remarks = queries.remarks_on(number)
    return page(
        request, "experience/experience.html.jinja",
        found=found, content=found.content, files=queries.files_of(found.content),
        contact=queries.contact_for(visitor, number), remarks=remarks, who=who(request),
        **measured(found, language=request.language), taxonomy=TAXONOMY, went=WENT,
        done=done_of(request), is_own=is_own(visitor, found),
        may_ask=visitor.role == "municipality" and bool(visitor.unit),
        can_edit=can_edit(visitor), question=forms.QUESTION, answer=forms.ANSWER, why=forms.WHY,
        asking=queries.public_requests(area=found.content.area, state="open")[:5],
    )  # fmt: skip


@door("everybody")
def experience_file(request: HttpRequest, number: int) -> HttpResponse:
    """A file, to be saved and never shown by the browser itself."""
    visitor = seen_by(request)
    found = there(lambda: queries.file_for(visitor, number))
    response = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=found.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def _found(asked: Asked, known: Mapping[str, Spot]) -> tuple[Sequence[int], bool]:
    """The numbers of what meets the filters, as the search or likeness orders it, or by age."""
    chosen = asked.chosen
    found = queries.public_experiences(
        area=chosen["area"],
        group=chosen["group"],
        channel=chosen["channel"],
        service=chosen["service"],
        country=chosen["country"],
        year=int(chosen["year"]) if chosen["year"] else None,
        places=_places(chosen, known),
    ).places
    if asked.q:
        hits = queries.search(asked.q, within=found)
        return hits.numbers, hits.has_all
    if chosen["like"] in known:
        return _nearest_first(found, chosen["like"], known), True
    return list(found), True


def _nearest_first(found: Mapping[int, str], like: str, known: Mapping[str, Spot]) -> Sequence[int]:
    """The most alike first; of those as alike the newest, as they come."""
    near = {key: at for at, key in enumerate(nearest_to(like))}
    return sorted(
        found, key=lambda each: (near.get(found[each], len(near)), _apart(known, found[each], like))
    )


def _places(chosen: Mapping[str, str], known: Mapping[str, Spot]) -> set[str] | None:
    """The municipalities of the size, county and likeness asked for; None: of all."""
    if not (chosen["size"] or chosen["county"] or chosen["like"]):
        return None
    return {
        key
        for key, spot in known.items()
        if chosen["size"] in {"", spot.size_class}
        and chosen["county"] in {"", spot.county}
        and (not chosen["like"] or _is_like(known, key, chosen["like"]))
    }


def _is_like(known: Mapping[str, Spot], one: str, other: str) -> bool:
    return one != other and _apart(known, one, other) < 2


def _apart(known: Mapping[str, Spot], one: str, other: str) -> int:
    """How unlike two are: 0 with the same size class and county, 1 with one of them, 2."""
    if one not in known or other not in known:
        return 2
    here, there_ = known[one], known[other]
    same_size = here.size_class is not None and here.size_class == there_.size_class
    same_county = here.county is not None and here.county == there_.county
    return 2 - same_size - same_county if here.country == there_.country else 2


def _sizes(known: Mapping[str, Spot]) -> Sequence[str]:
    there_ = {spot.size_class for spot in known.values()}
    return [name for name in SIZE_CLASSES if name in there_]


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == 4 and text > "1999"
