"""Whatever a server puts into a status: a record that holds, or a reason why there is none."""

import datetime as dt

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.nightly import scale
from torg.collect.platforms.mastodon import post_row
from torg.collect.platforms.mastodon.records import lacking
from torg.collect.records import POSTS

READ_AT = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
ODD = st.one_of(
    st.sampled_from([None, True, -1, 10**30, 1e308, "", "x", "http://[", "\x00", "\ud800"]),
    st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-13-45T99:99"]),
    st.sampled_from(["<a " * 50, "9" * 5_000, "&#" + "9" * 5_000]),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=4,
    ),
)
FACTS = [
    "id",
    "uri",
    "url",
    "created_at",
    "edited_at",
    "content",
    "spoiler_text",
    "media_attachments",
    "poll",
    "card",
]
COUNTS = ["favourites_count", "reblogs_count", "replies_count"]
OF_ACCOUNTS = ["username", "acct", "url", "uri", "display_name"]


def a_status():
    account = {"username": "town", "acct": "town", "url": "https://s.example/@town"}
    status = {"uri": "https://s.example/users/town/statuses/1", "id": "1"}
    return {**status, "created_at": "2026-03-01T09:00:00.000Z", "account": account}


@settings(max_examples=scale(300, 20_000), deadline=None)
@given(
    st.dictionaries(st.sampled_from([*FACTS, *COUNTS]), ODD, max_size=3),
    st.dictionaries(st.sampled_from(OF_ACCOUNTS), ODD, max_size=1),
)
def test_any_status_is_a_row_or_lacks_something(facts, of_account):
    status = {**a_status(), **facts}
    status["account"] = {**status["account"], **of_account}
    if lacking(status) is None:
        row = post_row(status, read_at=READ_AT)
        assert pl.DataFrame([row], schema_overrides=POSTS).height == 1
