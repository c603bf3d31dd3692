"""Who observes what: every form once, a share of them twice, and everybody as much."""

import pytest

from tests.lib.answering import options, question, questionnaire
from tests.lib.observing import FORM, REGISTER, UNITS, WAVE
from torg.errors import SurveyError
from torg.survey.observing import assignments, forms, platforms_of, thing_of

FORMS = forms(UNITS, FORM, WAVE, register=REGISTER)


def test_there_is_a_form_for_each_unit_and_platform_also_where_no_channel_is_known():
    assert platforms_of(FORM, WAVE) == ("facebook", "x")
    assert FORMS.select("unit", "platform", "address").rows() == [
        ("1", "facebook", "https://www.facebook.com/vika"),
        ("1", "x", None),
        ("2", "facebook", "https://www.facebook.com/moen"),
        ("2", "x", None),
        ("3", "facebook", None),
        ("3", "x", None),
    ]


@pytest.mark.parametrize(
    ("item", "measure"),
    [
        ("has_page.facebook", "has_page:facebook"),
        ("has_page.twitter", "has_page:x"),
        ("followers_facebook", "followers:facebook"),
        ("remark", "remark"),
    ],
)
def test_an_items_id_says_what_is_looked_at_and_where(item, measure):
    assert thing_of(FORM.items[item]).measure == measure


@pytest.mark.parametrize(
    "form", [question("facebook"), question("channels", "many", options=options("facebook"))]
)
def test_a_platform_or_the_channels_by_themselves_ask_for_a_page(form):
    (item,) = questionnaire(form).items.values()
    assert thing_of(item).measure == "has_page:facebook"


def test_every_form_has_an_observer_and_a_share_a_second_one():
    told = assignments(FORMS, 3, share_twice=0.5, seed=7)
    assert told.filter(turn=1).height == 6
    assert told.filter(turn=2).height == 3  # half of six
    assert not told.select("unit", "platform", "observer").is_duplicated().any()


def test_the_same_seed_gives_the_same_whatever_the_order_of_the_forms():
    one = assignments(FORMS, 2, seed=7)
    assert one.equals(assignments(FORMS.reverse(), 2, seed=7))
    assert not one.equals(assignments(FORMS, 2, seed=8))


@pytest.mark.parametrize(("observers", "share"), [(0, 0.2), (2, 1.5), (1, 0.2)])
def test_what_cannot_be_assigned_is_refused(observers, share):
    with pytest.raises(SurveyError, match="write"):
        assignments(FORMS, observers, share_twice=share, seed=1)


def test_one_observer_alone_is_enough_where_nothing_is_seen_twice():
    assert assignments(FORMS, 1, share_twice=0, seed=1)["observer"].unique().to_list() == [
        "observer-1"
    ]
