"""What every format reads right, and what it survives: one suite over all of them.

Each test that holds off a defect seen in other importers names it as "trap N", after the list in
docs/reference/formats.md. What a format cannot have is a gap, by name and with its reason.
"""

import datetime as dt
import json
import re
import time
from pathlib import Path

import pytest

from tests.lib.archives import archive_in
from tests.lib.exports import read
from tests.lib.fixtures import FIXTURES, table
from torg.collect import FORMATS, Batch, ImportOptions, KnownChannels, open_source
from torg.collect.known import NOBODYS
from torg.errors import FileRefused, QuestionError

MARK = "Kari Nordmann bor her"  # stands for a citizen's words
TESTS = Path(__file__).parents[2]
every_format = pytest.mark.parametrize("name", FORMATS)
TABLES = [name for name, fixture in FIXTURES.items() if fixture.is_table]
every_table = pytest.mark.parametrize("name", TABLES)
UNDATED = ("00:19 PM", "1305", "for 9 uger siden", "2024-02-30 10:00:00", "yesterday", "")


@pytest.fixture
def taken(tmp_path):
    """Reads rows, or the bytes of a file, as a fixture's format."""

    def take(name, rows, **options):
        fixture = FIXTURES[name]
        content = rows if isinstance(rows, bytes) else fixture.bytes(rows)
        path = tmp_path / fixture.file_name
        return read(path, content, known=fixture.known, **{**fixture.options, **options})

    return take


def records(name, batch):
    return getattr(batch, FIXTURES[name].kind)


def holds(name, batch, *numbers):
    """Whether the batch has just the records of these rows, value by value."""
    found = records(name, batch)
    expected = [FIXTURES[name].record(number) for number in numbers]
    if not expected:
        return found.is_empty()
    kept = found.select(*expected[0]).to_dicts()
    return kept == [dict(record) for record in expected]


def unless_gap(name, test):
    if test in FIXTURES[name].gaps:
        pytest.skip(f"{name}: {FIXTURES[name].gaps[test]}")


def with_cells(name, number, **cells):
    return {**FIXTURES[name].row(number), **cells}


def test_every_format_has_a_fixture():
    assert FIXTURES.keys() == FORMATS.keys()


def test_gaps_are_names_of_tests():
    told = {gap for fixture in FIXTURES.values() for gap in fixture.gaps}
    asked = set(re.findall(r'unless_gap\(name, "(\w+)"\)', Path(__file__).read_text("utf-8")))
    assert told <= asked


def test_every_trap_of_files_is_a_test():
    """Traps 9 to 11 are those of comparing exports and of networks, and have tests there."""
    names = "\n".join(path.read_text("utf-8") for path in TESTS.glob("*/collect/test_*.py"))
    of_files = [*range(1, 9), 12, 13]
    assert [n for n in of_files if not re.search(rf"def test_\w*trap_{n}_", names)] == []


@every_format
def test_a_file_as_the_tool_writes_it_is_recognised_and_read_right(taken, tmp_path, name):
    fixture = FIXTURES[name]

    batch = taken(name, fixture.rows(1, 2, 3))

    source = open_source(
        tmp_path / fixture.file_name, options=ImportOptions(**fixture.options), known=fixture.known
    )
    assert source.format == name
    assert batch.rejects.is_empty()
    assert batch.rows_read == 3
    assert holds(name, batch, 1, 2, 3)
    assert records(name, batch)["line"].is_sorted()


@every_format
@pytest.mark.parametrize("when", UNDATED)
def test_trap_1_and_trap_12_a_row_without_an_exact_time_is_rejected_by_its_line(taken, name, when):
    unless_gap(name, "bad_time")
    fixture = FIXTURES[name]
    rows = [with_cells(name, 1, **{fixture.dated: when}), *fixture.rows(2, 3)]

    batch = taken(name, rows)

    assert holds(name, batch, 2, 3)  # a bad first row stops nothing
    first = records(name, taken(name, fixture.rows(1)))["line"][0]
    assert batch.rejects["line"].to_list() == [first]

    rows = [*fixture.rows(1, 2), with_cells(name, 3, **{fixture.dated: when})]
    assert holds(name, taken(name, rows), 1, 2)  # and a bad last one inherits nothing


