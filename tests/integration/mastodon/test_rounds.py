"""Rounds over two servers and a site: what the archive holds is what the servers say."""

from urllib.parse import urlsplit

import pytest

from tests.lib.archives import rows
from tests.lib.clocks import Hands
from tests.lib.feeds import Site, item, rss
from tests.lib.following import FOLLOW
from tests.lib.mastodon_fake import Server
from torg.archive import Archive, make_key
from torg.collect.platforms import PLATFORMS
from torg.follow import Ways, collect_round
from torg.register import Channel, Municipality, Register, write_register
from torg.study import create_study, read_study


class OfHands:
    """The time of a server that goes by the test's clock."""

    def __init__(self, hands):
        self.hands = hands

    @property
    def at(self):
        return self.hands.now()


class Country:
    """Two towns on servers of their own, one of them with a site; a study that follows them."""

    def __init__(self, folder):
        self.hands = Hands()
        self.one, self.two = (
            Server(host, time=OfHands(self.hands)) for host in ("one.example", "two.example")
        )
        self.one.account("oslo")
        self.two.account("bergen")
        self.one.account("ann", home="two.example")
        self.site = Site({"/feed": rss()})
        self.hosts = {
            "one.example": self.one.send,
            "two.example": self.two.send,
            "town.example": self.site.send,
        }
        study = create_study(folder, title="A", study_id="s")
        path = folder / "study.toml"
        text = path.read_text("utf-8").replace(FOLLOW.splitlines()[0], FOLLOW)
        path.write_text(text, "utf-8")
        write_register(study.register_folder, _register())
        make_key("s")
        self.study = read_study(folder)

    def round(self):
        ways = Ways(
            send=lambda call: self.hosts[urlsplit(call.url).netloc](call),
            clock=self.hands.clock,
            tokens=lambda _platform, _channel: None,
        )
        wanted = {name: PLATFORMS[name] for name in ("mastodon", "rss")}
        return collect_round(self.study, platforms=wanted, ways=ways)

    def rows(self, table, *columns):
        return rows(Archive(self.study.archive, now=self.hands.now).reading(), table, *columns)


def _register():
    units = tuple(
        Municipality(country="NO", code=code, names={"nb": name})
        for code, name in (("0301", "Oslo"), ("4601", "Bergen"))
    )
    channels = (
        Channel("NO", "0301", "mastodon", "https://one.example/@oslo"),
        Channel("NO", "4601", "mastodon", "https://two.example/@bergen"),
        Channel("NO", "0301", "site", "https://town.example/feed"),
    )
    return Register(units, channels)


@pytest.fixture
def country(tmp_path):
    return Country(tmp_path / "study")


def test_what_two_servers_and_a_site_say_is_what_the_archive_holds(country):
    post = country.one.post("oslo", "Snow", favourites_count=3)
    country.one.post("ann@two.example", "Where?", to=post)
    country.two.post("bergen", "Rain")
    country.site.pages["/feed"] = rss(item("News", at=country.hands.now(), guid="n1"))
    country.round()

    assert sorted(country.rows("posts", "channel", "text")) == [
        ("@bergen@two.example", "Rain"),
        ("@oslo@one.example", "Snow"),
        ("https://town.example/feed", "News"),
    ]
    assert sorted(country.rows("audience", "channel", "followers")) == [
        ("@bergen@two.example", 120),
        ("@oslo@one.example", 120),
    ]
    assert country.rows("replies", "channel", "is_owner") == [("@oslo@one.example", False)]
    assert not any("ann" in row[0] for row in country.rows("replies", "native_id"))


def test_what_is_taken_back_is_gone_within_a_day(country):
    kept = country.one.post("oslo", "Snow")
    taken_back = country.one.post("oslo", "Ice")
    reply = country.one.post("ann@two.example", "Where?", to=kept)
    country.round()
    country.one.delete(taken_back)
    country.one.delete(reply)
    country.hands.pass_(25 * 3600)
    country.round()

    assert sorted(country.rows("posts", "text"), key=str) == [("Snow",), (None,)]
    assert len(country.rows("replies", "native_id")) == 1  # the fact stays
    assert country.rows("citizens", "text") == []
