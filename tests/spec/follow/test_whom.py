"""Whom a study follows: a register in, the channels out. Today is 2 March 2026."""

import datetime as dt

import polars as pl
import pytest

from tests.lib.platforms import board_platform
from torg.collect import VISITS
from torg.follow import whom
from torg.follow.whom import learned
from torg.register import Channel, Municipality, Register
from torg.study import Eligible, Study

TODAY = dt.date(2026, 3, 2)
PLATFORMS = {"bluesky": board_platform(), "mastodon": board_platform(learns_ids=False)}
STUDY = Study(folder="/", id="a", title="A")


def channel(handle, **further):
    facts = {"country": "NO", "code": "0301", "platform": "bluesky", "platform_id": f"did:{handle}"}
    address = f"https://bsky.app/profile/{handle}.example"
    return Channel(**{**facts, "address": address, **further})


def followed(*channels, study=STUDY, visits=()):
    town = Municipality(country="NO", code="0301", names={"nb": "Oslo"})
    table = pl.DataFrame(list(visits), schema=VISITS)
    register = Register((town,), channels)
    found = whom(register, study=study, platforms=PLATFORMS, visits=table, today=TODAY)
    return [one.channel for one in found]


@pytest.mark.parametrize(
    ("facts", "is_followed"),
    [
        ({}, True),
        ({"valid_from": dt.date(2026, 3, 3)}, False),
        ({"valid_from": TODAY}, True),
        ({"valid_to": TODAY}, False),  # the first day on which it is not the municipality's
        ({"valid_to": dt.date(2026, 3, 3)}, True),
        ({"scope": "service"}, False),
        ({"scope": "person"}, False),
        ({"scope": "person", "declared": dt.date(2026, 3, 3)}, False),
        ({"scope": "person", "declared": TODAY}, True),
        ({"platform": "facebook", "address": "https://www.facebook.com/town"}, False),
    ],
)
def test_who_is_followed_today(facts, is_followed):
    assert bool(followed(channel("town", **facts))) is is_followed


def test_a_study_can_ask_about_more_scopes_fewer_platforms_and_one_country():
    channels = (channel("a"), channel("b", scope="service"), channel("c", country="SE"))
    wide = STUDY.model_copy(update={"channels": Eligible(scopes=("municipality", "service"))})
    assert followed(*channels, study=wide) == ["did:a", "did:b", "did:c"]
    other = STUDY.model_copy(update={"channels": Eligible(platforms=("mastodon",))})
    assert followed(*channels, study=other) == []
    norway = STUDY.model_copy(update={"country": "NO"})
    assert followed(*channels, study=norway) == ["did:a"]


def test_a_channel_that_is_there_twice_is_followed_once():
    assert followed(channel("a"), channel("a", valid_from=dt.date(2020, 1, 1))) == ["did:a"]


def profile(handle, id_, **further):
    row = {
        "platform": "bluesky",
        "channel": id_,
        "what": "profile",
        "outcome": "ok",
        "handle": handle,
        "visited_at": dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
    }
    return {**row, **further}


def test_a_handle_goes_by_the_id_that_a_look_at_its_profile_told():
    unknown = channel("a", platform_id=None)
    assert followed(unknown) == ["@a.example"]
    assert followed(unknown, visits=[profile("a.example", "did:9")]) == ["did:9"]
    assert followed(unknown, visits=[profile("a.example", "did:9", outcome="failed")]) == [
        "@a.example"
    ]
    # What the register says itself comes first.
    assert followed(channel("a"), visits=[profile("a.example", "did:9")]) == ["did:a"]


def test_only_blanks_are_learned_and_only_where_there_are_ids():
    register = Register(
        (),
        (
            channel("a", platform_id=None),
            channel("b"),
            channel("c", platform="mastodon", platform_id=None, address="https://m.example/@c"),
        ),
    )
    visits = pl.DataFrame(
        [profile(f"{name}.example", f"did:{name}9") for name in "ab"]
        + [profile("c@m.example", "17", platform="mastodon")],
        schema=VISITS,
    )
    found = learned(register, platforms=PLATFORMS, visits=visits)
    assert [(one.platform, one.handle, one.channel) for one in found] == [
        ("bluesky", "a.example", "did:a9")
    ]
