"""Where records come from, as the archive notes it: a file, or a run of collecting."""

import datetime as dt
import hashlib
import json
import uuid
from dataclasses import dataclass, field
from typing import Literal, Protocol

Kind = Literal["file", "run", "observation"]


class Provenance(Protocol):
    """What must be known of a source before anything of it is kept."""

    @property
    def kind(self) -> Kind:
        """How it came."""

    @property
    def name(self) -> str:
        """What people call it: a file's name without its folder, a platform and its server."""

    @property
    def sha256(self) -> str:
        """Of the file's bytes; of a run, its own and no other's; of observations, their wave's."""

    @property
    def options(self) -> str:
        """JSON of all that decided how it was read; of a run, where it ended."""

    @property
    def format(self) -> str:
        """The name of the format, or of the platform's interface."""

    @property
    def zone(self) -> str | None:
        """The zone of times that name none."""

    @property
    def exported_at(self) -> dt.datetime | None:
        """For when its counts hold, where a record does not say."""

    @property
    def exported_at_basis(self) -> str:
        """What told that moment."""

    @property
    def access(self) -> str:
        """The access tier."""

    @property
    def may_publish(self) -> bool:
        """Whether its figures may be shown without the owner's consent."""

    @property
    def keep_until(self) -> dt.date | None:
        """The last day on which it may be kept; None: no such day."""

    @property
    def has_authors(self) -> bool:
        """Whether it says who wrote."""

    @property
    def ids_name_authors(self) -> bool:
        """Whether the ids of its replies hold the names of those who wrote them."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One stretch of collecting from one server, taken in as a whole.

    `mark` is where the server's stream had come to; the next run goes on from there, so that what
    is committed and what is read next can never disagree.
    """

    name: str
    format: str
    access: str
    exported_at: dt.datetime
    may_publish: bool = True
    keep_until: dt.date | None = None
    mark: str | None = None
    ids_name_authors: bool = False
    identity: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def kind(self) -> Kind:
        """A run."""
        return "run"

    @property
    def sha256(self) -> str:
        """Of the run's identity: no two runs are the same source."""
        return hashlib.sha256(self.identity.encode()).hexdigest()

    @property
    def options(self) -> str:
        """Where the run ended."""
        return json.dumps({"mark": self.mark}, sort_keys=True)

    @property
    def zone(self) -> str | None:
        """Networks say their zone."""
        return None

    @property
    def exported_at_basis(self) -> str:
        """The run was there."""
        return "content"

    @property
    def has_authors(self) -> bool:
        """Networks say who wrote."""
        return True
