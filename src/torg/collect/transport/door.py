"""Who asks a network asks here."""

from dataclasses import dataclass, field

from torg.collect.transport.calls import Send
from torg.collect.transport.clock import Clock


@dataclass(frozen=True)
class Door:
    """The way out: `send` is what really sends."""

    send: Send
    clock: Clock = field(default_factory=Clock)
