"""Public facts of the register are filled in beforehand; what it does not know is left open."""

import datetime as dt

import pytest

from tests.lib.questionnaires import PLATFORMS, TOP, WAVES, question, written
from torg.register import Channel, Municipality, Register
from torg.survey.questionnaire import prefilled, read_questionnaire

REGISTER = Register(
    (
        Municipality("XX", "1", {"en": "Ash"}, populations=((dt.date(2025, 1, 1), 4321),)),
        Municipality("XX", "2", {"en": "Elm"}),
    ),
    (
        Channel("XX", "1", "facebook", "https://www.facebook.com/ash"),
        Channel("XX", "1", "youtube", "@ash", valid_to=dt.date(2025, 6, 1)),
        Channel("XX", "2", "facebook", "https://www.facebook.com/elmlibrary", scope="service"),
    ),
)


@pytest.fixture
def questionnaire(tmp_path):
    asked = [
        question("channels", "many", 'options = "platforms"', 'prefill = "channel"'),
        question("page", "planned", 'prefill = "channel:facebook"'),
        question("people", "number", 'prefill = "population"'),
    ]
    return read_questionnaire(written(tmp_path, "\n".join([TOP, PLATFORMS, WAVES, *asked])))


def known(questionnaire, unit, day):
    return prefilled(questionnaire, REGISTER, country="XX", unit=unit, day=day)


def test_a_channel_of_the_day_is_yes_and_one_that_is_not_known_is_never_no(questionnaire):
    assert known(questionnaire, "1", dt.date(2026, 1, 15)) == {
        "channels.facebook": "yes",  # and of YouTube, which ended in 2025, nothing is said
        "page": "yes",
        "people": "4321",
    }
    assert "channels.youtube" in known(questionnaire, "1", dt.date(2025, 5, 31))


def test_a_platform_is_known_by_its_other_name_too(tmp_path):
    asked = question("q", "planned", 'prefill = "channel:twitter"')
    read = read_questionnaire(written(tmp_path, "\n".join([TOP, WAVES, asked])))
    register = Register(REGISTER.municipalities, (Channel("XX", "1", "X", "@ash"),))
    day = dt.date(2026, 1, 15)
    assert prefilled(read, register, country="XX", unit="1", day=day) == {"q": "yes"}


def test_a_page_of_the_library_is_not_a_page_of_the_municipality(questionnaire):
    assert known(questionnaire, "2", dt.date(2026, 1, 15)) == {}


def test_of_a_county_nothing_is_known(questionnaire):
    assert known(questionnaire, "county:Woods", dt.date(2026, 1, 15)) == {}
