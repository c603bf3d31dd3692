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
        ("municipalities", UNITS + 'XX,1,"A\nB",nb,,,,,\nXX,2\n', "line 4: 2 cells under 9"),
        ("municipalities", UNITS + "XX,1,A,nb,,,,2020-01-01,2019-01-01\n", "line 2: .* ends on"),
        ("municipalities", "country,code\nNO,0301\n", "line 1: the column name is lacking"),
        ("channels", CHANNELS + "XX,1,facebook,twitter.com/a,,,,,,\n", "line 2: .* on x, not on"),
        (
            "channels",
            CHANNELS + "XX,1,facebook,facebook.com/a,,,mayor,,,\n",
            "line 2: scope 'mayor'",
        ),
        ("channels", CHANNELS + "XX,1,facebook,,,,,,,\n", "line 2: .* an address or"),
        ("changes", "country,code,successor,date,weight\nXX,1,2,,1\n", "line 2: the date is blank"),
        (
            "changes",
            "country,code,successor,date,weight\nXX,1,2,2020-01-01,0\n",
            "line 2: .* weight",
        ),
        (
            "changes",
            "country,code,successor,date,weight\nXX,1,2,2020-01-01,x\n",
            "line 2: weight 'x'",
        ),
        ("municipalities", "country,code,nmae\n", "line 1: no column is called 'nmae': .* name\\?"),
        (
            "municipalities",
            "country,code,name,populaton,population_date\nXX,1,A,9,2020-01-01\n",
            "line 1: .* 'populaton': did you mean population\\?",
        ),
        (
            "channels",
            CHANNELS.replace("owner_name", "owner_nmae"),
            "line 1: .* 'owner_nmae': did you mean owner_name\\?",
        ),
        (
            "channels",
            CHANNELS.replace("valid_from", "valid_form"),
            "line 1: .* 'valid_form': did you mean valid_from\\?",
        ),
        ("channels", "country,code,platform,Address\n", "line 1: .*'Address': .* address\\?"),
        ("channels", CHANNELS.replace("\n", ",phone\n"), "line 1: .*'phone': .* 'note'"),
        ("channels", CHANNELS.replace("\n", ",scope\n"), "line 1: .* 'scope' stands twice"),
        (
            "municipalities",
            "country,code,name,\nXX,1,A,B\n",
            "line 2: 'B' stands under no column name",
        ),
        ("municipalities", "country|code|name\nXX|1|A\n", "line 1: .* semicolons or tabs"),
        ("municipalities", "country;code;name\nXX;1;A;B\n", "line 2: .* holds a semicolon"),
        ("municipalities", UNITS + "NO,301,Oslo,nb,,,,,\n", "line 2: code 301 .* write 0301"),
        ("municipalities", UNITS + "FI,5,Alajärvi,fi,,,,,\n", "line 2: code 5 .* write 005"),
        ("channels", CHANNELS + "DK,101,x,x.com/a,,,,,,\n", "line 2: code 101 .* write 0101"),
        (
            "changes",
            "country,code,successor,date\nSE,0114,115,2020-01-01\n",
            "line 2: code 115 .* write 0115",
        ),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path, file, text, says):
    (tmp_path / f"{file}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=f"{file}.csv, {says}"):
        read_register(tmp_path)


def test_text_that_is_not_utf_8_is_told_with_its_line(tmp_path):
    (tmp_path / "municipalities.csv").write_bytes(
        UNITS.encode() + "NO,5501,Tromsø,nb,,,,,\n".encode("cp1252")
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


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_spreadsheets_separators_are_read(tmp_path, separator):
    tables = {
        "municipalities": "country,code,name,county,\nXX,1,Town,East,\nXX,2,Isle,,\n",
        "channels": "country,code,platform,address,owner_name\nXX,1,x,x.com/town,The Town\n",
        "changes": "country,code,successor,date,weight\nXX,9,1,2020-01-01,0.35\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text.replace(",", separator), encoding="utf-8")
    register = read_register(tmp_path)
    assert [m.name() for m in register.municipalities] == ["Town", "Isle"]
    assert register.channels[0].owner_name == "The Town"
    assert register.changes[0].weight == 0.35


def test_a_spreadsheets_decimal_comma_is_read_in_a_weight(tmp_path):
    text = "country;code;successor;date;weight\nXX;9;1;2020-01-01;0,35\n"
    (tmp_path / "changes.csv").write_text(text, encoding="utf-8")
    assert read_register(tmp_path).changes[0].weight == 0.35


def test_a_column_of_notes_is_not_read(tmp_path):
    text = "country,code,name,note,Notes of Kari\nXX,1,Town,call back,x\n"
    (tmp_path / "municipalities.csv").write_text(text, encoding="utf-8")
    assert read_register(tmp_path) == register_of(municipalities="country|code|name\nXX|1|Town")


def test_notes_are_never_written_over(tmp_path):
    text = "country,code,name,note\nXX,1,Town,call back\n"
    path = tmp_path / "municipalities.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=r"municipalities\.csv, line 1: .*'note'.* move"):
        write_register(tmp_path, read_register(tmp_path))
    assert [p.name for p in tmp_path.iterdir()] == ["municipalities.csv"]
    assert path.read_text(encoding="utf-8") == text


def test_a_spreadsheets_own_file_under_a_csvs_name_is_told(tmp_path):
    (tmp_path / "municipalities.csv").write_bytes(b"PK\x03\x04\x14\x00\xff")
    with pytest.raises(RegisterError, match=r"municipalities\.csv .* save it as CSV"):
        read_register(tmp_path)


def test_a_point_is_read_from_any_row_of_a_unit_and_written_back_as_it_was(tmp_path):
    register = register_of(
        municipalities="""
            country | code | name        | name_lang | lat       | lon
            FI      | 091  | Helsinki    | fi        | 60.170833 | 24.9375
            FI      | 091  | Helsingfors | sv        |           |
            FI      | 078  | Hanko       | fi        |           |
        """
    )
    hanko, helsinki = register.municipalities
    assert (helsinki.lat, helsinki.lon) == (60.170833, 24.9375)
    assert (hanko.lat, hanko.lon) == (None, None)
    write_register(tmp_path, register)
    assert read_register(tmp_path) == register


POINTS = "country,code,name,lat,lon\n"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("XX,1,A,91,10", "line 2: municipality XX 1 has lat 91: write degrees of WGS84, from -90"),
        ("XX,1,A,59,-180.5", "has lon -180.5: write degrees of WGS84, from -180 to 180"),
        ("XX,1,A,59,", "line 2: municipality XX 1 has only one of lat and lon: fill in both"),
        ("XX,1,A,north,10", "line 2: lat 'north' is no number of degrees: write it with a decimal"),
        ("XX,1,A,nan,10", "line 2: lat 'nan' is no number of degrees"),
    ],
)
def test_a_point_that_is_none_is_told_with_its_line(tmp_path, row, says):
    (tmp_path / "municipalities.csv").write_text(POINTS + row + "\n", encoding="utf-8")
    with pytest.raises(RegisterError, match=says):
        read_register(tmp_path)


def test_the_frames_of_a_day_have_points_and_every_name():
    register = register_of(
        municipalities="""
            country | code | name        | name_lang | lat  | lon  | valid_from | valid_to
            FI      | 091  | Helsinki    | fi        | 60.2 | 24.9 | 1812-04-08 |
            FI      | 091  | Helsingfors | sv        |      |      | 1812-04-08 |
            FI      | 099  | Gone        | fi        |      |      | 1812-04-08 | 2010-01-01
        """
    )
    day = dt.date(2020, 1, 1)
    assert register.municipality_frame(day).select("lat", "lon").rows() == [(60.2, 24.9)]
    assert register.name_frame(day).rows() == [
        ("FI", "091", "fi", "Helsinki"),
        ("FI", "091", "sv", "Helsingfors"),
    ]
