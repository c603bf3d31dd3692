"""The real network, as far as loopback goes: what servers do wrong becomes one of two errors."""

import gzip
import threading
from contextlib import ExitStack

import httpx
import pytest

from tests.lib.clocks import Hands
from tests.lib.doors import answer
from tests.lib.loopback import (
    cut_at_once,
    cut_in_a_chunk,
    cut_in_the_body,
    garbage,
    no_http,
    serving,
    storm,
)
from torg.collect.transport import Door, Limits, as_the_door_said, internet, web_socket
from torg.errors import OverBudget, Unreachable

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]


def ok(call):
    return answer(body=b'{"a": 1}', url=call.url)


@pytest.fixture
def door():
    """A function that opens doors to the real network whose waits take no time."""
    with ExitStack() as opened:

        def open_door(limits=None, **further):
            send = opened.enter_context(internet(limits))
            return Door(send=send, clock=Hands().clock, chance=lambda: 1.0, **further)

        yield open_door


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (storm(500), Unreachable),
        (storm(503), Unreachable),
        (storm(429), OverBudget),
        (cut_at_once, Unreachable),
        (cut_in_the_body, Unreachable),
        (cut_in_a_chunk, Unreachable),
        (no_http, Unreachable),
    ],
)
def test_a_storm_is_weathered_and_what_does_not_end_is_said(door, fault, error):
    with serving(ok, fault=lambda number: fault if number < 3 else None) as server:
        assert door().get(server.url).json() == {"a": 1}
        assert len(server.arrived) == 4
    with serving(ok, fault=lambda number: fault) as server:
        with pytest.raises(error):
            door().get(server.url)
        assert len(server.arrived) == 4


def test_garbage_is_no_json(door):
    with (
        serving(ok, fault=lambda number: garbage) as server,
        pytest.raises(Unreachable, match="is not JSON"),
    ):
        door().get(server.url).json()


def test_a_server_that_says_nothing_is_not_waited_for_long(door):
    let_go = threading.Event()
    with serving(ok, fault=lambda number: lambda handler: let_go.wait(30)) as server:
        with pytest.raises(Unreachable, match="it took too long"):
            door(Limits(read=0.05)).get(server.url)
        let_go.set()


def body_by_drops(handler):
    handler.send_response(200)
    handler.send_header("content-length", "100000")
    handler.end_headers()
    yield from iter(lambda: b"x", None)


def head_by_drops(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    yield from iter(lambda: b"x", None)


def head_after_head(handler):
    yield from iter(lambda: b"HTTP/1.1 103 Early Hints\r\n\r\n", None)


@pytest.mark.parametrize("drops", [body_by_drops, head_by_drops, head_after_head])
@pytest.mark.parametrize("before", [0, 1])
def test_a_server_that_drips_is_not_waited_for_long_either(door, drops, before):
    """Each byte comes soon enough; all of them would take an age. On a kept connection too."""
    done = threading.Event()

    def drip(handler):
        try:
            for drop in drops(handler):
                handler.wfile.write(drop)
                if done.wait(0.01):
                    break
        except OSError:
            handler.close_connection = True

    with serving(ok, fault=lambda number: drip if number >= before else None) as server:
        slow = door(Limits(read=5, total=0.1))
        for _ in range(before):
            slow.get(server.url)
        with pytest.raises(Unreachable, match="it took too long"):
            slow.get(server.url)
        done.set()


def test_a_server_that_never_stops_is_stopped(door):
    packed = gzip.compress(b"x" * 2_000_000)

    def bomb(call):
        return answer(body=packed, headers={"content-encoding": "gzip"})

    with serving(bomb) as server, pytest.raises(Unreachable, match="more than 1000000 B"):
        door(Limits(size=1_000_000)).get(server.url)
        assert len(packed) < 10_000


def test_packed_answers_are_unpacked(door):
    body = gzip.compress(b'{"a": 1}')
    with serving(lambda call: answer(body=body, headers={"content-encoding": "gzip"})) as server:
        assert door().get(server.url).json() == {"a": 1}


def test_nobody_there_is_said_so(door):
    with serving(ok) as server:
        url = server.url
    with pytest.raises(Unreachable, match="the connection was cut or refused"):
        door().get(url)


def test_cookies_are_not_kept(door):
    seen = []

    def sticky(call):
        seen.append(call.headers.get("cookie"))
        return answer(headers={"set-cookie": "a=b; Path=/"})

    with serving(sticky) as server:
        through = door()
        through.get(server.url)
        through.get(server.url)
    assert seen == [None, None]


def test_other_libraries_go_through_the_same_door(door):
    told = []

    def heard(call):
        told.append((call.method, call.headers["user-agent"], call.headers.get("authorization")))
        return answer(201, b"fine", headers={"x-a": "b", "content-type": "text/plain"})

    headers = {"Authorization": "Bearer x"}
    with serving(heard) as server:
        through = door(agent="torg/0 (+a)")
        by_httpx = through.as_httpx().post(server.url, json={"a": 1}, headers=headers)
        by_requests = through.as_requests().get(server.url, params={"q": "å"}, headers=headers)
    assert (by_httpx.status_code, by_httpx.text, by_httpx.headers["x-a"]) == (201, "fine", "b")
    assert (by_requests.status_code, by_requests.text) == (201, "fine")
    assert by_requests.headers["X-A"] == "b"
    assert told == [("POST", "torg/0 (+a)", "Bearer x"), ("GET", "torg/0 (+a)", "Bearer x")]


def test_what_the_door_says_comes_out_as_it_was(door):
    with serving(ok, fault=lambda number: storm(500)) as server:
        client = door().as_requests()
        with pytest.raises(Unreachable), as_the_door_said():
            try:
                client.get(server.url)
            except Exception as error:
                raise RuntimeError("a library's own words") from error
    with pytest.raises(RuntimeError, match="nothing to do with the door"), as_the_door_said():
        raise RuntimeError("nothing to do with the door")


def test_a_client_may_stop_its_own_redirections_the_door_has_followed_them(door):
    def moved(call):
        if call.url.endswith("/old"):
            return answer(302, headers={"location": "/new"})
        return ok(call)

    with serving(moved) as server:
        assert door().as_httpx().get(f"{server.url}/old").json() == {"a": 1}
        assert httpx.get(f"{server.url}/old").status_code == 302


def test_a_web_socket_gives_its_messages_and_says_when_it_is_lost(door):
    from websockets.sync.server import serve

    def say(connection):
        for message in ("one", b"two"):
            connection.send(message)

    with serve(say, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}/"
        heard = []
        with pytest.raises(Unreachable, match="the stream was lost"):
            for message in door(connect=web_socket).messages(url):
                heard.append(message)
        through = door(connect=web_socket).messages(url, quiet=0.01)
        assert next(through) == b"one"
        through.close()
        server.shutdown()
        thread.join()
    with pytest.raises(Unreachable, match="the stream was lost"):
        next(door(connect=web_socket).messages(url))
    assert [message for message in heard if message is not None] == [b"one", b"two"]


def test_silence_on_a_web_socket_is_told(door):
    from websockets.sync.server import serve

    done = threading.Event()
    with serve(lambda connection: done.wait(30), "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}/"
        through = door(connect=web_socket).messages(url, quiet=0.01)
        assert [next(through), next(through)] == [None, None]
        done.set()
        through.close()
        server.shutdown()
        thread.join()


def test_a_door_without_sockets_says_so():
    with pytest.raises(Unreachable):
        next(Door(send=ok).messages("wss://a.example/"))
