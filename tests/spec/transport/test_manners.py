"""Who asks is said, secrets go to nobody else, redirections lead nowhere they should not."""

import traceback

import pytest

import torg
from tests.lib.doors import Server, answer
from torg.collect.transport import Call, agent
from torg.errors import Unreachable


def moved(to, status=302):
    return answer(status, headers={"Location": to})


def test_every_call_says_who_asks():
    server = Server(200)
    server.door(agent=agent("https://example.org/torg")).get("https://a.example/")
    assert server.calls[0].headers["user-agent"] == (
        f"torg/{torg.__version__} (+https://example.org/torg)"
    )


def test_parameters_go_into_the_query():
    server = Server(200)
    server.door().get("https://a.example/x?b=1", params={"uris": ["at://a", "at://b"], "limit": 2})
    assert server.urls == ["https://a.example/x?b=1&uris=at%3A%2F%2Fa&uris=at%3A%2F%2Fb&limit=2"]


@pytest.mark.parametrize(
    ("target", "goes_along"),
    [
        ("https://a.example/new", True),
        ("/new", True),
        ("https://b.example/new", False),
        ("https://a.example:8443/new", False),
    ],
)
def test_a_token_goes_to_the_server_that_was_asked_and_no_other(target, goes_along):
    server = Server(moved(target), 200)
    secret = {"Authorization": "x", "Cookie": "y", "X-Goog-Api-Key": "k", "Accept": "z"}
    server.door().get("https://a.example/", headers=secret)
    kept = set(server.calls[1].headers) - {"user-agent"}
    assert kept == (
        {"authorization", "cookie", "x-goog-api-key", "accept"} if goes_along else {"accept"}
    )


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("https://a.example/", "http://a.example/"),
        ("https://a.example/", "http://127.0.0.1/"),
        ("https://a.example/", "https://127.0.0.1/"),
        ("https://a.example/", "https://[::1]/"),
        ("https://a.example/", "https://10.1.2.3/"),
        ("https://a.example/", "https://169.254.169.254/latest/meta-data"),
        ("https://a.example/", "https://localhost:8080/"),
        ("https://a.example/", "https://printer.local/"),
        ("https://a.example/", "https://inside.example/"),
        ("https://a.example/", "file:///etc/passwd"),
        ("http://a.example/", "gopher://a.example/"),
        ("https://a.example/", "https://[half/"),
    ],
)
def test_some_ways_are_not_gone(here, there):
    server = Server(moved(there), 200)
    inside = {"inside.example": ["192.168.1.7"]}
    door = server.door(addresses=lambda host: inside.get(host, ["93.184.216.34"]))
    with pytest.raises(Unreachable):
        door.get(here)
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("http://a.example/", "https://a.example/"),
        ("http://127.0.0.1:1/", "http://127.0.0.1:2/"),
        ("http://localhost:1/", "http://127.0.0.1:2/"),
    ],
)
def test_some_ways_are_gone(here, there):
    server = Server(moved(there), 200)
    assert server.door().get(here).status == 200
    assert server.urls == [here, there]


def test_a_page_leads_nowhere_that_a_redirection_may_not():
    door = Server(200).door(addresses=lambda host: ["10.0.0.1"] if host == "in.example" else [])
    page = "https://a.example/"
    assert door.may_follow(page, "https://b.example/feed")
    for there in ("http://a.example/feed", "https://in.example/feed", "https://169.254.169.254/"):
        assert not door.may_follow(page, there)


def test_a_circle_has_an_end():
    server = Server(moved("/"))
    with pytest.raises(Unreachable, match="without end"):
        server.door().get("https://a.example/")
    assert len(server.calls) == 6


@pytest.mark.parametrize(
    ("status", "method", "body"), [(303, "GET", None), (302, "GET", None), (307, "POST", b"null")]
)
def test_after_a_redirection_what_was_told_is_told_again_only_if_the_server_says_so(
    status, method, body
):
    server = Server(moved("/new", status), 200)
    server.door().ask(Call("POST", "https://a.example/", {}, b"null"))
    assert (server.calls[1].method, server.calls[1].body) == (method, body)


def test_what_is_told_to_one_server_is_not_told_to_another():
    server = Server(moved("https://b.example/", 307), 200)
    with pytest.raises(Unreachable, match=r"sends what it is told on to b\.example"):
        server.door().ask(Call("POST", "https://a.example/", {}, b'{"password": "x"}'))
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "a.example/feed", "https:///x", "", "https://[half/"]
)
def test_an_address_that_is_none_is_said_so(url):
    door = Server(200).door()
    for ask in (door.get, door.may_fetch):
        with pytest.raises(Unreachable, match="is no address of the web"):
            ask(url)


SECRET = "hidden-secret"  # noqa: S105 -- it is looked for where it must not be


@pytest.mark.parametrize("say", [500, 429, ConnectionError(SECRET), answer(body=SECRET.encode())])
def test_nothing_shown_holds_a_secret(say):
    url = f"https://user:{SECRET}@a.example/x?access_token={SECRET}&key={SECRET}"
    server = Server(say)
    door = server.door()
    shown = []
    try:
        shown.append(repr(door.get(url, headers={"Authorization": SECRET})))
        door.get(url).json()
    except Exception as error:
        shown += traceback.format_exception(error)
    shown += [repr(door), *map(repr, server.calls)]
    assert not [text for text in shown if SECRET in text]
