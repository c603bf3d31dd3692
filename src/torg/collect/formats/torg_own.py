"""Torg's own tables of posts, replies and audience: CSV or Parquet with the records' own columns.

An optional column `access` says how the figures were got; it must be the same throughout a file.
"""

from collections.abc import Mapping

import polars as pl

from torg.collect.formats.shape import Fields, Format, Kind, Read
from torg.collect.known import are_owners
from torg.collect.reading.cells import Column, free_text, truth, word
from torg.collect.reading.faults import cell_fault
from torg.collect.reading.instants import with_offset
from torg.collect.records import AUDIENCE, INSTANT, POST_TYPES, POSTS, REPLIES
from torg.errors import FileRefused

TIERS = ("owner", "public_page", "aggregate", "open_network", "manual")

_SCHEMAS: Mapping[Kind, Mapping[str, pl.DataType]] = {
    "posts": POSTS,
    "replies": REPLIES,
    "audience": AUDIENCE,
}
_REQUIRED: Mapping[Kind, frozenset[str]] = {
    "posts": frozenset({"platform", "channel", "native_id", "published_at"}),
    "replies": frozenset({"platform", "channel", "native_id", "post_native_id", "published_at"}),
    "audience": frozenset({"platform", "channel", "read_at", "followers"}),
}
_DEFAULTS: Mapping[str, str] = {"post_id_space": "post", "kind": "followers"}
_ID_SPACES: Mapping[Kind, str] = {"posts": "post", "replies": "comment", "audience": ""}
_WORDS: Mapping[str, tuple[str, ...]] = {
    "type": POST_TYPES,
    "kind": ("followers", "likes"),
    "access": TIERS,
}


def _instant(fields: Fields, name: str, *, needed: bool) -> Column:
    return with_offset(
        fields.text(name),
        what=fields.name(name),
        zone=fields.terms.zone,
        order=fields.terms.dates,
        needed=needed,
    )


def _column(fields: Fields, name: str, dtype: pl.DataType, *, needed: bool) -> Column:
    """A field as its schema has it; `needed` ones may not be blank."""
    if dtype == INSTANT:
        return _instant(fields, name, needed=needed)
    if dtype == pl.Int64:
        column = fields.count(name)
    elif dtype == pl.Boolean:
        column = truth(fields.text(name), what=fields.name(name))
    else:
        column = _word(fields, name)
    lacking = fields.lacking(column.values, name, "every row needs it") if needed else None
    return Column(column.values, lacking if column.faults is None else column.faults)


def _word(fields: Fields, name: str) -> Column:
    text = fields.text(name)
    if name == "text":
        return Column(free_text(text))
    values = word(text)
    allowed = _WORDS.get(name)
    if allowed is None or values.drop_nulls().is_in(allowed).all():
        return Column(values)
    why = f"is not one of {', '.join(allowed)}"
    return Column(
        values, cell_fault(~values.is_in(allowed), values, what=fields.name(name), why=why)
    )


def _read(fields: Fields, kind: Kind) -> Read:
    _check_access(fields)
    columns = {
        name: _column(fields, name, dtype, needed=name in _REQUIRED[kind])
        for name, dtype in _SCHEMAS[kind].items()
        if name != "line"
    }
    values = {name: column.values for name, column in columns.items()}
    for name, default in {**_DEFAULTS, "id_space": _ID_SPACES[kind]}.items():
        if name in values:
            values[name] = values[name].fill_null(default)
    if kind == "replies":
        values["is_owner"] = values["is_owner"].fill_null(_owners(fields, values))
    return Read(values, tuple(column.faults for column in columns.values()))


def _owners(fields: Fields, values: Mapping[str, pl.Series]) -> pl.Series:
    return are_owners(
        values["author"],
        platforms=values["platform"],
        channels=values["channel"],
        known=fields.terms.known,
    )


def _check_access(fields: Fields) -> None:
    """Raise where a row was got in another way than the file's first: one file, one access tier."""
    if "access" not in fields.frame.columns:
        return
    other = fields.frame.filter(word(fields.text("access")).fill_null("") != fields.terms.access)
    if other.height:
        raise FileRefused(
            f"line {other['line'][0]} has another access than the first row: "
            "put rows of different access into files of their own"
        )


def _access(fields: Fields) -> str:
    """The file's access tier, going by its first row; "manual" where none is named."""
    told = word(fields.text("access")) if fields.frame.height else None
    access = "manual" if told is None or told[0] is None else str(told[0])
    if access not in TIERS:
        raise FileRefused(f"the first row's access is no tier: write one of {', '.join(TIERS)}")
    return access


def _moments(fields: Fields, kind: Kind) -> Column:
    """When the counts were read, else when the records were published."""
    says = "read_at" in fields.frame.columns
    return _instant(
        fields, "read_at" if says or kind == "audience" else "published_at", needed=False
    )


def _format(kind: Kind) -> Format:
    names = [name for name in _SCHEMAS[kind] if name != "line"]
    return Format(
        name=f"torg_{kind}",
        title=f"table of {kind} in Torg's own columns",
        kind=kind,
        platform=None,
        columns={name: (name,) for name in (*names, "access")},
        required=_REQUIRED[kind],
        read=lambda fields: _read(fields, kind),
        dated_by="read_at" if kind == "audience" else "published_at",
        says_moment="read_at",
        instants=lambda fields: _moments(fields, kind),
        channels=lambda fields: word(fields.text("channel")),
        channel_fields=("channel", "platform"),
        access="manual",
        access_of=_access,
        ids_name_authors=kind == "replies",  # of some networks
        may_publish=True,
        personal=frozenset({"author", "text"}) if kind == "replies" else frozenset(),
        has_zone=True,
        counts=tuple(name for name in names if _SCHEMAS[kind][name] == pl.Int64),
    )


TORG_POSTS, TORG_REPLIES = _format("posts"), _format("replies")
TORG_AUDIENCE = _format("audience")
