"""Feeds: what is new, for whoever does not want to look (Atom, RFC 4287)."""

import datetime as dt
import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from torg.deposit import Held
from torg.locale import Words, message, translate
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.experience.queries.published import PublicExperience, public_experiences
from torg.site.limits import limited
from torg.site.opendata.headers import public_data
from torg.site.opendata.held import held, releases, terms
from torg.site.pages import url_in
from torg.site.places.shelf import Shown
from torg.site.whole_addresses import at_site

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "application/atom+xml; charset=utf-8"
MOST = 50  # entries of a feed

_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # of a feed in which nothing is yet
_INVENTED = message("All names and figures on this page are invented.")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that is new."""

    id: str
    title: str
    address: str
    at: dt.datetime
    summary: str
    language: str = ""


@limited("120/m", scope="feeds", methods=("GET",))
@door("everybody")
def releases_feed(request: HttpRequest) -> HttpResponse:
    """The releases that everybody may see, the newest first."""
    _speak(request)
    words = translate(request.language)
    entries = [_release(request, words, shown) for shown in releases()[:MOST]]
    title = words.say(message("New releases of %(study)s"), study=current_study().title)
    return _answer(request, entries, title=title, home=url_in(request.language, "data"))


@limited("120/m", scope="feeds", methods=("GET",))
@door("everybody")
def experiences_feed(request: HttpRequest) -> HttpResponse:
    """What municipalities tell of what they tried, the newest first."""
    _speak(request)
    words = translate(request.language)
    entries = [_experience(request, each) for each in public_experiences(limit=MOST)]
    title = words.say(message("New experience in %(study)s"), study=current_study().title)
    home = url_in(request.language, "experiences")
    return _answer(request, entries, title=title, home=home)


def _speak(request: HttpRequest) -> None:
    """A feed's language stands second in its address, where pages have it first."""
    request.language = request.resolver_match.kwargs["language"]


def _release(request: HttpRequest, words: Words, shown: Shown) -> Entry:
    path = url_in(request.language, "data_of", release=shown.name)
    title = words.say(
        message("%(study)s, release of %(day)s"),
        study=current_study().title,
        day=words.date(shown.day),
    )
    return Entry(
        id=f"urn:sha256:{shown.digest}",
        title=title,
        address=at_site(request, path),
        at=shown.public_from,
        summary=_told(words, held(shown.name)),
    )


def _told(words: Words, of: Held | None) -> str:
    if of is None:
        return ""
    rows = of.tables["measures"].rows if "measures" in of.tables else 0
    said = words.count("%(n)s figure", "%(n)s figures", rows) if rows else ""
    return f"{said} {words.say(_INVENTED)}".strip() if of.is_invented else said


def _experience(request: HttpRequest, each: PublicExperience) -> Entry:
    path = url_in(request.language, "experience", number=each.number)
    return Entry(
        id=f"urn:torg:{current_study().id}:experience:{each.number}",
        title=each.title,
        address=at_site(request, path),
        at=each.changed,
        summary=each.place,
        language=each.language,
    )


def _answer(request: HttpRequest, entries: list[Entry], *, title: str, home: str) -> HttpResponse:
    content = _feed(
        entries,
        id_=at_site(request, request.path),
        title=title,
        home=at_site(request, home),
        language=request.language,
    )
    response = HttpResponse(content, content_type=MEDIA)
    return public_data(request, response, etag=hashlib.sha256(content).hexdigest())


def _feed(entries: list[Entry], *, id_: str, title: str, home: str, language: str) -> bytes:
    ET.register_namespace("", ATOM)
    root = ET.Element(_tag("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _add(root, "id", id_)
    _add(root, "title", title)
    _add(root, "updated", _moment(max((each.at for each in entries), default=_EPOCH)))
    ET.SubElement(root, _tag("link"), {"rel": "self", "href": id_, "type": "application/atom+xml"})
    ET.SubElement(root, _tag("link"), {"rel": "alternate", "href": home, "type": "text/html"})
    _add(ET.SubElement(root, _tag("author")), "name", terms().publisher)
    _fill(root, entries)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _fill(root: ET.Element, entries: Iterable[Entry]) -> None:
    for each in entries:
        entry = ET.SubElement(root, _tag("entry"))
        if each.language:
            entry.set("{http://www.w3.org/XML/1998/namespace}lang", each.language)
        _add(entry, "id", each.id)
        _add(entry, "title", each.title)
        _add(entry, "updated", _moment(each.at))
        attributes = {"rel": "alternate", "href": each.address, "type": "text/html"}
        ET.SubElement(entry, _tag("link"), attributes)
        _add(entry, "summary", each.summary)


def _add(parent: ET.Element, name: str, text: str) -> None:
    part = ET.SubElement(parent, _tag(name))
    part.text = "".join(sign for sign in text if _is_of_xml(sign))


def _is_of_xml(sign: str) -> bool:
    """Whether XML has the sign: with one that it has not, no reader takes the whole feed."""
    return sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff")


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
