"""A Mastodon server in memory: what its documentation says of accounts, statuses and contexts.

It answers a door's calls. `tests/conformance/mastodon` holds its answers to the documentation.
"""

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from torg.collect.platforms import Followed, Means, Task
from torg.collect.transport import Answer, Clock, Door

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
MOST_DESCENDANTS, DEEPEST = 60, 20  # shown to those without a token
LISTED, MOST_LISTED, BY_IDS = 20, 40, 20


@dataclass
class Time:
    """A clock that stands still until it is told to go on or somebody waits."""

    start: dt.datetime = START
    gone: float = 0.0  # seconds since `start`

    @property
    def at(self):
        return self.start + dt.timedelta(seconds=self.gone)

    def wait(self, seconds):
        self.gone += seconds

    @property
    def clock(self):
        return Clock(now=lambda: self.at, seconds=lambda: self.gone, wait=self.wait)


@dataclass
class Server:
    """One server: `allowed` calls in five minutes; `has_ids` from version 4.3 on."""

    host: str
    time: Time = field(default_factory=Time)
    allowed: int = 300
    has_ids: bool = True
    closed: bool = False  # answers only those who are logged in
    calls: list = field(default_factory=list)
    accounts: dict = field(default_factory=dict)
    statuses: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)  # path -> (status, body), instead of its own
    _spent: dict = field(default_factory=lambda: defaultdict(int))
    _last: int = 113_000_000_000_000_000

    def account(self, name, *, home=None, **facts):
        """An account that the server knows; one of its own unless `home` names another server."""
        host = home or self.host
        self._last += 1
        facts = {"followers_count": 120, "display_name": name.title(), **facts}
        account = {
            "id": str(self._last),
            "username": name,
            "acct": f"{name}@{home}" if home else name,
            "url": f"https://{host}/@{name}",
            "uri": f"https://{host}/users/{name}",
            **_ACCOUNT,
            **facts,
        }
        self.accounts[account["acct"]] = account
        return account

    def post(self, acct, words, *, to=None, at=None, **facts):
        """A status by an account, now or `at`; `to` is the status that it answers."""
        account = self.accounts[acct]
        self._last += 1
        number, home = str(self._last), urlsplit(account["url"]).netloc
        name = account["username"]
        status = {
            "id": number,
            "uri": f"https://{home}/users/{name}/statuses/{number}",
            "url": f"https://{home}/@{name}/{number}",
            "created_at": _text(at or self.time.at),
            "in_reply_to_id": to["id"] if to else None,
            "in_reply_to_account_id": to["account"]["id"] if to else None,
            "content": f"<p>{words}</p>",
            **json.loads(json.dumps(_STATUS)),
            "account": account,
            **facts,
        }
        self.statuses[number] = status
        if to and status["visibility"] in ("public", "unlisted"):
            to["replies_count"] += 1
        return status

    def edit(self, status, words):
        """Change a status's words."""
        status.update(content=f"<p>{words}</p>", edited_at=_text(self.time.at))

    def delete(self, status):
        """Take a status away; the answers to it hang on nothing then."""
        del self.statuses[status["id"]]
        for other in self.statuses.values():
            if other["in_reply_to_id"] == status["id"]:
                other["in_reply_to_id"] = None
        parent = self.statuses.get(status["in_reply_to_id"])
        if parent:
            parent["replies_count"] -= 1

    def send(self, call):
        """Answer a call."""
        self.calls.append(call)
        parts = urlsplit(call.url)
        assert parts.netloc == self.host, f"{parts.netloc} was asked, and this is {self.host}"
        spent, limits = self._spend()
        if spent > self.allowed:
            return _answer(call, 429, {"error": "Too many requests"}, limits)
        if parts.path in self.answers:
            status, body = self.answers[parts.path]
            return _answer(call, status, body, limits)
        if self.closed and "authorization" not in call.headers:
            return _answer(call, 401, {"error": "This API requires an authenticated user"}, limits)
        status, body, further = self._found(parts.path, parse_qs(parts.query), call)
        return _answer(call, status, body, {**limits, **further})

    def _spend(self):
        window = int(self.time.at.timestamp()) // 300
        self._spent[window] += 1
        reset = dt.datetime.fromtimestamp((window + 1) * 300, dt.UTC)
        left = max(0, self.allowed - self._spent[window])
        return self._spent[window], {
            "X-RateLimit-Limit": str(self.allowed),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": _text(reset),
            "Date": self.time.at.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        }

    def _found(self, path, query, call):
        _, _, _, kind, *rest = path.split("/")
        found = {
            ("accounts", 1): lambda: self._lookup(query),
            ("accounts", 2): lambda: self._listed(rest[0], query, call),
            ("statuses", 0): lambda: self._by_ids(query),
            ("statuses", 1): lambda: self._one(rest[0]),
            ("statuses", 2): lambda: self._context(rest[0], call),
        }[kind, len(rest)]()
        return found if found else (404, {"error": "Record not found"}, {})

    def _lookup(self, query):
        account = self.accounts.get(query["acct"][0].lower())
        return (200, account, {}) if account else None

    def _listed(self, number, query, call):
        if number not in [account["id"] for account in self.accounts.values()]:
            return None
        limit = min(int(query.get("limit", [LISTED])[0]), MOST_LISTED)
        below = int(query.get("max_id", [10**20])[0])
        own = [s for s in self.statuses.values() if s["account"]["id"] == number]
        own = [s for s in own if s["visibility"] in ("public", "unlisted")]
        if query.get("exclude_reblogs"):
            own = [s for s in own if not s["reblog"]]
        if query.get("exclude_replies"):
            own = [s for s in own if s["in_reply_to_account_id"] in (None, number)]
        page = sorted((s for s in own if int(s["id"]) < below), key=lambda s: -int(s["id"]))[:limit]
        if len(page) < limit:
            return 200, page, {}
        kept = {name: values[0] for name, values in query.items() if name != "max_id"}
        older = urlencode({**kept, "max_id": page[-1]["id"]})
        newer = urlencode({**kept, "min_id": page[0]["id"]})
        base = call.url.split("?")[0]
        return 200, page, {"Link": f'<{base}?{older}>; rel="next", <{base}?{newer}>; rel="prev"'}

    def _by_ids(self, query):
        numbers = query["id[]"]
        if not self.has_ids:
            return None
        if len(numbers) > BY_IDS:
            return 422, {"error": "too many ids"}, {}
        return 200, [self.statuses[n] for n in numbers if n in self.statuses], {}

    def _one(self, number):
        status = self.statuses.get(number)
        return (200, status, {}) if status else None

    def _context(self, number, call):
        if number not in self.statuses:
            return None
        shown = list(self._below(number, depth=1))
        if "authorization" not in call.headers:
            shown = [s for s, depth in shown if depth <= DEEPEST][:MOST_DESCENDANTS]
        else:
            shown = [s for s, _ in shown]
        return 200, {"ancestors": [], "descendants": shown}, {}

    def _below(self, number, *, depth):
        for status in self.statuses.values():
            if status["in_reply_to_id"] == number and status["visibility"] != "direct":
                yield status, depth
                yield from self._below(status["id"], depth=depth + 1)


