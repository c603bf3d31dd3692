"""What a visit of a site's feed brings home."""

import datetime as dt

import pytest

from tests.lib.feeds import Site, atom, item, rss, visit
from torg.collect.platforms.rss.marks import Mark
from torg.collect.records import COUNTS

UTC = dt.UTC
MONDAY = dt.datetime(2026, 3, 2, 8, tzinfo=UTC)


def mark_of(batch):
    return batch.visits["mark"][0]


def test_items_are_posts_of_the_site_without_counts():
    news = item("Snow", at=MONDAY, guid="news-17", link="https://town.example/snow")
    batch = visit(Site({"/feed": rss(news)}))

    shown = batch.posts.select("channel", "channel_name", "native_id", "url", "text")
    assert shown.rows() == [
        ("https://town.example/feed", "Town", "news-17", "https://town.example/snow", "Snow")
    ]
    assert batch.posts["published_at"].to_list() == [MONDAY]
    assert batch.posts.select(*COUNTS).row(0) == (None,) * len(COUNTS)
    assert batch.visits["outcome"].to_list() == ["ok"]


def test_an_item_without_an_id_is_known_by_its_link():
    batch = visit(Site({"/feed": rss(item("Snow", at=MONDAY, link="/snow"))}))
    assert batch.posts["native_id"].to_list() == ["https://town.example/snow"]


def test_an_item_without_either_stands_aside():
    batch = visit(Site({"/feed": rss(item("Snow", at=MONDAY))}))
    assert batch.posts.is_empty()
    assert "neither an id nor a link" in batch.rejects["reason"][0]


def test_a_feed_that_has_not_changed_is_not_sent_again():
    site = Site({"/feed": rss(item("Snow", at=MONDAY, link="/snow"))})
    mark = mark_of(visit(site))
    again = visit(site, mark=mark)
    assert again.posts.is_empty()
    assert again.visits.select("outcome", "mark").rows() == [("ok", mark)]
    assert site.calls[-1].headers["if-none-match"]

    site.pages["/feed"] = rss(item("Thaw", at=MONDAY, link="/thaw"))
    assert visit(site, mark=mark).posts["text"].to_list() == ["Thaw"]


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Mon, 02 Mar 2026 10:00:00 +0100", 9),
        ("Mon, 02 Mar 2026 10:00:00 GMT", 10),
        ("Mon, 02 Mar 2026 10:00:00 EST", 15),
        ("2026-03-02T10:00:00+02:00", 8),
    ],
)
def test_times_are_instants(written, hour):
    batch = visit(Site({"/feed": rss(item("Snow", at=written, link="/snow"))}))
    assert batch.posts["published_at"].to_list() == [dt.datetime(2026, 3, 2, hour, tzinfo=UTC)]


def test_an_entry_that_was_changed_says_when():
    changed = (
        '<entry><id>tag:1</id><title>Snow</title><link href="/snow"/>'
        "<published>2026-03-01T10:00:00Z</published><updated>2026-03-02T07:00:00Z</updated></entry>"
    )
    batch = visit(Site({"/feed": atom(changed)}))
    assert batch.posts.select("published_at", "edited_at").rows() == [
        (dt.datetime(2026, 3, 1, 10, tzinfo=UTC), dt.datetime(2026, 3, 2, 7, tzinfo=UTC))
    ]


def test_markup_becomes_words():
    body = "<h2>Roads</h2><p>Closed <b>today</b>.<br>Drive&nbsp;slowly</p><script>x()</script>"
    more = f"<description><![CDATA[{body}]]></description>"
    batch = visit(Site({"/feed": rss(item("Snow &amp; ice", at=MONDAY, link="/s", more=more))}))
    assert batch.posts["text"].to_list() == [
        "Snow & ice\n\nRoads\n\nClosed today.\nDrive\u00a0slowly"
    ]


def test_undated_items_are_dated_by_first_sight_only_where_somebody_looked_before():
    site = Site({"/feed": rss(item("Old", link="/old"))})
    first = visit(site)
    assert first.posts.is_empty()
    assert first.visits["outcome"].to_list() == ["partial"]
    assert "no date" in first.rejects["reason"][0]

    site.pages["/feed"] = rss(item("New", link="/new"), item("Old", link="/old"))
    site.time.wait(3600)
    second = visit(site, mark=mark_of(first))
    assert second.posts.select("text", "published_at").rows() == [("New", site.time.at)]

    site.pages["/feed"] = rss(item("New", link="/new"))
    assert visit(site, mark=mark_of(second)).posts.is_empty()


