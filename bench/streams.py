"""Streams as Bluesky's servers send them: a national register's channels among everybody else."""

import base64
import hashlib
import itertools
import json
import random
import select
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

CHANNELS = 10_000  # of a national register: 1,115 municipalities and all that is theirs
_BEGAN = 1_790_000_000_000_000  # microseconds; any moment will do
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_POSTS = "app.bsky.feed.post"
_TEXT = (
    "vi åpner svømmehallen igjen på mandag og alle er velkomne hele uken gjennom hva synes dere om "
    "the new plan for our harbour is out and anybody can read it today see you there folks 🚲"
)
_WORDS = _TEXT.split()

# What comes of the whole network where only posts are asked for: who writes what, in thousandths.
_POSTS_ONLY = (
    ("post", 520), ("reply", 400), ("delete", 40), ("identity", 10), ("account", 10),
    ("ours", 10), ("to us", 10),
)  # fmt: skip
# And of all that happens: likes above all.
_EVERYTHING = (
    ("like", 560), ("repost", 80), ("follow", 150), ("post", 90), ("reply", 70), ("delete", 30),
    ("identity", 8), ("account", 8), ("ours", 2), ("to us", 2),
)  # fmt: skip


def did(number: int) -> str:
    """The account of this number; those below CHANNELS are followed."""
    digits = [_LETTERS[number // 32**place % 32] for place in range(24)]
    return f"did:plc:{''.join(digits)}"


def channels() -> frozenset[str]:
    """The accounts that are followed."""
    return frozenset(map(did, range(CHANNELS)))


def write_jetstream(path: Path, *, frames: int, seed: int = 1) -> None:
    """A line of JSON a frame, as Jetstream writes it."""
    with path.open("w", encoding="utf-8") as file:
        for told in _told(frames, _POSTS_ONLY, seed):
            file.write(json.dumps(told, separators=(",", ":"), ensure_ascii=False) + "\n")


def write_repos(path: Path, *, frames: int, seed: int = 1) -> None:
    """Frames of subscribeRepos, each after its length in four bytes."""
    with path.open("wb") as file:
        for number, told in enumerate(_told(frames, _EVERYTHING, seed), start=1):
            frame = as_frame(told, number)
            file.write(len(frame).to_bytes(4) + frame)


def lines(path: Path) -> Iterator[bytes]:
    """The frames of a Jetstream file."""
    with path.open("rb") as file:
        for line in file:
            yield line[:-1]


def frames(path: Path) -> Iterator[bytes]:
    """The frames of a file of subscribeRepos."""
    with path.open("rb") as file:
        while size := file.read(4):
            yield file.read(int.from_bytes(size))


def serve(listening: socket.socket, made: Callable[[], Iterator[bytes]]) -> None:
    """A web socket on loopback that sends all frames to who comes first, as fast as it can."""
    connection, _ = listening.accept()
    with connection:
        request = b""
        while b"\r\n\r\n" not in request:
            request += connection.recv(4096)
        connection.sendall(_welcome(request))
        frames_ = made()
        while some := b"".join(map(_framed, itertools.islice(frames_, 256))):
            connection.sendall(some)
            _answer_pings(connection)


def _welcome(request: bytes) -> bytes:
    key = request.split(b"Sec-WebSocket-Key: ")[1].split(b"\r\n")[0]
    told = hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()  # noqa: S324
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + base64.b64encode(told) + b"\r\n\r\n"
    )


def _answer_pings(connection: socket.socket) -> None:
    """Who listens asks now and then whether we are there; it says nothing else."""
    if not select.select([connection], [], [], 0)[0]:
        return
    said = connection.recv(4096)
    while len(said) >= 6:
        size, mask, said = said[1] & 0x7F, said[2:6], said[6:]
        told, said = said[:size], said[size:]
        plain = bytes(byte ^ mask[place % 4] for place, byte in enumerate(told))
        connection.sendall(bytes([0x8A, size]) + plain)


def _framed(frame: bytes) -> bytes:
    size = len(frame)
    head = bytes([0x82, size]) if size < 126 else b"\x82\x7e" + size.to_bytes(2)
    return head + frame


def _told(count: int, mix: tuple[tuple[str, int], ...], seed: int) -> Iterator[dict]:
    """What happens, as Jetstream tells it; both wires are written from it."""
    rng = random.Random(seed)  # noqa: S311 -- not for secrets
    kinds, weights = zip(*mix, strict=True)
    for number, kind in enumerate(rng.choices(kinds, weights, k=count)):
        ours = rng.randrange(CHANNELS)
        else_ = rng.randrange(CHANNELS, 5_000_000)
        who = did(ours if kind == "ours" else else_)
        told = {"did": who, "time_us": _BEGAN + number * 3000}
        yield told | _MADE[kind](rng, number, did(ours if kind == "to us" else else_ + 1))


def _record(rng: random.Random, **further: object) -> dict:
    text = " ".join(rng.choices(_WORDS, k=rng.randrange(4, 40)))
    made = {"$type": _POSTS, "createdAt": "2026-09-21T14:13:20.123Z", "langs": ["nb"]}
    return made | {"text": text} | further


def _post(rng: random.Random, number: int, _other: str) -> dict:
    return _commit("create", _POSTS, number, _record(rng))


def _reply(rng: random.Random, number: int, other: str) -> dict:
    uri = f"at://{other}/{_POSTS}/{_key(rng.randrange(number + 1))}"
    ref = {"cid": "bafyreieaejqvyaiz7phyegpdpgdm3wkeu5lhrs3myucqsu4nhkbcg7w63m", "uri": uri}
    return _commit("create", _POSTS, number, _record(rng, reply={"parent": ref, "root": ref}))


def _delete(rng: random.Random, number: int, _other: str) -> dict:
    return _commit("delete", _POSTS, rng.randrange(number + 1), None)


def _pointing(collection: str) -> Callable[[random.Random, int, str], dict]:
    def made(rng: random.Random, number: int, other: str) -> dict:
        subject = {"uri": f"at://{other}/{_POSTS}/{_key(rng.randrange(number + 1))}"}
        record = {"$type": collection, "createdAt": "2026-09-21T14:13:20Z", "subject": subject}
        return _commit("create", collection, number, record)

    return made


def _identity(_rng: random.Random, number: int, other: str) -> dict:
    return {"kind": "identity", "identity": {"did": other, "handle": f"a{number}.example"}}


def _account(_rng: random.Random, _number: int, other: str) -> dict:
    return {"kind": "account", "account": {"did": other, "active": True}}


_MADE = {
    "post": _post,
    "ours": _post,
    "reply": _reply,
    "to us": _reply,
    "delete": _delete,
    "like": _pointing("app.bsky.feed.like"),
    "repost": _pointing("app.bsky.feed.repost"),
    "follow": _pointing("app.bsky.graph.follow"),
    "identity": _identity,
    "account": _account,
}


def _commit(operation: str, collection: str, number: int, record: dict | None) -> dict:
    commit = {"rev": _key(number), "operation": operation, "collection": collection}
    commit["rkey"] = _key(number)
    if record is not None:
        commit |= {"record": record, "cid": "bafyreieaejqvyaiz7phyegpdpgdm3wkeu5lhrs3myucqsu4nh"}
    return {"kind": "commit", "commit": commit}


def _key(number: int) -> str:
    """The last part of an address: thirteen letters, as the network makes them."""
    return "3" + "".join(_LETTERS[number // 32**place % 32] for place in range(12))


def as_frame(told: dict, number: int) -> bytes:
    """The same as a frame of the protocol's own stream."""
    from libipld import encode_dag_cbor

    common = {"seq": number, "time": "2026-09-21T14:13:20.123Z"}
    if told["kind"] != "commit":
        body = told[told["kind"]] | {"did": told["did"]} | common
        return encode_dag_cbor({"op": 1, "t": f"#{told['kind']}"}) + encode_dag_cbor(body)
    commit = told["commit"]
    operation = {
        "action": commit["operation"],
        "path": f"{commit['collection']}/{commit['rkey']}",
        "cid": None,
    }
    blocks = [_tree(number)]
    if "record" in commit:
        block = encode_dag_cbor(commit["record"])
        operation["cid"] = cid(block)
        blocks.append(block)
    body = {
        "repo": told["did"], "ops": [operation], "rev": commit["rev"], "since": None, "blobs": [],
        "tooBig": False, "rebase": False, "commit": cid(blocks[0]), "blocks": car(blocks),
    }  # fmt: skip
    return encode_dag_cbor({"op": 1, "t": "#commit"}) + encode_dag_cbor(body | common)


def _tree(number: int) -> bytes:
    """About as many bytes as a commit and the changed part of a repository's tree take."""
    from libipld import encode_dag_cbor

    return encode_dag_cbor({"version": 3, "sig": number.to_bytes(64), "e": [bytes(40)] * 16})


def cid(block: bytes) -> bytes:
    return b"\x01\x71\x12\x20" + hashlib.sha256(block).digest()


def car(blocks: list[bytes]) -> bytes:
    head = b"\xa2eroots\x81\xd8\x2aX\x25\x00" + cid(blocks[0]) + b"gversion\x01"
    parts = [head, *(cid(block) + block for block in blocks)]
    return b"".join(_varint(len(part)) + part for part in parts)


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 127:
        found.append(number % 128 + 128)
        number //= 128
    return bytes([*found, number])
