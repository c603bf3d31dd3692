"""What was printed, held against its own counts: flagged where it does not follow, never failed."""

from pathlib import Path

import polars as pl
import pytest

from torg.survey.arithmetic import checked, flagged, follows

STUDIES = Path(__file__).resolve().parents[3] / "studies"

# part, whole, what their share comes to, what was printed
PUBLISHED = (
    (170, 320, 53.125, "53.1"),
    (154, 317, 48.580, "48.6"),
    (144, 311, 46.302, "46"),
    (163, 320, 50.938, "51"),
    (210, 290, 72.414, "73"),
    (210, 290, 72.414, "72"),
    (130, 210, 61.905, "62"),
    (130, 428, 30.374, "30"),
    (291, 428, 67.991, "68"),
    (335, 428, 78.271, "78"),
    (351, 428, 82.009, "82"),
    (16, 19, 84.211, "84"),
    (18, 19, 94.737, "95"),
    (129, 308, 41.883, "41.88"),
    (184, 739, 24.899, "24.89"),
    (119, 241, 49.378, "49.4"),
    (97, 2033, 4.771, "4.77"),
    (701, 1381, 50.760, "50.8"),
    (810, 218, 371.56, "372"),
)


def test_two_figures_do_not_follow_and_no_other():
    # 210/290 = 72.41, not 73; 184/739 = 24.899, cut to 24.89 where 24.90 was due.
    odd = [
        (part, printed)
        for part, whole, _, printed in PUBLISHED
        if not follows(part, whole, printed)
    ]
    assert odd == [(210, "73"), (184, "24.89")]


@pytest.mark.parametrize(("part", "whole", "share", "printed"), PUBLISHED)
def test_what_the_counts_come_to(part, whole, share, printed):
    row = pl.DataFrame({"part": [part], "whole": [whole], "printed": [f"{printed} %"]})
    assert checked(row)["computed"][0] == pytest.approx(share, abs=0.005)


def test_posts_per_municipality_are_of_one():
    assert follows(426, 130, "3.3", per=1)  # 3.277
    assert not follows(426, 130, "3.2", per=1)


def test_half_a_unit_is_still_right():
    assert follows(1, 8, "12")  # 12.5 is as near to 12 as to 13
    assert follows(1, 8, "13")
    assert not follows(1, 8, "12.4")  # with a digit more it is not


def test_words_cannot_be_checked():
    assert follows(75, 154, "nästan hälften") is None
    assert follows(0, 0, "0 %") is None


def test_a_table_is_checked_row_by_row_and_rows_without_counts_are_left():
    table = pl.DataFrame(
        {
            "printed": ["48,6 %", "73 procent", "40 %", "3,3", "hälften"],
            "part": ["154", "210", None, "426", "150"],
            "whole": ["317", "290", "336", "130", "317"],
        }
    )
    assert checked(table)["follows"].to_list() == [True, False, None, True, None]
    assert flagged(table)["printed"].to_list() == ["73 procent"]


def test_the_studies_own_published_figures():
    found = {
        (path.parent.name, *row)
        for path in sorted(STUDIES.glob("*/published.csv"))
        for row in flagged(pl.read_csv(path, infer_schema=False)).select("part", "printed").rows()
    }
    # What does not follow there has to be one of the two that are known.
    assert {row[1:] for row in found} <= {("210", "73 %"), ("184", "24,89 %"), ("184", "24.89 %")}
    assert len(list(STUDIES.glob("*/published.csv"))) == 5
