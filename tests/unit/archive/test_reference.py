"""The page of the schema says what the schema is."""

from pathlib import Path

import pytest

from torg.archive import SCHEMA_VERSION, TABLES

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "archive.md"
TYPES = {
    "string": "string",
    "int64": "int64",
    "double": "number",
    "bool": "boolean",
    "date32[day]": "date",
    "timestamp[us, tz=UTC]": "instant",
}


def documented(table):
    """The first two cells of every row under the table's heading."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {table}\n")[1].split("\n## ")[0]
    rows = [line.split("|") for line in section.splitlines() if line.startswith("| `")]
    return [(row[1].strip().strip("`"), row[2].strip()) for row in rows]


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_documented_in_order_with_its_type(table):
    assert documented(table) == [(field.name, TYPES[str(field.type)]) for field in TABLES[table]]


def test_the_page_names_the_version():
    assert f"Schema version {SCHEMA_VERSION}." in PAGE.read_text(encoding="utf-8")
