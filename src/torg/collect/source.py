"""A file opened: recognised, its questions answered, ready to be read in batches."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import polars as pl

from torg.collect.formats import FORMATS, Fields, Format, Terms
from torg.collect.known import KnownChannels
from torg.collect.options import ImportOptions
from torg.collect.provenance import Kind
from torg.collect.reading.barren import fruitful
from torg.collect.reading.cells import Signs, proven_decimal
from torg.collect.reading.convert import batch_of, merged
from torg.collect.reading.instants import check_zone, date_order, zone_question
from torg.collect.reading.laying_out import laid_out
from torg.collect.reading.moment import Moment, decide, name_date
from torg.collect.reading.overview import (
    Overview,
    asks_the_register,
    may_ignore_zone,
    overview,
    register_says,
)
from torg.collect.reading.rows_of import parts_of
from torg.collect.reading.steady import Stamp, sha256_of, stamp, steady
from torg.collect.reading.table import Layout
from torg.collect.records import Batch
from torg.errors import FileRefused, QuestionError

# Raise when the same file and options would give other records, so that files are read anew.
READER = 4


def ignore(_bytes: int) -> None:
    """Nobody watches the progress."""


@dataclass(frozen=True)
class OpenedSource:
    """One file, recognised; `batches` reads it. Nothing of it is kept in memory."""

    path: Path
    name: str  # without its folder
    size: int  # bytes
    sha256: str
    format: str
    zone: str | None
    exported_at: dt.datetime | None  # None where the file holds no instant at all
    exported_at_basis: str
    access: str
    may_publish: bool
    keep_until: dt.date | None
    options: str  # JSON of all that decides how the file is read
    terms: Terms
    layout: Layout
    stamp: Stamp  # of the file before anything of it was read

    @property
    def kind(self) -> Kind:
        """A file."""
        return "file"

    @property
    def has_authors(self) -> bool:
        """Whether the file says who wrote."""
        return "author" in self.layout.wanted

    @property
    def ids_name_authors(self) -> bool:
        """Whether the ids of its replies hold the names of those who wrote them."""
        return FORMATS[self.format].ids_name_authors

    def batches(self, *, progress: Callable[[int], None] = ignore) -> Iterator[Batch]:
        """The file's records in order, some thousand at a time; `progress` gets bytes read so far.

        Raises `QuestionError` where a cell late in the file asks what the first ones did not, and
        `FileRefused` at the end of a file of which every row was rejected, or that was changed
        since it was opened.
        """
        work = partial(batch_of, format_=FORMATS[self.format], terms=self.terms, layout=self.layout)
        kept = steady(self.path, since=self.stamp, sha256=self.sha256)
        with _named_in_errors(self.path), kept:
            yield from fruitful(_told(parts_of(self.path, layout=self.layout, work=work), progress))


def _told(parts: Iterator[tuple[Batch, int]], progress: Callable[[int], None]) -> Iterator[Batch]:
    for batch, taken in parts:
        progress(taken)
        yield batch


@contextmanager
def _named_in_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except FileRefused as error:
        raise type(error)(f"{path.name}: {error}") from error
    except OSError as error:
        raise FileRefused(
            f"{path}: cannot be read ({error.strerror or error}): check the path"
        ) from error


def open_source(
    path: Path, *, options: ImportOptions | None = None, known: KnownChannels | None = None
) -> OpenedSource:
    """Recognise a file by its content and settle how it is read.

    Raises `QuestionError` where only the user can know, `FileRefused` where no format fits or the
    file only looks like one; both name the file and the remedy.
    """
    with _named_in_errors(path):
        return _open(path, options or ImportOptions(), known or KnownChannels())


def format_of(path: Path, *, options: ImportOptions) -> str | None:
    """The format that a file is recognised as, whether or not it can be read as that."""
    try:
        return laid_out(path, options=options)[0].name
    except (FileRefused, OSError):
        return None


def _open(path: Path, options: ImportOptions, known: KnownChannels) -> OpenedSource:
    if options.timezone is not None:
        check_zone(options.timezone)
    if path.exists() and not path.is_file():
        raise FileRefused("this is no file, and may never end: save what it gives to a file")
    first = stamp(path)
    format_, layout = laid_out(path, options=options)
    terms = _answered(path, format_, layout, options, known)
    terms, moment, seen = _dated(path, format_, layout, terms, options)
    register = register_says(format_, layout, channels=seen.channels, terms=terms)
    return OpenedSource(
        path=path,
        name=path.name,
        size=first.size,
        sha256=sha256_of(path),
        format=format_.name,
        zone=terms.zone,
        exported_at=moment.at,
        exported_at_basis=moment.basis,
        access=terms.access,
        may_publish=format_.may_publish,
        keep_until=_last_day(format_, moment),
        options=_options_json(format_, terms, moment, register),
        terms=terms,
        layout=layout,
        stamp=first,
    )


def _dated(
    path: Path, format_: Format, layout: Layout, terms: Terms, options: ImportOptions
) -> tuple[Terms, Moment, Overview]:
    """When the file was exported, going through the whole of it where nothing else tells.

    A zone or order that no time of the file needs is dropped: it decides nothing, and a file
    imported once with it and once without is the same file.
    """
    named = name_date(path.name)
    says = format_.says_moment in layout.wanted
    is_dated = not says and (options.exported_at or (named and named.is_exact))
    unsure = terms.zone is not None and may_ignore_zone(format_)
    unsure = unsure or options.dates is not None
    if is_dated and not unsure and not asks_the_register(format_, layout):
        seen = Overview(uses_zone=True, uses_order=True)
    else:
        seen = overview(path, format_=format_, layout=layout, terms=terms)
    moment = decide(
        said=seen.latest if says else None,
        option=options.exported_at,
        named=named,
        latest=seen.latest,
    )
    zone = terms.zone if seen.uses_zone else None
    terms = replace(terms, dates=terms.dates if seen.uses_order else None)
    terms = replace(terms, zone=zone, exported_at=moment.at, is_bound=moment.is_bound)
    return terms, moment, seen


def _last_day(format_: Format, moment: Moment) -> dt.date | None:
    """The last day on which the file's records may be kept; None: no such day.

    Raises `QuestionError` where the terms of its source count from an export that nothing tells.
    """
    if format_.keep_days is None or moment.at is None:
        return None
    if moment.is_bound:
        raise QuestionError(
            f"a {format_.title} may be kept for {format_.keep_days} days from its export: when was "
            "that? Say it with --exported-at, such as --exported-at 2024-05-13T12:00:00+02:00"
        )
    return moment.at.date() + dt.timedelta(days=format_.keep_days)


def _answered(
    path: Path, format_: Format, layout: Layout, options: ImportOptions, known: KnownChannels
) -> Terms:
    """The terms that the user's answers, the format and the first rows settle between them."""
    terms = Terms(
        names={field: layout.header[place] for field, place in layout.wanted.items()},
        known=known,
        zone=options.timezone,
        signs=Signs(options.decimal, told=True) if options.decimal else format_.signs,
        dates=options.dates,
        access=format_.access,
        file_name=path.name,
        home=options.home,
        zone_is_sure=options.zone_is_sure,
        channel=options.channel,
        anchors=options.anchors,
    )
    fields = Fields(_first_rows(path, layout), terms)
    refusal = format_.refuse(fields)
    if refusal:
        raise FileRefused(refusal)
    if terms.zone is None and not format_.has_zone:
        raise zone_question(what=fields.name(format_.dated_by), hint=format_.zone_hint)
    if terms.signs.decimal is None:
        sign = proven_decimal([fields.text(name) for name in format_.counts])
        terms = replace(terms, signs=Signs(sign))
    if terms.dates is None:
        terms = replace(terms, dates=date_order(fields.text(format_.dated_by)))
    if format_.access_of is not None:
        terms = replace(terms, access=format_.access_of(fields))
    if doubt := format_.doubt(Fields(fields.frame, terms)):
        raise QuestionError(doubt)
    return terms


def _first_rows(path: Path, layout: Layout) -> pl.DataFrame:
    for frame, _ in parts_of(path, layout=layout, work=lambda rows: merged(rows.frame)):
        return frame
    return pl.DataFrame(schema=dict.fromkeys(layout.wanted, pl.String))


def _options_json(
    format_: Format, terms: Terms, moment: Moment, register: Mapping[str, list[str]]
) -> str:
    """All that decides how the file is read: equal options and bytes give equal records."""
    said = {
        "reader": READER,
        "format": format_.name,
        "columns": dict(terms.names),
        "zone": terms.zone,
        "decimal": terms.signs.decimal,
        "dates": terms.dates,
        "exported_at": moment.at.isoformat() if moment.at else None,
        "exported_at_basis": moment.basis,
        "register": dict(register),
        **format_.settled_by(terms),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True)
