"""Rows of text to a batch of records: good rows in, bad rows aside with their reason."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

import polars as pl

from torg.collect.formats.shape import Documents, Fields, Format, Terms
from torg.collect.reading.belonging import strangers
from torg.collect.reading.faults import blanked, cell_fault, first_fault, row_fault, sentence
from torg.collect.reading.table import FURTHER, Broken, Cells, Layout, Rows
from torg.collect.records import AUDIENCE, INSTANT, POSTS, REJECTS, REPLIES, Batch, empty
from torg.errors import FileRefused

# What an id is called in the file: its name in the records, all ids, and where they are at fault.
Called = Callable[[str, pl.Series, pl.Series], str]
SCHEMAS = {"posts": POSTS, "replies": REPLIES, "audience": AUDIENCE}

_CONTROL = r"[\x00-\x1f\x7f]"
# What spreadsheets make of an id of many digits: 1,09241E+14.
_SHORTENED = r"^\d(?:[.,]\d+)?[Ee]\+\d+$"
_SHORTENED_WHY = (
    "is no id: a spreadsheet has shortened the id; export anew, and open it with the column as text"
)
_AS_IT_CAME = "import the file as the network or the tool gave it"
_PLATFORMS_IDS = ("channel", "native_id", "parent_native_id", "post_native_id")
_IDS = ("platform", *_PLATFORMS_IDS, "id_space", "post_id_space")


def batch_of(rows: Rows, *, format_: Format, terms: Terms, layout: Layout) -> Batch:
    """The records of some rows. Each row is accepted or rejected, save repeated headers."""
    if format_.read is None:
        return _batch_of_objects(rows, format_=format_, terms=terms)
    repeated = _repeated_headers(rows.frame, layout)
    fields = Fields(merged(rows.frame), terms)
    read = format_.read(fields)
    theirs = strangers(read.values["channel"], fields, format_)
    unclean = _unclean_ids(read.values, format_, called=partial(_called, fields))
    told = (*unclean, *read.faults, *theirs)
    faults = first_fault(told, height=rows.frame.height)
    good = faults.is_null() & ~repeated
    bad = (faults.is_not_null() & ~repeated).arg_true()
    accepted = _finished(read.values, rows.frame["line"], format_=format_, terms=terms).filter(good)
    rejects = _rejects(rows, bad.to_list(), faults, format_=format_, layout=layout)
    return Batch(
        **{format_.kind: accepted}, rejects=rejects, rows_read=accepted.height + rejects.height
    )


def _batch_of_objects(rows: Rows, *, format_: Format, terms: Terms) -> Batch:
    """The records of rows that are read as whole objects; an object may hold several, or none."""
    if format_.documents is None or rows.objects is None:
        raise FileRefused(f"a {format_.title} is JSON, and this is a table: {_AS_IT_CAME}")
    objects = rows.objects()
    batch = format_.documents(Documents(objects, rows.frame["line"].to_list()), terms)
    frames = {name: getattr(batch, name) for name in SCHEMAS}
    told = [_unclean_rows(frame, format_) for frame in frames.values()]
    broken = [(broken.line, broken.reason, "[]") for broken in rows.broken]
    rejects = pl.concat([batch.rejects, *told, pl.DataFrame(broken, schema=REJECTS, orient="row")])
    rejects = rejects.unique("line", keep="first", maintain_order=True).sort("line")
    bad = rejects["line"].implode()
    good = {name: frame.filter(~pl.col("line").is_in(bad)) for name, frame in frames.items()}
    return replace(batch, **good, rejects=rejects, rows_read=len(objects) + len(broken))


def _unclean_rows(frame: pl.DataFrame, format_: Format) -> pl.DataFrame:
    """Rejects for the records whose ids could pass for others'."""
    found = _unclean_ids(frame.to_dict(), format_, called=lambda name, _ids, _where: name)
    faults = first_fault(found, height=frame.height)
    bad = faults.is_not_null().arg_true()
    reasons = [sentence(fault, personal=True) for fault in faults.gather(bad)]
    rows = [
        (line, reason, "{}")
        for line, reason in zip(frame["line"].gather(bad), reasons, strict=True)
    ]
    return pl.DataFrame(rows, schema=REJECTS, orient="row")


