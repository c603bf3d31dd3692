"""Cells against slow twins, and files of any content: an answer or a sentence, never a crash."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.crowdtangle import HEADER as CROWDTANGLE
from tests.lib.exports import (
    BUSINESS_SUITE,
    COMMENTS,
    STATUSES,
    comment,
    crowdtangle,
    read,
    status,
    suite,
    table,
)
from tests.lib.slow_counts import slow_count
from torg.collect import POSTS, REJECTS, REPLIES, ImportOptions
from torg.collect.reading.cells import Signs, count
from torg.collect.reading.instants import local, with_offset
from torg.errors import QuestionError, UserError

EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - a local time, whose zone is the test's
ours = settings(deadline=None)  # a busy machine is no defect
junk = st.text(st.sampled_from("0123456789.,- x\u00a0K"), max_size=9)
numbers = st.lists(st.one_of(junk, st.integers(0, 10**9).map("{:,}".format)), max_size=6)
signs = st.sampled_from(
    [Signs(), Signs("point"), Signs("point", told=True), Signs("comma", told=True)]
)


@given(numbers, signs)
@ours
def test_counts_are_what_their_rule_says(cells, signs):
    expected = [slow_count(cell, signs) for cell in cells]
    text = pl.Series(cells, dtype=pl.String)
    try:
        column = count(text, what="Likes", signs=signs)
    except QuestionError:
        assert "question" in expected
        return

    faults = column.faults.to_list() if column.faults is not None else [None] * len(cells)
    got = ["fault" if f else v for v, f in zip(column.values.to_list(), faults, strict=True)]
    assert got == expected


@given(
    st.integers(0, 2_100_000_000).map(lambda s: EPOCH + dt.timedelta(seconds=s)),
    st.sampled_from(["Europe/Oslo", "America/New_York", "Pacific/Auckland", "UTC"]),
)
@ours
def test_local_times_are_what_the_standard_library_says(naive, zone):
    expected = naive.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)  # fold 0: the earlier

    column = local(pl.Series([f"{naive:%Y-%m-%d %H:%M:%S}"]), what="time", zone=zone)

    assert column.values.to_list() == [expected]


@given(st.datetimes(EPOCH, EPOCH.replace(year=9000), timezones=st.timezones()))
@ours
def test_instants_with_an_offset_are_what_the_standard_library_says(instant):
    offset = instant.utcoffset()
    if offset.total_seconds() % 60:
        return  # offsets to the second are older than any platform

    column = with_offset(pl.Series([instant.isoformat()]), what="time", zone=None)

    assert column.values.to_list() == [instant.astimezone(dt.UTC)]


SHAPES = [
    (STATUSES, status),
    (COMMENTS, comment),
    (CROWDTANGLE, crowdtangle),
    (BUSINESS_SUITE, suite),
]
strange = st.text(st.sampled_from('a1 ,;"\n\r-/:.øN\x00\ud7ff'), max_size=12)


@st.composite
def damaged_files(draw):
    header, row = draw(st.sampled_from(SHAPES))
    names = header.split(",")
    rows = [
        row(i, **draw(st.dictionaries(st.sampled_from(names), strange, max_size=3)))
        for i in range(draw(st.integers(0, 5)))
    ]
    text = table(header, *rows, end=draw(st.sampled_from(["\n", "\r\n", "\r\r\n", "\r"])))
    at, cut = draw(st.integers(0, len(text))), draw(st.integers(0, 3))
    text = text[:at] + draw(strange) + text[at + cut :]
    return text.encode(draw(st.sampled_from(["utf-8", "utf-16", "cp1252"])), "replace")


@given(st.one_of(damaged_files(), st.binary(max_size=200)), st.sampled_from([None, "UTC"]))
@settings(deadline=None, max_examples=200)
def test_a_damaged_file_gives_records_or_a_sentence(tmp_path_factory, content, zone):
    path = tmp_path_factory.mktemp("damaged") / "export.csv"
    try:
        batch = read(path, content, timezone=zone, dates="month-first")
    except UserError as error:
        assert str(error).startswith("export.csv: ")
        return

    assert batch.rows_read == sum(
        frame.height for frame in (batch.posts, batch.replies, batch.rejects)
    )
    assert (batch.posts.schema, batch.replies.schema) == (POSTS, REPLIES)
    assert batch.rejects.schema == REJECTS
    assert batch.rejects["reason"].null_count() == 0
    assert all(json.loads(row) is not None for row in batch.rejects["row"])
    for frame in (batch.posts, batch.replies):
        needed = ["platform", "channel", "native_id", "id_space", "published_at", "line"]
        assert not frame.select(needed).null_count().row(0).count(1)


def test_the_options_say_themselves_what_an_instant_is():
    try:
        ImportOptions(exported_at=dt.datetime(2024, 1, 1))  # noqa: DTZ001 - that is the fault
    except ValueError as error:
        assert "offset" in str(error)
    else:
        raise AssertionError("an instant without an offset was taken")


@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=4))
@settings(deadline=None)
def test_a_damaged_parquet_file_gives_records_or_a_sentence(tmp_path_factory, place, damage):
    path = tmp_path_factory.mktemp("damaged") / "export.parquet"
    pl.DataFrame(
        {
            "platform": ["facebook"] * 3,
            "channel": ["77"] * 3,
            "read_at": [dt.datetime(2024, 1, 1, tzinfo=dt.UTC)] * 3,
            "followers": [1, None, 3],
            "odd": [[1], [], None],
        }
    ).write_parquet(path)
    content = bytearray(path.read_bytes())
    place %= len(content)
    content[place : place + len(damage)] = damage
    try:
        batch = read(path, bytes(content))
    except UserError as error:
        assert str(error).startswith("export.parquet: ")
        return

    assert batch.rows_read == batch.audience.height + batch.rejects.height
