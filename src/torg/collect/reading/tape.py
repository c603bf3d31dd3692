"""The bytes of a file in order, as UTF-8, with the power to put some back.

UTF-16 is turned into UTF-8 on the way. Other bytes pass as they are: whether a line is UTF-8 or
cp1252 is seen line by line (`as_utf8`), because files joined by hand hold both.
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

BLOCK_BYTES = 6 << 20
# No record is longer, for Facebook allows 63,206 characters: what seems longer is an open quote.
LONGEST_RECORD = 4 << 20

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_LINE_END = re.compile(rb"\r\n|\n|\r(?!\Z)")


@dataclass(frozen=True)
class Block:
    """Whole records, or, where no record ends in reach, what may hold an open quote."""

    data: bytes
    line: int  # physical line of the first byte, counted from 1
    whole: bool


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding that the first bytes show, and the length of the byte order mark."""
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name, len(mark)
    if len(head) > 3 and head[1] == 0 and head[3] == 0:
        return "utf-16-le", 0
    if len(head) > 3 and head[0] == 0 and head[2] == 0:
        return "utf-16-be", 0
    return "utf-8", 0


def as_text(line: bytes) -> str:
    """A line's text: UTF-8 where it is that, else cp1252 as old Windows programs write it."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def as_utf8(data: bytes) -> bytes:
    """The same lines, each in UTF-8."""
    return b"".join(as_text(line).encode("utf-8") for line in data.splitlines(keepends=True))


def count_of(octet: bytes, data: bytes, start: int = 0, end: int | None = None) -> int:
    """`data.count(octet, start, end)`, six times as fast on the length of a block."""
    return int(np.count_nonzero(np.frombuffer(data, np.uint8)[start:end] == octet[0]))


def line_count(data: bytes) -> int:
    r"""How many physical lines end in `data`: by \n, \r\n or a lone \r."""
    ends = count_of(b"\n", data)
    if b"\r" in data:
        ends += data.count(b"\r") - data.count(b"\r\n")
    return ends


class Tape:
    """A file's bytes, read once from front to back.

    `taken` counts the bytes of the file read so far, for the progress bar.
    """

    def __init__(self, file: BinaryIO, *, block_bytes: int = BLOCK_BYTES) -> None:
        self._file = file
        self._block_bytes = block_bytes
        head = file.read(4)
        self.encoding, mark = encoding_of(head)
        self._decode = _decoder(self.encoding)
        self._ahead = self._decode(head[mark:])
        self._at = 0  # what lies before it in _ahead has been handed out
        self._ended = False
        self.taken = len(head)
        self.line = 1

    def read_line(self) -> bytes:
        """The next physical line with its end, or nothing at the end of the file.

        Of a line that is longer than any record, a part.
        """
        start = self._at
        while not (end := _LINE_END.search(self._ahead, start)) and self._lacks(LONGEST_RECORD):
            start = max(0, len(self._ahead) - self._at - 1)
            self._fill()
        return self._take(end.end() if end else len(self._ahead))

    def read_block(self) -> Block | None:
        """About `block_bytes` of whole records, or None at the end of the file."""
        end, reach = 0, 0
        while not end and reach < self._block_bytes + LONGEST_RECORD:
            reach += self._block_bytes
            while len(self._ahead) - self._at < reach and not self._ended:
                self._fill()
            end = self._record_end(self._at + reach)
        if self._at == len(self._ahead):
            return None
        line = self.line
        return Block(self._take(end or self._at + reach), line=line, whole=end > 0)

    def read_lines(self) -> Block | None:
        """About `block_bytes` of whole physical lines, or None at the end of the file.

        Quotes mean nothing here. A line that is longer than any record comes in parts.
        """
        while self._lacks(self._block_bytes):
            self._fill()
        end = self._ahead.rfind(b"\n", self._at, self._at + self._block_bytes) + 1
        line = self.line
        data = self._take(end) if end else self.read_line()
        return Block(data, line=line, whole=True) if data else None

    def put_back(self, data: bytes, *, line: int) -> None:
        """Undo the last reading of `data`, which began on `line`."""
        self.line = line
        if self._ahead.endswith(data, 0, self._at):
            self._at -= len(data)
        else:
            self._ahead, self._at = data + self._ahead[self._at :], 0

    def _record_end(self, stop: int) -> int:
        if self._ended and stop >= len(self._ahead):
            return len(self._ahead)
        return _last_record_end(self._ahead, self._at, stop)

    def _lacks(self, length: int) -> bool:
        """Whether fewer bytes lie ahead, and the file may have more."""
        return not self._ended and len(self._ahead) - self._at < length

    def _fill(self) -> None:
        lacking = self._block_bytes - (len(self._ahead) - self._at)
        raw = self._file.read(lacking if lacking > 0 else self._block_bytes)
        self.taken += len(raw)
        self._ended = not raw
        self._ahead = self._ahead[self._at :] + self._decode(raw)
        self._at = 0

    def _take(self, end: int) -> bytes:
        data = self._ahead[self._at : end]
        self._at = min(end, len(self._ahead))
        self.line += line_count(data)
        return data


def _decoder(encoding: str) -> Callable[[bytes], bytes]:
    if encoding == "utf-8":
        return bytes
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    return lambda raw: decoder.decode(raw, final=not raw).encode("utf-8", "replace")


def _last_record_end(data: bytes, start: int, stop: int) -> int:
    """Where the last whole record before `stop` ends, by the evenness of the quotes; 0: nowhere.

    Right only where every quote opens or closes a field; `ends.record_ends` proves that later.
    """
    end = min(stop, len(data))
    inside = count_of(b'"', data, start, end) % 2
    while (newline := data.rfind(b"\n", start, end)) >= 0:
        inside = (inside + data.count(b'"', newline, end)) % 2
        if not inside:
            return newline + 1
        end = newline
    return 0


def opened(path: Path) -> BinaryIO:
    """The file, to be read in pieces of our own choosing."""
    return path.open("rb", buffering=0)
