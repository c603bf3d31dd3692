"""How a round gets out: doors with the budgets of the study, and the tokens to show."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from torg.archive import Reading
from torg.collect.platforms import Followed, Platform
from torg.collect.transport import (
    Budget,
    Clock,
    Connect,
    Door,
    Quota,
    Send,
    agent,
    internet,
    look_up,
    web_socket,
)
from torg.errors import StudyError, TokenError
from torg.follow.units import quota_used
from torg.study import OwnBudget, Study
from torg.tokens import Secret, TokenStore, token_for

# Platform and channel to what is shown; without a channel what is the study's own.
Tokens = Callable[[str, str | None], Secret | None]


@dataclass(frozen=True)
class Ways:
    """The network, the time and the secrets that a round works with; tests put in their own."""

    send: Send
    connect: Connect = web_socket
    clock: Clock = field(default_factory=Clock)
    tokens: Tokens | None = None  # None: the study's own store


@contextmanager
def over_the_internet(ways: Ways | None) -> Iterator[Ways]:
    """The ways that are given, else the real ones, closed again at the end."""
    if ways is not None:
        yield ways
        return
    with internet() as send:
        yield Ways(send)


def at_their_servers(
    platforms: Mapping[str, Platform], *, study: Study, only: tuple[str, ...] = ()
) -> Mapping[str, Platform]:
    """The platforms that are asked, at the servers that the study names.

    Raises StudyError where one is named that cannot be asked.
    """
    unknown = sorted({*only, *study.follow.servers} - set(platforms))
    if unknown:
        raise StudyError(
            f"no platform that can be asked is called '{unknown[0]}': there are "
            f"{', '.join(sorted(platforms))}."
        )
    chosen = {name: p for name, p in platforms.items() if not only or name in only}
    return {name: _elsewhere(p, study.follow.servers.get(name)) for name, p in chosen.items()}


def _elsewhere(platform: Platform, server: str | None) -> Platform:
    if server is None:
        return platform
    if platform.elsewhere is None:
        raise StudyError(
            f"follow.servers: {platform.title} has the one server only; take its line out."
        )
    return platform.elsewhere(server)


def doors(
    platforms: Mapping[str, Platform], *, study: Study, ways: Ways, reading: Reading
) -> Mapping[str, Door]:
    """A door for each platform. Raises StudyError where the study names nobody to write to."""
    if study.follow.contact is None:
        raise StudyError(
            f"{study.folder / 'study.toml'} says nobody whom those who run the servers can write "
            'to: add contact = "..." (a web page or mail address of yours) under [follow].'
        )
    return {
        name: _door(platform, study=study, ways=ways, reading=reading)
        for name, platform in platforms.items()
    }


def _door(platform: Platform, *, study: Study, ways: Ways, reading: Reading) -> Door:
    own = {budget.server: budget for budget in study.follow.budget}
    of_platform = own.get(platform.name)
    return Door(
        send=ways.send,
        clock=ways.clock,
        agent=agent(study.follow.contact),
        budget=_budget(of_platform) if of_platform else platform.budget,
        budgets={server: _budget(budget) for server, budget in own.items()},
        quota=_quota(platform, of_platform),
        used=quota_used(reading, platform),
        addresses=look_up,
        connect=ways.connect,
    )


def _budget(own: OwnBudget) -> Budget:
    return Budget(calls=own.calls, seconds=own.seconds)


def _quota(platform: Platform, own: OwnBudget | None) -> Quota | None:
    if platform.quota is None or own is None or own.units is None:
        return platform.quota
    return replace(platform.quota, units=own.units)


def tokens_of(study: Study) -> Tokens:
    """The tokens of a study, from its store and the environment."""
    store = TokenStore.of(study.id)
    return lambda platform, channel: token_for(store, platform, channel)


def asked_with(
    platform: Platform, followed: Followed, tokens: Tokens
) -> tuple[Platform, Secret | None, str | None]:
    """Who is asked about a channel, with which token, and what stands against asking.

    Where a channel has no token of its own, whoever stands in for the platform is asked.
    """
    if platform.needs_token == "never":  # noqa: S105 -- no password
        return platform, None, None
    try:
        token = _token(platform, followed, tokens)
    except TokenError as error:
        return platform, None, str(error)
    if token is not None:
        return platform, token, None
    if platform.otherwise is not None:
        other, token, lacking = asked_with(platform.otherwise, followed, tokens)
        return other, token, lacking and _lacking_both(platform)
    return platform, None, _lacking(platform)


def _lacking(platform: Platform) -> str:
    """That there is no token, and what to type with one."""
    whose = _WHOSE[platform.needs_token]
    return f"{platform.title} wants {whose}, which is not there: type torg connect {platform.name}."


def _lacking_both(platform: Platform) -> str:
    return (
        f"{platform.title} wants the channel's own token, or else one of the study's, and neither "
        f"is there: type torg connect {platform.name}, or torg connect {platform.name}-study."
    )


_WHOSE = {"channel": "the channel's own token", "study": "a key or token of the study's own"}


def _token(platform: Platform, followed: Followed, tokens: Tokens) -> Secret | None:
    """The token of the kind that the platform needs, a channel's by its id or its handle."""
    if platform.needs_token == "study":  # noqa: S105 -- no password
        return tokens(platform.name, None)
    names = [followed.channel, *([f"@{followed.handle}"] if followed.handle else [])]
    found = (tokens(platform.name, name) for name in names)
    return next((token for token in found if token is not None), None)
