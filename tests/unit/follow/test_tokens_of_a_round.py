"""Which token a channel is asked about with."""

from torg.collect.platforms import PLATFORMS, Followed
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
