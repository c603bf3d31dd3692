"""Importing a file that names no channel, over the command line."""

import pytest

from tests.functional.command import torg


@pytest.fixture
def study(tmp_path):
    assert torg("init", tmp_path / "s").status == 0
    return tmp_path / "s"


def test_a_file_that_names_no_channel_is_of_one_that_the_register_has(study, tmp_path):
    register = study / "register"
    register.mkdir(exist_ok=True)
    (register / "municipalities.csv").write_text("country,code,name\nNO,9999,Eksempel\n")
    (register / "channels.csv").write_text(
        "country,code,platform,address,platform_id\n"
        "NO,9999,facebook,https://www.facebook.com/eksempel,771234\n"
    )
    follows = tmp_path / "follows.csv"
    follows.write_text(
        'sep=,\n"Facebook follows"\n"Date","Primary"\n"2025-08-01","3"\n"2025-08-02","4"\n',
        "utf-16",
    )
    readings = ("--anchor", "2025-07-31=100", "--anchor", "2025-08-02=105")
    options = (follows, *readings, "--timezone", "Europe/Oslo", "--json")

    wrong = torg("-C", study, "import", *options, "--channel", "facebook:123")
    assert wrong.status != 0
    assert "it has @eksempel (771234): give one of these" in wrong.err

    done = torg("-C", study, "import", *options, "--channel", "facebook:@Eksempel")
    assert done.json()[0]["accepted"] == 2
    assert done.json()[0]["unclaimed"] == 0
