"""Which of the secrets at hand a channel is asked with."""

from torg.tokens.named import YOUTUBE_KEY, secret_named
from torg.tokens.secret import Secret
from torg.tokens.store import TokenStore

# Platforms on which one key opens every channel, and the key's name.
_OF_THE_STUDY = {"youtube": YOUTUBE_KEY}


def token_for(store: TokenStore, platform: str, channel: str | None) -> Secret | None:
    """A channel's own token, by its id or "@handle"; the study's own where it is None.

    Where one key opens every channel, that one serves a channel that has none of its own.
    """
    found = store.get(platform, channel)
    if found or (channel and platform not in _OF_THE_STUDY):
        return found
    return store.get(platform, None) or _named(platform)


def _named(platform: str) -> Secret | None:
    name = _OF_THE_STUDY.get(platform)
    return secret_named(name) if name else None
