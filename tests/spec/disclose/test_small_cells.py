"""Which cells of a survey are too small to show, and what goes with them."""

import pytest

from tests.lib.answering import question
from tests.lib.small_cells import lattice, slow_ranges
from torg.disclose.small_cells import (
    LEAST_FACTS,
    LEAST_OPINIONS,
    is_dominated,
    least_of,
    sensitive,
    width_of,
)
from torg.disclose.suppressing import suppressed
from torg.survey.questionnaire import Option


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"yes": 7, "no": 2}, ("no",)),  # each of the two knows the other
        ({"yes": 7, "no": 3}, ()),
        ({"yes": 12, "no": 0}, ()),  # nobody is not few
        ({"yes": 9, "no": 0}, ("yes",)),  # all of nine: a list of names
        ({"yes": 1, "no": 1}, ("no", "yes")),  # a group of two
        ({"yes": 0, "no": 0}, ()),  # nobody answered
        ({"yes": 6, "planned": 1, "no": 2}, ("no", "planned")),
    ],
)
def test_which_cells_of_a_group_are_small(counts, hidden):
    assert sensitive(counts, least=LEAST_FACTS) == hidden


def test_what_one_thinks_is_nearer_to_the_person_than_what_one_has():
    assert least_of(question("guidelines")) == LEAST_FACTS == 3
    options = (Option("good", {"en": "Good"}), Option("bad", {"en": "Bad"}))
    assert least_of(question("benefit", "scale", options=options)) == LEAST_OPINIONS == 5
    # Good or bad experience is an opinion, a tick for a service on a channel is a fact.
    cells = {"rows": options, "columns": options}
    assert least_of(question("tried", "matrix", options=options, **cells)) == 5
    assert least_of(question("services", "matrix", **cells)) == 3


@pytest.mark.parametrize(
    ("numbers", "is_out"),
    [
        ((1, 2), True),  # two
        ((1, 1, 1), False),
        ((10, 10, 3), True),  # two make up 20 of 23: 87 per cent
        ((10, 10, 4), False),  # 83
        ((1000, 10, 10), True),
        ((0, 0, 0), True),  # everybody's is known
        ((0,) * 10, False),
        ((), False),
    ],
)
def test_when_a_mean_tells_of_one_of_them(numbers, is_out):
    assert is_dominated(numbers, least=3) is is_out


def test_a_range_cannot_be_wider_than_its_group():
    assert width_of(8, least=3) == 3.0
    assert width_of(2, least=3) == 2.0


# Three sizes of municipalities. Of the small ones one said no: that cell is small.
THREE_SIZES = "answer | size\n" + "\n".join(
    ["yes | small"] * 4 + ["no | small"]
    + ["yes | middle"] * 3 + ["no | middle"] * 3
    + ["yes | large"] * 5 + ["no | large"] * 5
)  # fmt: skip


def hidden(drawn, small, *, width=3.0, **more):
    table = lattice(drawn, **more)
    cells = suppressed(table, dict.fromkeys(small, width))
    return cells, table


def test_a_small_cell_alone_could_be_worked_out():
    cells, table = hidden(THREE_SIZES, [("size:small", "no")])
    # Its group's size is known, so the other answer goes too. All less the middle and the large
    # ones would leave the small ones, so one more class goes: the smaller of the two.
    assert cells == {
        ("size:small", "no"), ("size:small", "yes"), ("size:middle", "no"), ("size:middle", "yes"),
    }  # fmt: skip
    # 8 said yes and 4... of the 11 small and middle ones 4 said no: of the small ones 0 to 4.
    assert slow_ranges(table, cells)["size:small", "no"] == (0, 4)


def test_two_small_cells_can_hide_each_other_and_still_be_too_narrow():
    # In each of two classes one said no. Hidden alone they would be two in all, so 0 to 2 each.
    table = "answer | size\n" + "\n".join(
        ["yes | a"] * 4 + ["no | a"] + ["yes | b"] * 4 + ["no | b"]
        + ["yes | c"] * 6 + ["no | c"] * 6
    )  # fmt: skip
    cells, found = hidden(table, [("size:a", "no"), ("size:b", "no")])
    assert ("size:c", "no") in cells or ("all", "no") in cells
    for cell in (("size:a", "no"), ("size:b", "no")):
        low, high = slow_ranges_of(found, cells, cell)
        assert high - low >= 3


def slow_ranges_of(table, cells, cell):
    """By hand, since 22 units are too many to try: a class is what the others leave of all."""
    shown = {c: v for c, v in table.cells.items() if c not in cells}
    if ("all", "no") not in shown:
        return (0, table.sizes[cell[0]])
    others = sum(v for (group, code), v in shown.items() if group != "all" and code == "no")
    left = shown["all", "no"] - others
    room = sum(table.sizes[g] for g, c in cells if c == "no" and g != cell[0])
    return (max(0, left - room), min(left, table.sizes[cell[0]]))


def test_nothing_is_hidden_where_nothing_is_small():
    assert hidden(THREE_SIZES, [])[0] == frozenset()


def test_counties_and_sizes_bind_each_other():
    # Every small municipality lies in the north: hiding within the sizes alone would not do.
    table = "answer | size | county\n" + "\n".join(
        ["yes | small | north"] * 3 + ["no | small | north"]
        + ["yes | large | south"] * 2 + ["no | large | south"] * 2
    )  # fmt: skip
    cells, found = hidden(table, [("size:small", "no")])
    assert ("county:north", "no") in cells
    low, high = slow_ranges(found, cells)["size:small", "no"]
    assert high - low >= 3


def test_sums_of_numbers_give_one_another_away_too():
    table = "answer | size\n9 | small\n1 | small\n5 | middle\n6 | middle\n7 | large\n8 | large"
    cells, _ = hidden(table, [("size:small", "")], number=True, width=1.0)
    assert cells == {("size:small", ""), ("size:middle", "")}
