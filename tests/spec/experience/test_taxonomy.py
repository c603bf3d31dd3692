"""One list of words: what questionnaires ask and what the bank files under is the same."""

import pytest

from torg.experience import LEAST, TAXONOMY, matches
from torg.report.results import WEEKS
from torg.survey.questionnaire import READY, read_questionnaire

SOCIAL = "sosiale-kommuner-2013"


def items(name):
    return set(read_questionnaire(READY[name]).items)


def test_areas_and_groups_are_those_of_the_questionnaire_that_asked_for_experience():
    asked = TAXONOMY.asked_by(SOCIAL)
    cells = [item.split(".")[1:] for item in items(SOCIAL) if item.startswith(f"{asked.good}.")]
    assert {area for area, _ in cells} <= set(TAXONOMY.areas)
    assert {group for _, group in cells} == set(TAXONOMY.groups)
    for question in (asked.teaches, asked.asks):
        ticked = {i.split(".")[1] for i in items(SOCIAL) if i.startswith(f"{question}.")}
        assert ticked and ticked <= set(TAXONOMY.areas)


def test_services_and_channels_are_those_of_the_core():
    core = items("torg-core")
    assert {f"services.{one}" for one in TAXONOMY.services if one != "central"} <= core
    assert {f"channels.{one}" for one in TAXONOMY.channels} <= core


def test_what_is_shown_is_counted_each_week_in_a_release():
    assert set(TAXONOMY.measures) <= set(WEEKS)
    assert all(set(each) <= set(TAXONOMY.measures) for each in TAXONOMY.shown.values())
    assert set(TAXONOMY.shown) - {"default"} <= set(TAXONOMY.areas)


@pytest.mark.parametrize(("count", "shown"), [(LEAST - 1, None), (LEAST, LEAST)])
def test_few_without_a_name_are_not_counted(count, shown):
    cell = ("planning", "older")
    found = matches(good=[(cell, "XX-0101")], asks=[], good_counts={cell: count})
    assert [(match.good, match.good_count) for match in found] == [(("XX-0101",), shown)]


def test_who_can_teach_only_itself_is_no_match():
    cell = ("planning", "")
    alone, both = (
        matches(good=[(cell, "XX-1")], asks=[(cell, place)])[0] for place in ("XX-1", "XX-2")
    )
    assert (alone.is_matched, both.is_matched) == (False, True)
