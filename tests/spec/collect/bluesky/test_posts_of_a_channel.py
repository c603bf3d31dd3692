"""Bluesky: which posts are the channel's, when they were published, and what is known of them."""

import datetime as dt

import pytest

from tests.lib.bluesky_fake import (
    HOST,
    KARI,
    OLA,
    TOWN,
    FakeView,
    feed,
    refusal,
    shown,
    uri,
    written,
)
from tests.lib.visits import START, ends, means, visit
from torg.collect.platforms.bluesky import bluesky

BLUESKY = bluesky(host=HOST)


def utc(*moment):
    return dt.datetime(*moment, tzinfo=dt.UTC)


def posts(*pages, **task):
    view = FakeView({"getAuthorFeed": feed(*pages)})
    return visit(BLUESKY, "posts", TOWN, by=means(view), **task), view


def test_a_post_with_its_counts():
    view = shown(uri(TOWN, "a"), written("Ny bru!"), likes=3, replies=2, reposts=1)
    batch, _ = posts([view])
    assert batch.posts.select(
        "channel", "native_id", "text", "type", "reactions", "likes", "comments", "shares", "views"
    ).rows() == [(TOWN, uri(TOWN, "a"), "Ny bru!", "text", 3, 3, 2, 1, None)]
    assert batch.posts["url"].to_list() == [f"https://bsky.app/profile/{TOWN}/post/a"]
    assert batch.posts["read_at"].to_list() == [START]
    assert ends(batch) == [(None, "ok", None)]


def test_counts_that_are_not_given_are_missing_and_not_zero():
    view = shown(uri(TOWN, "a"), written("Ny bru!"))
    for name in ("likeCount", "replyCount", "repostCount"):
        del view[name]
    batch, _ = posts([view])
    assert batch.posts.select("reactions", "comments", "shares").rows() == [(None, None, None)]


def test_reposts_replies_to_others_and_posts_of_others_are_not_the_channels_posts():
    repost = {
        "post": shown(uri(KARI, "k"), written("hei")),
        "reason": {"$type": "app.bsky.feed.defs#reasonRepost"},
    }
    own_again = {"post": shown(uri(TOWN, "old"), written("hei")), "reason": repost["reason"]}
    answer = shown(uri(TOWN, "r"), written("takk", under=uri(OLA, "o")))
    batch, _ = posts([repost, own_again, answer, shown(uri(OLA, "o"), written("hei"))])
    assert batch.posts.is_empty()
    assert ends(batch) == [(None, "ok", None)]


@pytest.mark.parametrize(
    ("claim", "published"),
    [
        ("2026-03-01T09:00:00Z", utc(2026, 3, 1, 9)),
        ("2026-03-01T09:00:00.123456789Z", utc(2026, 3, 1, 9, 0, 0, 123456)),
        ("2026-03-01T10:00:00+01:00", utc(2026, 3, 1, 9)),
        ("2026-03-02T11:00:00Z", utc(2026, 3, 2, 11)),  # a phone's clock may be ahead
        ("0001-01-01T00:00:00Z", utc(2026, 3, 1, 12)),  # impossible: the first sight
        ("1970-01-01T00:00:00Z", utc(2026, 3, 1, 12)),
        ("2031-03-01T09:00:00Z", utc(2026, 3, 1, 12)),
        ("2026-03-01T09:00:00", utc(2026, 3, 1, 12)),  # says no zone
        ("yesterday", utc(2026, 3, 1, 12)),
        (None, utc(2026, 3, 1, 12)),
    ],
)
def test_the_authors_claim_is_believed_unless_it_cannot_be(claim, published):
    batch, _ = posts([shown(uri(TOWN, "a"), written("hei", at=claim))])
    assert batch.posts["published_at"].to_list() == [published]


def test_an_impossible_claim_gives_way_to_the_moment_the_network_saw_the_post():
    view = shown(uri(TOWN, "a"), written("hei", at="2031-01-01T00:00:00Z"))
    view["indexedAt"] = "2026-02-27T08:00:00Z"
    batch, _ = posts([view])
    assert batch.posts["published_at"].to_list() == [utc(2026, 2, 27, 8)]


