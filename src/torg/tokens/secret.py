"""A secret that cannot be shown by mistake."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Secret:
    """What opens a door; it prints as nothing."""

    value: str = field(repr=False)

    def __str__(self) -> str:
        return "(secret)"
