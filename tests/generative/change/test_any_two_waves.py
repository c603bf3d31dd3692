"""Of any two waves: order does not matter, turned round the sign turns, all stays possible."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.drawn_waves import asked, both, merged, register
from torg.survey import Surveyed, change, gross_flows

SAID = st.sampled_from(["yes", "no", "n/a", "-", ""])
SIZES = st.sampled_from(["small", "large"])
PEOPLE = {"small": "900", "large": "90000"}
UNITS = st.lists(st.tuples(SIZES, SAID, SAID), min_size=4, max_size=24).filter(
    lambda units: all(any(u[place] in ("yes", "no") for u in units) for place in (1, 2))
)
WAYS = st.sampled_from(["none", "poststratify", "rake"])


def waves(units, way):
    rows = [f"{n:02} | {size} | {PEOPLE[size]} | {a} | {b}" for n, (size, a, b) in enumerate(units)]
    return both("\n".join(["unit | size_class | population | before | after", *rows]), method=way)


def figures(table):
    return {(r["group"], r["category"]): (r["estimate"], r["low"], r["high"])
            for r in table.iter_rows(named=True)}  # fmt: skip


def shuffled(wave, seed):
    return Surveyed(
        wave.wave,
        wave.frame.sample(fraction=1, shuffle=True, seed=seed),
        wave.sheet.sample(fraction=1, shuffle=True, seed=seed),
        wave.weighting,
    )


@settings(deadline=None)
@given(UNITS, WAYS, st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(units, way, seed):
    before, after = waves(units, way)
    one = change(before, after, asked(), register=register())
    other = change(shuffled(before, seed), shuffled(after, seed + 1), asked(), register=register())
    assert one.equals(other)


@settings(deadline=None)
@given(UNITS, WAYS)
def test_turned_round_the_sign_turns(units, way):
    before, after = waves(units, way)
    there = figures(change(before, after, asked(), register=register()))
    back = figures(change(after, before, asked(), register=register()))
    for key, (estimate, low, high) in there.items():
        if estimate is None:
            assert back[key] == (None, None, None)
        else:
            assert back[key] == pytest.approx((-estimate, -high, -low), abs=1e-9)


@settings(deadline=None)
@given(UNITS, WAYS)
def test_an_interval_holds_its_estimate_and_nothing_that_cannot_be(units, way):
    before, after = waves(units, way)
    for estimate, low, high in figures(
        change(before, after, asked(), register=register())
    ).values():
        if estimate is not None:
            assert -1 <= low <= estimate + 1e-12
            assert estimate - 1e-12 <= high <= 1


@settings(deadline=None)
@given(UNITS)
def test_shares_of_all_answers_change_by_nothing_together(units):
    before, after = waves(units, "none")
    found = change(before, after, asked(), register=register()).drop_nulls("estimate")
    for group in ("all", "panel"):
        assert found.filter(pl.col("group") == group)["estimate"].sum() == pytest.approx(
            0, abs=1e-9
        )


@settings(deadline=None)
@given(UNITS)
def test_a_panel_of_one_wave_and_itself_has_not_changed(units):
    before, _ = waves(units, "none")
    for estimate, *_ in figures(change(before, before, asked(), register=register())).values():
        assert estimate in (0, None)


@settings(deadline=None)
@given(UNITS, st.booleans())
def test_a_merged_municipality_counts_once(units, same):
    """The first two units are one by the second wave, and say what they said."""
    if any(u[1] not in ("yes", "no") for u in units[:2]) or (same and units[0][1] != units[1][1]):
        return
    before, _ = waves(units, "none")
    rows = ["zz | 1800 | yes", *(f"{n:02} | 900 | {u[2]}" for n, u in enumerate(units) if n > 1)]
    _, after = both("unit | population | after | before\n" + "\n".join(f"{r} | yes" for r in rows))
    flows = gross_flows(before, after, asked(), register=merged("00", "01", into="zz"))
    assert flows.table["units"].max() == len(units) - 1


@settings(deadline=None)
@given(UNITS)
def test_flows_add_up_to_the_panels_change(units):
    before, after = waves(units, "none")
    moves = gross_flows(before, after, asked(), register=register()).moves
    found = figures(change(before, after, asked(), register=register()))
    for row in moves.iter_rows(named=True):
        estimate = found["panel", row["category"]][0]
        net = (row["gained"] - row["lost"]) / row["panel"]
        inside = all((u[1] == "n/a") == (u[2] == "n/a") for u in units)
        if inside and not any("n/a" in u for u in units):
            assert estimate == pytest.approx(net)
