"""What owners agreed to: that figures made of their own exports and tokens may be shown."""

import datetime as dt
from dataclasses import dataclass, replace

from torg.errors import RegisterError
from torg.register.platforms import platform_called

SHOWS = ("counts",)


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """An owner's word, with where it is written down, for one channel and from a day on.

    `shows` says what may be shown. "counts" is all there is: what anybody could count on the page,
    such as posts, reactions and comments. An owner's reach and clicks stay the owner's alone,
    whatever is agreed.
    """

    platform: str
    channel: str  # the platform's id, or "@handle" until it is known
    agreed_on: dt.date
    evidence: str
    shows: str = "counts"
    ends_on: dt.date | None = None  # the first day on which it does not hold

    def __post_init__(self) -> None:
        object.__setattr__(self, "platform", platform_called(self.platform))
        if not self.platform or not self.channel:
            raise RegisterError("an agreement needs a platform and a channel: fill in both.")
        if not self.evidence:
            raise RegisterError(
                f"the agreement for {self.platform} {self.channel} has no evidence: say where it "
                "is written down, such as 'letter of 3 March 2026, case 26/118'."
            )
        if self.shows not in SHOWS:
            raise RegisterError(
                f"shows '{self.shows}' is not known: write {' or '.join(SHOWS)}; reach and clicks "
                "stay with their owner."
            )
        if self.ends_on and self.ends_on < self.agreed_on:
            raise RegisterError(
                f"the agreement for {self.platform} {self.channel} ends on {self.ends_on}, before "
                f"it was made on {self.agreed_on}: mend the days."
            )

    def __lt__(self, other: "Agreement") -> bool:
        """By channel and day; the one without an end last."""
        return self._place() < other._place()

    def is_in_force(self, day: dt.date) -> bool:
        """Whether it holds on a day."""
        return self.agreed_on <= day < self._end()

    def meets(self, other: "Agreement") -> bool:
        """Whether there is a day on which both hold."""
        return max(self.agreed_on, other.agreed_on) < min(self._end(), other._end())

    def withdrawn(self, on: dt.date) -> "Agreement":
        """It without any day from `on`; where it was to begin later, without any day at all."""
        return replace(self, ends_on=min(self._end(), max(on, self.agreed_on)))

    def _end(self) -> dt.date:
        return self.ends_on or dt.date.max

    def _place(self) -> tuple[str, str, dt.date, dt.date, str]:
        return (self.platform, self.channel, self.agreed_on, self._end(), self.evidence)
