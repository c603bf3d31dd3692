"""A study that follows one channel for days on end, and what its archive then holds."""

import json

import polars as pl

from tests.lib.archives import rows
from tests.lib.clocks import Hands
from tests.lib.following import FOLLOW
from tests.lib.tokens import grant
from torg.archive import Archive, make_key
from torg.collect.platforms import PLATFORMS
from torg.follow import Ways, collect_round
from torg.register import Channel, Municipality, Register, write_register
from torg.study import create_study, read_study
from torg.tokens import Held, Secret, TokenStore, new_key


class Month:
    """One channel, one interface behind a door, rounds, and a clock that a test winds."""

    def __init__(self, folder, monkeypatch, *, platform, channel, address, shows, more=""):
        self.hands, self.platform, self.send = Hands(), PLATFORMS[platform], None
        study = create_study(folder / "study", title="A", study_id="month")
        path = study.folder / "study.toml"
        text = path.read_text(encoding="utf-8").replace(FOLLOW.splitlines()[0], FOLLOW)
        path.write_text(text + more, encoding="utf-8")
        town = Municipality(country="NO", code="0301", names={"nb": "Fjordvik"})
        own = Channel(
            country="NO", code="0301", platform=platform, address=address, platform_id=channel
        )
        write_register(study.register_folder, Register((town,), (own,)))
        make_key(study.id)
        self.study = read_study(study.folder)
        monkeypatch.setenv("TORG_TOKENS_KEY", new_key().value)
        whole_study = self.platform.needs_token == "study"  # noqa: S105 - whose, not which
        of = None if whole_study else channel
        held = Held(grant(of, platform=platform), Secret(shows))
        TokenStore.of(self.study.id).put(held)

    def round(self):
        ways = Ways(send=self.send, clock=self.hands.clock)
        done = collect_round(self.study, platforms={self.platform.name: self.platform}, ways=ways)
        return done.platforms[0]

    def hours(self, hours):
        self.hands.pass_(hours * 3600)

    @property
    def now(self):
        return self.hands.now()

    @property
    def archive(self):
        return Archive(self.study.archive, now=self.hands.now)

    def rows(self, table, *columns):
        return rows(self.archive.reading(), table, *columns)

    def says(self, *texts):
        """Which of the texts lie anywhere in the archive, packed or not."""
        contents = [_content(path) for path in self.study.archive.rglob("*") if path.is_file()]
        return {text for text in texts if any(text in content for content in contents)}


def _content(path):
    if path.suffix == ".parquet":
        return json.dumps(pl.read_parquet(path).to_dicts(), default=str, ensure_ascii=False)
    return path.read_bytes().decode("utf-8", errors="replace")
