"""Tags and words of HTML from strangers, each letter looked at a bounded number of times.

Python's own reader (html.parser) begins again at every "<" that leads to nothing, so that a
megabyte of them takes days, and some declarations make it raise. Here a tag that never ends is the
end of the page, as it is in browsers (WHATWG, HTML, 13.2.5: "eof-in-tag").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape

# What a "<" begins. All repetitions are possessive: nothing is ever tried a second time.
_TAG = re.compile(
    r"<(?P<closes>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    r"(?P<said>(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])))*+)>"
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s=>/\"']++)(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'"
    r"|(?P<bare>[^\s>]*+)))?+"
)
_REMARK = re.compile(r"<(?:!(?!--)|\?|/(?![A-Za-z]))[^>]*+>")
_COMMENT = re.compile(r"<!--(?:>|->|.*?--!?>)", re.DOTALL)
_BEGINS = re.compile(r"<(?=[A-Za-z/!?])")
_RAW = frozenset({"script", "style"})  # of these only their own end is a tag
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}
# Python refuses to make a number of so many digits; no letter has one.
_NO_LETTER = re.compile(r"&#(?:\d{10,}+|[xX][0-9a-fA-F]{10,}+);?")


@dataclass(frozen=True)
class Tag:
    """A tag: its name in lower case, and whether it closes."""

    name: str
    closes: bool
    said: str = ""  # its attributes as they are written

    @cached_property
    def attributes(self) -> dict[str, str]:
        """Values by names in lower case; of two of one name the first."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.said):
            value = match["double"] or match["single"] or match["bare"] or ""
            found.setdefault(match["name"].lower(), letters(value))
        return found


def letters(text: str) -> str:
    """Text with its character references (`&amp;`, `&#229;`) as the letters that they stand for."""
    return unescape(_NO_LETTER.sub("\ufffd", text))


def tags_and_words(markup: str) -> Iterator[Tag | str]:
    """Tags, and the words between them; comments, declarations and scripts are neither."""
    words, at = 0, 0  # where the words begin that are not told yet, and where to look on
    while (begin := _BEGINS.search(markup, at)) is not None:
        if begin.start() > words:
            yield letters(markup[words : begin.start()])
        tag = _TAG.match(markup, begin.start())
        at = words = tag.end() if tag else _after_remark(markup, begin.start())
        if tag:
            yield Tag(tag["name"].lower(), bool(tag["closes"]), tag["said"])
            at = words = _after_raw(markup, at, tag)
    if words < len(markup):
        yield letters(markup[words:])


def _after_remark(markup: str, at: int) -> int:
    """Where a comment or a declaration ends; one that does not, ends with the page."""
    found = _COMMENT.match(markup, at) or _REMARK.match(markup, at)
    return found.end() if found else len(markup)


def _after_raw(markup: str, at: int, tag: re.Match[str]) -> int:
    """Where what is no markup ends, if the tag begins such."""
    ends = None if tag["closes"] else _ENDS.get(tag["name"].lower())
    if ends is None:
        return at
    found = ends.search(markup, at)
    return found.start() if found else len(markup)
