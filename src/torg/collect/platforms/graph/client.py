"""The Graph interface behind a door: fields, pages, and the token that opens in a header.

Only where a token is what is asked about ("debug_token", "oauth/access_token") it stands in the
query, for Meta documents no other way; no query is shown in errors or written to a log.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from torg.collect.platforms.graph.refusals import (
    TOKEN_HAS_ENDED,
    code_of,
    lost_field,
    over_budget,
    refusal_of,
)
from torg.collect.platforms.paging import pages
from torg.collect.platforms.payloads import Json, listed, within, words
from torg.collect.platforms.refused import Refusal, Refused
from torg.collect.platforms.shape import Means
from torg.collect.transport import Answer, Budget, Call, Door
from torg.tokens import META_APP_SECRET, Secret, secret_named

SERVER = "graph.facebook.com"
BUDGET = Budget(calls=120, seconds=60)  # of all channels; Meta counts each page and account apart
VERSION = "v25.0"
VARIABLE = "TORG_GRAPH_VERSION"

NO_TOKEN = Refusal(
    "There is no token for this channel: whoever runs it gives one with 'torg connect'."
)
_VERSION = re.compile(r"v\d+\.\d+")
_NAME = re.compile(r"\w+")
_ODD = Refusal("Meta answered with something else than it was asked.", outcome="failed")


@dataclass(frozen=True)
class Graph:
    """One version of the interface, asked with one token.

    With the app's secret every call is signed, so that a stolen token alone opens nothing.
    `drift` notes where Meta's interface is not what this version was: fields that are gone, another
    version in the answer.
    """

    door: Door
    token: Secret | None
    app_secret: Secret | None = None
    version: str = VERSION
    drift: dict[str, str] = field(default_factory=dict)
    _ended: list[Refusal] = field(default_factory=list, repr=False)

    @classmethod
    def of(cls, means: Means) -> "Graph":
        """The interface as a visit may use it."""
        return cls(means.door, means.token, secret_named(META_APP_SECRET), version_asked_for())

    def get(self, path: str, *, fields: tuple[str, ...] = (), **params: str | int) -> Json:
        """One answer; fields that Meta has given up are left out of it and noted as drift.

        Raises Refused, and OverBudget where everything has to wait.
        """
        while True:
            wanted = {"fields": ",".join(fields)} if fields else {}
            answer = self._ask("GET", path, {**params, **wanted})
            if answer.status == 200:
                return _object(answer)
            gone = lost_field(answer.json())
            fewer = tuple(one for one in fields if _name(one) != gone)
            if gone is None or len(fewer) == len(fields):
                raise self._refused(answer)
            self.drift[gone] = f"Meta's {self.version} has no field {gone} any more."
            fields = fewer

    def all(
        self,
        path: str,
        *,
        fields: tuple[str, ...],
        limit: int,
        after: str | None = None,
        **params: str | int,
    ) -> Iterator[list[Json]]:
        """A list, page by page, from the cursor `after` on. Raises Cut after so many pages.

        Meta's address of the next page holds the token: only its cursor is taken.
        """

        def ask(cursor: str | None) -> tuple[list[Json], str | None]:
            onward = {"after": cursor} if cursor else {}
            page = self.get(path, fields=fields, limit=limit, **params, **onward)
            return some_of(page), following(page)

        return pages(ask, after=after)

    def delete(self, path: str) -> None:
        """Take something back. Raises as `get` does."""
        answer = self._ask("DELETE", path, {})
        if answer.status != 200:
            raise self._refused(answer)

    def _ask(self, method: str, path: str, params: dict[str, str | int]) -> Answer:
        if self.token is None:
            raise Refused(NO_TOKEN)
        if self._ended:  # a token that has ended once opens nothing more: nobody need be asked
            raise Refused(self._ended[0])
        signed = {**params, **self._proof(self.token)}
        address = f"https://{SERVER}/{self.version}/{path}"
        headers = {"authorization": f"Bearer {self.token.value}"}
        if method == "GET":
            answer = self.door.get(address, params=signed, headers=headers)
        else:
            query = "&".join(f"{name}={value}" for name, value in signed.items())
            answer = self.door.ask(Call(method, f"{address}?{query}", headers))
        self._note_version(answer)
        return answer

    def _proof(self, token: Secret) -> dict[str, str]:
        if self.app_secret is None:
            return {}
        digest = hmac.digest(self.app_secret.value.encode(), token.value.encode(), hashlib.sha256)
        return {"appsecret_proof": digest.hex()}

    def _note_version(self, answer: Answer) -> None:
        said = answer.headers.get("facebook-api-version", self.version)
        if said != self.version and _VERSION.fullmatch(said):
            self.drift["version"] = f"Meta answered with {said} in place of {self.version}."

    def _refused(self, answer: Answer) -> Exception:
        over = over_budget(answer, now=self.door.clock.now())
        refusal = refusal_of(answer)
        if code_of(answer.json()) in TOKEN_HAS_ENDED:
            self._ended.append(refusal)
        return over or Refused(refusal)


def version_asked_for() -> str:
    """The version of the interface: of the environment, else the one that Torg was built for."""
    said = os.environ.get(VARIABLE, "").strip()
    return said if _VERSION.fullmatch(said) else VERSION


def some_of(page: object) -> list[Json]:
    """What one page of a list holds. Raises Refused where there is no list.

    An answer without one, taken for an empty list, would make all that is known look deleted.
    """
    if not isinstance(within(page, "data"), list):
        raise Refused(_ODD)
    return listed(page, "data")


def following(page: Json) -> str | None:
    """The cursor of the next page, where there is one."""
    if within(page, "paging", "next") is None:
        return None
    return words(page, "paging", "cursors", "after")


def _name(expression: str) -> str:
    """The field that an expression such as reactions.limit(0) begins with."""
    found = _NAME.match(expression)
    return found[0] if found else ""


def _object(answer: Answer) -> Json:
    payload = answer.json()
    if not isinstance(payload, dict) or "error" in payload:
        raise Refused(_ODD)
    return payload
