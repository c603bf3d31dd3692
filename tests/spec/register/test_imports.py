"""Published lists become a register; a small copy of each shape, in whatever order."""

import datetime as dt

import pytest

from tests.lib.registers import register_of
from torg.errors import FileRefused, RegisterError
from torg.register import Register, import_register

MERGING = """municip_code_current,municip_code_original,year,weighting
municip1806,municip1805,2018,1.0
municip1806,municip1805,2019,1.0
municip1806,municip1806,2020,1.0
municip1806,municip1850,2018,0.5
municip1875,municip1850,2018,0.5
municip1806,municip1850,2019,0.5
municip1875,municip1850,2019,0.5
municip1875,municip1875,2020,1.0
municip0301,municip0301,2018,1.0
municip0301,municip0301,2019,1.0
municip0301,municip0301,2020,1.0
"""
NORWAY_POPULATION = """year,kommunenr,name,population
2018,0301,Oslo municipality,670000
2019,0301,Oslo,680000
2020,0301,Oslo,690000
2018,1805,Narvik,18000
2019,1805,Narvik,18100
2019,1850,Divtasvuodna - Tysfjord,2000
2020,1806,Narvik,21000
2020,1875,H\N{REPLACEMENT CHARACTER}b,2700
"""
LOCATIONS = """municip_code,municip_name,county_code,county_name
municip0301,Oslo,county03,Oslo
municip1806,Narvik,county18,Nordland
municip1875,Hamarøy,county18,Nordland
"""


@pytest.fixture
def file(tmp_path):
    """Writes a file under a name that tells nothing, and gives its path."""

    def write(text, encoding="utf-8"):
        path = tmp_path / f"file{len(list(tmp_path.iterdir()))}.dat"
        path.write_text(text, encoding=encoding)
        return path

    return write


def codes(register, day):
    return [m.code for m in register.as_of(dt.date.fromisoformat(day)).municipalities]


def test_norway_merges_on_the_first_day_of_a_year_and_splits_by_weight(file):
    register = import_register([file(MERGING)]).register
    assert codes(register, "2019-12-31") == ["0301", "1805", "1850"]
    assert codes(register, "2020-01-01") == ["0301", "1806", "1875"]
    new_year = dt.date(2020, 1, 1)
    assert register.successors("NO", "1850", new_year) == (("1806", 0.5), ("1875", 0.5))
    assert register.successors("NO", "1805", new_year) == (("1806", 1.0),)


def test_at_the_ends_of_the_source_nothing_is_known_and_the_period_is_open(file):
    register = import_register([file(MERGING)]).register
    assert register.municipality("NO", "0301").valid_from is None
    assert register.municipality("NO", "0301").valid_to is None


def test_files_of_one_import_complete_each_other_in_any_order(file):
    paths = [file(MERGING), file(NORWAY_POPULATION), file(LOCATIONS)]
    register = import_register(paths).register
    assert import_register(paths[::-1]).register == register
    assert import_register(paths, register=register).register == register
    rows = register.municipality_frame(dt.date(2020, 6, 1)).select("name", "county", "population")
    assert rows.rows() == [
        ("Oslo", "Oslo", 690_000),
        ("Narvik", "Nordland", 21_000),
        ("Hamarøy", "Nordland", 2_700),  # the damaged name of the series was passed over
    ]


def test_without_a_list_of_units_the_series_tells_when_units_were_there(file):
    register = import_register([file(NORWAY_POPULATION)]).register
    assert codes(register, "2019-06-01") == ["0301", "1805", "1850"]
    assert codes(register, "2018-06-01") == ["0301", "1805"]


def test_a_unit_of_some_years_is_followed_to_the_one_that_shares_its_fate_and_name(file):
    # In 2018 all of Trøndelag had new codes: two units that both became 5057 in 2020 are told
    # apart by their names.
    merging = """municip_code_current,municip_code_original,year,weighting
municip5057,municip1621,2017,1.0
municip5057,municip1627,2017,1.0
municip5057,municip5015,2018,1.0
municip5057,municip5017,2018,1.0
municip5057,municip5057,2019,1.0
"""
    names = """year,kommunenr,name,population
2017,1621,Ørland (-2017),5000
2017,1627,Bjugn (-2017),4800
2018,5015,Ørland,5000
2018,5017,Bjugn,4800
"""
    named = import_register([file(merging), file(names)]).register
    assert named.successors("NO", "1627", dt.date(2018, 6, 1)) == (("5017", 1.0),)
    unnamed = import_register([file(merging)]).register
    assert unnamed.successors("NO", "1627", dt.date(2018, 6, 1)) == ()  # unknown, not guessed
    assert unnamed.successors("NO", "1627", dt.date(2019, 6, 1)) == (("5057", 1.0),)


