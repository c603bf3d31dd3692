"""The whole road over a country whose truth is known: exports, import, archive, measures."""

import polars as pl
import pytest

from torg.archive import Archive
from torg.coding import languages_of
from torg.collect import ImportOptions, KnownChannels, files_in, open_source
from torg.measure import observe
from torg.register import read_register
from torg.simulate import World, simulate, write_country
from torg.study import create_study

MUNICIPALITIES, WEEKS = 80, 10
# Weeks that all share move every municipality by the same: here they would only blur.
WORLD = World(national_spread=0.0, smallest=3000, median_population=10_000)


@pytest.fixture(scope="module")
def country():
    return simulate(3, municipalities=MUNICIPALITIES, weeks=WEEKS, world=WORLD)


@pytest.fixture(scope="module")
def imported(country, tmp_path_factory):
    folder = tmp_path_factory.mktemp("road")
    write_country(country, folder)
    register = read_register(folder / "register")
    known = KnownChannels.of(register, languages_of=languages_of)
    archive = Archive(folder / "archive")
    for path in files_in([folder / "exports"]):
        source = open_source(path, options=ImportOptions(), known=known)
        archive.append(
            source, source.batches(), pseudonyms=None, languages=known.languages, text_days=90
        )
    study = create_study(folder, template="simulated", title="Simulated")
    return archive, register, study


@pytest.fixture(scope="module")
def observed(country, imported):
    archive, register, study = imported
    return observe(archive.reading(), register, study, start=country.start, end=country.end)


def test_every_record_arrives(country, imported):
    archive, register, _ = imported
    sources = archive.reading().sources
    drawn = country.posts.height + country.replies.height + country.audience.height
    assert sources["rows_accepted"].sum() == drawn
    assert sources["rows_rejected"].sum() == 0
    assert archive.unclaimed(register.channel_frame(None)).is_empty()


def test_measures_come_near_the_truth(country, observed):
    rows = observed.rows.filter(pl.col("platform").is_null())
    both = country.truth.rename({"value": "truth"}).join(
        rows, on=["country", "municipality", "measure"], validate="1:1"
    )
    assert set(both["measure"]) == set(country.truth["measure"])
    known = both.filter(pl.col("truth") > 0, pl.col("value").is_not_null())
    off = known.group_by("measure").agg(
        middle=(pl.col("value") / pl.col("truth")).median(),
        order=pl.corr("value", "truth", method="spearman"),
    )
    assert off["middle"].to_list() == pytest.approx([1.0] * off.height, abs=0.1)
    assert off["order"].min() > 0.6


def test_what_has_no_truth_has_no_value(country, observed):
    unknown = country.truth.filter(pl.col("value").is_null())
    rows = observed.rows.filter(pl.col("platform").is_null())
    both = unknown.join(rows, on=["country", "municipality", "measure"], suffix="_seen")
    assert both.height == unknown.height > 0
    assert both["value_seen"].is_null().all()
    assert both["missing"].is_not_null().all()
