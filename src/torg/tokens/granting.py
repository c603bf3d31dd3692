"""What a platform can be asked about a token; the answers come through the door of `collect`."""

from typing import Protocol

from torg.tokens.grant import Held
from torg.tokens.secret import Secret


class Granting(Protocol):
    """One platform's way of granting. All raise TokenError where the platform says no."""

    @property
    def platform(self) -> str:
        """The platform's name."""

    def lengthen(self, token: Secret) -> Secret:
        """The same token for as long as the platform allows, where it has short-lived ones."""

    def examine(self, token: Secret, *, by: str) -> tuple[Held, ...]:
        """All that the token opens: a grant for each channel, checked with the platform."""

    def withdraw(self, root: Secret) -> None:
        """Take the grant back at the platform, with everything that hangs on it.

        TokenError says that it cannot be; Unreachable and OverBudget, that it can be later.
        """
