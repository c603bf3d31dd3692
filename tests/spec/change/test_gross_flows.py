"""Gross flows: who went from which answer to which."""

import polars as pl
import pytest

from tests.lib.answering import question
from tests.lib.drawn_waves import AFTER, BEFORE, asked, both, merged, register, surveyed
from torg.survey import gross_flows

PLANS = asked(question("uses", "planned"))
ROWS = ["planned yes"] * 3 + ["no yes"] * 2 + ["no no"] * 2 + ["yes yes"] * 2 + ["yes no"]


def table(rows, silent):
    said = [f"{n:02} | {row.replace(' ', ' | ')}" for n, row in enumerate(rows)]
    quiet = [f"{n:02} | | " for n in range(len(rows), len(rows) + silent)]
    return "\n".join(["unit | before | after", *said, *quiet])


def flows(silent=0):
    return gross_flows(*both(table(ROWS, silent)), PLANS, register=register())


def cell(found, before, after):
    rows = found.table.filter((pl.col("before") == before) & (pl.col("after") == after))
    return rows.row(0, named=True)


def test_every_pair_of_answers_has_its_count():
    found = flows()
    counts = {(r["before"], r["after"]): r["n"] for r in found.table.iter_rows(named=True)}
    assert len(counts) == 3 * 3
    assert counts["planned", "yes"] == 3
    assert counts["no", "yes"] == 2
    assert counts["no", "planned"] == 0
    assert sum(counts.values()) == 10


def test_where_all_answered_the_counts_are_what_there_was():
    for row in flows().table.iter_rows(named=True):
        assert row["least"] == row["n"] == row["most"]


def test_of_a_frame_that_was_partly_silent_more_can_have_moved():
    # 3 of the 10 that answered, of 20 units: at least those 3, and not all of the 10 others.
    found = cell(flows(silent=10), "planned", "yes")
    assert (found["n"], found["panel"], found["units"]) == (3, 10, 20)
    assert 3 <= found["least"] < found["most"] < 13


def test_as_many_that_took_it_up_as_gave_it_up_is_what_the_test_asks():
    # 5 gained "yes" and 1 lost it: 2 (1 + 6) / 2^6.
    found = flows().moves.filter(pl.col("category") == "yes").row(0, named=True)
    assert (found["gained"], found["lost"]) == (5, 1)
    assert found["p_value"] == pytest.approx(2 * (1 + 6) / 2**6)


def test_a_unit_whose_predecessors_differed_is_in_no_cell():
    before = surveyed(
        "unit | population | uses\n1 | 500 | yes\n2 | 500 | no\n3 | 500 | no", of=BEFORE
    )
    after = surveyed("unit | population | uses\n3 | 500 | no\n9 | 1000 | yes", of=AFTER)
    found = gross_flows(before, after, PLANS, register=merged("1", "2", into="9"))
    assert found.table["panel"].unique().to_list() == [1]


def test_what_was_not_asked_has_no_flows():
    new = asked(question("uses", "planned", waves=("2015",)))
    found = gross_flows(*both(table(ROWS, 0)), new, register=register())
    assert found.table["missing"].to_list() == ["not_asked"]
    assert found.moves.height == 0
