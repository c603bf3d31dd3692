"""The kept client `atproto`, brought in when it is first needed: importing it takes a second.

It moves its own modules about while it is imported, which two threads at once do not survive.
"""

import threading
from typing import Any, NamedTuple

_IMPORTING = threading.Lock()


class Kept(NamedTuple):
    """What Torg uses of the client."""

    Request: Any  # the client's requests
    RequestError: type[Exception]  # the root of what it raises for answers that are none
    CAR: Any
    CID: Any
    DecodingError: type[Exception]
    decode_all: Any  # every item of CBOR in some bytes


_kept: list[Kept] = []


def kept() -> Kept:
    """The client; whoever asks first imports it, and the others wait."""
    if not _kept:
        with _IMPORTING:
            _kept.append(_imported())
    return _kept[0]


def _imported() -> Kept:
    from atproto_client.exceptions import RequestErrorBase
    from atproto_client.request import Request
    from atproto_core.car import CAR
    from atproto_core.cbor import decode_dag_multi
    from atproto_core.cid import CID
    from atproto_core.exceptions import AtProtocolError

    return Kept(Request, RequestErrorBase, CAR, CID, AtProtocolError, decode_dag_multi)
