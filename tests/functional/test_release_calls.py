"""A release in preview, by the commands as a user types them."""

import datetime as dt
import re

import pytest

from tests.functional.command import torg
from tests.lib.mail_server import mail_server
from tests.lib.rooms import a_room, export

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

NAME = "2026-11-20-1"
NOW = dt.datetime.now(dt.UTC)


@pytest.fixture
def post():
    with mail_server() as server:
        yield server


@pytest.fixture
def study(tmp_path, post):
    """Two towns, of which one has an address, and a release that they see alone."""
    from torg import site

    mail = f'\n[mail]\nfrom = "study@torg.example"\nserver = "{post.address}"\n'
    study = a_room(tmp_path / "study", more=mail)
    site.open_people(study)
    from torg.site.answers.models import Contact
    from torg.site.releases.models import Publication

    Publication.objects.create(
        release=NAME, digest="0", offered=NOW, public_from=NOW + dt.timedelta(days=14)
    )
    Contact.objects.create(
        country="XX", unit="0101", address="post@fjordby.example", role="registry", language="en",
        added=NOW,
    )  # fmt: skip
    site.close_people()
    return study


def released(study, *said):
    return torg("-C", study.folder, "release", *said)


def test_one_letter_is_shown_before_any_is_sent(study, post):
    shown = released(study, "announce", NAME, "--dry-run")
    assert shown.status == 0
    assert shown.out.startswith("1 letters to 1 municipalities; 1 have no address. The first:")
    assert "Fjordby sees its own page" in " ".join(shown.out.split())
    (row,) = released(study, "announce", NAME, "--dry-run", "--json").json()
    assert (row["letters"], row["without"]) == (1, 1)
    assert post.letters == []


def test_each_is_told_once(study, post):
    (told,) = released(study, "announce", NAME, "--json").json()
    assert (told["taken"], told["municipalities"], told["without"]) == (1, 1, 1)
    (again,) = released(study, "announce", NAME, "--json").json()
    assert (again["taken"], again["municipalities"]) == (0, 1)
    assert released(study, "announce", NAME, "--dry-run").out == "There is nobody to write to.\n"
    (letter,) = post.letters
    assert re.search(
        r"https://torg\.example/room/\S{43}", letter.replace("=\n", "").replace("=\r\n", "")
    )


def test_a_release_is_postponed_and_withdrawn_with_a_reason(study):
    later = (NOW + dt.timedelta(days=30)).date()
    why = "A register was wrong."
    assert released(study, "postpone", NAME, "--until", f"{later}", "--why", why).status == 0
    assert released(study, "withdraw", NAME, "--why", why).status == 0
    gone = released(study, "announce", NAME)
    assert (gone.status, gone.out) == (2, "")
    assert "not in preview" in gone.err


def test_who_made_a_release_is_told_when_everybody_sees_it(study):
    (study.folder / "suite.csv").write_bytes(export())
    zone = ("--timezone", "Europe/Oslo")
    assert torg("-C", study.folder, "import", study.folder / "suite.csv", *zone).status == 0
    made = torg("-C", study.folder, "run")
    day = dt.datetime.now(study.zone).date() + dt.timedelta(days=14)
    assert made.status == 0, made.err
    assert f"everybody sees it from {day} on" in made.out
    assert "preview_days" not in torg("-C", study.folder, "run").out  # nothing is new


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("announce", "2026-01-01-1"), "not in preview"),
        (("postpone", NAME, "--until", "soon", "--why", "A fault."), "is not a day"),
        (("postpone", NAME, "--until", "2020-01-01", "--why", "A fault."), "is past"),
        (("postpone", "2026-01-01-1", "--until", "2099-01-01", "--why", "A fault."), "no such"),
        (("withdraw", NAME, "--why", " "), "Say why"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(study, said, sentence):
    done = released(study, *said)
    assert done.status == 2
    assert sentence in done.err
    assert "Traceback" not in done.err
