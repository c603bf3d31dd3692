"""A value of the register is valid from birth."""

import datetime as dt

import pytest

from torg.errors import RegisterError
from torg.register import Change, Channel, Municipality, Register

EARLY, LATE = dt.date(2019, 1, 1), dt.date(2020, 1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"country": ""},
        {"code": ""},
        {"valid_from": LATE, "valid_to": EARLY},
        {"valid_from": LATE, "valid_to": LATE},
        {"populations": ((LATE, -1),)},
    ],
)
def test_a_municipality_that_cannot_be(wrong):
    with pytest.raises(RegisterError):
        Municipality(**{"country": "XX", "code": "1", "names": {}, **wrong})


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": ""},
        {"scope": "mayor"},
        {"platform": "x"},
        {"code": ""},
        {"valid_from": LATE, "valid_to": EARLY},
    ],
)
def test_a_channel_that_cannot_be(wrong):
    right = {"country": "XX", "code": "1", "platform": "facebook", "address": "facebook.com/town"}
    with pytest.raises(RegisterError):
        Channel(**{**right, **wrong})


@pytest.mark.parametrize("weight", [0, -0.5, 1.01, float("nan")])
def test_a_change_of_a_weight_that_is_no_share(weight):
    with pytest.raises(RegisterError, match="weight"):
        Change("XX", "1", "2", LATE, weight)


def test_populations_are_in_order_of_their_dates():
    unit = Municipality("XX", "1", {}, populations=((LATE, 2), (EARLY, 1)))
    assert unit.populations == ((EARLY, 1), (LATE, 2))


def test_two_spellings_make_equal_channels():
    one = Channel("XX", "1", "Twitter", "https://mobile.twitter.com/Town?lang=nb")
    other = Channel("XX", "1", "x", "@town")
    assert one == other


def test_the_id_in_an_address_is_the_channels_id_unless_another_is_said():
    address = "https://www.facebook.com/Town-100064379304409"
    assert Channel("XX", "1", "facebook", address).platform_id == "100064379304409"
    assert Channel("XX", "1", "facebook", address, platform_id="7").platform_id == "7"


def test_a_channel_known_by_its_id_alone_has_no_address_and_no_handle():
    channel = Channel("XX", "1", "Instagram", "", platform_id="178414")
    assert (channel.platform, channel.address, channel.handle) == ("instagram", "", None)
    assert Register(channels=(channel,)).channel_frame(None)["address"].to_list() == [None]


def test_a_register_is_the_same_in_whatever_order_it_is_made():
    units = tuple(Municipality("XX", code, {}) for code in "321")
    assert Register(units) == Register(units[::-1])


def test_changes_in_a_circle_end():
    ended = [Municipality("XX", code, {}, valid_to=EARLY) for code in "12"]
    circle = (Change("XX", "1", "2", EARLY), Change("XX", "2", "1", EARLY))
    assert Register(tuple(ended), changes=circle).successors("XX", "1", LATE) == ()


def test_the_countries_of_a_register():
    unit = Municipality("NO", "0301", {})
    channel = Channel("DK", "0101", "x", "x.com/kbh")
    register = Register((unit,), (channel,))
    assert register.countries == ("DK", "NO")
    assert register.in_country("DK") == Register(channels=(channel,))


def test_empty_frames_have_their_columns_and_types():
    frame = Register().municipality_frame(LATE)
    assert frame.height == 0
    assert str(frame.schema["population"]) == "Int64"
    assert str(Register().channel_frame(None).schema["valid_from"]) == "Date"
