"""The quick reader, the careful one and Python's csv module read the same rows."""

import csv
import io

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.lib.slow_tables import slow_rows
from torg.collect.reading.careful import careful_rows
from torg.collect.reading.parts import each_part
from torg.collect.reading.table import Dialect, Layout
from torg.collect.reading.tape import Tape

WIDTH = 3
LAYOUT = Layout(("a", "b", "c"), Dialect(), {"a": 0, "b": 1, "c": 2})

cells = st.text(st.sampled_from('ab ,"\n\r;ø\u2028'), max_size=8)
rows = st.lists(cells, min_size=WIDTH, max_size=WIDTH)
ragged = st.lists(cells, min_size=1, max_size=WIDTH + 2)
tables = st.lists(st.one_of(rows, rows, ragged), max_size=12)
ends = st.sampled_from(["\n", "\r\n"])
hostile = st.text(st.sampled_from('ab ,"\n\rø'), max_size=60)
blocks = st.integers(1, 80)
ours = settings(deadline=None)  # a busy machine is no defect


def written(table, end):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows(table)
    return text.getvalue()


def taken(parts):
    """What some parts hold: rows with their lines, and the lines and reasons of the rest."""
    parts = list(parts)
    good = [(row[-1], row[:-1]) for part in parts for row in part.frame.rows()]
    broken = [(b.line, b.reason, b.cells) for part in parts for b in part.broken]
    return good, broken


def quick(data, block_bytes=1 << 20):
    tape = Tape(io.BytesIO(data), block_bytes=block_bytes)
    return taken(each_part(tape, layout=LAYOUT, work=lambda rows: rows))


def careful(data):
    return taken(careful_rows(Tape(io.BytesIO(data)), layout=LAYOUT))


@given(tables, ends, blocks)
@ours
def test_well_written_tables_are_read_as_the_csv_module_reads_them(table, end, block_bytes):
    text = written(table, end)

    good, broken = quick(text.encode(), block_bytes)

    assert (good, [line for line, _, _ in broken]) == slow_rows(text, width=WIDTH)


@given(hostile, blocks)
@example('a,b,"c\nd,e,f\n', 4)
@example('a,b,c\n"\n', 2)
@example('a,"b"c,d\na,b,c\n', 5)
@settings(ours, max_examples=400)
def test_whatever_is_in_a_file_both_readers_read_the_same(text, block_bytes):
    assert quick(text.encode(), block_bytes) == careful(text.encode())


@given(hostile)
@ours
def test_no_letter_is_lost(text):
    """Whatever the quotes do, each letter stands in an accepted row or in a broken one."""
    good, broken = careful(text.encode())

    kept = "".join(cell for _, row in good for cell in row)
    kept += "".join(cell for _, _, row in broken for cell in row)
    assert {c: kept.count(c) for c in "abø"} == {c: text.count(c) for c in "abø"}


@given(tables, ends, st.sampled_from(["cp1252", "utf-16", "utf-8-sig"]))
@ours
def test_the_encoding_changes_nothing(table, end, encoding):
    text = written(table, end).replace("\u2028", "")

    assert quick(text.encode(encoding)) == quick(text.encode())


@given(tables)
@ours
def test_whole_rows_can_be_shown_again(table):
    data = written(table, "\n").encode()
    tape = Tape(io.BytesIO(data))

    for part in each_part(tape, layout=LAYOUT, work=lambda rows: rows):
        everything = list(range(part.frame.height))
        assert [tuple(c) for c in part.whole(everything)] == part.frame.drop("line").rows()
