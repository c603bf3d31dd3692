"""Feeds as files: the same posts as following the site brings."""

import datetime as dt

import pytest
from polars.testing import assert_frame_equal

from tests.lib.feeds import Site, item, rss, visit
from torg.collect import KnownChannels, open_source
from torg.errors import FileRefused
from torg.register import Channel, Register

MONDAY = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
NEWS = rss(
    item("Snow", at=MONDAY, guid="news-17", link="/snow"),
    item("Thaw", at=MONDAY + dt.timedelta(hours=3), link="/thaw"),
)


def opened(tmp_path, content, **settings):
    path = tmp_path / "feed.xml"
    path.write_bytes(content)
    return open_source(path, **settings)


def test_a_file_gives_the_posts_that_following_the_site_gives(tmp_path):
    registered = Register(channels=(Channel("NO", "0301", "rss", "https://www.town.example"),))
    (batch,) = opened(tmp_path, NEWS, known=KnownChannels.of(registered)).batches()
    live = visit(Site({"": NEWS, "/": NEWS}), "https://www.town.example")

    assert batch.posts["channel"].unique().to_list() == ["https://www.town.example"]
    same = ["channel", "channel_name", "native_id", "published_at", "text", "type", "likes"]
    assert_frame_equal(batch.posts.select(same), live.posts.select(same))


def test_items_without_date_or_id_stand_aside_with_their_number(tmp_path):
    content = rss(
        item("No date", link="/a"), item("No id", at=MONDAY), item("Snow", at=MONDAY, link="/s")
    )
    (batch,) = opened(tmp_path, content).batches()
    assert batch.posts["text"].to_list() == ["Snow"]
    assert batch.rejects["line"].to_list() == [1, 2]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<html><body>Welcome</body></html>", "no feed"),
        (rss(head='<!DOCTYPE rss [<!ENTITY a "aaaa">]>'), "entities"),
        (b"<rss version='2.0'>" + b" " * (17 << 20), "longer than 16 MB"),
    ],
)
def test_what_is_no_feed_is_refused_in_words(tmp_path, content, why):
    with pytest.raises(FileRefused, match=why):
        list(opened(tmp_path, content).batches())
