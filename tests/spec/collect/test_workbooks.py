"""Exports that somebody saved as a workbook: read like the CSV, and never more than they hold."""

import datetime as dt
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.lib.exports import read, table
from tests.lib.workbooks import ods, ods_of, xlsx
from torg.collect import open_source
from torg.errors import FileRefused, QuestionError

HEADER = ("Post ID", "Page ID", "Publish time", "Description", "Reactions", "Comments", "Shares")
WRITERS = pytest.mark.parametrize("write", [xlsx, ods])


def row(post="1", **cells):
    ordinary = {
        "Post ID": post, "Page ID": "77", "Publish time": dt.datetime(2024, 7, 16, 9, 30),  # noqa: DTZ001
        "Description": "Snow is cleared", "Reactions": 7, "Comments": 2, "Shares": None,
    }  # fmt: skip
    return [(ordinary | cells)[name] for name in HEADER]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "export.xlsx"


@WRITERS
def test_is_read_like_the_csv_of_the_same_cells(file, write):
    write(file, {"Sheet1": [HEADER, row("1"), row("2")]})
    csv = table(
        ",".join(HEADER),
        *(dict(zip(HEADER, row(post), strict=True)) for post in ("1", "2")),
    )

    posts = read(file, timezone="UTC").posts

    assert posts.equals(read(file.with_suffix(".csv"), csv, timezone="UTC").posts)
    assert posts["published_at"][0] == dt.datetime(2024, 7, 16, 9, 30, tzinfo=dt.UTC)
    assert posts["shares"].to_list() == [None, None]  # trap 5: an empty cell is missing


@WRITERS
def test_asks_for_the_zone_of_times_in_cells(file, write):
    write(file, {"Sheet1": [HEADER, row()]})

    with pytest.raises(QuestionError, match=r"export\.xlsx: .*in which zone"):
        read(file)


@WRITERS
def test_the_sheet_whose_header_is_recognised_is_read(file, write):
    notes = [["Notes", "By"], ["read me", "Kari"]]
    write(file, {"Notes": notes, "Empty": [], "Data": [HEADER, row()]})

    assert read(file, timezone="UTC").posts.height == 1


@WRITERS
def test_lines_are_rows_of_the_sheet(file, write):
    rows = [["My export"], [], HEADER, row("1"), [None], row("2", Comments="many"), row("3")]
    write(file, {"Sheet1": rows})

    batch = read(file, timezone="UTC")

    assert batch.posts["line"].to_list() == [4, 7]
    assert batch.rejects["line"].to_list() == [6]
    assert "Comments is 'many'" in batch.rejects["reason"][0]


@WRITERS
@pytest.mark.parametrize("number", [122094215678901234, 1.22094215678901e17])
def test_an_id_that_the_sheet_holds_as_a_number_has_lost_its_end(file, write, number):
    write(file, {"Sheet1": [HEADER, row(number), row("122094215678901234")]})

    batch = read(file, timezone="UTC")

    assert batch.posts["native_id"].to_list() == ["122094215678901234"]
    assert "a spreadsheet has shortened the id" in batch.rejects["reason"][0]


@WRITERS
def test_midnight_in_a_column_of_times_is_an_hour(file, write):
    midnight = dt.datetime(2024, 7, 17)  # noqa: DTZ001
    write(file, {"Sheet1": [HEADER, row("1"), row("2", **{"Publish time": midnight})]})

    posts = read(file, timezone="UTC").posts

    assert posts["published_at"][1] == dt.datetime(2024, 7, 17, tzinfo=dt.UTC)


def test_trap_12_a_column_of_days_holds_no_times(file):
    day = dt.datetime(2024, 7, 17)  # noqa: DTZ001
    xlsx(file, {"Sheet1": [HEADER, row("1", **{"Publish time": day})]})

    assert "which is no exact time" in read(file, timezone="UTC").rejects["reason"][0]


def test_hidden_sheets_are_not_looked_at(file):
    xlsx(file, {"Notes": [["a", "b"]], "Old": [HEADER, row()]}, hidden=["Old"])

    with pytest.raises(FileRefused, match="no format that Torg reads has the columns a, b"):
        open_source(file)


def test_of_a_formula_its_value_is_read(file):
    xlsx(file, {"Sheet1": [HEADER, row("1")]})
    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<v>7</v>", b"<f>3+4</f><v>7</v>")
    _zip(file, parts)

    assert read(file, timezone="UTC").posts["reactions"].to_list() == [7]