@every_format
def test_trap_2_the_machines_zone_changes_nothing(taken, name, monkeypatch):
    fixture = FIXTURES[name]
    here = records(name, taken(name, fixture.rows(1, 2, 3)))

    try:
        monkeypatch.setenv("TZ", "Pacific/Auckland")
        time.tzset()
        there = records(name, taken(name, fixture.rows(1, 2, 3)))
    finally:
        monkeypatch.undo()
        time.tzset()

    assert here.equals(there)


@every_format
def test_trap_2_times_without_a_zone_are_asked_about_and_moved_by_the_answer(taken, name):
    unless_gap(name, "zone")
    fixture = FIXTURES[name]
    if FORMATS[name].has_zone:
        pytest.skip(f"{name}: its times say their zone, or have one by rule")
    with pytest.raises(QuestionError, match="--timezone"):
        taken(name, fixture.rows(1), timezone=None)

    utc, oslo = (
        records(name, taken(name, fixture.rows(1), timezone=zone))["published_at"][0]
        for zone in ("UTC", "Europe/Oslo")
    )
    assert utc - oslo == dt.timedelta(hours=2)


@every_format
@pytest.mark.parametrize("cell", ["2.3x", "1,4", "-5", "many"])
def test_trap_4_what_is_no_whole_number_is_rejected_or_asked_about(taken, name, cell):
    fixture = FIXTURES[name]
    for column in fixture.counts:
        rows = [with_cells(name, 1, **{column: cell}), fixture.row(2)]
        try:
            batch = taken(name, rows)
        except QuestionError:
            continue
        assert holds(name, batch, 2), f"{column} took {cell}"
        assert batch.rejects.height == 1


@every_table
def test_trap_4_grouped_thousands_are_read_and_an_unsure_point_is_asked_about(taken, name):
    unless_gap(name, "grouped")
    for column, field in FIXTURES[name].counts.items():
        batch = taken(name, [with_cells(name, 1, **{column: "1,234,567"})])
        assert records(name, batch)[field][0] == 1_234_567
        with pytest.raises(QuestionError, match="--decimal"):
            taken(name, [with_cells(name, 1, **{column: "407.137"})])


@every_format
@pytest.mark.parametrize("cell", ["", "-", "N/A", "null", None])
def test_trap_5_what_is_missing_stays_missing(taken, name, cell):
    unless_gap(name, "missing")
    fixture = FIXTURES[name]
    for column, field in fixture.counts.items():
        batch = taken(name, [with_cells(name, 1, **{column: cell}), fixture.row(2)])
        assert records(name, batch)[field].to_list() == [None, fixture.record(2)[field]], column


@every_format
def test_trap_6_extra_absent_and_reordered_columns_change_nothing(taken, name):
    unless_gap(name, "extra")
    fixture = FIXTURES[name]
    rows = fixture.rows(1, 2)
    extra = [{"Something new": "?", **row, "Another": "1"} for row in rows]
    reordered = [dict(reversed(row.items())) for row in rows]
    shouted = [{f" {key.upper()} ": value for key, value in row.items()} for row in rows]

    assert holds(name, taken(name, extra), 1, 2)
    assert holds(name, taken(name, reordered), 1, 2)
    if fixture.is_table:
        assert holds(name, taken(name, shouted), 1, 2)


@every_format
def test_trap_6_an_absent_column_is_missing_and_stops_nothing(taken, name):
    unless_gap(name, "optional")
    fixture = FIXTURES[name]
    rows = [{k: v for k, v in row.items() if k != fixture.optional} for row in fixture.rows(1, 2)]

    batch = taken(name, rows)

    assert records(name, batch).height == 2
    field = fixture.counts.get(fixture.optional)
    if field:
        assert records(name, batch)[field].to_list() == [None, None]


