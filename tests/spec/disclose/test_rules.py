"""The table of rules: what is known of a source decides who may see it."""

import datetime as dt

import polars as pl
import pytest

from torg.disclose import RULES, judged

TODAY = dt.date(2026, 6, 1)
KNOWN = {
    "access": "public_page",
    "may_publish": True,
    "agreed": False,
    "keep_until": None,
    "today": TODAY,
}
TYPES = {"keep_until": pl.Date}


def rule(**known):
    frame = pl.DataFrame([{**KNOWN, **known}], schema_overrides=TYPES)
    return judged(frame)["rule"].item()


@pytest.mark.parametrize(
    ("known", "which"),
    [
        ({}, None),
        ({"access": "open_network"}, None),
        ({"may_publish": False, "access": "owner"}, "owners_own"),
        ({"may_publish": False, "access": "owner", "agreed": True}, None),
        ({"access": "aggregate"}, "totals_only"),
        ({"access": "aggregate", "agreed": True}, "totals_only"),
        ({"keep_until": TODAY}, None),  # the last day
        ({"keep_until": TODAY - dt.timedelta(days=1)}, "kept_too_long"),
        # What nobody may see comes before what only some may.
        ({"keep_until": dt.date(2026, 1, 1), "access": "aggregate"}, "kept_too_long"),
    ],
)
def test_which_rule_withholds(known, which):
    assert rule(**known) == which


def test_every_rule_says_why_and_who_may_see():
    assert all(r.why.endswith(".") and r.seen_by in ("nobody", "analysts") for r in RULES.values())
