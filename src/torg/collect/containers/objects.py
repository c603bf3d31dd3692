"""Fields of JSON objects by dotted paths, as the text that a CSV of them would have.

`statistics.actual.likeCount` is the key `likeCount` in the object `actual` in the object
`statistics`; `edges.0.node` is the key `node` in the first item of the list `edges`. What is absent
or null is blank, a list is its own JSON, and an object has no text of its own.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from torg.collect.reading.table import Cells, Layout, Rows, text_frame
from torg.collect.reading.tape import as_text

Raw = bytes | msgspec.Raw
Object = Mapping[str, Any]

UNREADABLE = (ValueError, RecursionError, msgspec.MsgspecError)
_DEEPEST = 10  # levels of objects that are looked into for columns
_MOST_PATHS = 5_000
_LARGEST = 1 << 128  # no platform counts or numbers so far, and digits without end cost time


def parsed(raw: Raw) -> Object | None:
    """One JSON object, or None where there is none."""
    try:
        value = msgspec.json.decode(raw)
    except UNREADABLE:
        value = parsed_carefully(bytes(raw))
    return value if isinstance(value, dict) else None


def parsed_carefully(raw: bytes) -> object:
    """As the standard library reads it: cp1252, halves of surrogate pairs, and NaN."""
    try:
        return _mended(json.loads(as_text(raw)))
    except UNREADABLE:
        return None


def paths_of(objects: Iterable[Object]) -> Cells:
    """The paths of all values in some objects, in the order in which they are first seen."""
    found: dict[str, None] = {}
    for one in objects:
        if len(found) < _MOST_PATHS:
            found.update(dict.fromkeys(_paths(one, "", 1)))
    return tuple(found)


def text_at(one: Object, path: str) -> str:
    """The text at a path: nested, or where that is blank, under a key that is the whole path."""
    text = text_of(walked(one, path.split(".")))
    return text if text.strip() or "." not in path else text_of(one.get(path))


def walked(value: object, steps: Iterable[str]) -> object:
    """What `steps` lead to from a value, or None."""
    for step in steps:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def text_of(value: object) -> str:
    """A value as the cell of a CSV would have it."""
    text = _TEXTS.get(type(value))
    return text(value) if text else ""


def _number(value: Any) -> str:  # noqa: ANN401 - called by type
    return str(value) if abs(value) < _LARGEST else "a number of too many digits"


_TEXTS: Mapping[type, Callable[[Any], str]] = {
    str: str,
    bool: lambda value: "true" if value else "false",
    int: _number,
    float: repr,
    list: lambda value: msgspec.json.encode(value).decode(),
}


def rows_of_objects(objects: Sequence[Object], lines: Sequence[int], *, layout: Layout) -> Rows:
    """Objects as rows; `lines` numbers them."""
    cells = [_cells(one, layout) for one in objects]
    return Rows(
        text_frame(cells, lines, layout),
        lambda places: [cells[place] for place in places],
        objects=lambda: objects,
    )


def _cells(one: Object, layout: Layout) -> Cells:
    return tuple(text_at(one, path) for path in layout.header)


def _paths(one: Object, before: str, depth: int) -> Iterator[str]:
    for key, value in one.items():
        if isinstance(value, Mapping) and value and depth < _DEEPEST:
            yield from _paths(value, f"{before}{key}.", depth + 1)
        else:
            yield f"{before}{key}"


def _mended(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The value without halves of surrogate pairs, which no text can hold."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value