@every_table
def test_trap_6_names_in_a_language_not_known_are_taught_by_an_alias(taken, tmp_path, name):
    fixture, format_ = FIXTURES[name], FORMATS[name]
    field, names = next((f, n) for f, n in format_.columns.items() if fixture.dated in n)
    rows = [
        {("Ukjent navn" if k in names else k): v for k, v in row.items()}
        for row in fixture.rows(1, 2)
    ]
    if field in format_.required:
        with pytest.raises(FileRefused):
            taken(name, rows, format=name)
    aliases = tmp_path / "aliases.toml"
    aliases.write_text(f'[{name}]\n{field} = ["Ukjent  NAVN"]\n', "utf-8")

    assert holds(name, taken(name, rows, aliases=aliases), 1, 2)


@every_format
def test_trap_8_a_second_export_adds_snapshots_and_no_post(tmp_path, name):
    unless_gap(name, "again")
    fixture = FIXTURES[name]
    if fixture.kind != "posts":
        pytest.skip(f"{name}: only posts have snapshots")
    archive = archive_in(tmp_path)
    told = []
    for export in (0, 1):
        rows = [_exported(fixture, number, export) for number in range(1, 29)]
        path = tmp_path / f"{export}-{fixture.file_name}"
        path.write_bytes(fixture.bytes(rows))
        moment = dt.datetime(2024, 7, 1 + 7 * export, tzinfo=dt.UTC)
        options = ImportOptions(**{**fixture.options, "exported_at": moment})
        told.append(_appended(archive, open_source(path, options=options, known=fixture.known)))

    assert [done.posts_new for done in told] == [28, 0]
    assert [done.snapshots_new for done in told] == [28, 28]  # an unchanged reading is a reading


def _exported(fixture, number, export):
    """A row as a first export has it, and a second a week later: 25 of 28 have another count."""
    row = {**fixture.row(number), **_seen_later(fixture.row(number), export)}
    counted = next(iter(fixture.counts))
    return row if number > 25 else {**row, counted: row[counted] + export}


def _appended(archive, source):
    return archive.append(
        source, source.batches(), pseudonyms=None, languages=lambda *_: (), text_days=90
    )


def _seen_later(row, export):
    week = 7 * 86_400 * export
    moments = {
        "timestamp_collected": 1000 * week,
        "unix_timestamp_collected": week,
    }
    later = {key: int(row[key]) + more for key, more in moments.items() if key in row}
    for key in ("read_at", "updated"):
        if key in row:
            then = dt.datetime.fromisoformat(row[key]) + dt.timedelta(seconds=week)
            later[key] = then.isoformat()
    return later


@every_table
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_trap_13_the_encoding_changes_nothing(taken, name, encoding):
    text = table(FIXTURES[name].rows(1, 2))
    if encoding == "cp1252":
        # The last header of CrowdTangle has a dash that cp1252 knows too.
        text = text.replace("\u2009", " ")

    assert holds(name, taken(name, text.encode(encoding)), 1, 2)


@every_table
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_trap_13_the_separator_is_told_by_the_header_or_by_a_line_of_its_own(
    taken, name, delimiter
):
    text = table(FIXTURES[name].rows(1, 2), delimiter=delimiter, end="\r\n")

    assert holds(name, taken(name, text.encode()), 1, 2)
    assert holds(name, taken(name, f"sep={delimiter}\r\n{text}".encode("utf-16")), 1, 2)


@every_table
def test_trap_13_a_space_after_each_comma_belongs_to_no_cell(taken, name):
    rows = FIXTURES[name].rows(1, 2)
    lines = [list(rows[0]), *(row.values() for row in rows)]
    text = "\n".join(", ".join(_plain(cell) for cell in cells) for cells in lines)

    assert holds(name, taken(name, text.encode()), 1, 2)


def _plain(cell):
    """A cell as a program writes it that puts a space before each: quoted only where it must."""
    text = "" if cell is None else str(cell)
    return f'"{text}"' if "," in text or "\n" in text else text


