"""A secret that cannot be shown by mistake."""

import re
from dataclasses import dataclass, field

from torg.errors import TokenError

_TOKEN = re.compile(r"[!-~]+")


@dataclass(frozen=True)
class Secret:
    """What opens a door; it prints as nothing.

    Printable ASCII without blanks, for it goes into a header, where a line break would begin
    another one.
    """

    value: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _TOKEN.fullmatch(self.value):
            raise TokenError(
                "This is no token: it is empty or holds blanks or foreign letters. "
                "Copy it again, from its first sign to its last, as one line."
            )

    def __str__(self) -> str:
        return "(secret)"
