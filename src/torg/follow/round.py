"""One round: what is due is asked for, kept, and told."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

import filelock

from torg.archive import Archive, load_key
from torg.collect.platforms import PLATFORMS, Platform
from torg.errors import ArchiveError, Overtaken, RegisterError
from torg.follow.crew import Crew
from torg.follow.keeping import Chunks, Keeper
from torg.follow.outcome import Round, Tally
from torg.follow.plan import Plan, Planner, known_channels
from torg.follow.stopping import Stop
from torg.follow.turns import Turns
from torg.follow.ways import Ways, at_their_servers, doors, over_the_internet
from torg.follow.whom import Learned, learned
from torg.register import learn_id, read_register, write_register
from torg.study import Study

LOCK = "collecting.lock"
PASSES = 3  # of a round at most: what is due, the replies to what is new, and once more
READINGS = 3  # of the archive for one plan: a listener may rewrite what forgets in between


@dataclass(frozen=True)
class Manner:
    """How many threads ask, how many of them one server, and when a chunk is written."""

    threads: int = 16
    of_a_server: int = 8
    chunks: Chunks = field(default_factory=Chunks)


def collect_round(
    study: Study,
    *,
    only: tuple[str, ...] = (),
    platforms: Mapping[str, Platform] = PLATFORMS,
    ways: Ways | None = None,
    manner: Manner | None = None,
    stop: Stop | None = None,
) -> Round:
    """Do what is due and stop; `only` names platforms, none named means all.

    Servers are asked side by side, each within its budget; one that fails stops no other. What was
    committed when the round is killed is there, and the next round goes on after it.

    Raises StudyError where the study names no contact, and ArchiveError where another round is
    under way or the archive cannot be written.
    """
    stop = Stop() if stop is None else stop  # one that is not yet set is false
    manner = manner or Manner()
    chosen = at_their_servers(platforms, study=study, only=only)
    with _alone(study), over_the_internet(ways) as ways:
        archive = Archive(study.archive, now=ways.clock.now)
        began = ways.clock.now()
        tallies = {name: Tally(name) for name in chosen}
        wakeful = replace(ways, clock=stop.clock(ways.clock))
        ports = doors(chosen, study=study, ways=wakeful, reading=archive.reading())
        planner = Planner(study, chosen, ports, wakeful, load_key(study.id) is not None)
        known = known_channels(read_register(study.register_folder))
        keeper = Keeper(study, archive, known, ports, tallies, ways.clock, manner.chunks)
        next_look = _work(planner, keeper, manner, stop)
        archive.honour()
        found, trouble = _learn(study, archive, chosen)
        return Round(
            began_at=began,
            ended_at=ways.clock.now(),
            is_stopped=bool(stop),
            platforms=tuple(tally.finished() for tally in tallies.values()),
            next_look=next_look,
            learned=found,
            not_learned=trouble,
        )


def _work(planner: Planner, keeper: Keeper, manner: Manner, stop: Stop) -> dt.datetime | None:
    """Do what is due, and then what has fallen due by it, as long as it brings new posts.

    Where nothing was due at all: when the next channel is looked at.
    """
    closed: set[str] = set()
    for number in range(PASSES):
        plan = _planned(planner, keeper)
        turns = plan.turns
        for name, tally in keeper.tallies.items():
            mine = [turn for turn in turns if turn.platform.name == name]
            tally.due([task for turn in mine for task in turn.tasks])
            tally.said(planner.hindrance(planner.platforms[name]))
        if not turns:
            return None if number else plan.next_look
        waiting = Turns(manner.of_a_server, closed)
        waiting.add(turns)
        before = _posts_new(keeper)
        Crew(waiting, stop, manner.threads).work(keeper)
        if stop or _posts_new(keeper) == before:
            break
    return None


def _planned(planner: Planner, keeper: Keeper) -> Plan:
    """The plan by the archive as it stands; read again where a listener rewrote it meanwhile."""
    for _ in range(READINGS - 1):
        with suppress(Overtaken):
            return planner.plan(keeper.archive.reading(), now=keeper.clock.now())
    return planner.plan(keeper.archive.reading(), now=keeper.clock.now())


def _posts_new(keeper: Keeper) -> int:
    return sum(tally.new["posts_new"] for tally in keeper.tallies.values())


@contextmanager
def _alone(study: Study) -> Iterator[None]:
    """One round of a study at a time: two would ask twice, and each spend the whole budget."""
    study.archive.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(study.archive / LOCK, timeout=0):
            yield
    except filelock.Timeout:
        raise ArchiveError(
            f"Another round of collecting is under way for {study.folder}: it does what is due, so "
            "let it end."
        ) from None


def _learn(
    study: Study, archive: Archive, platforms: Mapping[str, Platform]
) -> tuple[tuple[Learned, ...], str | None]:
    """Write the ids that the networks told into the register as it is now.

    Where it cannot be written nothing is lost: the archive knows them too.
    """
    register = read_register(study.register_folder)
    if all(channel.platform_id for channel in register.channels):
        return (), None
    new = learned(register, platforms=platforms, visits=archive.reading().visits())
    richer = register
    for one in new:
        richer = learn_id(richer, platform=one.platform, handle=one.handle, platform_id=one.channel)
    try:
        if richer != register:
            write_register(study.register_folder, richer)
    except RegisterError as error:
        return (), str(error)
    return new, None
