"""What Meta's error codes mean for a visit.

"Handling Errors" and "Rate Limits" of Meta's documentation of the Graph API name the codes.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping

from torg.collect.platforms.payloads import Json, listed, whole, within, words
from torg.collect.platforms.refused import Refusal
from torg.collect.transport import Answer
from torg.errors import OverBudget

_TAKEN_BACK = "whoever runs the page connects it anew ('torg connect')."
_ENDED = Refusal(f"The token has ended or does not hold any more: {_TAKEN_BACK}")
_NOT_ALLOWED = Refusal(
    "The token does not allow this: it lacks a permission, or whoever granted it no longer runs "
    "the page."
)
_NOT_THERE = Refusal(
    "It is not there, or the token may not see it.", outcome="gone", is_missing=True
)
_NOT_NOW = Refusal("Meta could not answer this time.", outcome="failed")
_BLOCKED = Refusal("Meta has blocked this for a breach of its rules, as it says.")
_OLD_VERSION = Refusal(
    "Meta has ended the version of its interface that Torg asks for: set TORG_GRAPH_VERSION to one "
    "that it has, or take a newer Torg."
)
_NO_ACCOUNT = Refusal(
    "Instagram shows no professional account of that name; private and personal ones it hides.",
    outcome="gone",
)
_BY_SUBCODE = {
    (100, 33): _NOT_THERE,
    (190, 458): Refusal(f"The page's owner has taken Torg's app out: {_TAKEN_BACK}"),
    (190, 460): Refusal(f"The token ended with a change of password: {_TAKEN_BACK}"),
    (190, 463): Refusal(f"The token's time is over: {_TAKEN_BACK}"),
}
_BY_CODE = {
    1: _NOT_NOW,
    2: _NOT_NOW,
    3: _NOT_ALLOWED,
    10: _NOT_ALLOWED,
    102: _ENDED,
    110: _NO_ACCOUNT,
    190: _ENDED,
    **dict.fromkeys(range(200, 300), _NOT_ALLOWED),
    368: _BLOCKED,
    803: _NOT_THERE,
    2635: _OLD_VERSION,
}
TOKEN_HAS_ENDED = frozenset({102, 190})
# Limits of the app or of who is logged in: everything has to wait.
_APP_IS_LIMITED = frozenset({4, 17, 341, 613})
# Limits of one page or account: only this one has to.
_PAGE_IS_LIMITED = frozenset({32, 80001, 80002})
_AN_HOUR = 60  # minutes: Meta counts over a rolling hour where it does not say when to come again


def code_of(payload: object) -> int | None:
    """Meta's code of an error; None where the answer is none."""
    return whole(payload, "error", "code")


def over_budget(answer: Answer, *, now: dt.datetime) -> OverBudget | None:
    """Where the whole app is limited: until when, as far as Meta says."""
    if code_of(answer.json()) not in _APP_IS_LIMITED:
        return None
    until = now + dt.timedelta(minutes=_minutes(answer.headers))
    return OverBudget("Meta says that it was asked too often.", until=until)


def refusal_of(answer: Answer) -> Refusal:
    """What an error of Meta's means for the one page or account that was asked for."""
    payload: Json = answer.json()
    code = code_of(payload)
    if code is None:
        return Refusal(f"Meta answered {answer.status} without saying why.", outcome="failed")
    if code in _PAGE_IS_LIMITED:
        minutes = _minutes(answer.headers)
        return Refusal(
            f"Meta lets this page be asked again in {minutes} minutes.", outcome="failed"
        )
    unknown = Refusal(f"Meta answered with code {code}, for a reason that Torg does not know.")
    sub = whole(payload, "error", "error_subcode") or 0
    return _BY_SUBCODE.get((code, sub), _BY_CODE.get(code, unknown))


def lost_field(payload: object) -> str | None:
    """The field that this version of the interface does not have, where that is the error."""
    message = words(payload, "error", "message") or ""
    _, found, rest = message.partition("nonexisting field (")
    return rest.partition(")")[0] if found and code_of(payload) == 100 else None


def _minutes(headers: Mapping[str, str]) -> int:
    """When Meta lets us come again, by its header of usage per business."""
    return max(_regained(headers.get("x-business-use-case-usage", "")), default=0) or _AN_HOUR


def _regained(text: str) -> Iterator[int]:
    try:
        usage = json.loads(text or "{}")
    except ValueError:
        return
    for business in usage if isinstance(usage, dict) else ():
        for one in listed(usage, business):
            yield whole(within(one), "estimated_time_to_regain_access") or 0
