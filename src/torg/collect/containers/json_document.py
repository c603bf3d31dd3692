"""One JSON document whose rows lie in a list somewhere in it, or which is a row itself.

Its rows are numbered from 1 in place of lines, for a document may be a single line.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from torg.collect.containers.objects import UNREADABLE, Raw, parsed, parsed_carefully, paths_of
from torg.collect.containers.picker import Picker
from torg.collect.containers.shape import Container, Result
from torg.collect.reading.headers import Head
from torg.collect.reading.table import Cells, Dialect, Layout, Rows
from torg.collect.reading.tape import LONGEST_RECORD, encoding_of
from torg.errors import FileRefused

# A document is a whole, and is held as one. Ten years of a municipality's posts are 0.1 GB.
LONGEST_DOCUMENT = 256 << 20
_DEEPEST = 3  # levels of objects that may stand around a list of rows
_SHOWING = 1_000  # rows that are looked at for columns
_BYTES_AT_ONCE = 4 << 20

_items = msgspec.json.Decoder(list[msgspec.Raw])
_keys = msgspec.json.Decoder(dict[str, msgspec.Raw])
_Lists = dict[Cells, list[msgspec.Raw]]  # where a list stands, and its items


def _heads(path: Path) -> tuple[Head, ...]:
    """The document itself, and where it is an object, its lists of objects, the longest first."""
    document = _document(path)
    if not _is_object(document):
        return (_head((), _rows(document, ())),)
    lists = _lists_in(document, ())
    whole = [_head((), [document])] if _length(document) < LONGEST_RECORD else []
    longest_first = sorted(lists, key=lambda place: -sum(map(_length, lists[place])))
    return (
        *whole,
        *(_head(_kin(place, lists), lists[place]) for place in longest_first),
    )


def _parts(
    path: Path, *, layout: Layout, work: Callable[[Rows], Result]
) -> Iterator[tuple[Result, int]]:
    raws = _rows(_document(path), layout.dialect.within)
    picker = Picker(layout)
    first = taken = 0
    for last, size in _cuts(raws):
        taken += size
        yield work(picker.rows(raws[first:last], range(first + 1, last + 1))), taken
        first = last


def _document(path: Path) -> Raw:
    size = path.stat().st_size
    if size > LONGEST_DOCUMENT:
        raise FileRefused(
            f"this JSON document of {size >> 20} MB is too long to be read as a whole (the most is "
            f"{LONGEST_DOCUMENT >> 20} MB): export it in parts, or as NDJSON, one object a line"
        )
    content = path.read_bytes()
    encoding, mark = encoding_of(content[:4])
    content = content[mark:]
    if encoding != "utf-8":
        content = content.decode(encoding, "replace").encode("utf-8", "replace")
    return _sound(content)


def _sound(content: bytes) -> bytes:
    """The document as msgspec reads it; raises where it is damaged."""
    try:
        content.decode("utf-8")  # which msgspec looks at only where it makes text
        msgspec.json.decode(content, type=msgspec.Raw)
    except UNREADABLE as error:
        mended = parsed_carefully(content)
        if mended is None:
            raise FileRefused(
                f"this JSON document is damaged or cut short ({error}): export it again"
            ) from error
        return msgspec.json.encode(mended)
    return content


def _is_object(raw: Raw) -> bool:
    return bytes(memoryview(raw)[:64]).lstrip().startswith(b"{")


def _length(raw: Raw) -> int:
    return memoryview(raw).nbytes


def _rows(document: Raw, within: Cells) -> list[msgspec.Raw]:
    """The raw rows: the document's own items, or those of the lists at `within`, one by one."""
    if not within:
        return [msgspec.Raw(document)] if _is_object(document) else _items.decode(document)
    lists = _lists_in(document, ())
    return [raw for place in within for raw in lists[tuple(place.split("."))]]


def _lists_in(document: Raw, above: Cells) -> _Lists:
    """The lists of objects in an object, by the keys that lead to them."""
    found: _Lists = {}
    for key, raw in _keys.decode(document).items():
        place = (*above, key)
        if _is_object(raw):
            if len(place) < _DEEPEST:
                found.update(_lists_in(raw, place))
        elif bytes(memoryview(raw)[:1]) == b"[":
            items = _items.decode(raw)
            if items and _is_object(items[0]):
                found[place] = items
    return found


def _kin(place: Cells, lists: _Lists) -> Cells:
    """The list at `place` and those beside it whose objects have mostly the same keys."""
    mine = _first_keys(lists[place])
    kin = [
        other
        for other, items in lists.items()
        if other[:-1] == place[:-1] and len(_first_keys(items) & mine) * 2 > len(mine)
    ]
    return tuple(".".join(other) for other in kin)


def _first_keys(items: Sequence[msgspec.Raw]) -> frozenset[str]:
    return frozenset(parsed(items[0]) or ())


def _head(within: Cells, raws: Sequence[Raw]) -> Head:
    objects = (parsed(raw) for raw in raws[:_SHOWING])
    dialect = Dialect("", container="json_document", by_name=True, within=within)
    return Head(paths_of(one for one in objects if one is not None), dialect)


def _cuts(raws: Sequence[Raw]) -> Iterator[tuple[int, int]]:
    """After how many rows a part ends, and its bytes."""
    size = 0
    for place, raw in enumerate(raws, 1):
        size += _length(raw)
        if size >= _BYTES_AT_ONCE or place == len(raws):
            yield place, size
            size = 0


JSON_DOCUMENT = Container(_heads, _parts)