FINLAND_2015 = """kunta,municipality_name_fi,municipality_name_sv,maakunta_name_fi,year
20,Akaa,Ackas,Pirkanmaa,2015.0
5,Alajärvi,Alajärvi,Etelä-Pohjanmaa,2015.0
164,Jalasjärvi,Jalasjärvi,Etelä-Pohjanmaa,2015.0
"""
FINLAND_2017 = """kunta,municipality_name_fi,municipality_name_sv,year,maakunta_name_fi,nuts1_code
20,Akaa,Ackas,2017,Pirkanmaa,FI1
5,Alajärvi,Alajärvi,2017,Etelä-Pohjanmaa,FI1
"""


def test_finland_keeps_its_leading_zeros_and_ends_units_at_the_first_list_without_them(file):
    sotkanet = "municipality_code,primary.value,year\n5,9700,2016\n20,17000,2016\n"
    imported = import_register([file(FINLAND_2017), file(FINLAND_2015), file(sotkanet)])
    register = imported.register
    assert codes(register, "2015-01-01") == ["005", "020", "164"]
    assert codes(register, "2017-01-01") == ["005", "020"]
    assert register.population("FI", "005", dt.date(2017, 1, 1)) == (dt.date(2016, 12, 31), 9700)
    assert register.municipality("FI", "020").names == {"fi": "Akaa", "sv": "Ackas"}


def test_a_later_list_alone_ends_what_it_lacks(file):
    earlier = import_register([file(FINLAND_2015)]).register
    register = import_register([file(FINLAND_2017)], register=earlier).register
    assert codes(register, "2016-12-31") == ["005", "020", "164"]
    assert codes(register, "2017-01-01") == ["005", "020"]


def test_sweden_takes_municipalities_only_and_joins_population_by_name(file):
    kolada = "id,title,type\n0001,Region Stockholm,L\n0180,Stockholm,K\n1489,Alingsås,K\n"
    series = "k_ID;kommun;ar_2018;ar_2019\nSTO;Stockholm;962154;974073\nALI;Alingsas;41070;41420\n"
    imported = import_register([file(series, "utf-8-sig"), file(kolada)])
    assert codes(imported.register, "2020-01-01") == ["0180", "1489"]
    figure = imported.register.population("SE", "1489", dt.date(2020, 1, 1))
    assert figure == (dt.date(2019, 12, 31), 41_420)
    assert imported.rows[0].left_out == ("regions and the country (1) are no municipalities",)


def test_two_of_one_name_are_not_guessed_but_told(file):
    kolada = "id,title,type\n0643,Habo,K\n0305,Håbo,K\n"
    series = "k_ID;kommun;ar_2019\nHBO;Habo;21934\nHAB;Habo;12435\n"
    imported = import_register([file(kolada), file(series)])
    assert imported.register.population("SE", "0643", dt.date(2020, 1, 1)) is None
    assert len(imported.rows[1].left_out) == 2


def test_christianso_is_no_municipality(file):
    dawa = """[
      {"kode": "0101", "navn": "København", "udenforkommuneinddeling": false,
       "region": {"navn": "Region Hovedstaden"}},
      {"kode": "0411", "navn": "Christiansø", "udenforkommuneinddeling": true}]"""
    imported = import_register([file(dawa)])
    assert codes(imported.register, "2020-01-01") == ["0101"]
    assert imported.register.municipalities[0].county == "Region Hovedstaden"
    assert imported.rows[0].left_out == ("0411 Christiansø is outside the municipal division",)


def test_dawa_s_visual_centre_is_the_municipality_s_point(file):
    dawa = """[{"kode": "0101", "navn": "København", "udenforkommuneinddeling": false,
                "visueltcenter": [12.53, 55.68]}]"""
    (copenhagen,) = import_register([file(dawa)]).register.municipalities
    assert (copenhagen.lat, copenhagen.lon) == (55.68, 12.53)


LIST = """country,qid,name,name_lang,description,updated
denmark,Q1748,Copenhagen Municipality,en,municipality in Denmark,2026-04-06
denmark,Q21107,Nordfyn Municipality,en,municipality in Denmark,2026-04-06
denmark,Q9,Nowhere Municipality,en,municipality in Denmark,2026-04-06
iceland,Q107758,Akureyri,en,municipality in Iceland,2026-04-06
"""
ACCOUNTS = """country,qid,name,description,platform,wd_property,account,url
denmark,Q1748,Copenhagen Municipality,,Twitter,P2002,koebenhavn,https://twitter.com/koebenhavn
denmark,Q9,Nowhere Municipality,,Facebook,P2013,nowhere,https://www.facebook.com/nowhere
denmark,Q9,Nowhere Municipality,,Facebook,P2013,,https://www.facebook.com/events/12
iceland,Q107758,Akureyri,,Facebook,P2013,akureyri,https://www.facebook.com/akureyri
"""
DENMARK = register_of(
    municipalities="""
        country | code | name      | name_lang
        DK      | 0101 | København | da
        DK      | 0480 | Nordfyns  | da
    """
)


