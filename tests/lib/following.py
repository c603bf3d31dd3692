"""A study that follows the channels of a Board, and rounds on it, with time that tests wind."""

from pathlib import Path

from tests.lib.archives import rows
from tests.lib.clocks import Hands
from tests.lib.platforms import Board, board_platform
from torg.archive import Archive, make_key
from torg.follow import Chunks, Manner, Round, Ways, collect_round
from torg.register import Channel, Municipality, Register, write_register
from torg.study import Study, create_study, read_study

FOLLOW = "[follow]               # for 'torg collect' and 'torg listen'\ncontact = \"https://example.org\""


def following(folder: Path, channels: dict[str, str | None], *, study_id: str = "s") -> Study:
    """A study with a register of channels: their handles with ids, or None where not known."""
    study = create_study(folder, title="A", study_id=study_id)
    path = folder / "study.toml"
    text = path.read_text(encoding="utf-8")
    head = FOLLOW.splitlines()[0]
    assert head in text
    path.write_text(text.replace(head, FOLLOW), encoding="utf-8")
    town = Municipality(country="NO", code="0301", names={"nb": "Oslo"})
    owned = tuple(
        Channel(
            country="NO",
            code="0301",
            platform="bluesky",
            address=f"https://bsky.app/profile/{handle}",
            platform_id=channel,
        )
        for handle, channel in channels.items()
    )
    write_register(study.register_folder, Register((town,), owned))
    make_key(study_id)
    return read_study(folder)


class Follower:
    """A study, a Board, a clock; `round` does what is due."""

    def __init__(self, folder: Path, *names: str, has_ids: bool = True) -> None:
        self.hands = Hands()
        self.board = Board(self.hands.now)
        self.platform = board_platform()
        ids = {}
        for name in names:
            self.board.channel(f"did:{name}", handle=f"{name}.example")
            ids[f"{name}.example"] = f"did:{name}" if has_ids else None
        self.study = following(folder / "study", ids)

    def hours(self, hours: float) -> None:
        self.hands.pass_(hours * 3600)

    def ways(self, *, send=None, tokens=lambda _platform, _channel: None) -> Ways:
        return Ways(send=send or self.board, clock=self.hands.clock, tokens=tokens)

    def round(self, *, send=None, ways=None, **further) -> Round:
        ways = ways or self.ways(send=send)
        manner = further.pop("manner", Manner(threads=2, chunks=Chunks(records=50)))
        return collect_round(
            self.study,
            platforms={self.platform.name: self.platform},
            ways=ways,
            manner=manner,
            **further,
        )

    @property
    def archive(self) -> Archive:
        return Archive(self.study.archive, now=self.hands.now)

    def rows(self, table: str, *columns: str):
        return rows(self.archive.reading(), table, *columns)
