"""Accounts by the commands as a user types them."""

import re

import pytest

from tests.functional.command import torg
from tests.lib.rooms import a_room

ADDRESS = "kari@torg.example"


@pytest.fixture
def study(tmp_path):
    """A study whose study.toml says no address of the site."""
    study = a_room(tmp_path / "study")
    path = study.folder / "study.toml"
    path.write_text(re.sub("(?m)^address = .*$", "", path.read_text("utf-8")), encoding="utf-8")
    return study


def account(study, *said):
    return torg("-C", study.folder, "account", *said)


def test_an_account_is_made_and_renewed_by_its_address_or_number(study):
    made = account(study, "add", ADDRESS, "--role", "analyst", "--port", "8261")
    assert made.status == 0, made.err
    links = [made.out.splitlines()[-1]]
    for known in (ADDRESS, ADDRESS.upper(), "1"):
        renewed = account(study, "renew", known, "--port", "8261")
        assert renewed.status == 0, renewed.err
        links.append(renewed.out.strip())
    assert len(set(links)) == 4
    assert all(re.fullmatch(r"http://127\.0\.0\.1:8261/account-link/\S{43}", one) for one in links)
    again = account(study, "add", ADDRESS, "--role", "reader")
    assert again.status == 2
    assert "'torg account renew 1' makes it a new link" in again.err


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("add", ADDRESS), f"torg: say what {ADDRESS} may do: add --role, and one of reader"),
        (("add", "kari", "--role", "reader"), "no mail address"),
        (("add", ADDRESS, "--role", "analist"), "no role is called 'analist'"),
        (("renew", "ola@torg.example"), "nobody signs in as 'ola@torg.example'"),
        (("end", "77"), "no such account"),
        (("link", "0101"), "write COUNTRY:CODE, as NO:0301"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(study, said, sentence):
    done = account(study, *said)
    assert (done.status, done.out) == (2, "")
    assert sentence in done.err
    assert "Traceback" not in done.err
