"""Published exports of real pages, where the environment names their folder."""

import csv

import polars as pl
import pytest

from tests.lib.exports import read, together
from torg.collect import ImportOptions, KnownChannels, files_in, open_source
from torg.collect.known import plain_name

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def known(real_data):
    with (real_data / "posts/register/channels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return KnownChannels(
        names={
            (r["platform"], r["platform_id"]): frozenset({plain_name(r["owner_name"])})
            for r in rows
        }
    )


def test_sugar_lands_posts(real_data):
    path = real_data / "posts/sugarland/sugarlandtxgov_facebook_statuses.csv"

    batch = read(path, timezone="America/Chicago")

    assert (batch.posts.height, batch.rejects.height, batch.rows_read) == (55, 1, 56)
    assert batch.rejects["line"].to_list() == [55]  # 'Hello, this is 311.' without quotes
    assert batch.posts["reactions"].sum() == 759
    assert batch.posts["comments"].sum() == 204


def test_sugar_lands_comments(real_data, known):
    path = real_data / "posts/sugarland/sugarlandtxgov_facebook_comments.csv"

    replies = read(path, timezone="America/Chicago", known=known).replies

    assert replies.height == 239
    assert replies["is_owner"].sum() == 19
    citizens = replies.filter(~pl.col("is_owner") & pl.col("parent_native_id").is_null())
    assert citizens.height == 200
    assert replies["text"].str.contains("ñ").any()  # the file is cp1252


def test_fourteen_large_pages(real_data):
    options = ImportOptions(timezone="America/New_York")

    paths = files_in([real_data / "posts/facebook_pages"])
    batches = [list(open_source(path, options=options).batches()) for path in paths]

    batch = together([b for found in batches for b in found])
    assert (batch.posts.height, batch.rejects.height) == (46_249, 0)
    assert batch.posts.select("channel", "native_id").n_unique() == 46_236
    assert batch.posts["channel"].n_unique() == 14
