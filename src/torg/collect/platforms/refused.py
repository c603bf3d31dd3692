"""What a platform says instead of what it was asked for."""

from dataclasses import dataclass

from torg.collect.records import Outcome
from torg.errors import TorgError


@dataclass(frozen=True)
class Refusal:
    """Why a platform does not give what it was asked for.

    `sentence` is written here and never the platform's own, which may hold a name or a secret.
    `is_missing` where the platform does not have what was asked for by its id.
    """

    sentence: str
    outcome: Outcome = "refused"
    is_missing: bool = False


class Refused(TorgError):
    """A refusal on its way to become the outcome of a visit."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal
