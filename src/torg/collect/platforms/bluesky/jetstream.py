"""Jetstream: the network's stream as JSON. Its cursor is a time in microseconds."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import msgspec

from torg.collect.platforms.bluesky.events import ENDED, Event, Wire
from torg.collect.platforms.bluesky.records import POSTS, get

_DELETE, _ACCOUNT = b'"delete"', b'"account"'
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_json = msgspec.json.Decoder()


class _Moment(msgspec.Struct):
    time_us: int | None = None


_moment = msgspec.json.Decoder(_Moment)


def address(server: str, cursor: str | None) -> str:
    """The whole network's posts: replies to us are written by accounts that nobody can name."""
    query = {"wantedCollections": POSTS} | ({"cursor": cursor} if cursor else {})
    return f"{server.rstrip('/')}/subscribe?{urlencode(query)}"


def read(frame: bytes) -> Iterator[Event]:
    """The events of a frame: one, or none where it tells of something else."""
    try:
        told = _json.decode(frame)
    except (msgspec.DecodeError, RecursionError):
        return
    did, at = get(told, "did"), _told_at(get(told, "time_us"))
    reader = _READERS.get(get(told, "kind"))
    if reader is not None and isinstance(did, str) and at is not None:
        yield from reader(told, did, at)


def cursor(frame: bytes) -> str | None:
    """Where the frame stands."""
    try:
        moment = _moment.decode(frame).time_us
    except msgspec.DecodeError:
        return None
    return None if moment is None else str(moment)


def matters(frame: bytes) -> bool:
    """Whether the frame may take a post back, or close an account."""
    return _DELETE in frame or _ACCOUNT in frame


def _commit(told: Any, did: str, at: dt.datetime) -> Iterator[Event]:  # noqa: ANN401
    kind, key = get(told, "commit", "operation"), get(told, "commit", "rkey")
    if get(told, "commit", "collection") != POSTS or not isinstance(key, str):
        return
    uri = f"at://{did}/{POSTS}/{key}"
    if kind == "delete":
        yield Event("delete", did, at, uri)
    elif kind in ("create", "update"):
        yield Event(kind, did, at, uri, get(told, "commit", "record"))


def _identity(told: Any, did: str, at: dt.datetime) -> Iterator[Event]:  # noqa: ANN401
    handle = get(told, "identity", "handle")
    if isinstance(handle, str):
        yield Event("handle", did, at, handle=handle)


def _account(told: Any, did: str, at: dt.datetime) -> Iterator[Event]:  # noqa: ANN401
    account = get(told, "account")
    if get(account, "active") is False and get(account, "status") in ENDED:
        yield Event("ended", did, at)


_READERS = {"commit": _commit, "identity": _identity, "account": _account}


def _told_at(microseconds: object) -> dt.datetime | None:
    if not isinstance(microseconds, int):
        return None
    try:
        return _EPOCH + dt.timedelta(microseconds=microseconds)
    except OverflowError:
        return None


JETSTREAM = Wire(
    name="jetstream",
    address=address,
    read=read,
    cursor=cursor,
    matters=matters,
    server="wss://jetstream2.us-east.bsky.network",
)
