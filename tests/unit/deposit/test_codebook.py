"""The codebook says of every column of every table what it is, and of nothing else."""

import tomllib

import pytest

from tests.lib.deposits import a_held
from tests.repo.source import PACKAGE
from torg.deposit import TABLES, codebook
from torg.deposit.codebook import kind_of
from torg.report.results import FRAMES
from torg.report.survey.results import FRAMES as OF_SURVEY


def columns():
    return [(table.name, name, column) for table in a_held().tables.values()
            for name, column in table.columns.items()]  # fmt: skip


def test_every_column_of_a_release_has_words():
    silent = [f"{table}.{name}" for table, name, column in columns() if not column.about]
    assert silent == []


def test_every_table_of_a_release_has_words():
    assert [t.name for t in a_held().tables.values() if not t.about] == []


def test_the_codebook_names_no_table_that_no_release_has():
    assert set(TABLES) == set(a_held().tables)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_types_are_those_of_the_tables(name):
    frame = a_held().frame(name)
    told = TABLES[name].columns
    assert {column: each.kind for column, each in told.items()} == {
        column: kind_of(dtype) for column, dtype in frame.schema.items()
    }


@pytest.mark.parametrize("name", sorted(name for name in TABLES if TABLES[name].key))
def test_keys_tell_rows_apart(name):
    frame, key = a_held().frame(name), list(TABLES[name].key)
    assert frame.select(key).null_count().sum_horizontal().item() == 0
    assert not frame.select(key).is_duplicated().any()


def test_every_frame_of_results_is_there():
    assert set(FRAMES) <= set(TABLES)
    assert {f"survey-{name}" for name in OF_SURVEY if name != "frame"} <= set(TABLES)


def test_a_share_says_so():
    assert TABLES["measures"].columns["at_age_share"].unit == "from 0 to 1"


def test_the_codebook_is_a_row_for_each_column():
    book = codebook(a_held().tables)
    assert book.height == len(columns())
    assert book.filter(table="ranks", column="rank_low")["meaning"].item().endswith("excluded.")


def test_it_has_no_words_that_no_column_asks_for():
    book = tomllib.loads((PACKAGE / "deposit" / "codebook.toml").read_text("utf-8"))
    asked = {name: set(table["columns"].split()) for name, table in book["tables"].items()}
    own = {name: set(table.get("own", ())) for name, table in book["tables"].items()}
    assert {name: words - asked[name] for name, words in own.items() if words - asked[name]} == {}
    assert set(book["common"]) <= set().union(*(asked[name] - own[name] for name in asked))
