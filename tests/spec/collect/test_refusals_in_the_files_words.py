"""A refusal speaks of the file as it stands: its own column names, and where it belongs instead."""

import pytest

from tests.lib.exports import BUSINESS_SUITE, read, suite, table
from torg.collect import ImportOptions, format_of
from torg.errors import FileRefused


def test_a_shortened_id_is_told_by_the_name_of_its_column(tmp_path):
    rows = [suite(1, **{"Post ID": "1.22094E+17"}), suite(2), suite(3, **{"Page ID": "1,2E+14"})]

    batch = read(tmp_path / "x.csv", table(BUSINESS_SUITE, *rows), timezone="UTC")

    assert batch.rejects["reason"][0].startswith("Post ID is '1.22094E+17', which is no id")
    assert batch.rejects["reason"][1].startswith("Page ID is '1,2E+14', which is no id")


@pytest.mark.parametrize(
    "header",
    [
        "country,code,name,population,population_date",
        "country;code;platform;address",
        "country,code,successor,date",
    ],
)
def test_a_table_of_the_register_is_sent_to_the_register(tmp_path, header):
    with pytest.raises(FileRefused, match=r"table of the register.*torg register import FILE"):
        read(tmp_path / "units.csv", f"{header}\n")


def test_the_format_of_a_refused_file_is_known_all_the_same(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(table(BUSINESS_SUITE, suite()))

    with pytest.raises(FileRefused, match="--timezone"):
        read(path)
    assert format_of(path, options=ImportOptions()) == "business_suite_facebook"
    path.write_text("what,how many\nmilk,2\n")
    assert format_of(path, options=ImportOptions()) is None
    assert format_of(tmp_path / "nowhere.csv", options=ImportOptions()) is None
