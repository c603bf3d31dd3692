"""The whole way by hand: forms drawn, filled in, read from a file, kept, and measured."""

import csv
import datetime as dt

import pytest

from tests.lib.archives import archive_in
from tests.lib.observing import REGISTER, kept
from torg.survey import frame_of
from torg.survey.elsewhere import answers_from, open_answers, proposed
from torg.survey.observing import (
    agreement,
    assignments,
    forms,
    observed_measures,
    observed_values,
)
from torg.survey.questionnaire import READY, read_questionnaire

FORM = read_questionnaire(READY["torg-observation"])
WAVE = FORM.waves[0]
FRAME = frame_of(REGISTER, WAVE)
NOW = dt.datetime(2026, 9, 3, 12, tzinfo=dt.UTC)

# What there is to be seen; the second observer of the first page counts the posts otherwise.
PAGES = {"1": ("Yes", 120, 9), "2": ("Yes", 80, 4), "3": ("No", "", "")}


@pytest.fixture
def filled_in(tmp_path):
    """A file of filled-in forms: a row for each observer and municipality, in the form's texts."""
    drawn = assignments(forms(FRAME, FORM, WAVE, register=REGISTER), 2, share_twice=1, seed=3)
    path = tmp_path / "forms.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        header = ["unit", "respondent", "has_page[facebook]", "followers_facebook"]
        writer.writerow([*header, "posts_facebook", "tone_facebook"])
        looks = drawn.select("unit", "observer").unique().sort("unit", "observer")
        for unit, observer in looks.iter_rows():
            page, followers, posts = PAGES[unit]
            more = unit == "1" and observer == "observer-2"
            tone = "In between" if page == "Yes" else ""
            writer.writerow([unit, observer, page, followers, posts + 1 if more else posts, tone])
    return path


def test_what_two_people_saw_becomes_measures_of_the_whole_frame(filled_in, tmp_path):
    table = open_answers(filled_in)
    mapping = proposed(table, FORM, WAVE)
    taken = answers_from(table, mapping, FORM, WAVE, frame=FRAME, at=NOW)
    assert (taken.refused, taken.units, taken.rows) == ((), 3, 6)

    agreed = {r["item"]: r for r in agreement(taken.answers, FORM, WAVE, frame=FRAME).to_dicts()}
    assert agreed["has_page.facebook"]["alpha"] == pytest.approx(1)
    assert agreed["followers_facebook"]["alpha"] == pytest.approx(1)
    assert 0 < agreed["posts_facebook"]["alpha"] < 1
    assert agreed["tone_facebook"]["alpha"] is None  # all the same tone shows nothing

    seen = observed_values(taken.answers, FORM, WAVE, frame=FRAME, register=REGISTER)
    archive = archive_in(tmp_path)
    kept(archive, seen, wave_=WAVE.id)
    observations = archive.reading().observations()
    measured = observed_measures(observations, FRAME)
    told = {(r["measure"], r["unit"]): r["value"] or r["missing"] for r in measured.to_dicts()}
    assert told["posts:facebook", "1"] == 9.5  # the mean of 9 and 10
    assert told["followers:facebook", "2"] == 80
    assert told["followers:facebook", "3"] == "not_applicable"
    pages = measured.filter(measure="has_page:facebook")
    assert pages["value"].to_list() == [1.0, 1.0, 0.0]
    assert pages["missing"].null_count() == 3


def test_followers_seen_by_hand_are_readings_of_channels_that_the_register_knows(
    filled_in, tmp_path
):
    table = open_answers(filled_in)
    taken = answers_from(
        table, proposed(table, FORM, WAVE), FORM, WAVE, frame=FRAME, at=NOW, register=REGISTER
    )
    seen = observed_values(taken.answers, FORM, WAVE, frame=FRAME, register=REGISTER)
    archive = archive_in(tmp_path)
    kept(archive, seen, wave_=WAVE.id)
    held = archive.reading().held()
    assert sorted(held["channel"]) == ["77", "@moen"]
