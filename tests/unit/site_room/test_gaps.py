"""What is still lacking of a municipality, week by week and channel by channel."""

import datetime as dt

import pytest

from tests.lib.rooms import FJORDBY, a_room, export
from torg.archive import Archive
from torg.importing import import_files
from torg.main import import_options
from torg.register import read_register


@pytest.fixture
def study(tmp_path):
    return a_room(tmp_path)


def found(study, days=(), has=()):
    from torg.site.room.gaps import gaps

    return gaps(
        study, read_register(study.register_folder), unit=FJORDBY,
        reading=Archive(study.archive).reading(),
        days={("facebook", "770001"): set(days)} if days else {}, has=set(has),
    )  # fmt: skip


def test_of_an_empty_study_every_week_and_every_kind_is_lacking(study):
    gaps = found(study)
    assert gaps.weeks == len(gaps.empty_weeks) == 5
    assert [each["kind"] for each in gaps.lacking] == ["posts", "replies", "audience"]
    assert {each["channel"] for each in gaps.lacking} == {"770001"}


def test_a_file_fills_its_weeks_and_its_kind(study):
    gaps = found(study, [dt.date(2024, 7, 2), dt.date(2024, 7, 31)], ["posts"])
    assert gaps.empty_weeks == ["2024-07-08", "2024-07-15", "2024-07-22"]
    assert [each["kind"] for each in gaps.lacking] == ["replies", "audience"]


def test_what_the_archive_has_is_not_lacking(study):
    path = study.folder / "suite.csv"
    path.write_bytes(export())
    import_files(study, [path], options=import_options(study, timezone="Europe/Oslo"))
    gaps = found(study)
    assert "2024-07-15" not in gaps.empty_weeks
    assert [each["kind"] for each in gaps.lacking] == ["replies", "audience"]


def test_days_and_weeks_are_those_of_the_studys_zone(study, tmp_path):
    """Half an hour into Monday in Norway it is Sunday yet by UTC, of the week before."""
    from torg.site.room.understanding import understand

    path = tmp_path / "suite.csv"
    path.write_bytes(export(**{"Publish time": "07/22/2024 00:30"}))
    answers = {"timezone": "Europe/Oslo"}
    told = understand(study, path, unit=FJORDBY, answers=answers, progress=lambda *_: None)
    assert {each["first"] for each in told["channels"]} == {"2024-07-22"}
    import_files(study, [path], options=import_options(study, timezone="Europe/Oslo"))
    for empty in (told["empty_weeks"], found(study).empty_weeks):
        assert empty == ["2024-07-01", "2024-07-08", "2024-07-15", "2024-07-29"]


def test_a_post_in_the_first_hour_of_the_window_is_known(study):
    path = study.folder / "suite.csv"
    path.write_bytes(export(**{"Publish time": "07/01/2024 00:30"}))
    options = import_options(study, timezone="Europe/Oslo", dates="month-first")
    import_files(study, [path], options=options)
    assert "2024-07-01" not in found(study).empty_weeks


def test_other_municipalities_fill_nothing(study):
    path = study.folder / "suite.csv"
    path.write_bytes(export(page="770002"))
    import_files(study, [path], options=import_options(study, timezone="Europe/Oslo"))
    gaps = found(study)
    assert len(gaps.empty_weeks) == 5
    assert [each["kind"] for each in gaps.lacking] == ["posts", "replies", "audience"]
