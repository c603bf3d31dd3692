"""Which measures are observed of the whole frame: in one tier, and not by their owners' leave."""

import polars as pl
import pytest

from tests.lib.answering import COUNTRY, frame
from tests.lib.seen import observed
from torg.compare import COVERAGE, GATE_REASONS, gate, through

NAMES = [f"{n:02}" for n in range(1, 21)]
UNITS = frame("\n".join(["unit", *NAMES]))


def rows(counts, *, measure="posts"):
    """OBSERVED of the 20 units in their order: so many of each access tier or reason."""
    states = [name for name, number in counts.items() for _ in range(number)]
    lines = [_line(unit, measure, state) for unit, state in zip(NAMES, states, strict=True)]
    return observed("\n".join(["unit | measure | value | access", *lines]))


def _line(unit, measure, state):
    if state in {"not_collected", "no_channel"}:
        return f"{unit} | {measure} | {state} | "
    if state in {"no_comments", "no_page"}:
        access = "no_page" if state == "no_page" else "public_page"
        return f"{unit} | {measure} | {state} | {access}"
    return f"{unit} | {measure} | 1 | {state}"


def judged(counts, *, measure="posts", **more):
    found = gate(rows(counts, measure=measure), UNITS, **more)
    assert found.schema == COVERAGE
    return found.row(0, named=True)


@pytest.mark.parametrize(
    ("counts", "observed_n", "reason"),
    [
        ({"public_page": 20}, 20, None),
        ({"public_page": 19, "not_collected": 1}, 19, None),  # a twentieth may lack
        ({"public_page": 18, "not_collected": 2}, 18, "not_observed"),
        ({"owner": 20}, 0, "owners_only"),  # who hands in answers surveys, too
        ({"public_page": 15, "owner": 5}, 15, "owners_only"),
        ({"public_page": 19, "owner": 1}, 19, None),
        ({"aggregate": 20}, 0, "totals_only"),
        ({"public_page": 10, "open_network": 10}, 10, "mixed_tiers"),
        ({"mixed": 20}, 0, "owners_only"),  # what was mixed may rest on the owners'
        ({"manual": 20}, 20, None),
        # Known, though there is nothing that the share could be made of.
        ({"public_page": 10, "no_comments": 10}, 20, None),
        ({"public_page": 10, "no_page": 10}, 20, None),
        ({"public_page": 10, "no_channel": 10}, 10, "not_observed"),  # unknown is not "none"
    ],
)
def test_what_passes(counts, observed_n, reason):
    found = judged(counts)
    assert (found["observed"], found["frame_n"]) == (observed_n, 20)
    assert (found["passed"], found["reason"]) == (reason is None, reason)
    assert reason is None or reason in GATE_REASONS


def test_whether_there_is_a_page_is_one_fact_however_it_is_known():
    both = {"register": 8, "manual": 12}
    assert judged(both, measure="has_page:facebook")["passed"]
    assert judged({"register": 8, "no_channel": 12}, measure="has_page:facebook")["passed"] is False


def test_the_others_are_told_with_their_reasons():
    found = judged({"public_page": 15, "owner": 2, "not_collected": 3})
    assert found["not_observed"] == "not_collected 3, owner 2"
    assert found["access"] == "public_page"


def test_a_hole_on_one_side_only_is_a_bias_of_its_own():
    lacking = {"public_page": 19, "not_collected": 1}  # unit 20
    silent = pl.DataFrame({"country": COUNTRY, "unit": NAMES[:16]})  # 20 is one of four
    found = judged(lacking, respondents=silent)
    assert found["reason"] == "one_side"
    everybody = pl.DataFrame({"country": COUNTRY, "unit": NAMES})
    assert judged(lacking, respondents=everybody)["passed"]


def test_county_units_do_not_count():
    units = frame("unit | kind\n01 | municipality\n02 | both\ncounty:North | county")
    found = gate(rows({"public_page": 20}), units).row(0, named=True)
    assert (found["observed"], found["frame_n"], found["passed"]) == (2, 2, True)
    counties = frame("unit | kind\ncounty:North | county")
    assert gate(rows({"public_page": 20}), counties)["passed"].to_list() == [False]


def test_only_rows_of_the_tier_that_counts_go_through():
    seen = pl.concat(
        [rows({"public_page": 19, "owner": 1}), rows({"owner": 20}, measure="followers")]
    )
    passed = through(seen, gate(seen, UNITS))
    assert passed["measure"].unique().to_list() == ["posts"]
    assert passed.filter(pl.col("unit") == "20").select("value", "missing").row(0) == (
        None,
        "other_tier",
    )
    assert passed["value"].count() == 19
