"""How Meta grants: a person who runs pages logs in, and each page gets a token of its own."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from torg.collect.platforms.graph.client import Graph, version_asked_for
from torg.collect.platforms.payloads import Json, within, words
from torg.collect.platforms.refused import Refused
from torg.collect.transport import Door
from torg.errors import OverBudget, TokenError
from torg.tokens import META_APP_ID, META_APP_SECRET, Grant, Held, Secret, secret_named

# Without these there are no posts, or no comments.
NEEDED = frozenset({"pages_read_engagement", "pages_read_user_content"})
NEEDED_INSTAGRAM = frozenset({"instagram_basic", "instagram_manage_comments"})
NEEDED_DISCOVERY = frozenset({"instagram_basic"})
_PAGE = ("id", "name", "username", "instagram_business_account{id,username,name}")
_LAST = 253_402_300_799  # the last second of the calendar
_SHORT = dt.timedelta(days=2)  # tokens of the dialogue live for an hour or two


@dataclass(frozen=True)
class _Said:
    """What Meta says of a token. `ends_on` is the last whole day on which it works."""

    kind: str  # "USER", "PAGE", "SYSTEM_USER" ...
    may: frozenset[str]
    ends_on: dt.date | None
    is_short: bool


@dataclass(frozen=True)
class MetaGranting:
    """Tokens of pages and of the Instagram accounts that are connected to them.

    `of_study`: the token is the study's own, for asking about Instagram accounts of others.
    """

    door: Door
    platform: str = "facebook"
    of_study: bool = False

    def lengthen(self, token: Secret) -> Secret:
        """A token of the dialogue lives for an hour; with the app's own secret for sixty days.

        Page tokens that are made from a long one have no end of their own.
        """
        app = _app()
        if app is None or not self._said(token).is_short:
            return token
        answer = self._get(
            "oauth/access_token",
            token,
            grant_type="fb_exchange_token",
            client_id=app[0].value,
            client_secret=app[1].value,
            fb_exchange_token=token.value,
        )
        longer = words(answer, "access_token")
        if longer is None:
            raise TokenError("Meta gave no longer-lived token in place of the one given.")
        return Secret(longer)

    def examine(self, token: Secret, *, by: str) -> tuple[Held, ...]:
        """A grant for each page and each connected Instagram account that the token opens."""
        if self._said(token).kind == "PAGE":
            return tuple(self._held(self._get("me", token, fields=_PAGE), token, None, by))
        return tuple(
            held
            for page, secret in self._pages(token)
            for held in self._held(page, secret, token, by)
        )

    def withdraw(self, root: Secret) -> None:
        """Take all that the person granted to the app back at Meta."""
        try:
            self._graph(root).delete("me/permissions")
        except Refused as refused:
            raise TokenError(str(refused)) from None

    def _pages(self, token: Secret) -> Iterator[tuple[Json, Secret]]:
        try:
            for some in self._graph(token).all(
                "me/accounts", fields=(*_PAGE, "access_token"), limit=100
            ):
                yield from (
                    (page, Secret(own)) for page in some if (own := words(page, "access_token"))
                )
        except Refused as refused:
            raise TokenError(str(refused)) from None

    def _held(self, page: Json, secret: Secret, root: Secret | None, by: str) -> Iterator[Held]:
        if words(page, "id") is None:
            raise TokenError("Meta does not say which page this token is for: try again later.")
        said = self._said(secret)
        account: Json = within(page, "instagram_business_account")
        if self.platform == "facebook":
            _refuse_lacking(NEEDED - said.may, page)
            yield Held(self._grant("facebook", page, said, by), secret, root)
        if words(account, "id") is None:
            return
        lacking = (NEEDED_DISCOVERY if self.of_study else NEEDED_INSTAGRAM) - said.may
        if self.platform == "instagram":
            _refuse_lacking(lacking, account)
        if not lacking:
            yield Held(self._grant("instagram", account, said, by), secret, root)

    def _grant(self, platform: str, found: Json, said: _Said, by: str) -> Grant:
        return Grant(
            platform=platform,
            channel=None if self.of_study else str(found["id"]),
            title=words(found, "name") or words(found, "username") or str(found["id"]),
            handle=words(found, "username"),
            may=tuple(sorted(said.may)),
            granted_on=self.door.clock.now().date(),
            ends_on=said.ends_on,
            by=by,
        )

    def _said(self, token: Secret) -> _Said:
        """What Meta says of a token, asked with the app's own token, or else with itself."""
        app = _app()
        asker = Secret(f"{app[0].value}|{app[1].value}") if app else token
        answer = self._get("debug_token", asker, input_token=token.value)
        told = within(answer, "data")
        if within(told, "is_valid") is not True:
            raise TokenError("Meta says that this token does not hold any more: get a new one.")
        ends = [_instant(within(told, name)) for name in ("expires_at", "data_access_expires_at")]
        known = [end for end in ends if end is not None]
        now = self.door.clock.now()
        return _Said(
            kind=words(told, "type") or "USER",
            may=_scopes(told),
            # The day on which it ends is not a whole day any more.
            ends_on=min(known).date() - dt.timedelta(days=1) if known else None,
            is_short=ends[0] is not None and ends[0] - now < _SHORT,
        )

    def _get(
        self, path: str, token: Secret, *, fields: tuple[str, ...] = (), **params: str
    ) -> Json:
        try:
            return self._graph(token).get(path, fields=fields, **params)
        except (Refused, OverBudget) as error:
            raise TokenError(str(error)) from None

    def _graph(self, token: Secret) -> Graph:
        app = _app()
        is_app = app is not None and token.value.startswith(f"{app[0].value}|")
        signing = None if app is None or is_app else app[1]
        return Graph(self.door, token, signing, version_asked_for())


def _app() -> tuple[Secret, Secret] | None:
    """The study's app at Meta, if the environment or the keyring knows it."""
    found = secret_named(META_APP_ID), secret_named(META_APP_SECRET)
    return (found[0], found[1]) if found[0] and found[1] else None


def _instant(seconds: object) -> dt.datetime | None:
    """Meta writes "never" as 0."""
    if not isinstance(seconds, int) or not 0 < seconds <= _LAST:
        return None
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)


def _scopes(told: object) -> frozenset[str]:
    found = within(told, "scopes")
    listed = found if isinstance(found, list) else []
    return frozenset(one for one in listed if isinstance(one, str))


def _refuse_lacking(lacking: frozenset[str], found: Json) -> None:
    if lacking:
        name = words(found, "name") or words(found, "username") or "the page"
        raise TokenError(
            f"The token for {name} lacks {' and '.join(sorted(lacking))}: grant it anew, and leave "
            "all boxes of the dialogue ticked."
        )
