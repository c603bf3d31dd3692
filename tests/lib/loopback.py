"""A real HTTP server on loopback, with a thread for each connection, that can be told to fail."""

import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from torg.collect.transport import Answer, Call

Fault = Callable[["Handler"], None]


@dataclass
class Loopback:
    """What the server says (`say`), how it fails (`fault`, for each request), what arrived when."""

    say: Callable[[Call], Answer]
    fault: Callable[[int], Fault | None] = lambda _number: None
    arrived: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    url: str = ""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    loopback: Loopback

    def do_GET(self):
        board = self.loopback
        self.rfile.read(int(self.headers.get("content-length", 0)))
        with board.lock:
            number = len(board.arrived)
            board.arrived.append(time.perf_counter())
        fault = board.fault(number)
        if fault is not None:
            fault(self)
            return
        with board.lock:
            said = board.say(Call(self.command, f"{board.url}{self.path}", dict(self.headers)))
        self.give(said.status, said.body, **said.headers)

    def do_POST(self):
        self.do_GET()

    def give(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"content-length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def cut(self):
        """Close the line without another word."""
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(2)

    def log_message(self, *_):
        """Nobody reads it."""


def storm(status: int, **headers: str) -> Fault:
    return lambda handler: handler.give(status, b"{}", **headers)


def cut_at_once(handler: Handler) -> None:
    handler.cut()


def cut_in_the_body(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("content-length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"posts": [')
    handler.cut()


def cut_in_a_chunk(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("transfer-encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"5\r\n[1, 2\r\n")
    handler.cut()


def garbage(handler: Handler) -> None:
    handler.give(200, b"<html>Sorry</html>")


def no_http(handler: Handler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9\r\n")
    handler.cut()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A caller who was killed is no news."""


@contextmanager
def serving(say: Callable[[Call], Answer], **further) -> Iterator[Loopback]:
    """A server on a free port of loopback, until the block ends."""
    loopback = Loopback(say, **further)
    handler = type("Here", (Handler,), {"loopback": loopback})
    server = _Server(("127.0.0.1", 0), handler)
    loopback.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield loopback
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
