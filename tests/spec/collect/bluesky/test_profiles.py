"""Bluesky: followers, the handle of today, and accounts that are there no more."""

import pytest

from tests.lib.bluesky_fake import HOST, OLA, TOWN, FakeView, refusal
from tests.lib.visits import START, ends, means, visit
from torg.collect.platforms.bluesky import bluesky
from torg.errors import OverBudget, Unreachable

BLUESKY = bluesky(host=HOST)


def profile(answer, channel=TOWN):
    return visit(BLUESKY, "profile", channel, by=means(FakeView({"getProfile": answer})))


def test_followers_are_an_audience_at_a_moment():
    batch = profile({"did": TOWN, "handle": "Town.example", "followersCount": 812})
    assert batch.audience.select("channel", "read_at", "followers", "kind").rows() == [
        (TOWN, START, 812, "followers")
    ]
    assert batch.visits.select("channel", "handle", "outcome").rows() == [
        (TOWN, "town.example", "ok")
    ]


def test_a_handle_leads_to_the_id():
    batch = profile({"did": TOWN, "handle": "town.example"}, "@town.example")
    assert batch.visits.select("channel", "handle").rows() == [(TOWN, "town.example")]
    assert batch.audience.select("channel", "followers").rows() == [(TOWN, None)]


def test_a_renamed_handle_is_the_same_channel():
    batch = profile({"did": TOWN, "handle": "new.example", "followersCount": 1})
    assert batch.visits.select("channel", "handle").rows() == [(TOWN, "new.example")]


def test_a_handle_that_does_not_lead_back_is_none():
    batch = profile({"did": TOWN, "handle": "handle.invalid", "followersCount": 1})
    assert batch.visits["handle"].to_list() == [None]
    assert batch.audience["followers"].to_list() == [1]


@pytest.mark.parametrize(
    ("asked", "told"), [(TOWN, {"did": OLA}), ("@a.example", {"did": OLA, "handle": "b.example"})]
)
def test_an_answer_about_another_account_is_not_taken(asked, told):
    batch = profile(told | {"followersCount": 9}, asked)
    assert batch.audience.is_empty()
    assert batch.visits.select("channel", "outcome").rows() == [(asked, "failed")]


@pytest.mark.parametrize(
    ("answer", "outcome", "vanished"),
    [
        (refusal("AccountTakedown"), "gone", [(TOWN, "channel", "said")]),
        (refusal("AccountDeactivated"), "gone", [(TOWN, "channel", "said")]),
        (refusal("InvalidRequest", "Profile not found"), "gone", []),
        (refusal("InvalidRequest", "Error: actor must be a valid did or a handle"), "failed", []),
        (refusal("AuthMissing", status=401), "refused", []),
        (refusal("Forbidden", status=403), "refused", []),
        ((200, ["no", "object"]), "failed", []),
    ],
)
def test_what_a_view_says_instead_is_noted_and_raises_nothing(answer, outcome, vanished):
    batch = profile(answer)
    assert batch.visits["outcome"].to_list() == [outcome]
    assert batch.vanished.select("channel", "what", "basis").rows() == vanished
    assert batch.audience.is_empty()


def test_the_sentence_of_a_refusal_names_nobody():
    batch = profile(refusal("InvalidRequest", "Profile not found: secret-name"))
    assert ends(batch) == [(None, "gone", "The network has no account of this name.")]


def test_what_the_door_raises_goes_through():
    def silent(_call):
        raise OSError("no route")

    with pytest.raises(Unreachable):
        visit(BLUESKY, "profile", TOWN, by=means(silent))
    with pytest.raises(OverBudget):
        profile(refusal("RateLimitExceeded", status=429))
