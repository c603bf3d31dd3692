"""claim: saying whose a page is."""

import datetime as dt

import pytest

from tests.lib.registers import register_of
from torg.errors import RegisterError
from torg.register import claim, unknown_municipality

TOWN = register_of(
    municipalities="country|code|name\nXX|1|Town\nXX|2|Isle",
    channels="""
        country | code | platform | address           | platform_id | evidence
        XX      | 1    | facebook | facebook.com/town |             | list
        XX      | 2    | facebook | facebook.com/isle | 222         |
    """,
)


def claimed(**said):
    before = set(TOWN.channels)
    said = {"platform": "facebook", "country": "XX", "code": "1", **said}
    return [c for c in claim(TOWN, **said).channels if c not in before]


def test_a_page_becomes_a_channel_of_the_municipality():
    (channel,) = claimed(platform_id="111222333", owner_name="The Town")
    assert (channel.code, channel.platform_id) == ("1", "111222333")
    assert channel.address == "https://www.facebook.com/111222333"
    assert channel.owner_name == "The Town"
    assert channel.valid_from is None


def test_the_id_is_written_beside_an_address_that_is_known():
    (channel,) = claimed(platform_id="111222333", address="https://m.facebook.com/Town")
    assert channel.address == "https://www.facebook.com/town"
    assert (channel.platform_id, channel.evidence) == ("111222333", "list")


def test_a_page_known_only_by_its_handle():
    (channel,) = claimed(platform="twitter", platform_id="@Town", on=dt.date(2020, 1, 1))
    assert (channel.platform, channel.address) == ("x", "https://x.com/town")
    assert (channel.platform_id, channel.valid_from) == (None, dt.date(2020, 1, 1))


def test_a_platform_that_makes_no_address_of_an_id():
    (channel,) = claimed(platform="instagram", platform_id="17841400000000000")
    assert (channel.address, channel.platform_id) == ("", "17841400000000000")


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"platform_id": "333333", "code": "9"}, "has no municipality XX 9"),
        ({"platform_id": "333333", "code": "town"}, "no municipality XX town: .* 1 .Town, XX.\\?"),
        ({"platform_id": "333333", "code": "Twon"}, "did you mean 1 .Town, XX.\\?"),
        ({"platform_id": "222"}, "already a channel of XX 2"),
        ({"platform_id": "222"}, "by mistake, delete its line from channels.csv"),
        ({"platform_id": "333333", "scope": "mayor"}, "scope 'mayor' is not known"),
    ],
)
def test_a_claim_that_cannot_be(said, says):
    with pytest.raises(RegisterError, match=says):
        claimed(**said)


NORDIC = register_of(
    municipalities="""
        country | code | name    | valid_to
        NO      | 0301 | Oslo    |
        NO      | 1818 | Herøy   |
        NO      | 1515 | Herøy   |
        NO      | 0999 | Herøy   | 1964-01-01
        SE      | 0180 | Stockholm |
    """
)


@pytest.mark.parametrize(
    ("said", "country", "offered"),
    [
        ("301", None, "did you mean 0301 (Oslo, NO)?"),
        ("Oslo", None, "did you mean 0301 (Oslo, NO)?"),
        ("herøy", "NO", "did you mean 1515 (Herøy, NO) or 1818 (Herøy, NO)?"),
        ("Stokholm", None, "did you mean 0180 (Stockholm, SE)?"),
        ("Stockholm", "NO", "see 'torg register show', or add it to municipalities.csv."),
        ("9999", None, "see 'torg register show', or add it to municipalities.csv."),
    ],
)
def test_a_name_or_a_short_code_is_answered_with_the_code(said, country, offered):
    told = unknown_municipality(NORDIC, said, country=country)
    assert told.endswith(offered)
    assert said in told


def test_a_page_that_was_renamed_gets_the_address_that_is_said():
    (channel,) = claimed(code="2", platform_id="222", address="@newisle")
    assert (channel.address, channel.platform_id) == ("https://www.facebook.com/newisle", "222")


def test_without_an_address_that_is_said_the_known_one_stays():
    (channel,) = claimed(code="2", platform_id="222")
    assert channel.address == "https://www.facebook.com/isle"
