"""Every table that a tool writes is read alike from the workbook that somebody saved it as."""

import pytest

from tests.lib.exports import read
from tests.lib.fixtures import FIXTURES
from tests.lib.workbooks import ods, xlsx

TABLES = [name for name, fixture in FIXTURES.items() if fixture.is_table]


@pytest.mark.parametrize(("write", "suffix"), [(xlsx, ".xlsx"), (ods, ".ods")])
@pytest.mark.parametrize("name", TABLES)
def test_a_workbook_is_read_as_the_table_is(tmp_path, name, write, suffix):
    fixture = FIXTURES[name]
    rows = fixture.rows(1, 2, 3)
    path = tmp_path / fixture.file_name
    expected = read(path, fixture.bytes(rows), known=fixture.known, **fixture.options)

    sheet = [list(rows[0]), *(list(row.values()) for row in rows)]
    book = write(path.with_suffix(suffix), {"Sheet1": sheet})
    found = read(book, known=fixture.known, **fixture.options)

    assert (
        getattr(found, fixture.kind)
        .drop("line")
        .equals(getattr(expected, fixture.kind).drop("line"))
    )
    assert found.rows_read == 3


def test_the_daily_series_is_read_by_the_title_above_it(tmp_path):
    fixture = FIXTURES["business_suite_follows"]
    rows = fixture.rows(1, 2, 3)
    (first, figure), *_ = [list(row) for row in rows]
    title = "Facebook follows"
    sheet = [[title], [first, figure.partition(" (")[0]], *(list(row.values()) for row in rows)]
    book = xlsx(tmp_path / "follows.xlsx", {"Sheet1": sheet})

    found = read(book, known=fixture.known, **fixture.options)

    assert found.audience.height == 3
