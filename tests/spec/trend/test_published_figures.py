"""What the originals printed: read with its source, and held against its own counts."""

import pytest

from torg.errors import SurveyError
from torg.survey import follows_from, read_published

# counts, printed, scale: the arithmetic of the five studies and of the registers beside them.
ARITHMETIC = """
    170/320 53.1 100   154/317 48.6 100   144/311 46 100     163/320 51 100
    210/290 73 100     210/290 72 100     130/210 62 100     130/428 30 100
    426/130 3.3 1      291/428 68 100     335/428 78 100     351/428 82 100
    16/19 84 100       18/19 95 100       129/308 41.88 100  184/739 24.89 100
    119/241 49.4 100   97/2033 4.77 100   701/1381 50.8 100  810/218 372 100
"""


def test_just_two_printed_figures_do_not_follow_from_their_counts():
    cells = ARITHMETIC.split()
    rows = [cells[n : n + 3] for n in range(0, len(cells), 3)]
    wrong = [(counts, printed) for counts, printed, scale in rows
             if not follows_from(printed, counts, scale=int(scale))]  # fmt: skip
    assert len(rows) == 20
    assert wrong == [("210/290", "73"), ("184/739", "24.89")]


def test_published_figures_keep_their_print_their_counts_and_their_source(tmp_path):
    table = tmp_path / "published.csv"
    table.write_text(
        "item,category,wave,printed,counts,source\n"
        "facebook,yes,2015,89,,press release 2015\n"
        "whole_page,yes,2015,73,210/290,count by hand\n",
        encoding="utf-8",
    )
    first, second = read_published(table).iter_rows(named=True)
    assert (first["printed"], first["value"], first["computed"], first["flags"]) == (
        "89",
        89,
        None,
        "",
    )
    assert second["computed"] == pytest.approx(100 * 210 / 290)
    assert second["flags"] == "does_not_follow"
    assert second["source"] == "count by hand"


@pytest.mark.parametrize("cells", ["about 40,", "40,7 of 9", "40,7/0"])
def test_a_figure_that_is_none_is_told_with_its_line(tmp_path, cells):
    table = tmp_path / "published.csv"
    table.write_text(f"item,category,wave,printed,counts,source\nx,yes,2015,{cells},here\n")
    with pytest.raises(SurveyError, match=r"published.csv line 2: .* is no figure"):
        read_published(table)


def test_a_column_that_lacks_is_told(tmp_path):
    table = tmp_path / "published.csv"
    table.write_text("item,wave\nx,2015\n")
    with pytest.raises(SurveyError, match="has no column 'category'"):
        read_published(table)
