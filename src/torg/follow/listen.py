"""The live stream of a study's channels, held for as long as nobody says stop."""

from collections.abc import Callable

from torg.archive import Archive, Pseudonyms, load_key
from torg.coding import languages_of
from torg.collect import KnownChannels
from torg.collect.platforms.bluesky import BLUESKY, WIRES
from torg.errors import LackingPart, StudyError
from torg.follow.listener import Heard, Keeping, Listener, Rhythm, Stream
from torg.follow.stopping import Stop
from torg.follow.ways import Ways, doors, over_the_internet
from torg.follow.whom import whom
from torg.register import read_register
from torg.study import Study

_PLATFORMS = {BLUESKY.name: BLUESKY}


def listen(
    study: Study,
    *,
    stop: Stop,
    told: Callable[[Heard], None] = lambda _heard: None,
    ways: Ways | None = None,
    rhythm: Rhythm | None = None,
) -> None:
    """Hold Bluesky's live stream until `stop`; `told` hears of every commit.

    A lost connection is made anew, and the stream asked again from where it was committed; two
    listeners at once do no harm. Raises StudyError where nobody is followed or the study names no
    contact, LackingPart without the author key, ArchiveError where the archive cannot be written.
    """
    with over_the_internet(ways) as ways:
        _listener(study, stop=stop, told=told, ways=ways, rhythm=rhythm or Rhythm()).run()


def _listener(
    study: Study, *, stop: Stop, told: Callable[[Heard], None], ways: Ways, rhythm: Rhythm
) -> Listener:
    archive = Archive(study.archive, now=ways.clock.now)
    door = doors(_PLATFORMS, study=study, ways=ways, reading=archive.reading())[BLUESKY.name]
    wire = WIRES[study.follow.stream]
    return Listener(
        archive=archive,
        stream=Stream(wire, study.follow.stream_server or wire.server),
        keeping=_keeping(study, archive, ways),
        door=door,
        stop=stop,
        told=told,
        rhythm=rhythm,
    )


def _keeping(study: Study, archive: Archive, ways: Ways) -> Keeping:
    def channels() -> frozenset[str]:
        followed = whom(
            read_register(study.register_folder),
            study=study,
            platforms=_PLATFORMS,
            visits=archive.reading().visits(),
            today=ways.clock.now().date(),
        )
        return frozenset(one.channel for one in followed if one.channel.startswith("did:"))

    if not channels():
        raise StudyError(
            "No Bluesky channel of this study is known by its id: put its handle into the register "
            "(torg register) and run torg collect once, which learns the id; then listen."
        )
    known = KnownChannels.of(read_register(study.register_folder), languages_of=languages_of)
    return Keeping(
        pseudonyms=_key(study),
        languages=known.languages,
        text_days=study.imports.citizen_text_days,
        channels=channels,
    )


def _key(study: Study) -> Pseudonyms:
    key = load_key(study.id)
    if key is None:
        raise LackingPart(
            "There is no author key, without which the stream's replies cannot be kept: put the "
            "key of this study back, then listen again."
        )
    return key
