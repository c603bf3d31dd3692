"""Ids that name people never lie on the disk as they are, whichever way they come."""

import polars as pl
import pytest

from torg.archive.hiding import hidden
from torg.archive.pseudonyms import Pseudonyms
from torg.collect import REPLIES, VANISHED, Batch
from torg.errors import LackingPart

KEY = Pseudonyms(b"k" * 32)
URI = "at://did:plc:someone/app.bsky.feed.post/1"


def told(*rows, schema=REPLIES):
    return pl.DataFrame([dict(row) for row in rows], schema=schema, orient="row")


NAMING = {"platform": "bluesky", "channel": "did:plc:town", "native_id": URI}
PLAIN = {"platform": "facebook", "channel": "77", "native_id": "77_1", "parent_native_id": "77_0"}


def test_only_networks_that_name_people_in_ids_have_them_hidden():
    replies = hidden(Batch(replies=told(NAMING, PLAIN)), KEY).replies
    assert replies["native_id"].to_list() == [KEY.hidden_id(URI), "77_1"]
    assert replies["parent_native_id"].to_list() == [None, "77_0"]


def test_without_the_key_such_replies_are_refused_and_others_are_not():
    assert hidden(Batch(replies=told(PLAIN)), None).replies.height == 1
    with pytest.raises(LackingPart, match="author key"):
        hidden(Batch(replies=told(NAMING, PLAIN)), None)


def test_what_is_gone_is_told_of_the_post_and_of_the_reply_that_it_may_be():
    gone = told({**NAMING, "what": "post"}, {**PLAIN, "what": "reply"}, schema=VANISHED)
    rows = hidden(Batch(vanished=gone), KEY).vanished.select("native_id", "what").rows()
    assert sorted(rows) == sorted([(URI, "post"), (KEY.hidden_id(URI), "reply"), ("77_1", "reply")])
