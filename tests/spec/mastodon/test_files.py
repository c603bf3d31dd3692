"""Saved answers of Mastodon's interface: the same posts and replies as collecting brings."""

import json

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.lib.mastodon_fake import Server, asked
from torg.collect import KnownChannels, open_source
from torg.errors import FileRefused
from torg.register import Channel, Register

KNOWN = KnownChannels.of(
    Register(channels=(Channel("NO", "0301", "mastodon", "https://social.example/@town"),))
)
IDENTITY = ["platform", "channel", "native_id", "id_space", "published_at", "text"]


def a_town():
    server = Server("social.example")
    server.account("town")
    server.account("ann", home="other.example")
    return server


def saved(tmp_path, answer, *, name="answer.json", known=KNOWN):
    path = tmp_path / name
    path.write_text(json.dumps(answer), "utf-8")
    (batch,) = open_source(path, known=known).batches()
    return batch


def test_a_file_of_statuses_gives_the_posts_that_collecting_gives(tmp_path):
    server = a_town()
    server.post("town", "Snow", favourites_count=5, reblogs_count=2)
    server.post("town", "Thaw", visibility="unlisted")
    from_file = saved(tmp_path, list(server.statuses.values())[::-1])
    live = asked(server, "posts")[0]

    counts = ["likes", "reactions", "shares", "comments", "type", "url"]
    assert_frame_equal(
        from_file.posts.select(IDENTITY + counts), live.posts.select(IDENTITY + counts)
    )
    assert from_file.posts["read_at_is_bound"].all()  # nothing says when the answer was saved


def test_a_thread_is_put_under_the_post_that_its_answers_name(tmp_path):
    server = a_town()
    post = server.post("town", "Snow")
    town = server.accounts["town"]
    named = {"mentions": [{name: town[name] for name in ("id", "username", "url", "acct")}]}
    first = server.post("ann@other.example", "Where?", to=post, **named)
    server.post("town", "Here", to=first)
    live = asked(server, "replies", subjects=(post["uri"],))[0]
    context = {"ancestors": [], "descendants": [s for s in server.statuses.values() if s != post]}
    from_file = saved(tmp_path, context)

    assert_frame_equal(from_file.replies.drop("line"), live.replies.drop("line"))
    assert from_file.replies["line"].to_list() == [1, 2]


def test_what_does_not_enter_stands_aside_without_its_words(tmp_path):
    server = a_town()
    server.post("town", "Snow")
    server.post("ann@other.example", "Mine")
    server.post("town", "To followers", visibility="private")
    server.post("town", "Not mine", reblog=server.post("ann@other.example", "Look"))
    batch = saved(tmp_path, list(server.statuses.values()))

    assert batch.posts["text"].to_list() == ["Snow"]
    assert not any("example" in row or "Mine" in row for row in batch.rejects["row"])
    reasons = " ".join(batch.rejects["reason"])
    for words in ("may be a citizen's", "not open to all", "no post of the channel's own"):
        assert words in reasons
    assert batch.rows_read == 5


def test_an_account_that_the_register_does_not_have_is_refused(tmp_path):
    server = a_town()
    server.post("town", "Snow")
    with pytest.raises(FileRefused, match="not in the register"):
        saved(tmp_path, list(server.statuses.values()), known=KnownChannels())


def test_statuses_may_stand_one_a_line(tmp_path):
    server = a_town()
    for number in range(3):
        server.post("town", f"Post {number}")
    path = tmp_path / "statuses.ndjson"
    path.write_text("\n".join(map(json.dumps, server.statuses.values())), "utf-8")
    batches = list(open_source(path, known=KNOWN).batches())
    assert pl.concat(batch.posts for batch in batches)["line"].to_list() == [1, 2, 3]
