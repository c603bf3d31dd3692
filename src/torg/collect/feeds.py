"""RSS and Atom: the items of a feed, from bytes that are there already. Nothing is fetched here."""

import codecs
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin
from xml.parsers import expat
from xml.sax import SAXException

from torg.collect.markup import plain_text
from torg.collect.reading.instants import ABBREVIATIONS
from torg.errors import FileRefused

LARGEST_FEED = 16 << 20  # bytes; ten years of a town's news are a tenth of it
Item = Mapping[str, Any]  # id, link, title, text, published, updated, media: what is there of them

# What stands before the first element: declarations, comments, and perhaps a DTD. Each of them
# ends in one way only, and is never looked at again: a stranger's file must not cost a day.
_PROLOG = re.compile(
    rb"(?>\s++|<\?.*?\?>|<!--.*?-->"
    rb"|<!(?!--)(?:[^\[>\"']|\"[^\"]*+\"|'[^']*+')*+(?:\[.*?\]\s*+)?+>)*+",
    re.DOTALL,
)
_ELEMENT = re.compile(rb"<([A-Za-z_][\w.:-]*+)")
# Bytes in which the first element must come. feedparser looks at all lines before it again for
# every one of them.
_FIRST = 16 << 10
_ROOTS = frozenset({b"rss", b"feed", b"rdf", b"rdf:rdf", b"atom:feed"})
_CLOCK = re.compile(r"\d:\d\d")
_NAMED_ZONE = re.compile(r"\s([A-Za-z]{1,5})$")
# How feeds of readers' comments call themselves: "Comments for Town", "Kommentarer til Os".
_OF_READERS = re.compile(
    r"(comments|kommentar[ea]r|kommentit|athugasemdir|ummæli|viðmerkingar)\b", re.IGNORECASE
)
_MEDIA = {"image": "photo", "video": "video", "audio": "other"}


@dataclass(frozen=True)
class Feed:
    """A feed: its title, its items in its own order, and whether all of it could be read."""

    title: str | None
    items: tuple[Item, ...]
    is_whole: bool
    links: tuple[str, ...] = ()  # where it says that it is, and the site that it is of


def is_feed(content: bytes) -> bool:
    """Whether the first element is that of a feed."""
    # UTF-16 has a nothing beside every letter.
    begin = content[:_FIRST].replace(b"\0", b"").lstrip(b"\xff\xfe").removeprefix(codecs.BOM_UTF8)
    prolog = _PROLOG.match(begin)
    element = _ELEMENT.match(begin, prolog.end() if prolog else 0)
    return element is not None and element[1].lower() in _ROOTS


def read_feed(content: bytes, *, address: str) -> Feed:
    """The items; their links lead from the site that the feed says it is of, else from `address`.

    Raises `FileRefused` for what is too long, is of readers' comments, or declares entities of its
    own: a few lines of those can stand for gigabytes of text.
    """
    if len(content) > LARGEST_FEED:
        raise FileRefused(f"the feed is longer than {LARGEST_FEED >> 20} MB: no feed needs to be")
    if _declares_entities(content):
        raise FileRefused(
            "the feed declares entities of its own, which no feed needs and which can be used to "
            "fill a machine's memory: ask the site for a feed without"
        )
    read = _parsed(content)
    title = _words(read["feed"].get("title_detail"))
    if title and _OF_READERS.match(title):
        raise FileRefused(
            "the feed is of the readers' comments, whose names and words are no posts: give the "
            "address of the feed of the site's own words"
        )
    is_whole = not isinstance(read.get("bozo_exception"), SAXException)
    links = _links(read["feed"].get("links", ()))
    base = joined(address, links[-1] if links else "") or address
    return Feed(
        title=title,
        items=tuple(_item(entry, base) for entry in read["entries"]),
        is_whole=is_whole,
        links=links,
    )


def _parsed(content: bytes) -> Any:  # noqa: ANN401 -- feedparser's own dictionary
    """What feedparser makes of it. What it stumbles over differs from release to release."""
    import feedparser  # type: ignore[import-untyped]  # not until there is a feed to read

    # Given a stream, feedparser never looks for anything itself; the words are taken out of their
    # markup by us, so nothing needs to be made safe for display. It is not told the address, or it
    # would make an address of an id such as "news-17", and another one of the same feed in a file.
    stream = io.BytesIO(content)
    try:
        return feedparser.parse(stream, resolve_relative_uris=False, sanitize_html=False)
    except (ValueError, ArithmeticError, AssertionError, LookupError, RecursionError, TypeError):
        raise FileRefused(
            "the feed is so broken that nothing of it can be read: ask the site to mend it"
        ) from None


