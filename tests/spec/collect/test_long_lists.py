"""Lists of posts longer than one visit reads: what was read is kept, and the next goes on."""

import datetime as dt
from importlib import import_module

import pytest

from tests.lib.bluesky_fake import HOST, TOWN, FakeView, feed, shown, uri, written
from tests.lib.graph_fake import READ, READ_INSTAGRAM, Account, GraphFake, Media, Page, Post, Token
from tests.lib.mastodon_fake import Server
from tests.lib.mastodon_fake import asked as asked_mastodon
from tests.lib.visits import START, means, visit
from tests.lib.youtube_fake import KEY, Channel, Video, YouTubeFake
from torg.collect.platforms.bluesky import bluesky
from torg.collect.platforms.facebook import FACEBOOK
from torg.collect.platforms.instagram import INSTAGRAM, INSTAGRAM_DISCOVERY
from torg.collect.platforms.youtube import YOUTUBE
from torg.tokens import Secret

DAY = dt.timedelta(days=1)
UPLOADER = "UCfjordvik00000000000000"


def facebook():
    posts = [Post(f"{number}", START - number * DAY) for number in range(1, 8)]
    graph = GraphFake(
        pages=[Page("1001", "fjordvik", posts=posts)],
        tokens={"own": Token("PAGE", ("1001",))},
        most=2,
    )
    return FACEBOOK, "1001", means(graph, token=Secret("own"))


def instagram(platform=INSTAGRAM):
    media = [Media(f"17{n}", f"CODE{n}", START - n * DAY) for n in range(1, 8)]
    account = Account("178401", "fjordvik", media=media)
    graph = GraphFake(
        pages=[Page("1001", "Fjordvik", instagram=account)],
        tokens={"own": Token("PAGE", ("1001",), READ + READ_INSTAGRAM)},
        others=[account],
        most=2,
    )
    return platform, "178401", means(graph, token=Secret("own"))


def of_others():
    return instagram(INSTAGRAM_DISCOVERY)


def youtube():
    videos = [Video(f"video-{n}", UPLOADER, START - n * DAY) for n in range(1, 8)]
    send = YouTubeFake(channels=[Channel(UPLOADER, "@fjordvik")], videos=videos, most=2)
    return YOUTUBE, UPLOADER, means(send, token=Secret(KEY), quota=YOUTUBE.quota)


@pytest.mark.parametrize("network", [facebook, instagram, of_others, youtube])
def test_seven_posts_two_a_page_two_pages_a_visit(network, monkeypatch):
    monkeypatch.setattr("torg.collect.platforms.paging.PAGES", 2)
    platform, channel, by = network()
    handle = {"handle": "fjordvik"} if platform is INSTAGRAM_DISCOVERY else {}

    first = visit(platform, "posts", channel, by=by, since=START - 90 * DAY, **handle)
    assert first.posts.height == 4
    assert first.visits.select("outcome", "detail").rows() == [
        ("partial", "There are more pages than one visit reads.")
    ]

    mark = first.visits["mark"][0]
    rest = visit(platform, "posts", channel, by=by, since=START - DAY, mark=mark, **handle)
    assert rest.posts.height == 3
    assert not set(first.posts["native_id"]) & set(rest.posts["native_id"])
    assert rest.visits["outcome"].to_list() == ["ok"]

    mark = rest.visits["mark"][0]
    later = visit(platform, "posts", channel, by=by, since=START - DAY, mark=mark, **handle)
    assert later.posts["published_at"].min() >= START - 3 * DAY  # the newest, and two days back


def test_a_feed_of_blueskys_is_gone_on_with(monkeypatch):
    monkeypatch.setattr("torg.collect.platforms.bluesky.pages.PAGES", 2)
    views = [
        [shown(uri(TOWN, f"p{n}"), written("Hei", at=(START - 2 * n * DAY).isoformat()))]
        for n in range(1, 6)
    ]
    view, platform = FakeView({"getAuthorFeed": feed(*views)}), bluesky(host=HOST)
    seen, mark, since = [], None, START - 90 * DAY
    for outcome in ("partial", "partial", "ok", "ok"):
        batch = visit(platform, "posts", TOWN, by=means(view), since=since, mark=mark)
        assert batch.visits["outcome"].to_list() == [outcome]
        seen.append([one.rpartition("/")[2] for one in batch.posts["native_id"]])
        # Later looks want the newest days only; what was left over is wanted all the same.
        mark, since = batch.visits["mark"][0], START - DAY
    # The last visit begins with the newest again, and knows all that it shows.
    assert seen == [["p1", "p2"], ["p3", "p4"], ["p5"], []]


def test_a_server_of_mastodons_that_has_no_end_is_left_after_so_many(monkeypatch):
    module = import_module("torg.collect.platforms.mastodon.posts")
    monkeypatch.setattr(module, "ROOM", 80)
    server = Server("social.example")
    server.account("town")
    for _ in range(200):
        server.post("town", "Snow")
    batches = asked_mastodon(server, "posts")
    assert [batch.posts.height for batch in batches] == [40, 40]
    last = batches[-1].visits
    assert last["outcome"].to_list() == ["partial"]
    assert '"gaps": [["' in last["mark"][0]
