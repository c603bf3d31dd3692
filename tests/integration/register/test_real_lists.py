"""The published lists of five countries, as they are."""

import datetime as dt

import pytest

from torg.register import (
    check,
    differences,
    import_register,
    normalise_address,
    read_register,
    write_register,
)
from torg.register.importers.rows import rows_of

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def imported(real_data):
    countries = ("norway", "finland", "sweden", "denmark")
    folders = [real_data / "registers" / country for country in countries]
    return import_register([*folders, real_data / "accounts"])


@pytest.fixture(scope="module")
def register(imported):
    return imported.register


@pytest.mark.parametrize(
    ("country", "day", "number"),
    [
        ("NO", "2014-01-01", 428),
        ("NO", "2017-01-01", 426),
        ("NO", "2018-06-01", 422),
        ("NO", "2020-01-01", 356),
        ("FI", "2015-01-01", 317),
        ("FI", "2015-12-31", 317),
        ("FI", "2017-01-01", 311),
        ("FI", "2020-01-01", 310),
        ("FI", "2026-01-01", 308),
        ("SE", "2020-01-01", 290),
        ("DK", "2020-01-01", 98),
        ("IS", "2026-04-06", 62),
    ],
)
def test_how_many_municipalities_there_were(register, country, day, number):
    frame = register.in_country(country).municipality_frame(dt.date.fromisoformat(day))
    assert frame.height == frame["municipality"].n_unique() == number


def test_the_three_norwegian_codes_that_the_series_lacks_are_reported(register):
    lacking = [f for f in check(register, on=None) if f.kind == "series_lacks_units"]
    told = [f.message for f in lacking if f.country == "NO"]
    assert (
        "the populations of 2013-01-01 to 2016-01-01 lack 3 of 428 municipalities "
        "(0706, 0719, 0720): do not add them up." in told
    )
    assert not any("2017-01-01" in message for message in told)
    assert register.population("NO", "0706", dt.date(2014, 1, 1)) is None


@pytest.mark.parametrize(
    ("code", "day", "carried"),
    [
        ("0706", "2018-06-01", (("0710", 1.0),)),
        ("0706", "2020-01-01", (("3804", 1.0),)),
        ("1601", "2018-06-01", (("5001", 1.0),)),
        ("1627", "2018-06-01", (("5017", 1.0),)),
        ("1627", "2020-06-01", (("5057", 1.0),)),
        ("1613", "2020-01-01", (("5055", 0.35), ("5056", 0.35), ("5059", 0.3))),
        ("1850", "2020-01-01", (("1806", 0.5), ("1875", 0.5))),
        ("1567", "2019-06-01", (("5061", 1.0),)),
    ],
)
def test_who_carries_a_norwegian_municipality(register, code, day, carried):
    assert register.successors("NO", code, dt.date.fromisoformat(day)) == carried


def test_every_norwegian_municipality_of_2005_is_carried_whole_on_any_new_year(register):
    units = register.in_country("NO").as_of(dt.date(2005, 1, 1)).municipalities
    for year in range(2006, 2021):
        for unit in units:
            carried = register.successors("NO", unit.code, dt.date(year, 1, 1))
            assert sum(weight for _, weight in carried) == pytest.approx(1), (unit.code, year)


def test_finnish_codes_have_their_zeros_and_their_names_in_three_languages(register):
    helsinki = register.municipality("FI", "091")
    assert helsinki.names == {"fi": "Helsinki", "sv": "Helsingfors", "en": "Helsinki"}
    assert register.population("FI", "091", dt.date(2016, 1, 1)) == (dt.date(2015, 12, 31), 628_208)


def test_swedish_population_is_joined_by_name(register):
    assert register.population("SE", "0180", dt.date(2020, 1, 1))[0] == dt.date(2019, 12, 31)
    alingsas = register.municipality("SE", "1489")
    assert (alingsas.name(), dict(alingsas.populations)[dt.date(2019, 12, 31)]) == (
        "Alingsås",
        41_420,
    )


def test_names_that_a_wrong_encoding_damaged_are_passed_over(register):
    names = {name for m in register.municipalities for name in m.names.values()}
    assert not any("\N{REPLACEMENT CHARACTER}" in name for name in names)
    assert {"Østre Toten", "Bjugn"} <= names


def test_what_was_not_joined_is_told_and_every_account_is_kept(imported, real_data):
    accounts = list(rows_of(real_data / "accounts" / "nordic_municipality_accounts_2026-04-06.csv"))
    pages = {(row["qid"], normalise_address(row["url"]).address) for row in accounts}
    assert len(imported.register.channels) == len(pages)
    told = [
        s for row in imported.rows if row.format == "wikidata-municipalities" for s in row.left_out
    ]
    # One is misspelt in the source of names, the other was founded after the latest list of codes.
    assert [sentence.split(" (")[0] for sentence in told] == [
        "NO Steinkjer Municipality",
        "NO Haram Municipality",
    ]


def test_every_account_reads_the_same_as_address_and_as_bare_name(real_data):
    for row in rows_of(real_data / "accounts" / "nordic_municipality_accounts_2026-04-06.csv"):
        by_address = normalise_address(row["url"], platform=row["platform"])
        assert by_address == normalise_address(row["account"], platform=row["platform"])


def test_when_all_twitter_became_x_nothing_came_or_went(register, real_data, tmp_path):
    text = (real_data / "accounts" / "nordic_municipality_accounts_2026-04-06.csv").read_text()
    old = tmp_path / "accounts.csv"
    old.write_text(
        text.replace(",X,P2002,", ",Twitter,P2002,").replace("//x.com/", "//twitter.com/")
    )
    bare = type(register)(register.municipalities)
    told = differences(import_register([old], register=bare).register, register)
    assert (told.appeared, told.vanished, told.renamed) == ((), (), ())
    # 404 rows, of which two say a municipality's account again in other letters.
    assert sum(channel.platform == "x" for channel in told.kept) == 402


def test_importing_again_changes_nothing_and_files_keep_it_all(register, real_data, tmp_path):
    again = import_register(
        [real_data / "accounts", real_data / "registers/norway"], register=register
    )
    assert again.register == register
    write_register(tmp_path, register)
    assert read_register(tmp_path) == register


def test_municipalities_without_a_channel_are_unknown(register):
    unknown = [f for f in check(register, on=dt.date(2026, 4, 6)) if f.kind == "unknown_channels"]
    assert unknown
    assert all("unknown" in f.message and "does not use" not in f.message for f in unknown)


def test_the_register_of_the_two_collections_of_posts(real_data):
    register = read_register(real_data / "posts" / "register")
    assert (len(register.municipalities), len(register.channels)) == (15, 15)
    (city,) = [c for c in register.channels if c.country == "US"]
    assert city.handle == "sugarlandtxgov"
    assert city.platform_id == "139809379375627"


def test_a_series_alone_betrays_the_units_it_lacks_by_their_successors(real_data):
    alone = import_register([real_data / "registers/norway/population_2005_2021.csv"]).register
    sudden = [f.code for f in check(alone, on=None) if f.kind == "unknown_predecessor"]
    # Each was merged from units that the series does not have; nobody ended when they began.
    assert {"0710", "1903", "1756", "1505"} <= set(sudden)
