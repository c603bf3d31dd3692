"""A small survey of invented towns: a study, its questionnaire, frame, addresses and letters."""

import datetime as dt
import re
from pathlib import Path

import polars as pl
import pytest

from tests.lib.registers import drawn
from torg.mail import Delivery
from torg.site import add_addresses, close_people, draw_frame, open_link
from torg.study import create_study, read_study
from torg.survey import FRAME
from torg.survey.questionnaire import read_questionnaire

WAVE = "2026"
DAY = dt.timedelta(days=1)
NOON = dt.datetime(2026, 3, 2, 11, tzinfo=dt.UTC)  # the wave is open
LINK = "https://survey.example.no/answer/"

QUESTIONNAIRE = """\
id = "towns"
title = { en = "Towns in social media", nb = "Byer i sosiale medier" }
introduction = { en = "We ask each year.", nb = "Vi spør hvert år." }
languages = ["en", "nb"]

[[wave]]
id = "2024"
opens = 2024-03-01
closes = 2024-03-31
frame_date = 2024-01-01

[[wave]]
id = "2026"
opens = 2026-03-01
closes = 2026-03-31
frame_date = 2026-01-01

[[question]]
id = "channels"
kind = "many"
text = { en = "Which are used?", nb = "Hvilke brukes?" }
options = [{ id = "facebook", text = "Facebook" }, { id = "youtube", text = "YouTube" }]

[[question]]
id = "guidelines"
kind = "planned"
text = { en = "Are there guidelines?", nb = "Finnes det retningslinjer?" }
dont_know = true
required = true

[[question]]
id = "pages"
kind = "number"
text = { en = "How many pages?", nb = "Hvor mange sider?" }
shown_if = "channels.facebook = yes"
required = true
low = 1
high = 50

[[question]]
id = "old"
kind = "planned"
text = { en = "Only before?", nb = "Bare før?" }
waves = ["2024"]

[[question]]
id = "hospitals"
kind = "planned"
text = { en = "In hospitals?", nb = "På sykehus?" }
units = ["county"]
"""

TOWNS = """
country | unit | name      | kind         | county | population | size_class
XX      | 0101 | Fjordby   | municipality | North  | 1200       | <2k
XX      | 0102 | Sundby    | municipality | North  | 4000       | 2-5k
XX      | 0103 | Elvebyen  | municipality | South  | 60000      | >50k
"""

ADDRESSES = """\
country,unit,address,role,language
XX,0101,post@fjordby.example,registry,nb
XX,0102,post@sundby.example,registry,en
XX,0103,post@elvebyen.example,registry,nb
XX,0103,ida@elvebyen.example,head of communication,en
"""

MORE = f"""
[survey]
contact = "The Association of Towns, survey@towns.example"
link = "{LINK}"

[mail]
from = "survey@towns.example"
"""


def a_study(folder, *, server="localhost"):
    """A study whose survey can be sent out."""
    study = create_study(folder, title="Towns", template="default")
    path = Path(folder, "study.toml")
    text = re.sub(r"(?m)^\[mail\].*$", "", path.read_text(encoding="utf-8"))
    text = re.sub(r"(?m)^\[survey\].*$", "", text)
    path.write_text(text + MORE + f'server = "{server}"\n', encoding="utf-8")
    Path(folder, "questionnaire.toml").write_text(QUESTIONNAIRE, encoding="utf-8")
    return read_study(study.folder)


def a_frame(table=TOWNS, *, wave=WAVE):
    """FRAME of a drawn table."""
    rows = [{"wave": wave, **{k: v or None for k, v in row.items()}} for row in drawn(table)]
    return pl.DataFrame(rows).select(pl.col(name).cast(kind) for name, kind in FRAME.items())


class Survey:
    """A study that is asked: its frame is drawn, its addresses are there."""

    def __init__(self, folder, *, addresses=ADDRESSES, towns=TOWNS, server="localhost"):
        self.study = a_study(folder, server=server)
        self.questionnaire = read_questionnaire(self.study.questionnaire)
        draw_frame(self.study, a_frame(towns))
        self.add(addresses)

    def add(self, addresses):
        path = self.study.folder / "addresses.csv"
        path.write_text(addresses, encoding="utf-8")
        return add_addresses(self.study, path)

    def ask(self, action, *arguments, at=NOON, **named):
        """An action of the study and its questionnaire, at a moment."""
        return action(self.study, self.questionnaire, *arguments, at=at, **named)

    def do(self, action, *arguments, at=NOON, **named):
        """An action of the study alone, at a moment."""
        return action(self.study, *arguments, at=at, **named)

    def opened(self, box, to, *, at=NOON):
        """What the link in the newest letter to somebody opens."""
        return self.ask(open_link, box.token(to), at=at)


class Box:
    """Takes letters in place of a mail server: all, but what `says` names."""

    def __init__(self, **says):
        self.letters = []
        self.says = {address.replace("_at_", "@"): how for address, how in says.items()}

    def __call__(self, letter):
        went = self.says.get(letter["To"], Delivery("taken", 250))
        if isinstance(went, Exception):
            raise went
        if went.how in {"taken", "unsure"}:
            self.letters.append(letter)
        return went

    @property
    def to(self):
        return [letter["To"] for letter in self.letters]

    def token(self, to):
        """The personal part of the link in the newest letter to somebody."""
        text = [letter for letter in self.letters if letter["To"] == to][-1].get_content()
        return text.split(LINK)[1].split()[0]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, monkeypatch):
    """Each kind of database in turn: what the environment names, "" for SQLite."""
    monkeypatch.delenv("TORG_DATABASE", raising=False)
    address = ""
    if request.param == "postgresql":
        address = request.getfixturevalue("cluster")()
        monkeypatch.setenv("TORG_DATABASE", address)
    yield address
    close_people()
