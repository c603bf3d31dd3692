"""HTML, as networks and feeds send it, to the words in it."""

import re
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
    words = _Words()
    words.feed(markup)
    words.close()
    return words.text() or None


class _Words(HTMLParser):
    """Gathers text and breaks; unclosed and misplaced tags are taken as browsers take them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._unseen: list[str] = []  # tags that are open and hold no words for readers
        self._verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        hides = tag in _UNSEEN or not _UNSAID.isdisjoint(classes)
        if tag not in _EMPTY and (hides or tag in self._unseen):
            self._unseen.append(tag)
        self._verbatim += tag == "pre"
        self._break(tag)

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
            self._pieces.append(data if self._verbatim else _BLANKS.sub(" ", data))

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._pieces.append("\n\n")
        elif tag in _LINES:
            self._pieces.append("\n")

    def text(self) -> str:
        lines = _AROUND_LINES.sub("\n", _BLANKS_ALONE.sub(" ", "".join(self._pieces)))
        return _SEVERAL_BREAKS.sub("\n\n", lines).strip()
