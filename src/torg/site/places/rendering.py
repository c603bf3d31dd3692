"""What is costly to draw is drawn by few at once: a reader who must wait too long is told so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from torg.errors import TorgError

_AT_ONCE = 1  # of a process, whose other threads go on answering
_PATIENCE = 5.0  # seconds that a reader waits in line

_room = BoundedSemaphore(_AT_ONCE)


class TooBusy(TorgError):
    """Others are being drawn, and the line is long."""


@contextmanager
def busy() -> Iterator[None]:
    """Hold the room in which is drawn. Raises TooBusy where the line does not move."""
    if not _room.acquire(timeout=_PATIENCE):
        raise TooBusy("too much is being drawn at this moment: try again in a minute.")
    try:
        yield
    finally:
        _room.release()


def drawn(make: Callable[[], bytes]) -> bytes:
    """What `make` gives, made alone. Raises TooBusy where the line does not move."""
    with busy():
        return make()
