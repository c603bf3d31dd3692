"""Which field a column of unknown name is taken for: all columns are matched at once."""

import pytest

from tests.lib.fixtures import FIXTURES
from torg.collect.contents import Column, contradiction
from torg.collect.formats import FORMATS
from torg.collect.proposing import proposals
from torg.collect.reading.headers import places

FACEBOOK = FORMATS["business_suite_facebook"]


def proposed(*columns, taken=(), learnt=None):
    found = proposals(
        [Column(name, cells) for name, cells in columns], FACEBOOK, taken=taken, learnt=learnt or {}
    )
    return {name: found.get(name) for name, _ in columns}


def test_a_flag_is_no_count_even_where_it_stands_first():
    found = proposed(("Er delingen", ("0", "1")), ("Delinger", ("1", "4")))

    assert found == {"Er delingen": None, "Delinger": "shares"}


def test_a_filled_column_comes_before_a_blank_one_of_a_nearer_name():
    found = proposed(("Visninger", ()), ("Visninger i alt", ("310", "20")))

    assert found == {"Visninger": None, "Visninger i alt": "views"}


def test_the_nearer_name_has_the_better_claim_wherever_it_stands():
    found = proposed(("Delinger her", ("3",)), ("Delinger", ("4",)))

    assert found == {"Delinger her": None, "Delinger": "shares"}


def test_a_strange_name_is_told_by_its_times():
    assert proposed(("Hvornår", ("07/16/2024 09:30",))) == {"Hvornår": "published"}


@pytest.mark.parametrize(
    ("name", "cells"),
    [("Publisert", ("Elvedal",)), ("Visninger", ("ja",)), ("Rekkevidde", ("400",))],
)
def test_nothing_is_proposed_that_the_cells_contradict_or_that_torg_keeps_out(name, cells):
    assert proposed((name, cells)) == {name: None}


def test_what_is_taken_is_not_proposed():
    assert proposed(("Visninger", ("310",)), taken={"views"}) == {"Visninger": None}


def test_what_was_learnt_comes_first_unless_the_cells_contradict_it():
    learnt = {"shares": ("Sett", "Sidenavn")}

    found = proposed(("Sett", ("310",)), ("Sidenavn", ("Elvedal kommune",)), learnt=learnt)

    assert found == {"Sett": "shares", "Sidenavn": "page_name"}


def test_a_flag_that_was_learnt_as_a_count_by_mistake_is_let_go():
    found = proposed(("Er deling", ("0",)), ("Delinger", ("4",)), learnt={"shares": ("Er deling",)})

    assert found == {"Er deling": None, "Delinger": "shares"}


@pytest.mark.parametrize("name", [name for name in FIXTURES if FORMATS[name].read])
def test_no_format_contradicts_its_own_columns(name):
    format_, rows = FORMATS[name], FIXTURES[name].rows(1, 2, 3)
    header = list(rows[0])

    for field, at in places(header, format_.columns).items():
        cells = tuple(str(row[header[at[0]]]) for row in rows if row[header[at[0]]] is not None)
        assert contradiction(Column(header[at[0]], cells), field, format_) is None
