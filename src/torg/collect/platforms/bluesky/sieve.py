"""Which frames of a stream concern the channels that are followed, told before any is parsed."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from torg.collect.platforms.bluesky.events import Wire

# Of a fixed length: in CBOR a text ends where its length says, and letters may follow.
_PLC = re.compile(rb"did:plc:[a-z2-7]{24}")


@dataclass(frozen=True)
class Sieve:
    """Lets a frame through that names one of the channels, or that matters whoever it names.

    It looks for names in the bytes, wherever they stand, so it lets through more than concerns us
    (a like of ours, somebody who mentions us), and never too little.
    """

    channels: Iterable[str]
    wire: Wire
    _plc: frozenset[bytes] = field(init=False)
    _others: tuple[bytes, ...] = field(init=False)

    def __post_init__(self) -> None:
        names = [channel.encode() for channel in self.channels]
        plc = frozenset(name for name in names if _PLC.fullmatch(name))
        object.__setattr__(self, "_plc", plc)
        object.__setattr__(self, "_others", tuple(sorted(set(names) - plc)))

    def test(self) -> Callable[[bytes], bool]:
        """The sieve as a function, with its parts at hand: it is asked of every frame."""
        found, strange, others = _PLC.findall, self._plc.isdisjoint, self._others
        matters = self.wire.matters

        def passes(frame: bytes) -> bool:
            return (
                not strange(found(frame)) or matters(frame) or any(name in frame for name in others)
            )

        return passes
