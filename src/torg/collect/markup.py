"""HTML, as networks and feeds send it, to the words in it."""

import re
from html import unescape
from html.parser import HTMLParser

# Where a reader sees a new paragraph, and where only a new line.
_PARAGRAPHS = frozenset(
    {"p", "div", "section", "article", "header", "footer", "blockquote", "pre", "table", "ul"}
    | {"ol", "figure", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_LINES = frozenset({"br", "li", "tr", "dt", "dd", "figcaption"})
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "title"})
_EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)
# Mastodon repeats a quoted status as a link for servers that know no quotes.
_UNSAID = frozenset({"quote-inline"})
_PLAIN_TAG = re.compile(r'</?(p|br|a|span)(?:\s+[a-z-]+="[^"<>]*")*\s*/?>', re.IGNORECASE)
_BREAKS = {"p": "\n\n", "br": "\n"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BLANKS_ALONE = re.compile(r"[ \t\r\f]{2,}")
_SEVERAL_BREAKS = re.compile(r"\n{3,}")
_AROUND_LINES = re.compile(r" *\n *")


def plain_text(markup: str | None) -> str | None:
    """The words that a reader sees, paragraphs apart by a blank line; None where there are none.

    Links are kept whole, as their author wrote them: what a server hides of them to save room is
    no less said. Custom emoji stay as their short codes.
    """
    if not markup:
        return None
    pieces = _pieces_of_plain(markup)
    return _joined(pieces if pieces is not None else pieces_of_any(markup)) or None


def pieces_of_any(markup: str) -> list[str]:
    """Words and breaks of any markup; the slow way, as browsers read it."""
    words = _Words()
    words.feed(markup)
    words.close()
    return words.pieces


def _pieces_of_plain(markup: str) -> list[str] | None:
    """The same of markup that has only paragraphs, lines, links and spans, as nearly all has."""
    if any(word in markup for word in _UNSAID):
        return None
    words, tags = _PLAIN_TAG.split(markup)[::2], _PLAIN_TAG.findall(markup)
    if any("<" in word for word in words):
        return None
    said = [_BLANKS.sub(" ", unescape(word)) for word in words]
    breaks = [*(_BREAKS.get(tag.lower(), "") for tag in tags), ""]
    return [piece for pair in zip(said, breaks, strict=True) for piece in pair]


def _joined(pieces: list[str]) -> str:
    lines = _AROUND_LINES.sub("\n", _BLANKS_ALONE.sub(" ", "".join(pieces)))
    return _SEVERAL_BREAKS.sub("\n\n", lines).strip()


class _Words(HTMLParser):
    """Gathers text and breaks; unclosed and misplaced tags are taken as browsers take them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen: list[str] = []  # tags that are open and hold no words for readers
        self._verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        hides = tag in _UNSEEN or not _UNSAID.isdisjoint(classes)
        if tag not in _EMPTY and (hides or tag in self._unseen):
            self._unseen.append(tag)
        self._verbatim += tag == "pre"
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # "<br/>" is one break

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            # An inner tag that was never closed ends with the outer one.
            while self._unseen.pop() != tag:
                pass
        if tag == "pre":
            self._verbatim = max(0, self._verbatim - 1)
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data if self._verbatim else _BLANKS.sub(" ", data))

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.pieces.append("\n\n")
        elif tag in _LINES:
            self.pieces.append("\n")
