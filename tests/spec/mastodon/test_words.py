"""The words of a status, its kind, and its moment, out of what the interface sends."""

import datetime as dt

import pytest

from torg.collect.markup import plain_text
from torg.collect.platforms.mastodon import account_name, channel_id, instant, post_row

UTC = dt.UTC
NOW = dt.datetime(2026, 3, 2, tzinfo=UTC)
LINK = (
    '<a href="https://town.example/news/snow"><span class="invisible">https://</span>'
    '<span class="ellipsis">town.example/ne</span><span class="invisible">ws/snow</span></a>'
)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Snow</p><p>and ice</p>", "Snow\n\nand ice"),
        ("<p>Snow<br>and<br />ice</p>", "Snow\nand\nice"),
        (f"<p>Read {LINK}</p>", "Read https://town.example/news/snow"),
        ('<p><a href="https://t.no/tags/snow">#<span>snow</span></a> &amp; ice</p>', "#snow & ice"),
        ("<p>:snowflake: falls</p>", ":snowflake: falls"),
        ("<p>5 &lt; 6</p>", "5 < 6"),
        ("<p>a\n  b</p>", "a b"),
        ('<p class="quote-inline">RE: <a href="https://x.y">x.y</a></p><p>Mine</p>', "Mine"),
        ("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"),
        ("<p>Snow<script>alert(1)</script><style>p{}</style></p>", "Snow"),
        ("<p>never <b>closed", "never closed"),
        ("", None),
        ("<p></p>", None),
    ],
)  # fmt: skip
def test_markup_is_read_as_people_see_it(markup, words):
    assert plain_text(markup) == words


def a_status(**facts):
    account = {"username": "town", "acct": "town", "url": "https://s.example/@town"}
    status = {"uri": "https://s.example/users/town/statuses/1", "id": "1", "account": account}
    return {**status, "created_at": "2026-03-01T09:00:00.000Z", "content": "<p>Snow</p>", **facts}


def test_a_warning_stands_before_the_words():
    row = post_row(a_status(spoiler_text="About the weather"), read_at=NOW)
    assert row["text"] == "About the weather\n\nSnow"


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({}, "text"),
        ({"media_attachments": [{"type": "image"}]}, "photo"),
        ({"media_attachments": [{"type": "image"}, {"type": "image"}]}, "album"),
        ({"media_attachments": [{"type": "gifv"}]}, "video"),
        ({"media_attachments": [{"type": "audio"}]}, "other"),
        ({"poll": {"id": "1"}}, "poll"),
        ({"card": {"url": "https://town.example"}}, "link"),
    ],
)
def test_a_post_is_of_the_kind_that_hangs_on_it(facts, kind):
    assert post_row(a_status(**facts), read_at=NOW)["type"] == kind


def test_a_count_that_is_not_given_is_missing():
    row = post_row(a_status(favourites_count=0), read_at=NOW)
    assert (row["likes"], row["comments"], row["shares"]) == (0, None, None)


@pytest.mark.parametrize(
    ("acct", "page", "name"),
    [
        ("Town", {"url": "https://s.example/@Town"}, "town@s.example"),
        ("town@s.example", {"url": "https://s.example/@town"}, "town@s.example"),
        ("town@town.no", {"url": "https://social.town.no/@town"}, "town@social.town.no"),
        ("town", {"uri": "https://s.example/users/town"}, "town@s.example"),
        ("town@s.example", {}, "town@s.example"),
        ("town", {}, None),
    ],
)
def test_an_account_has_one_name_wherever_it_is_seen(acct, page, name):
    account = {"username": acct.partition("@")[0], "acct": acct, **page}
    assert account_name(account) == name
    assert channel_id(account) == (f"@{name}" if name else None)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-01T09:00:00.000Z", dt.datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2026-03-01T09:00:00+01:00", dt.datetime(2026, 3, 1, 8, tzinfo=UTC)),
        (dt.datetime(2026, 3, 1, 9, tzinfo=UTC), dt.datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2026-03-01", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_instants_are_exact_or_none(written, moment):
    assert instant(written) == moment
