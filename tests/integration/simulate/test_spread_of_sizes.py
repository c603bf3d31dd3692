"""The invented countries have the real ones' spread of sizes, held against published figures."""

import csv
from collections import Counter

import pytest

from torg.register.register import size_class
from torg.simulate import RECIPES


def finland(folder):
    with (folder / "finland/keys_2015.csv").open(encoding="utf-8") as file:
        codes = {row["municipality_code"] for row in csv.DictReader(file)}
    with (folder / "finland/population.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["year"].split(".")[0] == "2014"]
    return [float(r["primary.value"]) for r in rows if r["municipality_code"] in codes]


def norway(year):
    def read(folder):
        with (folder / "norway/population_2005_2021.csv").open(encoding="utf-8") as file:
            return [int(r["population"]) for r in csv.DictReader(file) if r["year"] == year]

    return read


def sweden(folder):
    path = folder / "sweden/population_1950_2019.csv"
    with path.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [int(r["ar_2010"]) for r in rows if r["ar_2010"].isdecimal()]


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("kommunforbundet-2015", finland),
        ("betakomm-2011", norway("2011")),
        ("sosiale-kommuner-2013", norway("2013")),
        ("skl-2010", sweden),
    ],
)
def test_classes_have_the_share_of_municipalities_that_they_have(real_data, name, published):
    people = published(real_data / "registers")
    real = Counter(size_class(int(count)) for count in people)
    land = RECIPES[name].land
    for size, count in land.sizes.items():
        assert count / land.municipalities == pytest.approx(real[size] / len(people), abs=0.02)
