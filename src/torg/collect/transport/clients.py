"""The door in the shape of other people's HTTP libraries, so that kept clients keep our manners."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx

from torg.collect.transport.calls import Answer, Call
from torg.errors import OverBudget, Unreachable

if TYPE_CHECKING:
    import requests

    from torg.collect.transport.door import Door

# The door decodes bodies and knows their length; these headers would no longer be true.
_STALE = ("content-encoding", "content-length", "transfer-encoding")
# What a library says of its own; the door says better.
_OWN = ("user-agent", "connection", "host", "content-length", "accept-encoding")


def httpx_client(door: "Door") -> httpx.Client:
    """A client of httpx that sends through the door."""
    return httpx.Client(transport=_Transport(door), timeout=None, trust_env=False)  # noqa: S113 -- the door has its own


class _Transport(httpx.BaseTransport):
    def __init__(self, door: "Door") -> None:
        self._door = door

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        call = Call(request.method, str(request.url), _told(request.headers), request.read())
        answer = self._door.ask(call)
        headers = _true(answer)
        return httpx.Response(answer.status, headers=headers, content=answer.body, request=request)


def requests_session(door: "Door") -> "requests.Session":
    """A session of requests that sends through the door."""
    import requests

    session = requests.Session()
    session.trust_env = False  # no passwords from a .netrc
    adapter = _adapter(door)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _adapter(door: "Door") -> "requests.adapters.BaseAdapter":
    import requests

    class Adapter(requests.adapters.BaseAdapter):
        def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:  # type: ignore[override] # noqa: ANN401
            answer = door.ask(_call(request))
            response = requests.Response()
            response.status_code = answer.status
            response.headers.update(_true(answer))
            response.raw = io.BytesIO(answer.body)
            response.url = answer.url
            response.encoding = requests.utils.get_encoding_from_headers(response.headers)
            response.request = request
            return response

        def close(self) -> None:
            """Nothing is held open."""

    return Adapter()


def _call(request: "requests.PreparedRequest") -> Call:
    body = request.body.encode() if isinstance(request.body, str) else request.body
    if not isinstance(body, bytes | None):
        raise TypeError("only whole bodies go through the door")
    headers = {name: str(value) for name, value in request.headers.items()}
    return Call(request.method or "GET", request.url or "", _told(headers), body)


def _told(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _OWN}


def _true(answer: Answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in _STALE}


@contextmanager
def as_the_door_said() -> Iterator[None]:
    """Raise what the door raised, whatever another library has made of it on the way."""
    try:
        yield
    except Exception as error:
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, Unreachable | OverBudget):
            cause = cause.__cause__ or cause.__context__
        if cause is None or cause is error:
            raise
        raise cause from None
