"""PX files of a release say what its tables say."""

import polars as pl
import pytest

from tests.lib.deposits import a_held
from tests.lib.px_reader import read_px
from torg.report import px_of, px_tables


def read(name, tmp_path):
    held = a_held()
    path = tmp_path / f"{name}.px"
    content = px_of(
        name, held.frame(name), held.frame("municipalities"), title=held.title, source="X",
        made=held.day, invented=True,
    )  # fmt: skip
    path.write_bytes(content)
    return read_px(path)


@pytest.mark.parametrize("name", px_tables())
def test_every_variable_has_codes_and_every_combination_a_cell(name, tmp_path):
    px = read(name, tmp_path)
    cells = 1
    for variable in px.entries["STUB"] + px.entries["HEADING"]:
        codes = px.entries[f"CODES({variable})"]
        assert len(set(codes)) == len(codes)
        assert len(px.entries[f"VALUES({variable})"]) == len(codes)
        cells *= len(codes)
    assert len(px.cells) == cells
    assert px.one("NOTE").startswith("All names and figures are invented.")


@pytest.mark.parametrize("name", px_tables())
def test_no_program_adds_up_what_has_no_sum(name, tmp_path):
    assert read(name, tmp_path).one("AGGREGALLOWED") == "NO"


def test_lines_of_words_are_as_short_as_the_format_asks(tmp_path):
    read("measures", tmp_path)
    head, _, _ = (tmp_path / "measures.px").read_bytes().partition(b"\r\nDATA=")
    assert max(len(line.decode()) for line in head.split(b"\r\n")) <= 256


def test_weeks_are_those_of_the_table_and_what_is_missing_is_no_zero(tmp_path):
    px, frame = read("weeks", tmp_path), a_held().frame("weeks")
    figures = [name for name, kind in frame.schema.items() if kind.is_integer()]
    assert px.entries["CODES(figure)"] == figures
    missing = 0
    for row in frame.to_dicts():
        place = f"{row['country']}-{row['municipality']}"
        for name in figures:
            cell = px.cell(municipality=place, week=str(row["week"]), figure=name)
            assert cell == ('".."' if row[name] is None else str(row[name]))
            missing += row[name] is None
    assert missing


def test_cells_of_figures_are_those_of_the_table(tmp_path):
    px, frame = read("measures", tmp_path), a_held().frame("measures")
    whole = frame.filter(pl.col("platform").is_null(), pl.col("channel").is_null())
    assert not whole.select("country", "municipality", "measure", "period").is_duplicated().any()
    rows = whole.filter(pl.col("measure").is_in(["posts", "posts_per_week", "p1"])).to_dicts()
    assert rows
    for row in rows:
        cell = px.cell(
            municipality=f"{row['country']}-{row['municipality']}", measure=row["measure"],
            platform="all", period=row["period"], figure="value",
        )  # fmt: skip
        assert (
            cell == '".."'
            if row["value"] is None
            else float(cell) == pytest.approx(row["value"], abs=1e-6)
        )


def test_no_place_stands_without_its_rank_set(tmp_path):
    px, frame = read("ranks", tmp_path), a_held().frame("ranks")
    assert {"rank", "rank_low", "rank_high"} <= set(px.entries["CODES(figure)"])
    for row in frame.filter(group="all").to_dicts():
        found = [
            px.cell(
                municipality=f"{row['country']}-{row['municipality']}", group="all",
                set=row["set"], figure=figure,
            )
            for figure in ("rank", "rank_low", "rank_high")
        ]  # fmt: skip
        names = ("rank", "rank_low", "rank_high")
        assert found == ['".."' if row[name] is None else str(row[name]) for name in names]
