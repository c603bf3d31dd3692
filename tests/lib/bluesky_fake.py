"""A Bluesky view in memory, and the frames of its streams, as far as tests draw them."""

import datetime as dt
import json
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from libipld import encode_dag_cbor

from bench.streams import car, cid
from tests.lib.visits import START
from torg.collect.transport import Answer

HOST = "https://view.example"
TOWN = "did:plc:" + "town" * 6
OLA = "did:plc:" + "ola2" * 6
KARI = "did:plc:" + "kari" * 6
POSTS = "app.bsky.feed.post"


def uri(did, key):
    """The address of a post."""
    return f"at://{did}/{POSTS}/{key}"


def written(text, *, at="2026-03-01T09:00:00Z", under=None, root=None, **further):
    """What an author writes; `under` is what it answers."""
    record = {"$type": POSTS, "text": text, "createdAt": at, **further}
    if under is not None:
        record["reply"] = {"root": {"uri": root or under}, "parent": {"uri": under}}
    return record


def shown(address, record, *, likes=0, replies=0, reposts=0, handle="town.example", **further):
    """A post as the view shows it."""
    did = address.split("/")[2]
    return {
        "uri": address,
        "cid": "bafy",
        "author": {"did": did, "handle": handle},
        "record": record,
        "likeCount": likes,
        "replyCount": replies,
        "repostCount": reposts,
        "indexedAt": record.get("createdAt"),
        "labels": [],
        **further,
    }


def node(view, *replies):
    """A post and the replies to it, as a thread shows them."""
    return {"$type": "app.bsky.feed.defs#threadViewPost", "post": view, "replies": list(replies)}


@dataclass
class FakeView:
    """Answers by method: a payload, or a status and an error; every call is noted."""

    answers: dict = field(default_factory=dict)
    calls: list = field(default_factory=list)

    def __call__(self, call):
        parts = urlsplit(call.url)
        method, params = parts.path.removeprefix("/xrpc/"), parse_qs(parts.query)
        self.calls.append((method.rpartition(".")[2], params))
        answer = self.answers[method.rpartition(".")[2]]
        said = answer(params) if callable(answer) else answer
        status, payload = said if isinstance(said, tuple) else (200, said)
        body = json.dumps(payload).encode()
        return Answer(status, {"content-type": "application/json"}, body, call.url)


def refusal(error, message="no", status=400):
    """How a view says no."""
    return status, {"error": error, "message": message}


def lookup(*views):
    """getPosts over these posts."""
    there = {view["uri"]: view for view in views}
    return lambda params: {"posts": [there[uri] for uri in params["uris"] if uri in there]}


def feed(*pages):
    """getAuthorFeed in pages of views, newest first; each page but the last has a cursor."""

    def answer(params):
        number = int(params.get("cursor", ["0"])[0])
        more = {"cursor": str(number + 1)} if number + 1 < len(pages) else {}
        entries = [one if "post" in one else {"post": one} for one in pages[number]]
        return {"feed": entries} | more

    return answer


# The same events on both wires: kind, account, key of the post, record (or handle, or status).


def as_jetstream(kind, did, key, record, *, at=START):
    """One event as a frame of Jetstream."""
    told = {"did": did, "time_us": int(at.timestamp() * 1_000_000), "kind": "commit"}
    if kind == "handle":
        told |= {"kind": "identity", "identity": {"did": did, "handle": record}}
    elif kind == "account":
        told |= {"kind": "account", "account": {"did": did, "active": False, "status": record}}
    else:
        told["commit"] = {"operation": kind, "collection": POSTS, "rkey": key, "rev": "1"}
        if record is not None:
            told["commit"]["record"] = record
    return json.dumps(told).encode()


def as_repos(kind, did, key, record, *, at=START, number=None):
    """One event as a frame of subscribeRepos; its number grows with its moment."""
    number = int(at.timestamp()) if number is None else number
    common = {"seq": number, "time": at.isoformat().replace("+00:00", "Z")}
    if kind == "handle":
        return _frame("#identity", {"did": did, "handle": record} | common)
    if kind == "account":
        return _frame("#account", {"did": did, "active": False, "status": record} | common)
    block = encode_dag_cbor(record or {})
    operation = {"action": kind, "path": f"{POSTS}/{key}", "cid": cid(block) if record else None}
    body = {"repo": did, "ops": [operation], "blocks": car([b"\xa0", block])} | common
    return _frame("#commit", body)


def as_refused(error):
    """The frame with which a server of subscribeRepos ends a stream."""
    return encode_dag_cbor({"op": -1}) + encode_dag_cbor({"error": error})


def _frame(kind, body):
    return encode_dag_cbor({"op": 1, "t": kind}) + encode_dag_cbor(body)


def later(minutes):
    """So long after the start of the tests' time."""
    return START + dt.timedelta(minutes=minutes)
