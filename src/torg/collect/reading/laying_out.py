"""Which format a file has, and which of its columns each field stands in."""

from pathlib import Path

from torg.collect.formats import Format
from torg.collect.options import ImportOptions
from torg.collect.reading.headers import Head, plain
from torg.collect.reading.recognise import Where, recognise, wanted_columns
from torg.collect.reading.rows_of import heads_of
from torg.collect.reading.table import Layout
from torg.errors import FileRefused


def laid_out(path: Path, *, options: ImportOptions) -> tuple[Format, Layout]:
    """The format and layout of a file by the first of its heads that a format fits.

    Raises `FileRefused` where none does, for the head with most columns.
    """
    heads = [head for head in heads_of(path) if head.header]
    if not heads:
        raise FileRefused("this file has no columns and no rows: save as CSV what it should hold")
    refusals: list[tuple[int, FileRefused]] = []
    for head in heads:
        try:
            format_, where = recognise(head.header, options=options)
        except FileRefused as refusal:
            refusals.append((len(head.header), refusal))
            continue
        return format_, _layout(head, format_, where)
    raise max(refusals, key=lambda told: told[0])[1]


def _layout(head: Head, format_: Format, where: Where) -> Layout:
    if not head.dialect.by_name:
        return Layout(head.header, head.dialect, wanted_columns(where))
    return _by_name(head, format_, where)


def _by_name(head: Head, format_: Format, where: Where) -> Layout:
    """A layout that holds the wanted names alone, those that no early row has among them.

    Of several names for a field the first counts that a row has. What a row has besides is left
    unread: beside a post lie the words and names of citizens.
    """
    header: list[str] = []
    places: dict[str, tuple[int, ...]] = {}
    for field, names in format_.columns.items():
        seen = {plain(head.header[place]): head.header[place] for place in where.get(field, ())}
        paths = [seen.pop(plain(name), name) for name in names]
        paths += seen.values()  # names that the user gave
        places[field] = tuple(range(len(header), len(header) + len(paths)))
        header += paths
    return Layout(tuple(header), head.dialect, wanted_columns(places))