def test_lists_without_official_codes_are_joined_by_country_and_name(file):
    imported = import_register([file(LIST), file(ACCOUNTS)], register=DENMARK)
    register = imported.register
    assert register.municipality("DK", "0101").names == {"da": "København", "en": "Copenhagen"}
    assert register.municipality("DK", "0480").names["en"] == "Nordfyn"
    channels = [(c.country, c.code, c.platform, c.address) for c in register.channels]
    assert channels == [
        ("DK", "0101", "x", "https://x.com/koebenhavn"),
        ("DK", "Q9", "facebook", "https://www.facebook.com/nowhere"),  # kept, to be claimed
        ("IS", "Q107758", "facebook", "https://www.facebook.com/akureyri"),
    ]
    assert codes(register.in_country("DK"), "2026-04-06") == ["0101", "0480"]  # not three
    assert codes(register.in_country("IS"), "2026-04-06") == ["Q107758"]  # the list's id stands in
    told = [sentence for row in imported.rows for sentence in row.left_out]
    assert [sentence.split(":")[0] for sentence in told] == [
        "DK Nowhere Municipality (Q9)",
        "line 4",
        "DK Nowhere Municipality (Q9)",
    ]


def test_official_codes_may_come_after_the_accounts(file):
    before = import_register([file(LIST), file(ACCOUNTS)]).register
    assert codes(before.in_country("DK"), "2026-04-06") == ["Q1748", "Q21107", "Q9"]
    dawa = '[{"kode": "0101", "navn": "København", "udenforkommuneinddeling": false}]'
    after = import_register([file(dawa)], register=before).register
    assert codes(after.in_country("DK"), "2026-04-06") == ["0101"]
    assert [c.code for c in after.channels] == ["0101", "Q9", "Q107758"]


def test_a_join_that_failed_is_mended_by_writing_the_name_and_importing_again(file):
    first = import_register([file(ACCOUNTS)], register=DENMARK).register
    mended = Register(
        (
            *first.municipalities,
            *register_of(
                municipalities="""
            country | code | name
            DK      | 0999 | Nowhere
        """
            ).municipalities,
        ),
        first.channels,
    )
    again = import_register([file(ACCOUNTS)], register=mended).register
    assert [c.code for c in again.in_country("DK").channels] == ["0101", "0999"]


@pytest.mark.parametrize(
    ("listed", "detail", "code"),
    [
        ("Herøy Municipality", "municipality in Nordland, Norway", "1818"),
        ("Herøy Municipality", "municipality in Møre og Romsdal, Norway", "1515"),
        ("Herøy Municipality", "municipality in Norway", None),
        ("Kåfjord Municipality", "municipality in Troms, Norway", "5426"),
        ("Østre Toten", "", "3442"),
        ("Voss Municipality", "", "4621"),
        ("Sande Municipality", "", None),
    ],
)
def test_names_are_joined_through_languages_hyphens_and_counties(file, listed, detail, code):
    units = register_of(
        municipalities="""
            country | code | name                            | county
            NO      | 1515 | Herøy (Møre og Romsdal)         |
            NO      | 1818 | Herøy                           | Nordland
            NO      | 5426 | Gáivuotna - Kåfjord - Kaivuono  |
            NO      | 3442 | Østre-Toten                     |
            NO      | 4621 | Voss herad                      |
        """
    )
    accounts = (
        "country,qid,name,description,platform,account,url\n"
        f'norway,Q1,{listed},"{detail}",Facebook,a,https://www.facebook.com/a\n'
    )
    (channel,) = import_register([file(accounts)], register=units).register.channels
    assert channel.code == (code or "Q1")


def test_torgs_own_files_are_taken_under_any_name(file):
    units = "country,code,name,name_lang\nXX,1,Town,en\n"
    channels = "country,code,platform,address\nXX,1,facebook,facebook.com/town\n"
    changes = "country,code,successor,date,weight\nXX,0,1,2020-01-01,1\n"
    imported = import_register([file(changes), file(channels), file(units)])
    register = imported.register
    counts = (len(register.municipalities), len(register.channels), len(register.changes))
    assert counts == (1, 1, 1)
    assert {row.format for row in imported.rows} == {"torg"}


def test_torgs_own_files_come_out_of_a_spreadsheet_with_semicolons(file):
    units = "country;code;name;note\nXX;1;Town;call back\n"
    channels = "country\tcode\tplatform\taddress\nXX\t1\tfacebook\tfacebook.com/town\n"
    register = import_register([file(units), file(channels)]).register
    assert [m.name() for m in register.municipalities] == ["Town"]
    assert [c.address for c in register.channels] == ["https://www.facebook.com/town"]


