"""Questions to a Bluesky view, asked with the kept client through the door.

The client's models are left aside on purpose: they refuse a whole page for one odd field, and a
network on which everybody writes records of their own has odd fields.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from torg.collect.platforms.bluesky.kept import kept
from torg.collect.transport import Door, as_the_door_said

PUBLIC_VIEW = "https://public.api.bsky.app"

Payload = Mapping[str, Any]

# What a view calls it: how a visit ended, and the sentence about it.
_REFUSALS = {
    "AccountTakedown": ("gone", "The network has suspended the account."),
    "AccountDeactivated": ("gone", "The owner has deactivated the account."),
    "NotFound": ("gone", "The network has no such post."),
    "BlockedActor": ("refused", "The account is blocked for those who ask."),
    "BlockedByActor": ("refused", "The account blocks those who ask."),
    "AuthMissing": ("refused", "This view wants a log-in."),
    "AuthenticationRequired": ("refused", "This view wants a log-in."),
}
_NOBODY = ("gone", "The network has no account of this name.")


@dataclass(frozen=True)
class Said:
    """What the view said: a payload, or why there is none."""

    payload: Payload = field(default_factory=dict)
    outcome: str = "ok"
    detail: str | None = None
    error: str | None = None  # the view's own name for it

    @property
    def is_answer(self) -> bool:
        """Whether there is a payload."""
        return self.outcome == "ok"


@dataclass(frozen=True)
class View:
    """One view of the network, asked through a door."""

    door: Door
    host: str = PUBLIC_VIEW

    def ask(self, method: str, params: Mapping[str, str | int | Sequence[str]]) -> Said:
        """The answer to one query; what the door raises goes through."""
        try:
            with as_the_door_said():
                response = self._request().get(f"{self.host}/xrpc/{method}", params=dict(params))
        except kept().RequestError as error:
            return _refusal(getattr(error, "response", None))
        if isinstance(response.content, dict):
            return Said(response.content)
        return Said(outcome="failed", detail="The view answered with no JSON object.")

    def _request(self) -> Any:  # noqa: ANN401 -- the client has no types of its own
        # It makes an HTTP client of its own, and takes only what that is made of.
        way = self.door.as_httpx()._transport
        return kept().Request(transport=way, trust_env=False, timeout=None)


def _refusal(response: object) -> Said:
    error = getattr(getattr(response, "content", None), "error", None)
    message = getattr(getattr(response, "content", None), "message", None) or ""
    if error in _REFUSALS:
        outcome, detail = _REFUSALS[error]
        return Said(outcome=outcome, detail=detail, error=error)
    if error == "InvalidRequest" and "not found" in message.lower():
        outcome, detail = _NOBODY
        return Said(outcome=outcome, detail=detail, error=error)
    status = getattr(response, "status_code", None)
    return Said(
        outcome="refused" if status in (401, 403) else "failed",
        detail=f"The view answered {status or 'nothing'}.",
        error=error,
    )
