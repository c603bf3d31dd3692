"""What a site does not want robots to read is not read."""

import pytest

from tests.lib.doors import Server, answer
from torg.errors import Unreachable

FEED = "https://a.example/news/feed?id=1"


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (answer(body=b""), True),
        (answer(404), True),
        (answer(403), True),
        (answer(body=b"User-agent: *\nDisallow: /news/"), False),
        (answer(body=b"User-agent: *\nAllow: /news/\nDisallow: /"), True),
        (answer(body=b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /news/"), False),
        (answer(body=b"User-agent: *\nDisallow: /\n\nUser-agent: torg\nDisallow:"), True),
        (answer(body=b"User-agent: torg\nDisallow: /\n"), False),
        (answer(body=b"User-agent: other\nDisallow: /\n"), True),
        (answer(body=b"<html>no such thing</html>"), True),
        (answer(501), False),
    ],
)
def test_robots_are_heeded(robots, allowed):
    server = Server(robots)
    assert server.door().may_fetch(FEED) is allowed
    assert server.urls == ["https://a.example/robots.txt"]


@pytest.mark.parametrize(
    ("lines", "allowed"),
    [
        # The longest rule that fits is the one that holds, wherever it stands; of two, to allow.
        ("Allow: /\nDisallow: /news", False),
        ("Disallow: /news\nAllow: /news/feed", True),
        ("Disallow: /news\nAllow: /news", True),
        ("Disallow: /news/feed?id=1\nAllow: /news/feed", False),
        # "*" is anything, "$" is the end.
        ("Disallow: /*/feed", False),
        ("Disallow: *id=", False),
        ("Disallow: /*.xml$", True),
        ("Disallow: /news/feed$", True),
        ("Disallow: /*1$", False),
        ("Disallow: /*d=1*1$", True),
        ("Disallow: /***", False),
        ("Disallow: /news/f$ed", True),
        # One letter may be written in two ways.
        ("Disallow: /%6eews", False),
        ("Disallow: /news%2Ffeed", True),
        # What is no rule is not there; a remark is none.
        ("Disallow:", True),
        ("Disallow: # /", True),
        ("Crawl-delay: 3\nSitemap: https://a.example/x\nDisallow: /news", False),
        ("Disallow: news", True),
    ],
)
def test_rules_are_read_as_the_standard_has_them(lines, allowed):
    server = Server(answer(body=f"User-agent: *\n{lines}".encode()))
    assert server.door().may_fetch(FEED) is allowed


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: a\nUser-agent: Torg/1.0\nDisallow: /", False),
        ("User-agent: torgbot\nDisallow: /", True),
        ("User-agent: torgs-friend\nDisallow: /", True),
        ("User-agent: torg\nAllow: /x\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: torg\nAllow: /x\nUser-agent: b\nUser-agent: TORG\nDisallow: /", False),
        ("Disallow: /", True),
        ("User-agent: *\nDisallow: /x\nUser-agent: *\nDisallow: /news", False),
    ],
)
def test_groups_are_those_that_name_us_else_those_of_everybody(text, allowed):
    assert Server(answer(body=text.encode())).door().may_fetch(FEED) is allowed


def test_letters_beyond_ascii_are_compared_by_their_octets():
    door = Server(answer(body="User-agent: *\nDisallow: /nyhet/å".encode())).door()
    assert not door.may_fetch("https://a.example/nyhet/%c3%a5pent")
    assert door.may_fetch("https://a.example/nyhet/%c3%a4")


def test_no_rule_takes_longer_than_its_length():
    pattern = "/" + "*a" * 100_000
    door = Server(answer(body=f"User-agent: *\nDisallow: {pattern}b$".encode())).door()
    assert door.may_fetch("https://a.example/" + "a" * 100_000)


def test_its_word_holds_for_a_day():
    server = Server(answer(body=b"User-agent: *\nDisallow: /"), 404)
    door = server.door()
    assert not door.may_fetch(FEED)
    server.hands.pass_(86_399)
    assert not door.may_fetch("https://a.example/other")
    server.hands.pass_(1)
    assert door.may_fetch(FEED)
    assert len(server.calls) == 2


def test_a_site_that_cannot_say_is_not_read():
    with pytest.raises(Unreachable):
        Server(500).door().may_fetch(FEED)
