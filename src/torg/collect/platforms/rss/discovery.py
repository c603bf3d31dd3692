"""A site's feed, from the address of the site: what its front page links to."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_KINDS = ("application/rss+xml", "application/atom+xml")
_LONGEST = 2 << 20  # bytes of a page in which the links of its head are looked for
# Sites offer a feed of their readers' comments beside that of their own words.
_OF_READERS = ("comment", "kommentar", "kommentti")


def feeds_of(page: bytes, *, address: str) -> tuple[str, ...]:
    """The addresses of the feeds that a page names, in its own order, those of comments last."""
    links = _Links()
    links.feed(page[:_LONGEST].decode("utf-8", "replace"))
    base = urljoin(address, links.base)
    found = dict.fromkeys(urljoin(base, link.href) for link in sorted(links.found, key=_rank))
    return tuple(feed for feed in found if urlsplit(feed).scheme in ("http", "https"))


@dataclass(frozen=True)
class _Link:
    href: str
    title: str


def _rank(link: _Link) -> bool:
    return any(word in f"{link.href} {link.title}".casefold() for word in _OF_READERS)


@dataclass
class _Links(HTMLParser):
    """Gathers links to feeds, and what links are relative to."""

    found: list[_Link] = field(default_factory=list)
    base: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "base" and not self.base:
            self.base = said.get("href", "")
        is_feed = said.get("type", "").partition(";")[0].strip().casefold() in _KINDS
        is_alternate = "alternate" in said.get("rel", "").casefold().split()
        if tag == "link" and is_feed and is_alternate and said.get("href"):
            self.found.append(_Link(said["href"].strip(), said.get("title", "")))