@pytest.mark.parametrize(
    ("embed", "kind"),
    [
        (None, "text"),
        ({"$type": "app.bsky.embed.images", "images": [{}]}, "photo"),
        ({"$type": "app.bsky.embed.images", "images": [{}, {}]}, "album"),
        ({"$type": "app.bsky.embed.video"}, "video"),
        ({"$type": "app.bsky.embed.external"}, "link"),
        ({"$type": "app.bsky.embed.record"}, "other"),
        (
            {
                "$type": "app.bsky.embed.recordWithMedia",
                "media": {"$type": "app.bsky.embed.video"},
            },
            "video",
        ),
        ({"$type": "app.bsky.embed.hologram"}, "other"),
    ],
)
def test_the_kind_of_a_post_is_what_its_author_attached(embed, kind):
    batch, _ = posts([shown(uri(TOWN, "a"), written("hei", embed=embed))])
    assert batch.posts["type"].to_list() == [kind]


def test_facets_count_bytes_so_the_text_is_kept_whole():
    """ "Åpning: ko..." has 8 letters before the link, and 9 bytes."""
    facet = {
        "index": {"byteStart": 9, "byteEnd": 14},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://ko.example/a"}],
    }
    batch, _ = posts([shown(uri(TOWN, "a"), written("Åpning: ko...", facets=[facet]))])
    assert batch.posts.select("text", "type").rows() == [("Åpning: ko...", "link")]


def test_the_feed_is_read_back_to_where_it_was_read_before():
    days = {day: shown(uri(TOWN, f"d{day}"), written("x", at=f"2026-02-{day}T12:00:00Z"))
            for day in range(10, 28)}  # fmt: skip
    newest_first = [days[day] for day in sorted(days, reverse=True)]
    first, _ = posts(newest_first[3:9], newest_first[9:], since=utc(2026, 2, 15))
    assert sorted(first.posts["native_id"]) == [uri(TOWN, f"d{day}") for day in range(15, 25)]
    mark = first.visits["mark"].item()

    second, view = posts(newest_first[:6], newest_first[6:], mark=mark)
    assert sorted(second.posts["native_id"]) == [uri(TOWN, f"d{day}") for day in (25, 26, 27)]
    assert len(view.calls) == 1  # the first page reaches back far enough

    third, _ = posts(newest_first[:6], newest_first[6:], mark=second.visits["mark"].item())
    assert third.posts.is_empty()


def test_a_post_that_came_late_into_the_feed_is_not_passed_over():
    noon = shown(uri(TOWN, "noon"), written("x", at="2026-02-27T12:00:00Z"))
    first, _ = posts([noon])
    late = shown(uri(TOWN, "late"), written("x", at="2026-02-27T08:00:00Z"))
    second, _ = posts([noon, late], mark=first.visits["mark"].item())
    assert second.posts["native_id"].to_list() == [uri(TOWN, "late")]


def test_a_feed_that_goes_round_in_circles_ends():
    view = FakeView(
        {"getAuthorFeed": {"feed": [{"post": shown(uri(TOWN, "a"), written("x"))}], "cursor": "c"}}
    )
    batch = visit(BLUESKY, "posts", TOWN, by=means(view))
    assert len(view.calls) == 2
    assert batch.visits["outcome"].to_list() == ["ok"]


def test_what_came_before_the_view_stopped_answering_is_kept():
    pages = feed([shown(uri(TOWN, "a"), written("x"))], [])
    view = FakeView(
        {"getAuthorFeed": lambda p: refusal("InternalServerError") if "cursor" in p else pages(p)}
    )
    batch = visit(BLUESKY, "posts", TOWN, by=means(view), mark="2026-02-01T00:00:00+00:00")
    assert batch.posts.height == 1
    assert batch.visits.select("outcome", "mark").rows() == [
        ("partial", "2026-02-01T00:00:00+00:00")
    ]


def test_a_channel_without_a_known_id_is_asked_by_its_handle():
    view = FakeView({"getAuthorFeed": feed([shown(uri(TOWN, "a"), written("x"))])})
    batch = visit(BLUESKY, "posts", "@town.example", by=means(view))
    assert view.calls[0][1]["actor"] == ["town.example"]
    assert batch.posts["channel"].to_list() == [TOWN]
    assert batch.visits.select("channel", "handle").rows() == [(TOWN, "town.example")]
