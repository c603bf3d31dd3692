"""Fourteen large pages, 46,249 rows: imported, measured, ranked by what they have, released."""

import pytest

from tests.functional.command import torg

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def study(real_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages") / "study"
    assert torg("init", folder).status == 0
    assert torg("-C", folder, "register", "import", real_data / "posts/register").status == 0
    return folder


@pytest.fixture(scope="module")
def rows(study, real_data):
    done = torg(
        "-C", study, "import", real_data / "posts/facebook_pages",
        "--timezone", "America/New_York", "--json",
    )  # fmt: skip
    assert done.status == 0, done.err
    return done.json()


def test_every_row_is_read_and_repeats_are_counted_once(rows):
    assert len(rows) == 14
    assert sum(row["read"] for row in rows) == 46_249
    assert sum(row["accepted"] for row in rows) == 46_249
    assert sum(row["posts_new"] for row in rows) == 46_236


def test_they_are_measured_and_ranked_by_what_they_have(study, rows):
    assert rows
    figures = torg("-C", study, "measure", "--json").json()
    whole = {(r["municipality"], r["measure"]): r for r in figures if not r["platform"]}
    assert sum(whole[code, "posts"]["value"] or 0 for code, m in whole if m == "posts") == 46_236
    assert whole["P01", "followers"]["missing"]
    places = [r for r in torg("-C", study, "rank", "--json").json() if r["group"] == "all"]
    assert {r["set"] for r in places if r["rank"]} <= {"simultaneous", "marginal"}
    ranked = [r for r in places if r["rank"] and r["set"] == "simultaneous"]
    assert len(ranked) == 14
    assert all(r["rank_low"] <= r["rank"] <= r["rank_high"] for r in ranked)


def test_they_are_released_once(study, rows):
    assert rows
    first, second = (torg("-C", study, "run", "--json").json()[0] for _ in range(2))
    assert (first["new"], second["new"]) == (True, False)
    assert first["release"] == second["release"]
    assert len(first["reports"]) == 2
