"""Which token a channel is asked about with."""

import pytest

from torg.collect.platforms import GRANTINGS, PLATFORMS, Followed
from torg.follow.ways import asked_with
from torg.tokens import Secret

PAGE = Followed("instagram", "@eksempel", "eksempel", "https://www.instagram.com/eksempel")


def asked(held):
    tokens = {key: Secret(value) for key, value in held.items()}
    platform, token, against = asked_with(
        PLATFORMS["instagram"], PAGE, lambda name, channel: tokens.get((name, channel))
    )
    return platform.access, token.value if token else None, against is None


def test_an_owners_own_token_is_taken_first():
    held = {("instagram", "@eksempel"): "own", ("instagram", None): "of-the-study"}
    assert asked(held) == ("owner", "own", True)


def test_without_it_the_study_asks_for_what_everybody_sees():
    assert asked({("instagram", None): "of-the-study"}) == ("public_page", "of-the-study", True)


def test_without_any_nobody_is_asked():
    assert asked({})[1:] == (None, False)


@pytest.mark.parametrize(
    ("platform", "to_type"),
    [
        ("facebook", ["torg connect facebook"]),
        ("instagram", ["torg connect instagram", "torg connect instagram-study"]),
        ("youtube", ["torg connect youtube"]),
    ],
)
def test_what_is_lacking_is_said_with_what_to_type(platform, to_type):
    page = Followed(platform, "@eksempel", "eksempel", "https://example.org/eksempel")
    said = asked_with(PLATFORMS[platform], page, lambda _name, _channel: None)[2]
    assert said.endswith(f": type {', or '.join(to_type)}.")
    assert all(words.split()[-1] in GRANTINGS for words in to_type)