@every_table
def test_trap_13_a_blank_line_after_every_row_is_no_row(taken, name):
    text = table(FIXTURES[name].rows(1, 2), end="\r\n").replace("\r\n", "\r\n\r\n")

    batch = taken(name, text.encode())

    assert holds(name, batch, 1, 2)
    assert batch.rows_read == 2


@every_table
def test_trap_13_a_repeated_header_of_joined_files_is_no_row(taken, name):
    fixture = FIXTURES[name]

    batch = taken(name, (table(fixture.rows(1)) + table(fixture.rows(2))).encode())

    assert holds(name, batch, 1, 2)
    assert (batch.rows_read, batch.rejects.height) == (2, 0)


@every_table
def test_trap_13_a_shifted_row_is_rejected_by_its_line_and_shows_no_citizens_words(taken, name):
    fixture = FIXTURES[name]
    cells = ",".join(_plain(cell) for cell in fixture.row(2).values())
    text = f"{table(fixture.rows(1))}{MARK},{cells}\n{table(fixture.rows(3)).partition(chr(10))[2]}"

    batch = taken(name, text.encode())

    assert holds(name, batch, 1, 3)
    assert batch.rejects["line"].to_list() == [3]
    assert (MARK in batch.rejects["row"][0]) == (not FORMATS[name].personal)
    assert MARK not in batch.rejects["reason"][0]


@every_table
def test_an_id_that_a_spreadsheet_shortened_is_rejected(taken, name):
    unless_gap(name, "shortened")
    fixture = FIXTURES[name]
    if fixture.identified is None:
        pytest.skip(f"{name}: its ids stand in an address, which no spreadsheet shortens")

    batch = taken(
        name, [with_cells(name, 1, **{fixture.identified: "1,09241E+14"}), fixture.row(2)]
    )

    assert holds(name, batch, 2)
    assert "shortened" in batch.rejects["reason"][0]


@every_format
def test_words_in_a_rejected_row_about_citizens_are_not_kept(taken, name):
    fixture = FIXTURES[name]
    if not fixture.words or not FORMATS[name].personal or "bad_time" in fixture.gaps:
        pytest.skip(f"{name}: has no words of citizens")
    rows = [with_cells(name, 1, **{fixture.words: MARK, fixture.dated: MARK}), fixture.row(2)]

    batch = taken(name, rows)

    assert batch.rejects.height == 1
    assert not any(MARK in cell for cell in batch.rejects.select("reason", "row").row(0))
    assert json.loads(batch.rejects["row"][0])


class TestWhereAnybodyMayHaveWritten:
    """Who browses or searches sees citizens' posts too: the register's accounts alone enter."""

    ours = pytest.mark.parametrize("name", [n for n in FORMATS if FORMATS[n].only_known])

    def test_are_all_formats_that_are_got_by_looking(self):
        by_looking = {n for n, one in FORMATS.items() if one.access == "manual"}
        made_by_the_user = {"torg_posts", "torg_replies", "torg_audience"}

        assert {n for n in by_looking - made_by_the_user if not FORMATS[n].only_known} == set()

    @ours
    def test_nothing_enters_of_an_account_that_the_register_does_not_have(self, tmp_path, name):
        fixture = FIXTURES[name]
        path = tmp_path / fixture.file_name

        content = fixture.bytes(fixture.rows(1, 2))
        batch = read(path, content, known=KnownChannels(), **fixture.options)

        assert records(name, batch).is_empty()
        assert batch.rejects.height == 2
        assert set(batch.rejects["reason"]) == {NOBODYS}

    @ours
    def test_of_what_does_not_enter_no_word_name_or_id_is_kept(self, tmp_path, name):
        fixture, rows = FIXTURES[name], FIXTURES[name].rows(1, 2)
        path = tmp_path / fixture.file_name

        batch = read(path, fixture.bytes(rows), known=KnownChannels(), **fixture.options)

        kept = {str(cell) for row in batch.rejects["row"] for cell in json.loads(row).values()}
        record = fixture.record(1)
        assert not kept & {str(record[field]) for field in ("channel", "native_id", "text")}
        assert not any("torby" in cell for cell in kept)

    @ours
    def test_once_the_register_has_it_the_same_file_is_read_anew(self, tmp_path, name):
        fixture = FIXTURES[name]
        path = tmp_path / fixture.file_name
        path.write_bytes(fixture.bytes(fixture.rows(1, 2)))
        options = ImportOptions(**fixture.options)

        before = open_source(path, options=options).options
        after = open_source(path, options=options, known=fixture.known).options

        assert before != after
        assert json.loads(before)["register"] == {}