def test_the_feed_is_found_from_the_sites_own_address():
    page = (
        b'<html><head><link rel="alternate" type="application/rss+xml" title="Comments"'
        b' href="/comments/feed"><link rel="alternate" type="application/atom+xml" href="news.xml">'
        b"</head><body>Welcome</body></html>"
    )
    news = rss(item("Snow", at=MONDAY, link="/snow"))
    site = Site({"/": page, "/news.xml": news, "/comments/feed": rss()})
    batch = visit(site, "https://town.example/")
    assert batch.posts["text"].to_list() == ["Snow"]
    assert batch.posts["channel"].to_list() == ["https://town.example/"]

    calls = len(site.calls)
    visit(site, "https://town.example/", mark=mark_of(batch))
    assert len(site.calls) - calls == 1  # the feed alone: where it is, is remembered


@pytest.mark.parametrize(
    "link",
    [
        "http://169.254.169.254/latest/meta-data/",
        "https://127.0.0.1/feed",
        "https://localhost:8080/feed",
        "https://intranet.local/feed",
        "ftp://town.example/feed",
        "http://[",
    ],
)
def test_a_page_does_not_lead_into_our_own_network(link):
    site = Site({"/": front_page(link)})
    batch = visit(site, "https://town.example/")
    assert batch.visits["outcome"].to_list() == ["failed"]
    assert [call.url for call in site.calls] == ["https://town.example/"]


def test_a_mark_does_not_lead_into_our_own_network_either():
    site = Site({"/": rss(item("Snow", at=MONDAY, link="/snow"))})
    mark = str(Mark("https://127.0.0.1/feed"))
    assert visit(site, "https://town.example/", mark=mark).posts.height == 1
    assert [call.url for call in site.calls] == ["https://town.example/"]


def test_a_link_from_before_https_is_followed_by_https():
    news = rss(item("Snow", at=MONDAY, link="/snow"))
    site = Site({"/": front_page("http://town.example/news.xml"), "/news.xml": news})
    assert visit(site, "https://town.example/").posts.height == 1
    assert site.calls[-1].url == "https://town.example/news.xml"


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Os kommune » Kommentarstrøm", "/feed"),
        ("Os » Kommentit-syöte", "/feed"),
        ("Os", "/comments/feed"),
    ],
)
def test_a_site_that_names_its_readers_comments_alone_has_no_feed(title, path):
    site = Site({"/": front_page(path, title=title), path: rss(item("Ann", at=MONDAY, link="/1"))})
    batch = visit(site, "https://town.example/")
    assert batch.visits["outcome"].to_list() == ["failed"]
    assert "put the feed's own address into the register" in batch.visits["detail"][0]
    assert len(site.calls) == 1


def test_comments_do_not_stand_in_for_a_feed_that_fails():
    page = front_page("/news.xml") + front_page("/comments/feed")
    site = Site({"/": page, "/comments/feed": rss(item("Ann", at=MONDAY, link="/1"))})
    batch = visit(site, "https://town.example/")
    assert batch.visits["outcome"].to_list() == ["gone"]
    assert batch.posts.is_empty()


@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        ("Comments for Town", "refused"),
        ("Kommentarer til Os", "refused"),
        ("Kommunedirektørens kommentar", "ok"),
    ],
)
def test_a_feed_that_calls_itself_readers_comments_is_refused(title, outcome):
    batch = visit(Site({"/feed": rss(item("Ann", at=MONDAY, link="/1"), title=title)}))
    assert batch.visits["outcome"].to_list() == [outcome]
    assert batch.posts.is_empty() is (outcome == "refused")


def front_page(link, *, title="News"):
    head = f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{link}">'
    return f"<html><head>{head}</head><body>Welcome</body></html>".encode()


@pytest.mark.parametrize("said", ['"v\xe5r"', '"' + "x" * 100_000 + '"', "a\tb", ""])
def test_what_cannot_be_sent_back_is_not_kept(said):
    news = rss(item("Snow", at=MONDAY, link="/snow"))
    site = Site({"/feed": (200, {"ETag": said, "Last-Modified": said}, news)})
    mark = Mark.read(mark_of(visit(site)))
    assert (mark.etag, mark.modified, mark.conditions) == (None, None, {})


def test_a_mark_that_holds_such_a_thing_already_is_mended():
    site = Site({"/feed": rss(item("Snow", at=MONDAY, link="/snow"))})
    poisoned = str(Mark("https://town.example/feed", etag='"v\xe5r"', modified="x" * 100_000))
    assert visit(site, mark=poisoned).visits["outcome"].to_list() == ["ok"]
    assert "if-none-match" not in site.calls[-1].headers
    assert "if-modified-since" not in site.calls[-1].headers