def _unclean_ids(
    values: Mapping[str, pl.Series], format_: Format, *, called: Called
) -> Iterator[pl.Series]:
    """Faults where an id holds a control character or is shortened: two ids could pass for one.

    `called` says what the file calls the column of an id, such as stands where one is at fault.
    """
    for name in _IDS if format_.platform is None else _PLATFORMS_IDS:
        if name in values and (unclean := values[name].str.contains(_CONTROL)).any():
            where = unclean.fill_null(value=False)
            what = called(name, values[name], where)
            yield row_fault(where, f"{what} holds a control character, which no id does")
    for name in _PLATFORMS_IDS:
        # Scientific notation is looked for only where a plus sign is, which is nearly nowhere.
        if name in values and values[name].str.contains("+", literal=True).any():
            shortened = values[name].str.contains(_SHORTENED).fill_null(value=False)
            what = called(name, values[name], shortened)
            yield cell_fault(shortened, values[name], what=what, why=_SHORTENED_WHY)


def _called(fields: Fields, name: str, ids: pl.Series, where: pl.Series) -> str:
    """The file's own name of the column in which the first such id stands; else Torg's name."""
    if not where.any():
        return name
    row = int(where.arg_true()[0])
    cells = fields.frame.drop("line").row(row, named=True)
    found = (field for field, cell in cells.items() if cell.strip() == ids[row])
    return fields.name(next(found, name))


def merged(frame: pl.DataFrame) -> pl.DataFrame:
    """One column a field: where a file has several for one, the first that is not blank."""
    doubled = [name for name in frame.columns if FURTHER in name]
    for field in dict.fromkeys(name.split(FURTHER)[0] for name in doubled):
        names = [field, *(name for name in doubled if name.split(FURTHER)[0] == field)]
        filled = [pl.when(pl.col(n).str.strip_chars() != "").then(pl.col(n)) for n in names]
        frame = frame.with_columns(pl.coalesce(*filled, pl.lit("")).alias(field))
    return frame.drop(doubled)


def _repeated_headers(frame: pl.DataFrame, layout: Layout) -> pl.Series:
    """Rows that say the header again, as files joined by hand have it."""
    same = pl.Series([True]).new_from_index(0, frame.height)
    for field, place in layout.wanted.items():
        same &= frame[field].str.strip_chars() == layout.header[place]
        if not same.any():
            break
    return same


def _finished(
    values: Mapping[str, pl.Series], lines: pl.Series, *, format_: Format, terms: Terms
) -> pl.DataFrame:
    """The columns of the format's kind: what the rows say, what the terms say, and null."""
    schema = SCHEMAS[format_.kind]
    frame = pl.DataFrame({"line": lines, **values})
    if format_.platform is not None:
        frame = frame.with_columns(platform=pl.lit(format_.platform))
    if format_.kind == "posts":
        frame = frame.with_columns(**_moment(frame, terms))
    absent = [
        pl.lit(None, dtype=schema[name]).alias(name) for name in schema.keys() - set(frame.columns)
    ]
    return frame.with_columns(absent).select(
        pl.col(name).cast(kind) for name, kind in schema.items()
    )


def _moment(frame: pl.DataFrame, terms: Terms) -> dict[str, pl.Expr]:
    """When each post's counts were read: where the row does not say, when the file was exported.

    A post is never read before it is there: what was published after the presumed export was read
    later than that, and its own moment is the better lower bound.
    """
    told = pl.col("read_at") if "read_at" in frame.columns else pl.lit(None, dtype=INSTANT)
    exported = pl.lit(terms.exported_at, dtype=INSTANT)
    later = pl.col("published_at") > exported
    presumed = pl.max_horizontal(exported, pl.col("published_at"))
    is_bound = pl.lit(terms.is_bound) | later
    return {
        "read_at": told.fill_null(presumed),
        "read_at_is_bound": pl.when(told.is_null()).then(is_bound).otherwise(pl.lit(False)),  # noqa: FBT003
    }


def _rejects(
    rows: Rows, bad: list[int], faults: pl.Series, *, format_: Format, layout: Layout
) -> pl.DataFrame:
    if not bad and not rows.broken:
        return empty(REJECTS)
    lines = rows.frame["line"].gather(bad)
    personal = bool(format_.personal)
    reasons = [sentence(fault, personal=personal) for fault in faults.gather(bad)]
    faulty = map(Broken, lines, reasons, rows.whole(bad))
    table = [
        (broken.line, broken.reason, _shown(broken.cells, format_=format_, layout=layout))
        for broken in sorted([*faulty, *rows.broken], key=lambda broken: broken.line)
    ]
    return pl.DataFrame(table, schema=REJECTS, orient="row")


def _shown(cells: Cells, *, format_: Format, layout: Layout) -> str:
    """The row as JSON: by column name where it is as wide as the header, else as a list."""
    ids = not format_.only_known  # where anybody may have written, an id leads to a person
    kept = [blanked(cell, ids=ids) for cell in cells] if format_.personal else list(cells)
    if len(cells) == len(layout.header):
        return json.dumps(dict(zip(layout.header, kept, strict=True)), ensure_ascii=False)
    return json.dumps(kept, ensure_ascii=False)
