"""What a format is, and what its readers are given and give back."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from torg.collect.known import KnownChannels
from torg.collect.options import Anchor, DateOrder
from torg.collect.reading.cells import Column, Signs, count
from torg.collect.reading.faults import row_fault
from torg.collect.reading.headers import Columns
from torg.collect.records import Batch

Kind = Literal["posts", "replies", "audience"]


@dataclass(frozen=True)
class Terms:
    """Under which terms a file is read: all that is not in the row itself."""

    names: Mapping[str, str]  # field -> the file's own name of the column
    known: KnownChannels
    zone: str | None = None
    signs: Signs = field(default_factory=Signs)
    dates: DateOrder | None = None
    exported_at: dt.datetime | None = None
    is_bound: bool = False
    access: str = "manual"
    file_name: str = ""  # without its folder
    home: str | None = None  # the zone of the channels' own place
    zone_is_sure: bool = False
    channel: tuple[str, str] | None = None  # platform and id, where the file names none
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True)
class Fields:
    """The wanted fields of some rows, as text, under the file's terms."""

    frame: pl.DataFrame
    terms: Terms

    def text(self, name: str) -> pl.Series:
        """The cells of a field; blank throughout where the file has no such column."""
        if name in self.frame.columns:
            return self.frame[name]
        return self.constant("").rename(name)

    def constant(self, value: str) -> pl.Series:
        """`value` in every row."""
        return pl.Series([value]).new_from_index(0, self.frame.height)

    def name(self, field_name: str) -> str:
        """What the file calls the field."""
        return self.terms.names.get(field_name, field_name)

    def count(self, name: str) -> Column:
        """The field as whole numbers."""
        if name not in self.frame.columns:
            return Column(self.nothing(pl.Int64()))
        return count(self.text(name), what=self.name(name), signs=self.terms.signs)

    def nothing(self, dtype: pl.DataType) -> pl.Series:
        """A column without a single value."""
        return pl.Series([None], dtype=dtype).new_from_index(0, self.frame.height)

    def lacking(self, values: pl.Series, name: str, why: str) -> pl.Series | None:
        """Faults where the field gave no value."""
        if not values.null_count():
            return None
        sentence = f"{self.name(name)} is blank or cannot be read, and {why}"
        return row_fault(values.is_null(), sentence)


@dataclass(frozen=True)
class Read:
    """Rows as records: some of the columns of their kind, beside each row's fault or null."""

    values: Mapping[str, pl.Series]
    faults: tuple[pl.Series | None, ...]  # each as long as the rows, or None for no fault at all


@dataclass(frozen=True)
class Documents:
    """Some rows of a file of JSON, as the objects that they are."""

    objects: Sequence[Mapping[str, Any]]
    lines: Sequence[int]  # where each begins: the `line` of its records and rejects


@dataclass(frozen=True, kw_only=True)
class Format:
    """One kind of file: how it is recognised, what its columns mean, and how its rows are read.

    Rows are read by their `columns`, in files of JSON too, where a column is a dotted path. A
    format of what a network itself says may read whole objects instead, and then gives
    `documents`: its batch has the records' `line`, and of rejects the line and the reason.
    """

    name: str
    title: str  # what people call it
    kind: Kind
    platform: str | None  # None: the rows say it
    columns: Columns
    required: frozenset[str]  # recognised where the header has all these fields
    read: Callable[[Fields], Read] | None = None
    documents: Callable[[Documents, Terms], Batch] | None = None
    dated_by: str  # the field whose latest instant the export cannot precede
    instants: Callable[[Fields], Column]  # of `dated_by`
    channels: Callable[[Fields], pl.Series]
    channel_fields: tuple[str, ...]  # the first tells the channel; the others where it is absent
    access: str
    may_publish: bool
    keep_days: int | None = None  # how long its source lets it be kept, counted from its export
    telling: frozenset[str] = frozenset()  # fields that tell the format and are not read
    only_known: bool = False  # its accounts may be anybody's: those of the register alone enter
    # What accounts are called, where `channels` gives ids and the register may have names alone.
    handles: Callable[[Fields], pl.Series] | None = None
    by_handle: bool = False  # its rows name channels by handle, which the register turns into ids
    ids_name_authors: bool = False  # the ids of its replies tell who wrote them
    personal: frozenset[str] = frozenset()  # fields about citizens
    access_of: Callable[[Fields], str] | None = None  # where the file itself says it
    says_moment: str | None = None  # the field in which a file may say when it was exported
    has_zone: bool = False  # its times say their zone, or at least may
    zone_hint: str = ""  # what to know before answering the question for the zone
    signs: Signs = field(default_factory=Signs)  # how the tool itself writes numbers
    counts: tuple[str, ...] = ()  # fields that are whole numbers
    refuse: Callable[[Fields], str | None] = lambda _fields: None  # seen in the first rows: why not
    # The question that the first rows raise under the terms that are settled by now.
    doubt: Callable[[Fields], str | None] = lambda _fields: None
    # What else of the terms decides how its rows are read, for the archive to note.
    settled_by: Callable[[Terms], Mapping[str, object]] = lambda _terms: {}

    def __post_init__(self) -> None:
        if (self.read is None) == (self.documents is None):
            raise ValueError(f"{self.name} must be read either by columns or by whole objects")
        if self.only_known and not self.personal:
            raise ValueError(f"{self.name} may hold citizens' posts: say which fields are personal")


@dataclass(frozen=True)
class LookAlike:
    """A file that people take for one of ours, known by header names that only it has."""

    signs: frozenset[str]  # plain header names
    what: str
    remedy: str
