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