def test_a_feed_that_has_moved_is_found_anew():
    site = Site({"/feed": rss(item("Snow", at=MONDAY, link="/snow"))})
    mark = mark_of(visit(site))
    moved = (301, {"Location": "https://town.example/new-feed"}, b"")
    site.pages = {"/feed": moved, "/new-feed": rss(item("Thaw", at=MONDAY, link="/thaw"))}
    batch = visit(site, mark=mark)
    assert batch.posts["text"].to_list() == ["Thaw"]
    assert "new-feed" in mark_of(batch)


@pytest.mark.parametrize(
    ("status", "outcome"), [(404, "gone"), (410, "gone"), (403, "refused"), (418, "failed")]
)
def test_what_a_site_answers_is_an_outcome(status, outcome):
    batch = visit(Site({"/feed": (status, {}, b"")}))
    assert batch.visits["outcome"].to_list() == [outcome]
    assert batch.visits["detail"][0]


def test_a_page_without_a_feed_asks_for_the_feeds_address():
    batch = visit(Site({"/feed": b"<html><body>Welcome</body></html>"}))
    assert batch.visits["outcome"].to_list() == ["failed"]
    assert "register" in batch.visits["detail"][0]


def test_a_site_that_wants_no_robots_is_left_alone():
    site = Site({"/feed": rss()}, robots="User-agent: *\nDisallow: /feed")
    assert visit(site).visits["outcome"].to_list() == ["refused"]
    assert not site.calls


def test_an_item_that_stands_twice_is_one_post():
    twice = item("Snow", at=MONDAY, link="/snow")
    assert visit(Site({"/feed": rss(twice, twice)})).posts.height == 1


def test_items_from_before_the_window_are_left():
    old = item("Old", at=MONDAY - dt.timedelta(days=30), link="/old")
    new = item("New", at=MONDAY, link="/new")
    batch = visit(Site({"/feed": rss(old, new)}), since=MONDAY - dt.timedelta(days=1))
    assert batch.posts["text"].to_list() == ["New"]


def test_a_feed_that_is_cut_short_is_read_as_far_as_it_goes_and_asked_for_again():
    whole = rss(item("Snow", at=MONDAY, link="/snow"), item("Thaw", at=MONDAY, link="/thaw"))
    batch = visit(Site({"/feed": whole[:-60]}))
    assert "Snow" in batch.posts["text"].to_list()
    assert batch.visits["outcome"].to_list() == ["partial"]
    assert '"etag": null' in mark_of(batch)


def test_a_feed_with_entities_of_its_own_is_refused():
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for coded in (rss(head=bomb), rss(head=bomb).decode().encode("utf-16")):
        batch = visit(Site({"/feed": coded}))
        assert batch.visits["outcome"].to_list() == ["refused"]
        assert "entities" in batch.visits["detail"][0]


def test_an_item_may_speak_of_entities():
    words = "<![CDATA[Write &lt;!ENTITY or <!ENTITY x 'y'>]]>"
    news = item("XML", at=MONDAY, link="/x", more=f"<description>{words}</description>")
    assert visit(Site({"/feed": rss(news)})).posts.height == 1


def test_an_old_feed_that_names_the_public_dtd_is_read():
    old = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x.y/rss.dtd">'
    )
    batch = visit(Site({"/feed": rss(item("Snow", at=MONDAY, link="/snow"), head=old)}))
    assert batch.posts.height == 1


def test_an_item_dated_next_year_is_dated_by_first_sight():
    site = Site({"/feed": rss(item("Snow", at=MONDAY.replace(year=2027), link="/snow"))})
    assert visit(site).posts["published_at"].to_list() == [site.time.start]


@pytest.mark.parametrize(
    "written",
    ["00:19 PM", "1305", "2026-03-02", "2024-02-30T10:00:00Z", "02.03.2026 10:00", "i dag 10:00"],
)
def test_what_is_no_exact_time_dates_nothing(written):
    batch = visit(Site({"/feed": rss(item("Snow", at=written, link="/snow"))}))
    assert batch.posts.is_empty()
    assert "no date" in batch.rejects["reason"][0]


def test_zones_that_feeds_name_are_heeded():
    batch = visit(Site({"/feed": rss(item("Snow", at="Mon, 02 Mar 2026 10:00 CET", link="/s"))}))
    assert batch.posts["published_at"].to_list() == [dt.datetime(2026, 3, 2, 9, tzinfo=UTC)]
