"""Which of the secrets at hand a channel is asked with."""

from torg.tokens.named import YOUTUBE_KEY, secret_named
from torg.tokens.secret import Secret
from torg.tokens.store import TokenStore

# The secrets that serve a whole study, by platform; other platforms have none with a name.
_OF_THE_STUDY = {"youtube": YOUTUBE_KEY}


def token_for(store: TokenStore, platform: str, channel: str) -> Secret | None:
    """The channel's own token, else the study's in the store, else the named one, else None."""
    found = store.get(platform, channel) or store.get(platform, None)
    if found or platform not in _OF_THE_STUDY:
        return found
    return secret_named(_OF_THE_STUDY[platform])
