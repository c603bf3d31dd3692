"""Country-right names: a page says a municipality's own name in its language, else its main one."""

import polars as pl
import pytest

from tests.lib.results import sample
from torg.locale import translate
from torg.report.places import Places

COLUMNS = ("country", "municipality", "language", "name")


def called(language, country="FI"):
    results = sample(count=40)
    moved = results.municipalities.with_columns(
        country=pl.lit(country), name=pl.lit("Helsinki"), municipality=pl.lit("091")
    ).head(1)
    names = [
        (country, "091", "fi", "Helsinki"),
        (country, "091", "sv", "Helsingfors"),
        (country, "091", "en", "Helsinki Municipality"),
    ]
    rows = pl.DataFrame(names, schema=COLUMNS, orient="row")
    places = Places(sample(count=40, municipalities=moved, names=rows), translate(language))
    return places.by_id[country, "091"].name


@pytest.mark.parametrize(
    ("language", "name"),
    [("sv", "Helsingfors"), ("fi", "Helsinki"), ("en", "Helsinki"), ("nb", "Helsinki")],
)
def test_a_finnish_municipality_has_its_swedish_name_on_swedish_pages_only(language, name):
    assert called(language) == name


def test_where_a_country_is_invented_every_name_is_its_own():
    assert called("sv", country="XX") == "Helsingfors"


def test_a_release_from_before_there_were_names_and_points_is_shown_by_its_main_names():
    results = sample(count=40)
    assert results.names.is_empty()
    assert results.municipalities["lat"].null_count() == 40
    assert all(place.name for place in Places(results, translate("sv")).by_id.values())
