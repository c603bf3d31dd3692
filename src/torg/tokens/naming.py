"""Which grants a person means who names a channel."""

from collections.abc import Callable, Iterable

from torg.errors import TokenError
from torg.tokens.grant import Grant, Held


def meant(held: Iterable[Held], name: str) -> tuple[Held, ...]:
    """Those whom a name means: by platform:id, else by id, else by handle or title.

    The study's own token goes by its platform's name. None where nobody is called so. Several only
    where one token opens them all, as a page and its Instagram account; raises TokenError where
    they have tokens of their own, for many municipalities are called the same.
    """
    several = tuple(held)
    wanted = name.removeprefix("@").casefold()
    for called in _NAMES:
        found = tuple(one for one in several if wanted in map(str.casefold, called(one.grant)))
        if len({one.secret for one in found}) > 1:
            ids = ", ".join(sorted(_with_platform(one.grant) for one in found))
            raise TokenError(f"'{name}' may be any of {ids}: say which one, as it stands here.")
        if found:
            return found
    return ()


def _with_platform(grant: Grant) -> str:
    return grant.platform if grant.channel is None else f"{grant.platform}:{grant.channel}"


# An id is nobody else's; a handle or a title may be.
_NAMES: tuple[Callable[[Grant], tuple[str, ...]], ...] = (
    lambda grant: (_with_platform(grant),),
    lambda grant: () if grant.channel is None else (grant.channel,),
    lambda grant: (grant.title, grant.handle or grant.title),
)
