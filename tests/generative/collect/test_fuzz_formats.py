"""Files of every format with hostile cells, headers, encodings and damage.

Whatever is in them: the answer is records or a sentence; every record that enters is one that was
written, value by value; every row is accepted or rejected; and no citizen's word is in a reject.
At night each format is tried with 10,000 files.
"""

import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.exports import read
from tests.lib.fixtures import FIXTURES, table
from tests.lib.nightly import scale
from tests.lib.slow_counts import slow_count
from torg.collect import FORMATS
from torg.collect.reading.cells import Signs
from torg.errors import QuestionError, UserError

MARK = "Kari Nordmann"  # stands for a citizen's words
MINUS_IS_HIDDEN = ("zeeschuimer", "four_cat")
ours = settings(deadline=None, max_examples=scale(40, 5_000))
every_format = pytest.mark.parametrize("name", FIXTURES)

hostile = st.text(st.sampled_from('a1 ,;"\n\t-/:.ø\x00’N'), max_size=10)
numbers = st.one_of(
    st.text(st.sampled_from("0123456789.,- x\u00a0K"), max_size=9),
    st.integers(0, 10**9).map("{:,}".format),
)
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
damage = st.binary(max_size=4) | st.sampled_from([b'"', b"\n", b'"\n', b",", b"\x00", b"}", b"{"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzzed")


def read_as(name, folder, content):
    fixture = FIXTURES[name]
    path = folder / fixture.file_name
    return read(path, content, known=fixture.known, **fixture.options)


@st.composite
def rows_with_hostile_cells(draw, name):
    """Rows of a fixture, and of each the columns that were changed."""
    fixture = FIXTURES[name]
    cells = dict.fromkeys(fixture.counts, numbers)
    if fixture.words:
        cells[fixture.words] = hostile.map(lambda cell: f"{MARK}{cell}")
    if "bad_time" not in fixture.gaps:
        cells[fixture.dated] = hostile.map(lambda cell: f"x{cell}")
    changed = st.lists(st.sampled_from([*cells, ""]), max_size=2, unique=True)
    rows, changes = [], []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        change = {column: draw(cells[column]) for column in draw(changed) if column}
        rows.append({**fixture.row(number), **change, "Something new": draw(hostile)})
        changes.append(change)
    return rows, changes


@st.composite
def written(draw, name):
    """A file with hostile cells, its rows, and what was changed in them."""
    rows, changes = draw(rows_with_hostile_cells(name))
    fixture = FIXTURES[name]
    columns = draw(st.permutations(list(rows[0]))) if draw(st.booleans()) else list(rows[0])
    rows = [{column: row[column] for column in columns} for row in rows]
    if not fixture.is_table:
        return fixture.bytes(rows), rows, changes
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = table(rows, delimiter=draw(st.sampled_from(",;\t")), end=end)
    return text.encode(draw(encodings)), rows, changes


def conserved(name, batch):
    """Every row is accepted or rejected, with a reason, and by what can be kept."""
    accepted = sum(frame.height for frame in (batch.posts, batch.replies, batch.audience))
    assert batch.rows_read >= batch.rejects.height
    if FORMATS[name].documents is None:
        assert batch.rows_read == accepted + batch.rejects.height
    assert batch.rejects["reason"].null_count() == 0
    assert all(json.loads(row) is not None for row in batch.rejects["row"])
    if FORMATS[name].personal:
        kept = "".join(batch.rejects["reason"]) + "".join(batch.rejects["row"])
        assert MARK not in kept


def is_count(name, cell, value):
    """Whether `value` is what a cell of a count says, by the letter of the rule.

    Where the tool has no rule of its own, another cell of the file may prove the decimal sign.
    """
    if cell.strip() == "-1" and name.startswith(MINUS_IS_HIDDEN):
        return value is None
    signs = FORMATS[name].signs
    proven = [] if signs.decimal else [Signs("point", told=True), Signs("comma", told=True)]
    return value in [slow_count(cell, sign) for sign in (signs, *proven)]


def is_text(row, column, text):
    """Whether `text` is made of what stands in the row, in the changed column or beside it.

    Where words come as HTML, white space is one blank, as a browser shows it.
    """
    cells = [" ".join(str(cell).split()) for cell in row.values()]
    shown = " ".join(text.split()) if text else ""
    return not shown or shown in cells or " ".join(str(row[column]).split()) in shown


def entered_right(name, record, number, row, change):
    """Whether a record is the row that was written, or a documented reading of it."""
    fixture = FIXTURES[name]
    expected = dict(fixture.record(number))
    assert fixture.dated not in change, f"{change[fixture.dated]!r} was taken for a time"
    for column, cell in change.items():
        if column == fixture.words:
            expected.pop("text", None)
            assert is_text(row, column, record.get("text"))
            continue
        field = fixture.counts[column]
        assert is_count(name, cell, record[field]), f"{cell!r} became {record[field]}"
        # The reactions are made of several counts where a platform knows several kinds.
        for derived in (field, "reactions", "likes"):
            expected.pop(derived, None)
    assert {field: record[field] for field in expected} == expected


@every_format
def test_what_enters_from_hostile_cells_is_what_was_written(folder, name):
    @given(written(name))
    @ours
    def holds(file):
        content, rows, changes = file
        try:
            batch = read_as(name, folder, content)
        except QuestionError:
            return
        except UserError as refusal:
            assert str(refusal).startswith(FIXTURES[name].file_name)
            return
        conserved(name, batch)
        assert batch.rows_read == len(rows)
        frame = getattr(batch, FIXTURES[name].kind)
        rejected = set(batch.rejects["line"])
        lines = sorted({*frame["line"], *rejected})
        assert len(lines) == len(rows)
        for record in frame.iter_rows(named=True):
            place = lines.index(record["line"])
            entered_right(name, record, place + 1, rows[place], changes[place])

    holds()


@st.composite
def damaged(draw, name):
    """A file with damage in one place, and the physical lines that the damage may have touched."""
    fixture = FIXTURES[name]
    content = fixture.bytes(fixture.rows(*range(1, draw(st.integers(1, 4)) + 1)))
    at, cut = draw(st.integers(0, len(content))), draw(st.integers(0, 3))
    if draw(st.integers(0, 4)) == 0:
        cut = len(content)  # a file that was cut short
    return content[:at] + draw(damage) + content[at + cut :], at, content


@every_format
def test_what_enters_from_a_damaged_file_beside_the_damage_is_what_was_written(folder, name):
    fixture = FIXTURES[name]

    @given(damaged(name))
    @ours
    def holds(file):
        content, at, sound = file
        try:
            batch = read_as(name, folder, content)
        except UserError as refusal:
            assert str(refusal).startswith(fixture.file_name)
            return
        conserved(name, batch)
        head = 0 if not fixture.is_table else sound.index(b"\n") + 1
        if not sound.count(b"\n") or at < head or b"\x00" in sound[:4]:
            return  # a document is read as a whole, and a header says what everything means
        hit = 1 + sound.count(b"\n", 0, at)  # the physical line on which the damage begins
        whole = [fixture.record(number) for number in range(1, 5)]
        frame = getattr(batch, fixture.kind)
        for record in frame.filter(pl.col("line") < hit).iter_rows(named=True):
            assert any(all(record[f] == value for f, value in row.items()) for row in whole)

    holds()


@given(
    st.binary(max_size=300), st.sampled_from(["", "{", "[", "PAR1", "PK\x03\x04", "<", "sep=,\n"])
)
@ours
def test_any_bytes_at_all_give_records_or_a_sentence(tmp_path_factory, content, first):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    try:
        read(path, first.encode() + content)
    except UserError as refusal:
        assert str(refusal).startswith("any.csv")
