"""The study's own key for YouTube, tried before it is kept."""

from dataclasses import dataclass

from torg.collect.platforms.refused import Refused
from torg.collect.platforms.youtube.client import YouTube
from torg.collect.platforms.youtube.records import PLATFORM
from torg.collect.transport import Door
from torg.errors import TokenError
from torg.tokens import Grant, Held, Secret


@dataclass(frozen=True)
class YouTubeGranting:
    """How YouTube grants: a key of the study's own project, for all channels, without an end."""

    door: Door
    platform: str = PLATFORM

    def lengthen(self, token: Secret) -> Secret:
        """Keys have no end."""
        return token

    def examine(self, token: Secret, *, by: str) -> tuple[Held, ...]:
        """The key for the whole study, if YouTube answers to it; costs one unit."""
        try:
            YouTube(self.door, token).page("i18nLanguages", part="snippet")
        except Refused as refused:
            raise TokenError(refused.refusal.sentence) from None
        grant = Grant(
            platform=self.platform,
            channel=None,
            title="API key",
            may=("read what is public",),
            granted_on=self.door.clock.now().date(),
            ends_on=None,
            by=by,
        )
        return (Held(grant, token),)

    def withdraw(self, root: Secret) -> None:
        """Only its owner can delete a key, in Google's console."""
        raise TokenError("YouTube has no way to delete a key: delete it in Google's console.")
