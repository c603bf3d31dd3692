"""How much of its time the host of this machine gives to others.

The cores of a virtual machine are lent. While the host runs somebody else on them, server and
client stand still alike, and how long a caller waited says nothing of the server: such a figure is
told together with the time that was taken ("steal", proc(5)).
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_STATISTICS = Path("/proc/stat")
_STOLEN = 8  # its place in the line of all cores, the name counted
_CALM, _CALM_SECONDS = 0.02, 10.0  # of the cores' time, and for so long


@dataclass
class Taken:
    """The share of all cores' time that the host gave to others; None where nobody counts it."""

    share: float | None = None

    def __str__(self) -> str:
        return "" if self.share is None else f"the host took {self.share:.1%} of the cores' time"


@contextmanager
def watched() -> Iterator[Taken]:
    """What is done within is watched; how much was taken is known when it ends."""
    taken, begun, before = Taken(), time.monotonic(), _stolen()
    yield taken
    after = _stolen()
    if before is not None and after is not None:
        cores = os.cpu_count() or 1
        taken.share = (after - before) / (cores * (time.monotonic() - begun))


def wait_until_calm(patience: float = 600.0) -> None:
    """Wait until the host leaves this machine its cores for ten seconds, or patience ends."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with watched() as taken:
            time.sleep(_CALM_SECONDS)
        if taken.share is None or taken.share < _CALM:
            return
    print(f"begun all the same: {taken}", flush=True)


def _stolen() -> float | None:
    """Seconds of all cores since the machine began; None where the kernel does not count them."""
    if not _STATISTICS.exists():
        return None
    ticks = _STATISTICS.read_text(encoding="utf-8").partition("\n")[0].split()
    return int(ticks[_STOLEN]) / os.sysconf("SC_CLK_TCK")
