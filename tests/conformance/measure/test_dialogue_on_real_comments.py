"""The dialogue measures on the comments of a real page, read here without the importer."""

import csv

import pytest

from tests.lib.conversations import measured, seconds, views
from torg.measure.formulas.dialogue import FORMULAS

OWNER = "The City of Sugar Land Texas"

pytestmark = pytest.mark.real_data


def said(folder):
    path = folder / "posts" / "sugarland" / "sugarlandtxgov_facebook_comments.csv"
    with path.open(encoding="cp1252", newline="") as file:
        rows = list(csv.DictReader(file, skipinitialspace=True))
    keys = {row["comment_id"]: number for number, row in enumerate(rows)}
    latest = max(seconds(row["comment_published"]) for row in rows)
    return [
        {
            "municipality": "4870808",
            "channel": "1",
            "reply": keys[row["comment_id"]],
            "parent": keys[row["parent_id"]] if row["parent_id"].strip() else None,
            "at": seconds(row["comment_published"]),
            "by": "owner" if row["comment_author"].startswith(OWNER) else "citizen",
            "asks": None,
            "in_window": True,
            "until": latest,
        }
        for row in rows
    ]


def test_twelve_of_two_hundred_comments_have_an_answer(real_data):
    rows = measured(views(said(real_data), country="US", offset_hours=0), FORMULAS)
    got = {row["measure"]: row["missing"] or row["value"] for row in rows.iter_rows(named=True)}
    assert got["comments_received"] == 200
    assert got["owner_replies"] == 19
    assert got["answered"] == 12 / 200
    assert got["answer_hours_answered_median"] == pytest.approx(0.735)
    assert got["answer_hours_median"] == "never_reached"
