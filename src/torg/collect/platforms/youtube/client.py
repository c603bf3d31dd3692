"""The YouTube Data API v3: lists by page, each at one unit of the day's quota, and its refusals."""

from collections.abc import Iterator
from dataclasses import dataclass

from torg.collect.platforms.paging import pages
from torg.collect.platforms.payloads import Json, listed, within, words
from torg.collect.platforms.refused import Refusal, Refused
from torg.collect.platforms.shape import Means
from torg.collect.transport import Answer, Door
from torg.errors import OverBudget
from torg.tokens import YOUTUBE_KEY, Secret

SERVER = "youtube.googleapis.com"
AT_ONCE = 50  # ids that one call may name; also the most that most lists give a page
_UNIT = 1  # every list that is used here costs one unit; search would cost a hundred

NO_KEY = f"There is no key for YouTube: set {YOUTUBE_KEY}, or 'torg connect youtube'."
# Reasons for which the whole of YouTube has to wait, not one channel.
_DAY_IS_OVER = frozenset({"quotaExceeded", "dailyLimitExceeded"})
_TOO_FAST = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
_REFUSALS = {
    "commentsDisabled": Refusal("Comments are turned off for this video.", outcome="ok"),
    "videoNotFound": Refusal("The video is not there.", outcome="gone", is_missing=True),
    "commentThreadNotFound": Refusal("The thread is not there.", outcome="gone"),
    "commentNotFound": Refusal("The comment is not there.", outcome="gone", is_missing=True),
    "channelNotFound": Refusal("The channel is not there.", outcome="gone"),
    "channelClosed": Refusal("YouTube has closed the channel.", outcome="gone"),
    "channelSuspended": Refusal("YouTube has suspended the channel.", outcome="gone"),
    "playlistNotFound": Refusal("The channel shows no uploads.", outcome="ok"),
    "playlistItemsNotAccessible": Refusal("YouTube does not show this list."),
    "playlistForbidden": Refusal("YouTube does not show this list."),
    "forbidden": Refusal("YouTube does not show this: it is private, or the key may not see it."),
    "accessNotConfigured": Refusal(
        "The key's project has no YouTube Data API: turn it on in Google's console."
    ),
    "API_KEY_INVALID": Refusal("YouTube does not know the key: set one that is valid."),
    "keyInvalid": Refusal("YouTube does not know the key: set one that is valid."),
    "keyExpired": Refusal("The key for YouTube has ended: set another one."),
    "processingFailure": Refusal("YouTube could not answer this time.", outcome="failed"),
}


@dataclass(frozen=True)
class YouTube:
    """The interface behind a door, asked with a key. The key goes in a header, never in a URL."""

    door: Door
    key: Secret | None

    @classmethod
    def of(cls, means: Means) -> "YouTube":
        """The interface as a visit may use it."""
        return cls(means.door, means.token)

    def all(
        self, resource: str, *, after: str | None = None, **params: str | int
    ) -> Iterator[list[Json]]:
        """The items of a list, page by page, from a cursor on. Raises Cut after so many pages."""

        def ask(cursor: str | None) -> tuple[list[Json], str | None]:
            onward = {"pageToken": cursor} if cursor else {}
            page = self.page(resource, **params, **onward)
            return listed(page, "items"), words(page, "nextPageToken")

        return pages(ask, after=after)

    def by_id(self, resource: str, ids: tuple[str, ...], **params: str | int) -> list[Json]:
        """Those of the ids that are there, of at most AT_ONCE that are asked for."""
        return listed(self.page(resource, id=",".join(ids), **params), "items")

    def page(self, resource: str, **params: str | int) -> Json:
        """One answer. Raises Refused, and OverBudget where all of YouTube has to wait."""
        if self.key is None:
            raise Refused(Refusal(NO_KEY))
        answer = self.door.get(
            f"https://{SERVER}/youtube/v3/{resource}",
            params=params,
            headers={"x-goog-api-key": self.key.value},
            cost=_UNIT,
        )
        if answer.status == 200:
            return _checked(answer, resource)
        raise self._refusal(answer)

    def _refusal(self, answer: Answer) -> Exception:
        reason = _reason(answer)
        if reason in _DAY_IS_OVER:
            return self.door.use_up("YouTube says that the quota of the day is used up.")
        if reason in _TOO_FAST:
            return OverBudget("YouTube says that it was asked too often.")
        unknown = Refusal(f"YouTube answered {answer.status} for a reason that Torg does not know.")
        return Refused(_REFUSALS.get(reason or "", unknown))


def _checked(answer: Answer, resource: str) -> Json:
    """An answer is believed only if it says what it is.

    Something else that was taken for an empty list would make every video look deleted.
    """
    payload: Json = answer.json()
    if within(payload, "kind") != f"youtube#{_SINGULAR[resource]}ListResponse":
        raise Refused(Refusal("YouTube answered with something else than asked.", outcome="failed"))
    return payload


_SINGULAR = {
    "channels": "channel",
    "commentThreads": "commentThread",
    "comments": "comment",
    "i18nLanguages": "i18nLanguage",
    "playlistItems": "playlistItem",
    "videos": "video",
}


def _reason(answer: Answer) -> str | None:
    """Why it refuses: the newer word of `details` where that is one we know, else the older."""
    payload = answer.json()
    reasons = [
        words(one, "reason")
        for part in ("details", "errors")
        for one in listed(payload, "error", part)
    ]
    known = [r for r in reasons if r in _REFUSALS or r in _DAY_IS_OVER or r in _TOO_FAST]
    return known[0] if known else None