@pytest.mark.parametrize(
    ("sheets", "sentence"),
    [
        ({"Sheet1": []}, "no visible sheet"),
        ({"Sheet1": [["Post ID,Page ID,Publish time"], ["1,77,x"]]}, "import the CSV that"),
        ({"Sheet1": [["a", "b", "c"]]}, "no format that Torg reads"),
    ],
)
def test_without_a_table_is_refused(file, sheets, sentence):
    xlsx(file, sheets)

    with pytest.raises(FileRefused, match=rf"export\.xlsx: .*{sentence}"):
        open_source(file)


def test_damaged_or_foreign_archives_are_refused_in_plain_words(file):
    whole = xlsx(file, {"Sheet1": [HEADER, row()]}).read_bytes()
    said = {
        whole[: len(whole) // 2]: "damaged or cut short",
        whole.replace(b"sheet1.xml", b"sheet1.bin"): "damaged|zip archive",
        b"\xd0\xcf\x11\xe0" + bytes(600): r"old Excel workbook \(.xls\), or one with a password",
    }
    for content, sentence in said.items():
        file.write_bytes(content)
        with pytest.raises(FileRefused, match=sentence):
            open_source(file)
    for names, sentence in (
        ({"readme.txt": b"x"}, "zip archive and no workbook: unpack it"),
        ({"xl/workbook.bin": b"x"}, r"binary workbook \(.xlsb\)"),
        ({"xl/worksheets/sheet1.xml": b"<worksheet>"}, "damaged"),
        ({"xl/worksheets/sheet1.xml": b"<worksheet/>"}, "cannot be read"),
    ):
        _zip(file, names)
        with pytest.raises(FileRefused, match=sentence):
            open_source(file)


def test_with_a_password_is_refused_in_plain_words(file):
    ods_of(file, "", manifest="<manifest:encryption-data/>")

    with pytest.raises(FileRefused, match="has a password: save it without one"):
        open_source(file)


def test_that_unpacks_to_a_monster_is_refused_unopened(file, monkeypatch):
    monkeypatch.setattr("torg.collect.containers.workbook_bounds.MOST_UNPACKED", 1 << 20)
    _zip(file, {"xl/worksheets/sheet1.xml": b" " * (2 << 20)})

    assert file.stat().st_size < 5_000
    with pytest.raises(FileRefused, match="unpacks to 2 MB"):
        open_source(file)


CORNER = '<row r="{row}"><c r="{place}" t="str"><v>x</v></c></row>'
ODS_CELL = (
    '<table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
    'office:value-type="string" table:number-columns-repeated="{columns}"><text:p>x</text:p>'
    "</table:table-cell></table:table-row>"
)


def test_two_cells_in_far_corners_are_refused_unopened(file):
    rows = CORNER.format(row=1, place="A1") + CORNER.format(row=1048576, place="XFD1048576")
    _zip(file, {"xl/worksheets/sheet1.xml": f"<worksheet>{rows}</worksheet>".encode()})

    with pytest.raises(FileRefused, match="spans more than 20,000,000 cells"):
        open_source(file)


def test_a_cell_that_stands_for_a_thousand_million_is_refused_unopened(file):
    cell = ODS_CELL.format(rows=1_000_000, columns=1_000)
    ods_of(file, f'<table:table table:name="S">{cell}</table:table>')

    with pytest.raises(FileRefused, match="spans more than 20,000,000 cells"):
        open_source(file)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/sharedStrings.xml", b'uniqueCount="', b'uniqueCount="399999999'),
        ("xl/worksheets/sheet1.xml", b"UTF-8", b"UTF-99"),
    ],
)
def test_a_part_that_claims_what_cannot_be_is_refused_unopened(file, part, old, new):
    xlsx(file, {"Sheet1": [HEADER, row()]})
    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    _zip(file, parts | {part: parts[part].replace(old, new, 1)})

    with pytest.raises(FileRefused, match="damaged or cut short"):
        open_source(file)


def test_blank_cells_to_the_end_of_the_sheet_cost_nothing(file):
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = "".join(
        f"<table:table-row>{''.join(map(_ods_text, cells))}</table:table-row>"
        for cells in (HEADER, row("1", **{"Publish time": "2024-07-16 09:30"}))
    )
    end = f'<table:table-row table:number-rows-repeated="1048574">{blank}</table:table-row>'
    ods_of(file, f'<table:table table:name="S">{rows}{end}</table:table>')

    assert read(file, timezone="UTC").posts.height == 1


def _ods_text(cell):
    text = "" if cell is None else cell
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def _zip(path, parts):
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
