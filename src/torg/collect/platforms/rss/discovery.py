"""A site's feed, from the address of the site: what its front page links to."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from torg.collect.feeds import joined
from torg.collect.tags import Tag, tags_and_words

_KINDS = ("application/rss+xml", "application/atom+xml")
_LONGEST = 2 << 20  # bytes of a page in which the links of its head are looked for
# Sites offer a feed of their readers' comments beside that of their own words, or alone.
_OF_READERS = ("comment", "komment", "athugasemd", "ummæli", "viðmerking")


def feeds_of(page: bytes, *, address: str) -> tuple[str, ...]:
    """The addresses of the feeds that a page names, in its own order, without those of comments.

    Where the address or the title speaks of comments for another reason, the register can name the
    feed itself.
    """
    links, base = _links(page[:_LONGEST].decode("utf-8", "replace"))
    own = [joined(base, link.href) for link in links if not _is_of_readers(link)]
    feeds = (joined(address, feed) for feed in own if feed is not None)
    return tuple(dict.fromkeys(feed for feed in feeds if feed and _is_of_the_web(feed)))


def _is_of_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


@dataclass(frozen=True)
class _Link:
    href: str
    title: str


def _is_of_readers(link: _Link) -> bool:
    return any(word in f"{link.href} {link.title}".casefold() for word in _OF_READERS)


def _links(page: str) -> tuple[list[_Link], str]:
    """Links to feeds, and what links are relative to."""
    found: list[_Link] = []
    base = ""
    for tag in tags_and_words(page):
        if isinstance(tag, str) or tag.closes:
            continue
        if tag.name == "base":
            base = base or tag.attributes.get("href", "")
        if tag.name == "link" and _is_to_a_feed(tag):
            said = tag.attributes
            found.append(_Link(said["href"].strip(), said.get("title", "")))
    return found, base


def _is_to_a_feed(tag: Tag) -> bool:
    said = tag.attributes
    is_feed = said.get("type", "").partition(";")[0].strip().casefold() in _KINDS
    is_alternate = "alternate" in said.get("rel", "").casefold().split()
    return is_feed and is_alternate and bool(said.get("href"))