def joined(base: str, address: str) -> str | None:
    """Where `address` leads from `base`; None where it is none, as "http://[" is."""
    try:
        return urljoin(base, address)
    except ValueError:
        return None


def undated(items: tuple[Item, ...]) -> Iterator[Item]:
    """The items that say no time."""
    return (item for item in items if moment(item) is None)


def moment(item: Item) -> dt.datetime | None:
    """When an item was published, or at least written, as far as it says."""
    return item.get("published") or item.get("updated")


def edited(item: Item) -> dt.datetime | None:
    """When it was changed after it had been published."""
    published, updated = item.get("published"), item.get("updated")
    return updated if published and updated and updated > published else None


class _Declared(Exception):
    """An entity is declared."""


def _declares_entities(content: bytes) -> bool:
    """Whether the feed's DTD brings entities; old feeds name a public DTD, which is never read."""
    if b"<!ENTITY" not in content.replace(b"\0", b""):
        return False
    parser = expat.ParserCreate()

    def stop(*_: object) -> None:
        raise _Declared

    parser.EntityDeclHandler = stop
    try:
        parser.Parse(content, True)  # noqa: FBT003 -- the end of the document
    except (_Declared, expat.ExpatError, ValueError):
        return True  # of one that is not well formed too: nobody can say where its DTD ends
    return False


def _links(links: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The address of the feed itself, then that of its site."""
    found = {link.get("rel"): str(link["href"]) for link in links if link.get("href")}
    return tuple(found[rel] for rel in ("self", "alternate") if rel in found)


def _item(entry: dict[str, Any], address: str) -> Item:
    link = joined(address, entry["link"]) if entry.get("link") else None
    # feedparser gives one date for another that is not there, but only to those who ask with [].
    return {
        "id": entry.get("id") or link,
        "link": link,
        "title": _words(entry.get("title_detail")),
        "text": _text(entry),
        "published": _instant(dict.get(entry, "published")),
        "updated": _instant(dict.get(entry, "updated")),
        "media": _media(entry),
    }


def _text(entry: Mapping[str, Any]) -> str | None:
    """The whole text where the feed brings it, else the summary."""
    details = [*entry.get("content", ()), entry.get("summary_detail")]
    return next(filter(None, map(_words, details)), None)


def _words(detail: Mapping[str, Any] | None) -> str | None:
    if not detail or not detail.get("value"):
        return None
    if detail.get("type") == "text/plain":
        return str(detail["value"]).strip() or None
    return plain_text(str(detail["value"]))


def _media(entry: Mapping[str, Any]) -> str | None:
    """What hangs on an item, as one of POST_TYPES."""
    enclosures = (link for link in entry.get("links", ()) if link.get("rel") == "enclosure")
    for medium in (*enclosures, *entry.get("media_content", ())):
        kind = medium.get("medium") or str(medium.get("type", "")).partition("/")[0]
        if kind in _MEDIA:
            return _MEDIA[kind]
    return None


def _instant(text: object) -> dt.datetime | None:
    """An instant as RFC 3339 (Atom, Dublin Core) or RFC 822 (RSS) write it; None for all else.

    feedparser's own reading of dates is not used: it takes a time of day for one of today, the 30th
    of February for the 1st of March, and CET for UTC. A time without a zone is UTC.
    """
    words = str(text or "").strip()
    if not _CLOCK.search(words):
        return None  # a day is no instant
    try:
        found = _rfc_3339(words) or _rfc_822(words)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return found.astimezone(dt.UTC) if found and found.year > 1 else None


def _rfc_3339(words: str) -> dt.datetime | None:
    if not words[:4].isdecimal():
        return None
    moment = dt.datetime.fromisoformat(words)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _rfc_822(words: str) -> dt.datetime | None:
    """Zones that RFC 822 does not name, and feeds do, are those that exports write too."""
    named = _NAMED_ZONE.search(words)
    zone = named[1].upper() if named else None
    if zone is not None and zone not in ABBREVIATIONS:
        return None
    moment = parsedate_to_datetime(_NAMED_ZONE.sub("", words))
    offset = dt.timedelta(hours=ABBREVIATIONS[zone] if zone else 0)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.timezone(offset))
