"""Bytes to rows: encodings, separators, blocks, and which reader is used."""

import io

import pytest

from tests.lib import crowdtangle
from tests.lib.exports import STATUSES, read, status, table
from torg.collect import ImportOptions, open_source
from torg.collect.reading.clear import clear_rows
from torg.collect.reading.headers import read_head
from torg.collect.reading.rows_of import heads_of
from torg.collect.reading.table import Dialect, Layout
from torg.collect.reading.tape import Block, Tape, encoding_of
from torg.collect.source import OpenedSource
from torg.errors import FileRefused


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\xef\xbb\xbfa", ("utf-8", 3)),
        (b"\xff\xfea\x00", ("utf-16-le", 2)),
        (b"\xfe\xff\x00a", ("utf-16-be", 2)),
        (b"a\x00b\x00", ("utf-16-le", 0)),
        (b"\x00a\x00b", ("utf-16-be", 0)),
        (b"abcd", ("utf-8", 0)),
        (b"", ("utf-8", 0)),
    ],
)
def test_the_first_bytes_show_the_encoding(head, expected):
    assert encoding_of(head) == expected


@pytest.mark.parametrize(
    ("text", "header", "dialect"),
    [
        ("a,b\n", ("a", "b"), Dialect(",")),
        ("a;b;c,d\n", ("a", "b", "c,d"), Dialect(";")),
        ("a\tb\n", ("a", "b"), Dialect("\t")),
        ("a, b, c\n", ("a", "b", "c"), Dialect(",", spaced=True)),
        ('"a, x",b\n', ("a, x", "b"), Dialect(",")),
        ("sep=;\na;b\n", ("a", "b"), Dialect(";")),
        ('"sep=;"\r\na;b\r\n', ("a", "b"), Dialect(";")),
        ('sep=,\n"A title"\na,b\n', ("a", "b"), Dialect(",")),
        ('\n\n"a\nx",b\n', ("a\nx", "b"), Dialect(",")),
    ],
)
def test_the_header_shows_how_cells_are_separated(text, header, dialect):
    head = read_head(Tape(io.BytesIO(text.encode())))

    assert (head.header, head.dialect) == (header, dialect)


def test_an_empty_file_is_refused(tmp_path):
    with pytest.raises(FileRefused, match=r"export\.csv: the file is empty"):
        read(tmp_path / "export.csv", "")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="cannot be read"):
        open_source(tmp_path / "nothing.csv")


def test_a_damaged_parquet_file_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="damaged"):
        read(tmp_path / "export.parquet", b"PAR1 and then nothing")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'1,"a"b\n', "a quote closes inside a cell"),
        (b'1,a"b"\n', "a quote opens inside a cell"),
        (b'1,"a\n', "a quote never closes"),
        (b"1,a\r2,b\n", "a lone carriage return"),
        (b"1,a,b\n", "a row wider than the header"),
        (b"1\n", "a row narrower than the header"),
    ],
)
def test_the_quick_reader_leaves_to_the_careful_one(data, why):
    layout = Layout(("a", "b"), Dialect(), {"a": 0, "b": 1})

    assert clear_rows(Block(data, line=1, whole=True), layout=layout) is None, why


def test_the_quick_reader_takes_what_is_well_written():
    layout = Layout(("a", "b"), Dialect(), {"b": 1})
    block = Block(b'1,"x ""y"",\r\nz"\r\n\r\n2,\r\n', line=2, whole=True)

    rows = clear_rows(block, layout=layout)

    assert rows.frame.rows() == [('x "y",\r\nz', 2), ("", 5)]
    assert rows.whole([1]) == [("2", "")]


def test_a_long_file_is_read_whole_and_in_order(tmp_path):
    path = crowdtangle.write(tmp_path / "posts.csv", rows=12_000)  # more than one block
    seen = []
    source = open_source(path)

    batches = list(source.batches(progress=seen.append))

    ids = [native_id for batch in batches for native_id in batch.posts["native_id"]]
    assert ids == [str(crowdtangle.post_id(row)) for row in range(12_000)]
    reactions = sum(batch.posts["reactions"].sum() for batch in batches)
    kinds = crowdtangle.KINDS
    assert reactions == sum(crowdtangle.counts(r)[k] for r in range(12_000) for k in kinds)
    assert len(batches) > 1
    assert seen == sorted(seen)
    assert seen[-1] == path.stat().st_size == source.size


def test_a_defect_in_the_middle_of_a_long_file_costs_one_row(tmp_path):
    lines = list(crowdtangle.lines(12_000))
    lines[6_000] = (
        lines[6_000].replace('"Kommune', 'x"Kommune', 1).replace("09:00:00,,", "09:00:00,")
    )
    path = tmp_path / "posts.csv"
    path.write_text("".join(lines), "utf-8")

    batch = read(path)

    assert (batch.posts.height, batch.rejects.height, batch.rows_read) == (11_999, 1, 12_000)
    assert batch.rejects["line"][0] == 1 + sum(line.count("\n") for line in lines[:6_000])


def test_what_is_opened_holds_nothing_of_the_content(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(table(STATUSES, status(1, status_message="a word of theirs")))

    source = open_source(path, options=ImportOptions(timezone="UTC"))

    assert isinstance(source, OpenedSource)
    assert "a word of theirs" not in repr(source)
    assert heads_of(path)[0].header == tuple(STATUSES.split(","))


def test_a_number_that_asks_late_in_a_file_asks_then(tmp_path):
    lines = list(crowdtangle.lines(12_000))
    lines[-1] = (
        lines[-1]
        .replace(",CITY_GOVERNMENT", ",CITY_GOVERNMENT")
        .replace(f",{2_000 + 11_999 % 357 * 13},", ",2.345,")
    )
    path = tmp_path / "posts.csv"
    path.write_text("".join(lines), "utf-8")

    with pytest.raises(FileRefused, match=r"posts\.csv: Followers at Posting is '2\.345'"):
        list(open_source(path).batches())


@pytest.mark.parametrize("first", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b\x08", b"%PDF"])
def test_what_is_no_table_is_refused_with_what_to_do(tmp_path, first):
    with pytest.raises(FileRefused, match=r"CSV|unpack|save it again"):
        read(tmp_path / "export.csv", first + b" and more\n")
