"""A small network of our own, and the platform that follows channels on it.

A `Board` is the network's server: it knows channels, posts and replies, and answers calls. It can
be a door's `send` as it is, or stand behind a real server on loopback.
"""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import polars as pl

from torg.collect import AUDIENCE, POSTS, REPLIES, VANISHED, VISITS, Batch
from torg.collect.platforms import Platform
from torg.collect.transport import Answer, Budget, Call

PAGE = 3  # posts of a page


@dataclass
class Board:
    """Channels by id; each post has an id, a moment, counts and replies."""

    now: Callable[[], dt.datetime]
    handles: dict[str, str] = field(default_factory=dict)  # channel -> handle
    posts: dict[str, list[dict]] = field(default_factory=dict)  # by channel, oldest first
    replies: dict[str, list[dict]] = field(default_factory=dict)  # by post
    followers: dict[str, int] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def channel(self, name: str, *, handle: str | None = None, followers: int = 100) -> str:
        self.handles[name] = handle or name
        self.posts[name], self.followers[name] = [], followers
        return name

    def post(self, channel: str, name: str, *, at: dt.datetime | None = None, **counts) -> str:
        made = {"id": name, "at": (at or self.now()).isoformat(), "reactions": 1, "comments": 0}
        self.posts[channel].append({**made, **counts})
        self.replies[name] = []
        return name

    def reply(self, post: str, name: str, *, author: str = "somebody") -> str:
        made = {"id": name, "at": self.now().isoformat(), "author": author, "text": f"Says {name}"}
        self.replies[post].append(made)
        for posts in self.posts.values():
            for known in posts:
                known["comments"] += known["id"] == post
        return name

    def delete(self, name: str) -> None:
        for held in (*self.posts.values(), *self.replies.values()):
            held[:] = [one for one in held if one["id"] != name]

    def __call__(self, call: Call) -> Answer:
        where = urlsplit(call.url)
        self.calls.append(where.path)
        said = self.say(where.path, {k: v[0] for k, v in parse_qs(where.query).items()})
        if said is None:
            return Answer(404, {}, b"{}", call.url)
        body = json.dumps(said).encode()
        return Answer(200, {"content-type": "application/json"}, body, call.url)

    def say(self, path: str, asked: dict[str, str]) -> object:
        """What is answered; None where there is no such thing."""
        _, kind, name, *rest = [*path.split("/"), "", ""]
        if kind == "channels":
            return self._channel(name, rest[0], asked)
        if kind == "replies":
            return self.replies.get(name)
        if kind == "present":
            there = [p["id"] for ps in self.posts.values() for p in ps]
            there += [r["id"] for rs in self.replies.values() for r in rs]
            return [one for one in asked["ids"].split(",") if one in there]
        everything = {p["id"]: p for posts in self.posts.values() for p in posts}
        return [everything[one] for one in asked["ids"].split(",") if one in everything]

    def _channel(self, name: str, part: str, asked: dict[str, str]) -> object:
        ids = {f"@{handle}": channel for channel, handle in self.handles.items()}
        name = ids.get(name, name)
        if name not in self.posts:
            return None
        if part == "posts":
            newest = list(reversed(self.posts[name]))
            start = int(asked.get("from", 0))
            more = start + PAGE if start + PAGE < len(newest) else None
            return {"channel": name, "posts": newest[start : start + PAGE], "more": more}
        return {"id": name, "handle": self.handles[name], "followers": self.followers[name]}


def board_platform(server: str = "https://board.example", **further) -> Platform:
    """The platform whose server is a Board."""
    asks = _Asks(server)
    facts = {
        "name": "bluesky",  # one that the register knows
        "title": "Board",
        "visits": {
            "profile": asks.profile,
            "posts": asks.posts,
            "counts": asks.counts,
            "replies": asks.replies,
            "presence": asks.presence,
        },
        "server": lambda _followed: urlsplit(server).netloc,
        "access": "open_network",
        "may_publish": True,
        "keep_days": None,
        "needs_token": "never",
        "subjects_at_once": 2,
        "budget": Budget(calls=1_000, seconds=1),
    }
    return Platform(**{**facts, **further})


