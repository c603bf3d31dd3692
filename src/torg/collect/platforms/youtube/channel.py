"""A channel of YouTube: who it is now, and how many subscribe."""

from collections.abc import Iterator

from torg.collect.platforms.payloads import Json, listed, whole, within, words
from torg.collect.platforms.refused import Refusal, Refused
from torg.collect.platforms.shape import Followed, Means, Task
from torg.collect.platforms.visited import frame
from torg.collect.platforms.visiting import Visiting
from torg.collect.platforms.youtube.client import YouTube
from torg.collect.platforms.youtube.records import PLATFORM
from torg.collect.records import AUDIENCE, Batch

_NO_CHANNEL = Refusal("YouTube has no such channel.", outcome="gone")
_ANOTHER = Refusal("YouTube answered with another channel.", outcome="failed")
_OLD_ADDRESS = Refusal(
    "YouTube does not look up addresses of the kind /c/: put the channel's id, which begins with "
    "UC, into the register."
)


def profile(task: Task, means: Means) -> Iterator[Batch]:
    """The subscribers, rounded to three digits as YouTube does; null where the owner hides them."""
    visiting = Visiting.of(task, means)
    try:
        found = look_up(YouTube.of(means), task.followed, part="snippet,statistics")
    except Refused as refused:
        yield visiting.refused(refused.refusal)
        return
    hidden = within(found, "statistics", "hiddenSubscriberCount") is True
    row = {
        "platform": PLATFORM,
        "channel": found["id"],
        "channel_name": words(found, "snippet", "title"),
        "read_at": means.clock.now(),
        "followers": None if hidden else whole(found, "statistics", "subscriberCount"),
        "kind": "followers",
    }
    yield Batch(audience=frame([row], AUDIENCE))
    yield visiting.to(found["id"]).went(handle=words(found, "snippet", "customUrl"))


def look_up(youtube: YouTube, followed: Followed, *, part: str) -> Json:
    """The channel itself; asked for by its id, it must be the one that answers."""
    which = _which(followed)
    found = listed(youtube.page("channels", part=part, **which), "items")
    if not found or not words(found[0], "id"):
        raise Refused(_NO_CHANNEL)
    if which.get("id", found[0]["id"]) != found[0]["id"]:
        raise Refused(_ANOTHER)
    return found[0]


def _which(followed: Followed) -> dict[str, str]:
    if not followed.channel.startswith("@"):
        return {"id": followed.channel}
    kind, _, name = followed.channel[1:].rpartition("/")
    if kind == "c":
        raise Refused(_OLD_ADDRESS)
    return {"forUsername": name} if kind == "user" else {"forHandle": f"@{name}"}
