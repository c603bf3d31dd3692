"""What was observed by hand: into the archive, out of it, and as measures of the whole frame."""

import pytest

from tests.lib.archives import archive_in, rows
from tests.lib.observing import UNITS, kept, values
from torg.survey.observing import observed_measures

SEEN = """
unit | respondent | item               | value
1    | 1          | has_page.facebook  | yes
1    | 2          | has_page.facebook  | yes
1    | 1          | followers_facebook | 100
1    | 2          | followers_facebook | 110
1    | 1          | tone_facebook      | warm
1    | 1          | remark             | the mayor's page is better
2    | 1          | has_page.facebook  | no
2    | 1          | followers_facebook | 40
2    | 1          | has_page.twitter   | yes
2    | 2          | has_page.twitter   | no
"""


def test_a_row_for_each_observer_and_item():
    told = values(SEEN).select(
        "municipality", "platform", "channel", "item", "number", "code", "observer"
    )
    assert told.rows() == [
        ("1", "facebook", "77", "followers", 100.0, None, 1),
        ("1", "facebook", "77", "followers", 110.0, None, 2),
        ("1", "facebook", "77", "has_page", 1.0, "yes", 1),
        ("1", "facebook", "77", "has_page", 1.0, "yes", 2),
        ("1", "facebook", "77", "tone", None, "warm", 1),
        # That there is no page was seen. The followers of none were not.
        ("2", "facebook", "@moen", "has_page", 0.0, "no", 1),
        ("2", "x", None, "has_page", 0.0, "no", 2),
        ("2", "x", None, "has_page", 1.0, "yes", 1),
    ]


def test_observers_of_other_names_are_numbered():
    from tests.lib.answering import answers
    from tests.lib.observing import FORM, REGISTER, WAVE
    from torg.survey.observing import observed_values

    table = """
unit | respondent | item              | value
1    | kx         | has_page.facebook | no
1    | ab         | has_page.facebook | no
"""
    told = observed_values(answers(table, of="look"), FORM, WAVE, frame=UNITS, register=REGISTER)
    assert told["observer"].to_list() == [1, 2]


def test_measures_of_every_unit_each_missing_one_with_its_reason():
    told = observed_measures(values(SEEN), UNITS)
    assert told.select("unit", "measure", "value", "missing").rows() == [
        ("1", "followers:facebook", 105.0, None),  # the mean of 100 and 110
        ("1", "has_page:facebook", 1.0, None),
        ("1", "has_page:x", None, "not_applicable"),  # looked at, and nothing said of this
        ("2", "followers:facebook", None, "not_applicable"),  # there is no page
        ("2", "has_page:facebook", 0.0, None),
        ("2", "has_page:x", None, "observers_disagree"),
        ("3", "followers:facebook", None, "not_observed"),
        ("3", "has_page:facebook", None, "not_observed"),
        ("3", "has_page:x", None, "not_observed"),
    ]
    assert told["access"].unique().to_list() == ["manual"]


def test_who_cannot_tell_has_not_seen_it():
    table = """
unit | item               | value
1    | has_page.facebook  | yes
1    | followers_facebook | dont_know
2    | has_page.facebook  | yes
2    | followers_facebook | 5
"""
    told = observed_measures(values(table), UNITS).filter(unit="1", measure="followers:facebook")
    assert told.select("value", "missing").rows() == [(None, "not_seen")]


def test_observations_are_a_source_of_the_archive_by_hand(tmp_path):
    archive = archive_in(tmp_path)
    done = kept(archive, values(SEEN))
    assert (done.read, done.accepted, done.rejected) == (8, 8, 0)
    (source,) = archive.reading().sources.to_dicts()
    assert (source["kind"], source["access"], source["name"]) == (
        "observation",
        "manual",
        "observation look",
    )
    read = archive.reading().observations()
    assert read.drop("source_id").equals(values(SEEN))
    assert archive.check() == ()


def test_followers_of_known_channels_are_readings_of_their_audience(tmp_path):
    archive = archive_in(tmp_path)
    kept(archive, values(SEEN.replace("| 110", "| 120")))
    told = rows(archive.reading(), "audience", "platform", "channel", "followers", "kind")
    # Two read the same page at the same moment: the larger reading is kept.
    assert told == [("facebook", "77", 120, "followers")]


@pytest.mark.parametrize("what", ["audience", "posts"])
def test_what_everybody_may_not_see_does_not_hide_what_was_seen_by_hand(tmp_path, what):
    from tests.lib import records
    from tests.lib.sources import put
    from torg.disclose.ledger import ledger
    from torg.disclose.public import PublicReading
    from torg.register import Register

    archive = archive_in(tmp_path)
    kept(archive, values(SEEN))
    made = {
        "audience": lambda: records.audience("channel | followers\n 77 | 500"),
        "posts": lambda: records.posts("channel | native_id | reactions\n 77 | 1 | 3"),
    }[what]()
    put(archive, records.batch(**{what: made}), access="owner", may_publish=False)
    whole = archive.reading()
    public = PublicReading.of(whole, ledger(whole, Register()))
    expected = [500] if what == "audience" else []
    assert [row[0] for row in rows(whole, "audience", "followers")] == expected
    assert [row[0] for row in rows(public, "audience", "followers")] == [110]


def test_the_same_observations_again_change_nothing_and_more_of_them_replace_them(tmp_path):
    archive = archive_in(tmp_path)
    first = kept(archive, values(SEEN))
    assert kept(archive, values(SEEN)).source_id is None
    more = values(SEEN + "3 | 1 | has_page.facebook | yes\n")
    second = kept(archive, more)
    assert second.source_id not in (None, first.source_id)
    read = archive.reading().observations()
    assert read.drop("source_id").equals(more)
    assert read["source_id"].unique().to_list() == [second.source_id]
    assert archive.reading(as_of=None).sources.height == 1


def test_two_waves_stand_side_by_side(tmp_path):
    import polars as pl

    archive = archive_in(tmp_path)
    kept(archive, values(SEEN))
    later = values(SEEN).with_columns(wave=pl.lit("later"))
    kept(archive, later, wave_="later")
    assert sorted(archive.reading().observations()["wave"].unique()) == ["later", "look"]


def test_an_archive_without_observations_has_none(tmp_path):
    assert archive_in(tmp_path).reading().observations().is_empty()


@pytest.mark.parametrize("again", ["compact", "honour"])
def test_observations_outlast_tidying(tmp_path, again):
    archive = archive_in(tmp_path)
    for nth in range(9):
        kept(archive, values(SEEN), wave_=f"wave {nth}")
    getattr(archive, again)()
    assert archive.reading().observations().height == 9 * 8
    assert archive.check() == ()


def test_beside_another_source_of_the_channel_a_reading_by_hand_does_not_count(tmp_path):
    """Else one look at a page would make of its own way of access a mixture, and unrank it."""
    from tests.lib.records import audience, batch
    from tests.lib.sources import put

    archive = archive_in(tmp_path)
    kept(archive, values(SEEN))
    put(archive, batch(audience=audience("channel | followers\n 77 | 500")))
    told = rows(archive.reading(), "audience", "channel", "followers")
    assert told == [("77", 500)]
    assert archive.reading().observations().height == 8
