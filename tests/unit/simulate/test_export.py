"""What is written is what was drawn: the exports read back through the doors of every import."""

import os
import subprocess
import sys

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from torg.collect import ImportOptions, KnownChannels, open_source
from torg.register import read_register
from torg.simulate import simulate, write_country


@pytest.fixture(scope="module")
def country():
    return simulate(4, municipalities=40, weeks=5)


@pytest.fixture(scope="module")
def folder(country, tmp_path_factory):
    made = tmp_path_factory.mktemp("country")
    write_country(country, made)
    return made


def test_the_register_is_read_back(country, folder):
    assert read_register(folder / "register") == country.register


@pytest.mark.parametrize(
    ("name", "records"),
    [("facebook_posts", "posts"), ("replies", "replies"), ("audience", "audience")],
)
def test_every_record_is_read_back(country, folder, name, records):
    path = folder / "exports" / f"{name}_2024-02-19.csv"
    known = KnownChannels.of(country.register)
    source = open_source(path, options=ImportOptions(), known=known)
    batches = list(source.batches())
    read = pl.concat([getattr(batch, records) for batch in batches])
    assert_frame_equal(read, getattr(country, records))
    assert sum(batch.rejects.height for batch in batches) == 0
    assert source.exported_at == country.read_at
    assert source.access == "public_page"


def test_thousands_have_a_comma_as_the_platform_writes_them(folder):
    exported = pl.read_csv(folder / "exports" / "facebook_posts_2024-02-19.csv", infer_schema=False)
    kinds = ("Likes", "Comments", "Shares", "Love", "Wow", "Haha", "Sad", "Angry", "Care")
    summed = exported.select(pl.sum_horizontal(pl.col(name).cast(pl.Int64) for name in kinds))
    written = exported["Total Interactions"].to_list()
    assert written == [f"{number:,}" for number in summed.to_series()]
    assert any("," in number for number in written)


DIGEST = """
import hashlib, sys
from pathlib import Path
from torg.simulate import simulate, write_country
folder = Path(sys.argv[1])
write_country(simulate(4, municipalities=40, weeks=5), folder)
files = sorted(folder.rglob("*.csv"))
print(hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest())
"""


def test_the_bytes_depend_on_no_zone_locale_or_number_of_threads(tmp_path):
    here = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "POLARS_MAX_THREADS": "1"}
    there = {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "POLARS_MAX_THREADS": "4"}
    digests = {_digest(tmp_path / name, where) for name, where in (("a", here), ("b", there))}
    assert len(digests) == 1


def _digest(folder, environment):
    done = subprocess.run(
        [sys.executable, "-c", DIGEST, folder],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
