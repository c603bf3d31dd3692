"""The study's rule may take an owner's own export by itself, and nothing else."""

import pytest

from tests.lib.postgres import cluster  # noqa: F401 -- a fixture
from tests.lib.rooms import a_room, do_work, export, lies_there, understood
from tests.lib.surveying import database  # noqa: F401 -- a fixture


@pytest.fixture
def study(tmp_path, database):  # noqa: F811 -- the fixture
    from torg.site.opening import open_people

    study = a_room(tmp_path / "study")
    path = study.folder / "study.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[site]", '[site]\naccept_files = "own"'), encoding="utf-8")
    from torg.study import read_study

    study = read_study(study.folder)
    open_people(study)
    return study


def test_an_own_export_that_was_understood_whole_goes_in_by_itself(study):
    handin = understood(study)
    do_work(study)
    handin.refresh_from_db()
    assert handin.state == "taken"
    assert handin.decided_by == "the site"
    assert lies_there(study) == []


@pytest.mark.parametrize(
    "content",
    [
        export(page="999999"),
        export(posts=3) + b"4,770001,Fjordby,Snow,,,no time,,,Photos,,,,,,\n",
    ],
    ids=["a channel that nobody has", "a rejected row"],
)
def test_all_others_wait_for_the_staff(study, content):
    assert understood(study, content).state == "waiting"