_ACCOUNT = {
    "locked": False,
    "bot": False,
    "group": False,
    "discoverable": True,
    "noindex": False,
    "created_at": "2022-11-07T00:00:00.000Z",
    "note": "<p>The municipality</p>",
    "avatar": "https://files.example/avatar.png",
    "avatar_static": "https://files.example/avatar.png",
    "header": "https://files.example/header.png",
    "header_static": "https://files.example/header.png",
    "following_count": 3,
    "statuses_count": 10,
    "last_status_at": "2026-03-01",
    "hide_collections": False,
    "emojis": [],
    "roles": [],
    "fields": [],
}
_STATUS = {
    "sensitive": False,
    "spoiler_text": "",
    "visibility": "public",
    "language": "nb",
    "replies_count": 0,
    "reblogs_count": 0,
    "favourites_count": 0,
    "edited_at": None,
    "reblog": None,
    "application": None,
    "media_attachments": [],
    "mentions": [],
    "tags": [],
    "emojis": [],
    "card": None,
    "poll": None,
}


def _text(moment):
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _answer(call, status, body, headers):
    whole = body if isinstance(body, bytes) else json.dumps(body).encode()
    kind = {"Content-Type": "application/json; charset=utf-8"}
    return Answer(status, {**kind, **headers}, whole, call.url)


def followed(address, handle):
    """A channel as the register has it."""
    return Followed("mastodon", f"@{handle}", handle, address)


def asked(server, what, *, handle=None, token=None, **task):
    """The batches of one visit of a server's account."""
    from torg.collect.platforms.mastodon import MASTODON

    handle = handle or f"town@{server.host}"
    name = handle.partition("@")[0]
    whom = followed(f"https://{server.host}/@{name}", handle)
    means = Means(Door(server.send, server.time.clock), server.time.clock, token=token)
    return list(MASTODON.visits[what](Task(whom, what, **task), means))