@pytest.mark.parametrize("name", [n for n in FIXTURES if FIXTURES[n].file_name.endswith("ndjson")])
class TestLinesOfJson:
    def test_a_broken_line_and_a_last_one_cut_short_are_rejected_by_their_lines(self, taken, name):
        fixture = FIXTURES[name]
        first, second, third = fixture.bytes(fixture.rows(1, 2, 3)).splitlines()
        content = b"\n".join([first, b"{" + MARK.encode(), b"", second, third[: len(third) // 2]])

        batch = taken(name, content)

        assert holds(name, batch, 1, 2)
        assert batch.rejects["line"].to_list() == [2, 5]
        assert batch.rejects["row"].to_list() == ["[]", "[]"]

    def test_a_document_of_the_same_objects_is_read_the_same(self, taken, name):
        fixture = FIXTURES[name]
        rows = fixture.bytes(fixture.rows(1, 2)).splitlines()
        listed = b"[" + b",".join(rows) + b"]"

        assert holds(name, taken(name, listed), 1, 2)
        assert holds(
            name, taken(name, b'{"status": 200, "result": {"items": ' + listed + b"}}"), 1, 2
        )
        assert holds(name, taken(name, rows[0]), 1)

    def test_the_encoding_changes_nothing(self, taken, name):
        content = FIXTURES[name].bytes(FIXTURES[name].rows(1, 2)).decode()

        assert holds(name, taken(name, content.encode("utf-16")), 1, 2)
        assert holds(name, taken(name, content.encode("utf-8-sig")), 1, 2)

    def test_a_field_that_no_early_line_has_is_read_where_it_comes(self, taken, name):
        fixture = FIXTURES[name]
        column, field = next(iter(fixture.counts.items()))
        if column in dict.fromkeys(FORMATS[name].required):
            pytest.skip(f"{name}: {column} tells the format")
        rows = [with_cells(name, n, **({column: None} if n < 3 else {})) for n in (1, 2, 3)]

        got = records(name, taken(name, rows))[field]

        assert got.to_list() == [None, None, fixture.record(3)[field]]


LOOK_ALIKES = {
    "a daily series of something else": (
        '"Date","Primary"\n"2025-08-01","3"\n', "Facebook follows",
    ),
    "an audience": ("Age & gender,Women,Men\n18-24,2 %,3 %\n", "has no posts"),
    "a 4CAT table of another source": (
        "id,thread_id,author,body,timestamp,subject\n1,1,a,b,2024-01-01 10:00:00,c\n",
        "does not say of which platform",
    ),
    "Zeeschuimer's items of another platform": (
        '{"item_id":"1","source_platform":"pinterest.com","timestamp_collected":1,"data":{"x":1}}\n',
        "that Torg does not read",
    ),
    "comments of the Content Library": (
        "id,post_id,owner.id,text,creation_time\n1,2,3,hi,2024-01-01T00:00:00+00:00\n",
        "list of comments",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", LOOK_ALIKES)
def test_trap_7_a_look_alike_is_refused_with_what_to_export_instead(tmp_path, what):
    content, why = LOOK_ALIKES[what]

    with pytest.raises(FileRefused, match=why):
        read(tmp_path / "export.csv", content)


def test_every_frame_has_its_columns_for_every_format(taken):
    for name in FORMATS:
        batch = taken(name, FIXTURES[name].rows(1, 2, 3))
        for kind in ("posts", "replies", "audience", "rejects"):
            frame, empty = getattr(batch, kind), getattr(Batch(), kind)
            assert frame.schema == empty.schema, (name, kind)
