"""What is made up says so on every page, whatever study.toml says."""

import pytest

from tests.lib.rooms import a_room
from tests.lib.site import site_of
from torg import site


@pytest.fixture
def study(tmp_path):
    yield a_room(tmp_path / "study", more="\n")
    site.close_people()


def front_page(study):
    return site_of(study).get("/en/").content.decode()


def test_a_simulated_register_makes_every_page_say_so(study):
    assert "are invented" not in front_page(study)
    path = study.register_folder / "channels.csv"
    path.write_text(path.read_text("utf-8").replace(",letter,", ",invented,"), encoding="utf-8")
    assert "are invented" in front_page(study)


def test_a_register_that_cannot_be_read_stops_no_page(study):
    (study.register_folder / "channels.csv").write_text("nonsense\n1\n", encoding="utf-8")
    assert site_of(study).get("/en/").status_code == 200
