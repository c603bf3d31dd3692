"""On which line of a TOML file each value stands.

The standard parser and TOML Kit keep no lines (python-poetry/tomlkit issue 55, python/cpython
issue 115516). This walks over text that the standard parser has accepted, so that it needs to know
where keys and values begin and end, and nothing of what they mean.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence

Path = tuple[str | int, ...]  # ("question", 3, "options", 0, "text", "sv")

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_KEY = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+')
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:\'{0,2})'
    r'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\n]+")


def lines_of(text: str) -> Mapping[Path, int]:
    """The line, from 1, of every table, key and element of a valid TOML text.

    A table that only longer names speak of stands where the first of them does.
    """
    walk = _Walk(text.replace("\r\n", "\n"))
    walk.document()
    return walk.lines


def line_at(lines: Mapping[Path, int], path: Sequence[str | int]) -> int:
    """The line of the deepest part of `path` that is written; steps that are not are left out."""
    at: Path = ()
    for step in path:
        at = (*at, step) if (*at, step) in lines else at
    return lines.get(at, 1)


class _Walk:
    """One pass over the text, with the place in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}  # of arrays of tables: how many there are so far

    def document(self) -> None:
        table: Path = ()
        while self.skip(_SPACE) < len(self.text):
            table = self.header() if self.text[self.at] == "[" else self.pair(table)

    def skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def header(self) -> Path:
        opening = "[[" if self.text.startswith("[[", self.at) else "["
        start, self.at = self.at, self.at + len(opening)
        *above, last = self.key()
        self.at = self.text.index("]", self.at) + len(opening)
        path: Path = ()
        for step in above:
            path = self.last_of(self.note((*path, step), start))
        path = self.note((*path, last), start)
        return self.element(path, start) if opening == "[[" else path

    def last_of(self, path: Path) -> Path:
        """A name that goes through an array of tables means the array's last one."""
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def element(self, path: Path, start: int) -> Path:
        n = self.counts[path] = self.counts.get(path, 0) + 1
        return self.note((*path, n - 1), start)

    def note(self, path: Path, start: int) -> Path:
        self.lines.setdefault(path, self.text.count("\n", 0, start) + 1)
        return path

    def key(self) -> list[str]:
        steps = []
        while True:
            self.skip(_BLANK)
            start = self.at
            steps.append(_name(self.text[start : self.skip(_KEY)]))
            self.skip(_BLANK)
            if not self.text.startswith(".", self.at):
                return steps
            self.at += 1

    def pair(self, table: Path) -> Path:
        """A key and its value; gives back the table that it stands in."""
        start, path = self.at, table
        for step in self.key():
            path = self.note((*path, step), start)
        self.at += 1  # the equals sign
        self.value(path)
        return table

    def value(self, path: Path) -> None:
        self.skip(_SPACE)
        if self.text[self.at] in "[{":
            self.held(path, is_array=self.text[self.at] == "[")
        elif self.text[self.at] in "\"'":
            self.skip(_STRING)
        else:
            self.skip(_BARE)

    def held(self, path: Path, *, is_array: bool) -> None:
        """The elements of an array or the pairs of an inline table, to the closing bracket."""
        self.at += 1
        n = 0
        while self.text[self.skip(_SPACE)] not in "]}":
            if is_array:
                self.value(self.note((*path, n), self.at))
            else:
                self.pair(path)
            n += 1
            self.skip(_SPACE)
            self.at += self.text[self.at] == ","
        self.at += 1


def _name(written: str) -> str:
    """A key as it is meant: without its quotes, and with what a backslash stands for."""
    if written[:1] not in {'"', "'"}:
        return written
    return next(iter(tomllib.loads(f"{written} = 0")))