def frame(rows, schema):
    return pl.DataFrame([dict(row) for row in rows], schema=schema, orient="row")


@dataclass(frozen=True)
class _Asks:
    server: str

    def profile(self, task, means):
        said = means.door.get(f"{self.server}/channels/{task.followed.channel}")
        if said.status == 404:
            yield Batch(visits=self._visits(task, means, outcome="gone"))
            return
        told = said.json()
        audience = {
            "platform": task.followed.platform,
            "channel": told["id"],
            "read_at": means.clock.now(),
            "followers": told["followers"],
            "kind": "followers",
        }
        visits = self._visits(task, means, channel=told["id"], handle=told["handle"])
        yield Batch(audience=frame([audience], AUDIENCE), visits=visits, rows_read=1)

    def posts(self, task, means):
        start = 0
        while start is not None:
            url = f"{self.server}/channels/{task.followed.channel}/posts"
            told = means.door.get(url, params={"from": start}).json()
            posts = [self._post(p, task, means) for p in told["posts"]]
            wanted = [post for post in posts if post["published_at"] >= task.since]
            start = told["more"] if posts and len(wanted) == len(posts) else None
            visits = self._visits(task, means, mark="seen")
            yield Batch(posts=frame(wanted, POSTS), visits=visits, rows_read=len(wanted))

    def counts(self, task, means):
        url = f"{self.server}/posts"
        told = means.door.get(url, params={"ids": ",".join(task.subjects)}).json()
        posts = [self._post(p, task, means) for p in told]
        there = {p["native_id"] for p in posts}
        gone = [self._gone(s, task, means) for s in task.subjects if s not in there]
        visits = self._visits(task, means, subjects=task.subjects)
        yield Batch(
            posts=frame(posts, POSTS),
            visits=visits,
            vanished=frame(gone, VANISHED),
            rows_read=len(posts),
        )

    def replies(self, task, means):
        for subject in task.subjects:
            said = means.door.get(f"{self.server}/replies/{subject}")
            if said.status == 404:
                visits = self._visits(task, means, subjects=[subject], outcome="gone")
                yield Batch(visits=visits)
                continue
            replies = [self._reply(r, subject, task) for r in said.json()]
            visits = self._visits(task, means, subjects=[subject])
            yield Batch(replies=frame(replies, REPLIES), visits=visits, rows_read=len(replies))

    def presence(self, task, means):
        url = f"{self.server}/present"
        there = means.door.get(url, params={"ids": ",".join(task.subjects)}).json()
        gone = [self._gone(s, task, means) for s in task.subjects if s not in there]
        yield Batch(visits=self._visits(task, means), vanished=frame(gone, VANISHED))

    def _visits(self, task, means, *, channel=None, subjects=(None,), **further):
        row = {
            "platform": task.followed.platform,
            "channel": channel or task.followed.channel,
            "what": task.what,
            "visited_at": means.clock.now(),
            "outcome": "ok",
        }
        return frame([{**row, "subject": s, **further} for s in subjects], VISITS)

    def _gone(self, subject, task, means):
        return {
            "platform": task.followed.platform,
            "channel": task.followed.channel,
            "native_id": subject,
            "id_space": "post",
            "what": "post" if task.of == "posts" else "reply",
            "noticed_at": means.clock.now(),
            "basis": "missing",
        }

    def _post(self, told, task, means):
        return {
            **self._identity(told, task),
            "type": "text",
            "text": f"Post {told['id']}",
            "read_at": means.clock.now(),
            "read_at_is_bound": False,
            "reactions": told["reactions"],
            "comments": told["comments"],
        }

    def _reply(self, told, post, task):
        return {
            **self._identity(told, task),
            "post_native_id": post,
            "post_id_space": "post",
            "author": told["author"],
            "is_owner": told["author"] == task.followed.channel,
            "text": told["text"],
        }

    def _identity(self, told, task):
        return {
            "platform": task.followed.platform,
            "channel": task.followed.channel,
            "native_id": told["id"],
            "id_space": "post",
            "published_at": dt.datetime.fromisoformat(told["at"]),
        }