def test_a_name_mended_by_hand_survives_the_next_import(file):
    mended = register_of(municipalities="country|code|name|name_lang\nDK|0101|Kbh.|da")
    dawa = '[{"kode": "0101", "navn": "København", "udenforkommuneinddeling": false}]'
    again = import_register([file(dawa)], register=mended).register
    assert again.municipality("DK", "0101").names == {"da": "Kbh."}


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("a,b\n1,2\n", FileRefused, "is no list that .* reads: give it the columns"),
        ("", FileRefused, "is no list that .* reads"),
        ("country,code,nmae\nXX,1,A\n", FileRefused, "line 1: .*'nmae': did you mean name\\?"),
        ("country;code;platform;adress\n", FileRefused, "'adress': did you mean address\\?"),
        ("country,name,county\n", FileRefused, "line 1: the column code is lacking"),
        (
            "country,code,name,populaton,population_date\nXX,1,A,9,2020-01-01\n",
            RegisterError,
            "line 1: .*'populaton': did you mean population\\?",
        ),
        ("country,code,name,phone\nXX,1,A,112\n", RegisterError, "line 1: .*'phone'"),
        ("country,code,name\nNO,301,Oslo\n", RegisterError, "line 2: code 301 .* write 0301"),
        ("PK\x03\x04\x14", FileRefused, "save it as CSV"),
        ("country,code,name\0", FileRefused, "save it as UTF-8"),
        ("Page Name,Facebook Id,Post Created,Likes,Comments\n", FileRefused, "'torg import'"),
        ("comment_id,status_id,comment_message\n", FileRefused, "'torg import'"),
        ("platform,channel,read_at,followers\n", FileRefused, "'torg import'"),
        ("Innleggs-ID;Side-ID;Publiseringstidspunkt\n", FileRefused, "'torg import'"),
        (NORWAY_POPULATION + "2020,0301,Oslo,many\n", RegisterError, "line 10: population 'many'"),
        (MERGING + "municip1,municip2,2020,1.5\n", RegisterError, "line 13: weighting '1.5'"),
        (FINLAND_2015 + "1,2\n", RegisterError, "line 5: 2 cells under 5"),
        (LIST + "atlantis,Q1,A,en,,2026-04-06\n", RegisterError, "line 6: no country is called"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(file, text, error, says):
    with pytest.raises(error, match=says):
        import_register([file(text)])


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileRefused, match="does not exist"):
        import_register([tmp_path / "nothing.csv"])


def test_dates_written_by_hand_stay_where_the_source_does_not_speak_against_them(file):
    by_hand = register_of(
        municipalities="""
            country | code | name       | valid_from | valid_to
            FI      | 020  | Akaa       | 1946-01-01 |
            FI      | 164  | Jalasjärvi |            | 2016-01-01
            FI      | 005  | Alajärvi   |            | 2016-01-01
        """
    )
    register = import_register([file(FINLAND_2015), file(FINLAND_2017)], register=by_hand).register
    assert register.municipality("FI", "020").valid_from == dt.date(1946, 1, 1)
    # Between the list that has it and the one that lacks it: closer than the lists can tell.
    assert register.municipality("FI", "164").valid_to == dt.date(2016, 1, 1)
    # But a list of 2017 has this one.
    assert register.municipality("FI", "005").valid_to is None


def test_a_change_written_by_hand_stays(file):
    by_hand = register_of(
        changes="""
            country | code | successor | date       | weight
            NO      | 1850 | 1806      | 2020-01-01 | 0.4
            NO      | 1850 | 1875      | 2020-01-01 | 0.6
        """
    )
    register = import_register([file(MERGING)], register=by_hand).register
    carried = register.successors("NO", "1850", dt.date(2020, 1, 1))
    assert carried == (("1806", 0.4), ("1875", 0.6))


def test_what_else_lies_in_a_folder_is_passed_over_and_told(tmp_path):
    (tmp_path / "LICENSE").write_text("Free for all.")
    with pytest.raises(FileRefused, match="LICENSE is no list"):
        import_register([tmp_path])
    (tmp_path / "units.csv").write_text("country,code,name\nXX,1,Town\n")
    imported = import_register([tmp_path])
    assert len(imported.register.municipalities) == 1
    assert [row.format for row in imported.rows] == ["torg", "unknown"]
    with pytest.raises(FileRefused, match="LICENSE is no list"):
        import_register([tmp_path, tmp_path / "LICENSE"])


def test_a_table_in_another_encoding_is_told(file):
    with pytest.raises(RegisterError, match="not UTF-8"):
        import_register([file(LOCATIONS, "cp1252")])
