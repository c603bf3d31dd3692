"""HTML, as networks and feeds send it, to the words in it."""

import re
from collections import Counter

from torg.collect.tags import Tag, letters, tags_and_words

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
    for piece in tags_and_words(markup):
        words.take(piece)
    return words.pieces


def _pieces_of_plain(markup: str) -> list[str] | None:
    """The same of markup that has only paragraphs, lines, links and spans, as nearly all has."""
    if any(word in markup for word in _UNSAID):
        return None
    words, tags = _PLAIN_TAG.split(markup)[::2], _PLAIN_TAG.findall(markup)
    if any("<" in word for word in words):
        return None
    said = [_BLANKS.sub(" ", letters(word)) for word in words]
    breaks = [*(_BREAKS.get(tag.lower(), "") for tag in tags), ""]
    return [piece for pair in zip(said, breaks, strict=True) for piece in pair]


def _joined(pieces: list[str]) -> str:
    lines = _AROUND_LINES.sub("\n", _BLANKS_ALONE.sub(" ", "".join(pieces)))
    return _SEVERAL_BREAKS.sub("\n\n", lines).strip()


class _Words:
    """Gathers text and breaks; unclosed and misplaced tags are taken as browsers take them."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._unseen: list[str] = []  # tags that are open and hold no words for readers
        self._open: Counter[str] = Counter()  # the same, to be looked up
        self._verbatim = 0

    def take(self, piece: Tag | str) -> None:
        """The next words, or the next tag."""
        if isinstance(piece, str):
            self._say(piece)
        elif piece.closes:
            self._end(piece.name)
        else:
            self._begin(piece)

    def _begin(self, tag: Tag) -> None:
        if tag.name not in _EMPTY and (_hides(tag) or self._open[tag.name]):
            self._unseen.append(tag.name)
            self._open[tag.name] += 1
        self._verbatim += tag.name == "pre"
        self._break(tag.name)

    def _end(self, name: str) -> None:
        inner = None
        while self._open[name] and inner != name:
            # An inner tag that was never closed ends with the outer one.
            inner = self._unseen.pop()
            self._open[inner] -= 1
        if name == "pre":
            self._verbatim = max(0, self._verbatim - 1)
        self._break(name)

    def _say(self, words: str) -> None:
        if not self._unseen:
            self.pieces.append(words if self._verbatim else _BLANKS.sub(" ", words))

    def _break(self, name: str) -> None:
        if name in _PARAGRAPHS:
            self.pieces.append("\n\n")
        elif name in _LINES:
            self.pieces.append("\n")


def _hides(tag: Tag) -> bool:
    return tag.name in _UNSEEN or not _UNSAID.isdisjoint(tag.attributes.get("class", "").split())
