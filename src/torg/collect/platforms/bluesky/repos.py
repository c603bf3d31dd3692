"""The protocol's own stream, com.atproto.sync.subscribeRepos: CBOR frames with blocks of a CAR.

Every data server and every relay speaks it. Its cursor is the server's own running number.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from torg.collect.platforms.bluesky.events import ENDED, Event, StreamError, Wire
from torg.collect.platforms.bluesky.kept import kept
from torg.collect.platforms.bluesky.records import POSTS, get, instant

_DELETE = b"fdelete"  # a CBOR text of six letters
_ERROR, _ACCOUNT = b"bop\x20", b"#account"  # in the header: {"op": -1}, {"t": "#account"}
_HEADER = 32  # bytes, at most
_NAME = POSTS.encode()


def address(server: str, cursor: str | None) -> str:
    """All that the server tells; it knows no filter."""
    query = f"?{urlencode({'cursor': cursor})}" if cursor else ""
    return f"{server.rstrip('/')}/xrpc/com.atproto.sync.subscribeRepos{query}"


def read(frame: bytes) -> Iterator[Event]:
    """The events of a frame: one for each post of a commit."""
    header, body = _parts(frame)
    if get(header, "op") == -1:
        raise StreamError(str(get(body, "error")))
    at = instant(get(body, "time"))
    reader = _READERS.get(get(header, "t"))
    if reader is not None and at is not None:
        yield from reader(body, at)


def cursor(frame: bytes) -> str | None:
    """Where the frame stands."""
    number = get(_parts(frame)[1], "seq")
    return str(number) if isinstance(number, int) else None


def matters(frame: bytes) -> bool:
    """Whether the frame may take a post back, close an account, or is the server's last word."""
    return (
        (_DELETE in frame and _NAME in frame)
        or _ACCOUNT in frame[:_HEADER]
        or _ERROR in frame[:_HEADER]
    )


def _parts(frame: bytes) -> tuple[Any, Any]:
    """Header and body; a frame that cannot be read has neither."""
    try:
        header, body = kept().decode_all(frame)
    except ValueError:
        return None, None
    return header, body


def _commit(body: Any, at: dt.datetime) -> Iterator[Event]:  # noqa: ANN401
    did, operations = get(body, "repo"), get(body, "ops")
    if not isinstance(did, str) or not isinstance(operations, list):
        return
    blocks: Mapping[str | None, Any] | None = None
    for operation in operations:
        kind, path = get(operation, "action"), get(operation, "path")
        if not isinstance(path, str) or not path.startswith(f"{POSTS}/"):
            continue
        uri = f"at://{did}/{path}"
        if kind == "delete":
            yield Event("delete", did, at, uri)
        elif kind in ("create", "update"):
            blocks = _blocks(get(body, "blocks")) if blocks is None else blocks
            record = blocks.get(_id(get(operation, "cid")))
            if record is not None:  # a commit that is too big comes without its blocks
                yield Event(kind, did, at, uri, record)


def _blocks(car: Any) -> Mapping[str | None, Any]:  # noqa: ANN401
    """The blocks of a CAR by their ids."""
    try:
        return {str(cid): block for cid, block in kept().CAR.from_bytes(car).blocks.items()}
    except (kept().DecodingError, TypeError, ValueError):
        return {}


def _id(cid: Any) -> str | None:  # noqa: ANN401
    """The id of a block, as an operation names it."""
    try:
        return str(kept().CID.from_decoded_bytes(cid))
    except (TypeError, ValueError):
        return None


def _identity(body: Any, at: dt.datetime) -> Iterator[Event]:  # noqa: ANN401
    did, handle = get(body, "did"), get(body, "handle")
    if isinstance(did, str) and isinstance(handle, str):
        yield Event("handle", did, at, handle=handle)


def _account(body: Any, at: dt.datetime) -> Iterator[Event]:  # noqa: ANN401
    did = get(body, "did")
    if isinstance(did, str) and get(body, "active") is False and get(body, "status") in ENDED:
        yield Event("ended", did, at)


_READERS = {"#commit": _commit, "#identity": _identity, "#account": _account}

REPOS = Wire(
    name="repos",
    address=address,
    read=read,
    cursor=cursor,
    matters=matters,
    server="wss://bsky.network",
)
