"""learn_id: the platform's id beside a handle, once a visit has told it."""

from tests.lib.registers import register_of
from torg.register import learn_id

REGISTER = register_of(
    channels="""
        country | code | platform | address             | platform_id
        XX      | 1    | bluesky  | bsky.app/profile/a  |
        XX      | 2    | bluesky  | bsky.app/profile/b  | did:plc:b
        XX      | 3    | x        | x.com/a             |
    """
)


def ids(register):
    return {(c.code, c.platform): c.platform_id for c in register.channels}


def test_a_handle_gets_its_id_and_keeps_its_address():
    learnt = learn_id(REGISTER, platform="bluesky", handle="@A", platform_id="did:plc:a")
    assert ids(learnt) == {
        ("1", "bluesky"): "did:plc:a",
        ("2", "bluesky"): "did:plc:b",
        ("3", "x"): None,
    }
    assert {c.address for c in learnt.channels} == {c.address for c in REGISTER.channels}


def test_an_id_that_is_there_is_never_overwritten():
    """The handle may have passed to somebody else: that is for a person to look at."""
    assert learn_id(REGISTER, platform="bluesky", handle="b", platform_id="did:plc:x") is REGISTER


def test_nothing_to_learn_changes_nothing():
    learnt = learn_id(REGISTER, platform="bluesky", handle="@a", platform_id="did:plc:a")
    assert learn_id(learnt, platform="bluesky", handle="@a", platform_id="did:plc:a") is learnt
    assert learn_id(REGISTER, platform="bluesky", handle="c", platform_id="did:c") is REGISTER
