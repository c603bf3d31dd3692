"""What a release tells beside its figures."""

import polars as pl

from torg.disclose.lists import shown_unclaimed

UNCLAIMED = pl.DataFrame(
    {
        "platform": ["threads", "facebook"],
        "channel": ["@a.person", "77"],
        "channel_name": ["A Person", "A Page"],
        "posts": [3, 5],
        "replies": [0, 1],
    }
)
NOTHING_WITHHELD = pl.DataFrame(
    schema=dict.fromkeys(("source_id", "platform", "channel", "rule"), pl.String)
)


def test_an_unclaimed_channel_is_counted_and_not_named():
    shown = shown_unclaimed(UNCLAIMED, NOTHING_WITHHELD)
    assert shown.rows() == [("threads", None, None, 3, 0), ("facebook", None, None, 5, 1)]


def test_an_unclaimed_channel_that_is_withheld_is_not_even_counted():
    page = pl.DataFrame(
        {"source_id": ["a"], "platform": ["facebook"], "channel": ["77"], "rule": ["owner"]}
    )
    assert shown_unclaimed(UNCLAIMED, page)["platform"].to_list() == ["threads"]
