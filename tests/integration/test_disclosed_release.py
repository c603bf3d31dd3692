"""A whole release: nothing of what an owner has not agreed to is in any of its files."""

import datetime as dt
import zipfile
from pathlib import Path

import polars as pl
import pytest

from tests.lib.disclosed import OWNERS, SEEN, archive_of, posts
from tests.lib.drawn_archive import register
from tests.lib.records import audience, batch
from torg import main
from torg.register import agree, write_register
from torg.study import read_study

# Numbers that come from nowhere else. Seven posts with 7,321 reactions each make 51,247 in all.
PLANTED = 7321
FOLLOWERS = 86423
REACH = 987651
SAYS = ("7321", "7,321", "51247", "51,247", "86423", "86,423", "987651", "987,651")

TOWNS = [(f"{number:04}", 4000) for number in range(1, 9)]
REGISTER = register(*((code, "facebook", f"page{code}") for code, _ in TOWNS), municipalities=TOWNS)
STUDY = """
id = "owners"
title = "Owners"
country = "NO"

[window]
from = 2026-05-01
to = 2026-05-31
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study of eight towns, of which the first brought its own export."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "study.toml").write_text(STUDY)
    write_register(folder / "register", REGISTER)
    own = batch(
        posts("page0001", 7, reactions=PLANTED).with_columns(views=REACH),
        audience=audience(
            f"read_at | followers\n2026-05-01 10:00 | {FOLLOWERS}\n2026-05-08 10:00 | {FOLLOWERS}",
            channel="page0001",
        ),
    )
    seen = {
        code: (batch(posts(f"page{code}", 6 + n)), SEEN) for n, (code, _) in enumerate(TOWNS[1:])
    }
    archive_of(folder, own=(own, OWNERS), **seen)
    return read_study(folder)


def everything_in(folder: Path) -> str:
    """Every byte of every file, packed ones unpacked, tables as text too."""
    return "\n".join(text for path in sorted(folder.rglob("*")) for text in _texts(path))


def _texts(path):
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as packed:
            yield from (packed.read(name).decode() for name in packed.namelist())
    elif path.suffix == ".parquet":
        yield pl.read_parquet(path).write_json()
    elif path.is_file():
        yield path.read_text(encoding="utf-8")


def told(folder):
    text = everything_in(folder)
    return [number for number in SAYS if number in text]


def test_a_release_shows_none_of_the_figures_of_who_has_not_agreed(study):
    folder = main.run(study).folder
    assert told(folder) == []
    rows = pl.read_csv(folder / "results" / "measures.csv", schema_overrides={"municipality": str})
    own = rows.filter(municipality="0001")
    assert own["value"].null_count() == own.height
    assert "withheld" in own["missing"].to_list()
    weeks = pl.read_parquet(folder / "results" / "weeks.parquet").filter(municipality="0001")
    assert weeks.height == 5  # the window's weeks, and nothing of any
    assert weeks.select("posts", "reactions", "reactions_of").null_count().row(0) == (5, 5, 5)
    assert set(weeks["posts_missing"]) == set(weeks["reactions_missing"]) == {"withheld"}
    sources = pl.read_csv(folder / "results" / "sources.csv")
    assert sources.filter(name="own.csv")["rows_accepted"].to_list() == [None]


def test_the_report_shows_none_of_them_and_says_so(study):
    main.report(study)
    folder = study.folder / "report"
    assert told(folder) == []
    page = (folder / "report" / "en" / "index.html").read_text()
    assert "Of 1 channel, what is known is the municipality" in page


def test_those_who_make_the_study_see_all_and_are_told_whose_it_is(study):
    assert main.measure(study).filter(municipality="0001", measure="posts")["value"].max() == 7
    main.report(study, internal=True)
    folder = study.folder / "internal-report"
    assert "86423" in told(folder)
    assert "Not for publication" in (folder / "report" / "en" / "index.html").read_text()


def test_once_the_owner_agreed_the_counts_are_there_and_the_reach_is_not(study):
    agreed = agree(
        REGISTER,
        platform="facebook",
        channel="page0001",
        on=dt.date(2026, 1, 1),
        evidence="letter of 1 January 2026",
    )
    write_register(study.register_folder, agreed)
    found = told(main.run(study).folder)
    assert "86423" in found
    assert "987651" not in found
