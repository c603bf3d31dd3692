"""What a visit brings home."""

import json

import polars as pl

from torg.collect.platforms.visited import frame

SCHEMA = {"native_id": pl.String(), "text": pl.String(), "reactions": pl.Int64()}


def test_half_a_letter_costs_nothing_but_itself():
    rows = json.loads(
        '[{"native_id": "1", "text": "takk \\ud83d"}, {"native_id": "2", "text": "\\ud83d\\ude00"}]'
    )
    assert frame(rows, SCHEMA).rows() == [("1", "takk �", None), ("2", "\U0001f600", None)]
