"""The tables beside the pages: four formats, codes as text, no formula comes alive."""

import csv
import json
import zipfile

import openpyxl
import polars as pl
import pytest

from tests.lib.results import sample
from torg.report import write_tables

HOSTILE = '=HYPERLINK("http://example.invalid","click")'


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    write_tables(_with_hostile_name(), folder)
    return folder


def _with_hostile_name():
    places = sample(count=20).municipalities
    names = pl.when(pl.col("municipality") == "0301").then(pl.lit(HOSTILE)).otherwise("name")
    return sample(count=20, municipalities=places.with_columns(name=names))


@pytest.mark.parametrize(
    "name", ["measures", "ranks", "municipalities", "criteria", "sources", "notes"]
)
@pytest.mark.parametrize("ending", ["csv", "json", "parquet"])
def test_every_table_comes_in_every_format(written, name, ending):
    assert (written / f"{name}.{ending}").stat().st_size > 0


def test_codes_stay_text(written):
    with (written / "municipalities.csv").open(encoding="utf-8") as file:
        assert next(csv.DictReader(file))["municipality"] == "0301"
    assert _json(written, "municipalities")[0]["municipality"] == "0301"
    assert pl.read_parquet(written / "municipalities.parquet")["municipality"][0] == "0301"
    assert _sheet(written, "municipalities")[1][1].value == "0301"


def test_a_text_that_looks_like_a_formula_is_text_in_the_workbook(written):
    cell = next(row[2] for row in _sheet(written, "municipalities") if row[1].value == "0301")
    assert (cell.value, cell.data_type, cell.hyperlink) == (HOSTILE, "s", None)
    sheets = [
        n for n in zipfile.ZipFile(written / "torg.xlsx").namelist() if "worksheets/sheet" in n
    ]
    with zipfile.ZipFile(written / "torg.xlsx") as book:
        assert not any(b"<f>" in book.read(name) for name in sheets)


def test_csv_says_how_to_open_it_safely(written):
    assert "may be taken for a formula" in " ".join((written / "README.txt").read_text().split())


def test_missing_is_empty_with_its_reason_and_never_zero(written):
    rows = [row for row in _json(written, "measures") if row["missing"] == "no_channel"]
    assert rows
    assert all(row["value"] is None and row["low"] is None for row in rows)


def test_the_share_read_at_seven_days_stands_beside_each_figure_that_it_matters_for(written):
    rows = {r["measure"]: r["at_age_share"] for r in _json(written, "measures") if not r["missing"]}
    assert (rows["p2"], rows["posts"]) == (0.25, None)


def test_areas_are_nested_in_json(written):
    areas = [row["areas"] for row in _json(written, "ranks") if row["areas"]]
    assert areas
    assert set(areas[0]) == {"dialogue", "reputation", "crisis"}


def test_the_notes_give_base_n_date_and_definition(written):
    notes = {(row["about"], row["name"]): row["note"] for row in _json(written, "notes")}
    assert notes["study", "observed"].startswith("2025-01-06 to 2025-05-04")
    assert notes["study", "population date"] == "2025-01-01"
    assert notes["study", "invented"] == "All names and figures are invented."
    assert "Base: posts with known reactions" in notes["measure", "p1"]
    assert "Municipalities that have it:" in notes["measure", "p1"]
    assert ("missing because", "no_channel") in notes
    assert "read at seven days of age" in notes["reading", "at_age_share"]
    assert "Tried on 400 comments" in notes["question rule", "nb-1"]


def test_persons_are_not_listed(tmp_path):
    channels = sample(count=20).channels
    person = channels.head(1).with_columns(scope=pl.lit("person"), address=pl.lit("x.com/mayor"))
    write_tables(sample(count=20, channels=pl.concat([channels, person])), tmp_path)
    assert "mayor" not in (tmp_path / "channels.csv").read_text(encoding="utf-8")


def _json(folder, name):
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def _sheet(folder, name):
    return list(openpyxl.load_workbook(folder / "torg.xlsx")[name].iter_rows())


@pytest.mark.parametrize(
    ("about", "note"),
    [
        ({"internal": True}, "Internal: not for publication."),
        ({"withheld": 3}, "3 channels: what is known of them is their owner's own"),
    ],
)
def test_the_notes_say_what_is_withheld_and_for_whom_the_tables_are(tmp_path, about, note):
    write_tables(sample(count=20, **about), tmp_path)
    notes = pl.read_csv(tmp_path / "notes.csv")["note"].to_list()
    assert any(text.startswith(note) for text in notes if text)
