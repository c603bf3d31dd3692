"""A real server on loopback that speaks the language of Mastodon's clients: snac2."""

import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from torg.collect.platforms import Followed, Means, Task
from torg.collect.platforms.mastodon import MASTODON
from torg.collect.transport import Clock, Door, internet
from torg.tokens import Secret

_FETCHED = Path(__file__).parents[1] / "networks" / "snac"
PATIENCE = 60  # seconds for what the server does after it has answered


def program():
    """Where snac is, or None."""
    found = os.environ.get("TORG_SNAC") or shutil.which("snac")
    return found or (str(_FETCHED) if _FETCHED.is_file() else None)


@dataclass(frozen=True)
class Snac:
    """A running server; `tokens` are those of its users."""

    base: str
    tokens: dict

    @property
    def host(self):
        return self.base.partition("://")[2]

    def call(self, method, path, *, as_user=None, **fields):
        body = urllib.parse.urlencode(fields).encode() if fields else None
        headers = {"Authorization": f"Bearer {self.tokens[as_user]}"} if as_user else {}
        request = urllib.request.Request(self.base + path, body, headers, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.loads(answer.read())

    def post(self, user, words, *, to=None, visibility="public"):
        """A status; `to` is the one that it answers."""
        further = {"in_reply_to_id": to["id"]} if to else {}
        return self.call(
            "POST",
            "/api/v1/statuses",
            as_user=user,
            status=words,
            visibility=visibility,
            **further,
        )

    def favourite(self, user, status):
        self.call("POST", f"/api/v1/statuses/{status['id']}/favourite", as_user=user, x="1")

    def status(self, user, status):
        return self.call("GET", f"/api/v1/statuses/{status['id']}", as_user=user)

    def until(self, is_so):
        """Ask again until the server has come to it."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, "the server did not come to it in a minute"
            time.sleep(0.2)

    def asked(self, what, *, user="town", with_token=True, **task):
        """The batches of one visit, over the real network."""
        followed = Followed(
            "mastodon", f"@{user}@{self.host}", f"{user}@{self.host}", f"{self.base}/{user}"
        )
        token = Secret(self.tokens[user]) if with_token else None
        clock = Clock()
        with internet() as send:
            means = Means(Door(send, clock), clock, token=token)
            return list(MASTODON.visits[what](Task(followed, what, **task), means))


@contextmanager
def serving(folder, *users):
    """A new server in `folder` with these users, until the end of the block."""
    port = _free_port()
    data = folder / "data"
    told = f"127.0.0.1\n{port}\n127.0.0.1:{port}\n\nnobody@example.org\n"
    _run("init", str(data), told=told)
    settings = json.loads((data / "server.json").read_text("utf-8"))
    settings.update(protocol="http", queue_timeout=2, queue_timeout_2=2)
    (data / "server.json").write_text(json.dumps(settings), "utf-8")
    words = {user: _password(_run("adduser", str(data), user)) for user in users}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([program(), "httpd", str(data)], stdout=log, stderr=log)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_for(port)
        yield Snac(base, {user: _token(base, user, word) for user, word in words.items()})
    finally:
        server.terminate()
        server.wait(20)


def _run(*words, told="\n"):
    done = subprocess.run(
        [program(), *words], input=told, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout + done.stderr


def _password(said):
    return re.search(r"password is (\S+)", said)[1]


def _token(base, user, word):
    fields = urllib.parse.urlencode({"login": user, "passwd": word}).encode()
    with urllib.request.urlopen(f"{base}/oauth/x-snac-get-token", fields, timeout=30) as answer:  # noqa: S310
        return re.search(rb"[0-9a-f]{32,}", answer.read())[0].decode()


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait_for(port):
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.05)
        else:
            return
