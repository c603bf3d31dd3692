"""What study.toml says of following channels on the networks."""

from typing import Literal

from pydantic import Field, field_validator

from torg.study.frozen import Frozen


class OwnBudget(Frozen):
    """What a server may be asked, where Torg's own budget for it does not fit."""

    server: str
    """The server's name as in its addresses, or a platform for all servers of it."""
    calls: int = Field(ge=1)
    """At most so many calls ..."""
    seconds: float = Field(gt=0)
    """... in any so many seconds."""
    units: int | None = Field(None, ge=1)
    """Of a platform with a daily quota: the units that it grants you."""


class Follow(Frozen):
    """How channels are followed on the networks: `torg collect` and `torg listen`."""

    contact: str | None = Field(None, min_length=3, pattern=r"^[\x21-\x7e]+$")
    """A page or mail address where those who run the servers reach you; it goes with every call."""
    profile_hours: float = Field(24, ge=1, le=168)
    """How often followers are counted."""
    posts_hours: float = Field(6, ge=0.25, le=168)
    """How often new posts are looked for, and replies to posts of the last day."""
    presence_hours: float = Field(24, ge=1, le=24)
    """How often it is asked whether posts and replies are still there."""
    ages_hours: tuple[float, ...] = (24, 168, 720)
    """The ages at which the counts of a post are read."""
    reply_days: int = Field(30, ge=1, le=365)
    """How old a post is when replies to it are looked for the last time."""
    first_days: int = Field(30, ge=1, le=3650)
    """How far back the first look at a channel goes where the window has no first day."""
    exports_every_days: int = Field(45, ge=1, le=365)
    """After how many days without a new export of a channel `torg doctor` reminds of it."""
    servers: dict[str, str] = Field(default_factory=dict)
    """A platform's server where it is another than its own, as `{ bluesky = "https://..." }`."""
    stream: Literal["jetstream", "repos"] = "jetstream"
    """What `torg listen` listens to: Bluesky's in JSON, or the protocol's own."""
    stream_server: str | None = None
    """Where that stream is, as `wss://...`; without it the network's own."""
    budget: tuple[OwnBudget, ...] = ()
    """Budgets of your own: a table `[[follow.budget]]` for each."""
    mail_to: tuple[str, ...] = ()
    """Whom `torg doctor --mail` writes to when a person is needed."""

    @field_validator("ages_hours")
    @classmethod
    def _ages_grow(cls, ages: tuple[float, ...]) -> tuple[float, ...]:
        grows = all(a < b for a, b in zip((0.0, *ages), ages, strict=False))
        if not ages or not grows or ages[-1] > 365 * 24:
            raise ValueError("ages are hours, above 0 and at most a year's, each above the last")
        return ages
