"""Round after round, until somebody says stop."""

from collections.abc import Callable, Mapping

from torg.collect.platforms import PLATFORMS, Platform
from torg.errors import StudyError, TorgError
from torg.follow.outcome import Round
from torg.follow.round import Manner, collect_round
from torg.follow.stopping import Stop, Stopped
from torg.follow.ways import Ways, over_the_internet
from torg.study import Study

REST = 300.0  # seconds between rounds; what falls due in between waits that long


def collect_forever(
    study: Study,
    *,
    told: Callable[[Round], None],
    failed: Callable[[str], None],
    stop: Stop,
    only: tuple[str, ...] = (),
    platforms: Mapping[str, Platform] = PLATFORMS,
    ways: Ways | None = None,
    manner: Manner | None = None,
    rest: float = REST,
) -> None:
    """Do what is due, tell it, rest, and so on until `stop`; what is in hand then is finished.

    A round that cannot be made is told to `failed` and made later: another round may be under way,
    the register may be in the middle of a change. Raises StudyError, which mends itself never.
    """
    with over_the_internet(ways) as ways:
        clock = stop.clock(ways.clock)
        while not stop:
            try:
                round_ = collect_round(
                    study, only=only, platforms=platforms, ways=ways, manner=manner, stop=stop
                )
                told(round_)
            except StudyError:
                raise
            except TorgError as error:
                failed(str(error))
            try:
                clock.wait(rest)
            except Stopped:
                return
