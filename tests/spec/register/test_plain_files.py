"""The three plain files: what they hold, and what is said of a fault."""

import datetime as dt

import pytest

from tests.lib.registers import register_of
from torg.errors import RegisterError
from torg.register import Register, read_register, write_register


def test_several_rows_of_one_unit_state_its_names_and_its_population_by_date():
    register = register_of(
        municipalities="""
            country | code | name  | name_lang | county  | population | population_date | valid_from
            FI      | 091  | Hki   | fi        | Uusimaa | 650000     | 2018-12-31      | 1812-04-08
            FI      | 091  | H:fors| sv        |         | 653835     | 2019-12-31      |
        """
    )
    (helsinki,) = register.municipalities
    assert helsinki.names == {"fi": "Hki", "sv": "H:fors"}
    assert helsinki.county == "Uusimaa"
    assert helsinki.populations == (
        (dt.date(2018, 12, 31), 650_000),
        (dt.date(2019, 12, 31), 653_835),
    )
    assert helsinki.valid_from == dt.date(1812, 4, 8)


def test_a_folder_without_files_is_an_empty_register(tmp_path):
    assert read_register(tmp_path) == Register()


def test_what_is_written_is_read_again_and_written_the_same(tmp_path):
    register = register_of(
        municipalities="""
            country | code | name     | name_lang | population | population_date
            FI      | 091  | Helsinki | fi        | 653835     | 2019-12-31
            FI      | 078  | Hangö    | sv        |            |
        """,
        channels="""
            country | code | platform | address          | owner_name
            FI      | 091  | Twitter  | twitter.com/hki  | "Helsinki"
        """,
        changes="""
            country | code | successor | date       | weight
            FI      | 099  | 091       | 2021-01-01 | 0.35
        """,
    )
    write_register(tmp_path, register)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(written) == ["changes.csv", "channels.csv", "municipalities.csv"]
    assert read_register(tmp_path) == register
    write_register(tmp_path, read_register(tmp_path))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == written


UNITS = "country,code,name,name_lang,county,population,population_date,valid_from,valid_to\n"
CHANNELS = (
    "country,code,platform,address,platform_id,owner_name,scope,valid_from,valid_to,evidence\n"
)


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        (
            "municipalities",
            UNITS + "NO,0301,Oslo,nb,,,,1.1.2020,\n",
            "line 2: valid_from '1.1.2020'",
        ),
        (
            "municipalities",
            UNITS + "NO,0301,Oslo,nb,,many,2020-01-01,,\n",
            "line 2: population 'many'",
        ),
        ("municipalities", UNITS + "NO,0301,Oslo,nb,,700000,,,\n", "line 2: population and"),
        ("municipalities", UNITS + "\nNO,,Oslo,nb,,,,,\n", "line 3: a municipality needs"),
        ("municipalities", UNITS + 'NO,1,"A\nB",nb,,,,,\nNO,2\n', "line 4: 2 cells under 9"),
        ("municipalities", UNITS + "NO,1,A,nb,,,,2020-01-01,2019-01-01\n", "line 2: .* ends on"),
        ("municipalities", "country,code\nNO,0301\n", "line 1: the column name is lacking"),
        ("channels", CHANNELS + "NO,1,facebook,twitter.com/a,,,,,,\n", "line 2: .* on x, not on"),
        (
            "channels",
            CHANNELS + "NO,1,facebook,facebook.com/a,,,mayor,,,\n",
            "line 2: scope 'mayor'",
        ),
        ("channels", CHANNELS + "NO,1,facebook,,,,,,,\n", "line 2: .* an address or"),
        ("changes", "country,code,successor,date,weight\nNO,1,2,,1\n", "line 2: the date is blank"),
        (
            "changes",
            "country,code,successor,date,weight\nNO,1,2,2020-01-01,0\n",
            "line 2: .* weight",
        ),
        (
            "changes",
            "country,code,successor,date,weight\nNO,1,2,2020-01-01,x\n",
            "line 2: weight 'x'",
        ),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path, file, text, says):
    (tmp_path / f"{file}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=f"{file}.csv, {says}"):
        read_register(tmp_path)


def test_text_that_is_not_utf_8_is_told_with_its_line(tmp_path):
    (tmp_path / "municipalities.csv").write_bytes(
        UNITS.encode() + "NO,1,Tromsø,nb,,,,,\n".encode("cp1252")
    )
    with pytest.raises(RegisterError, match="line 2: not UTF-8"):
        read_register(tmp_path)


def test_a_byte_order_mark_and_crlf_do_no_harm(tmp_path):
    text = "\ufeff" + UNITS.replace("\n", "\r\n") + "NO,0301,Oslo,nb,,,,,\r\n"
    (tmp_path / "municipalities.csv").write_bytes(text.encode())
    assert read_register(tmp_path).municipalities[0].names == {"nb": "Oslo"}


def test_a_failed_write_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    write_register(tmp_path, Register())
    before = (tmp_path / "municipalities.csv").read_bytes()

    def fails(_):
        raise OSError("the disk is full")

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(OSError, match="full"):
        write_register(tmp_path, register_of(municipalities="country | code | name\n X | 1 | A"))
    assert (tmp_path / "municipalities.csv").read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "changes.csv",
        "channels.csv",
        "municipalities.csv",
    ]
