"""Trend: one item over the editions, with its gaps and its breaks."""

import datetime as dt

import polars as pl
import pytest

from tests.lib.answering import frame, question, questionnaire, wave
from torg.errors import SurveyError
from torg.survey import ESTIMATES, trend

WAVES = tuple(wave(str(y), day=f"{y}-05-01") for y in (2011, 2013, 2014, 2015))


def asked(**more):
    return questionnaire(question("director", "one", **more), waves=WAVES)


def estimates(base="answered", **shares):
    """ESTIMATES of "yes", a wave each."""
    found = {}
    for name, share in shares.items():
        of = name.removeprefix("w")
        named = {"wave": of, "item": "director", "category": "yes", "group": "all", "base": base}
        blank = {**dict.fromkeys(ESTIMATES), **named, "n": 150, "weighted_by": "size", "flags": ""}
        row = {**blank, "estimate": share, "low": share - 0.05, "high": share + 0.05}
        found[of] = pl.DataFrame([row], schema=dict(ESTIMATES))
    return found


def seen(lines):
    return [(r["wave"], r["estimate"], r["missing"], r["flags"], r["stretch"])
            for r in lines.iter_rows(named=True)]  # fmt: skip


def test_each_edition_is_a_row_in_the_order_of_time():
    found = trend(estimates(w2015=0.24, w2011=0.11), asked())
    assert seen(found) == [("2011", 0.11, None, "", 1), ("2015", 0.24, None, "", 1)]
    assert found["day"].to_list() == [dt.date(2011, 5, 16), dt.date(2015, 5, 16)]


def test_an_edition_that_did_not_ask_is_a_gap_and_not_zero():
    given = {**estimates(w2011=0.11, w2015=0.24), "2013": pl.DataFrame(schema=dict(ESTIMATES))}
    found = trend(given, asked(waves=("2011", "2015")))
    assert seen(found)[1] == ("2013", None, "not_asked", "", 1)


def test_an_edition_in_which_nobody_answered_says_that():
    given = {**estimates(w2011=0.11), "2013": pl.DataFrame(schema=dict(ESTIMATES))}
    assert seen(trend(given, asked()))[1] == ("2013", None, "no_answers", "", 1)


def test_a_mean_that_was_taken_out_says_that_and_not_that_nobody_answered():
    whole = estimates(w2011=2.0, w2013=3.0)
    mean = {
        wave: rows.with_columns(category=pl.lit(None, pl.String)) for wave, rows in whole.items()
    }
    out = {"estimate": None, "low": None, "high": None, "missing": "suppressed"}
    mean["2013"] = mean["2013"].with_columns(**{name: pl.lit(value) for name, value in out.items()})
    numbers = questionnaire(question("director", "number"), waves=WAVES)
    assert seen(trend(mean, numbers))[1] == ("2013", None, "suppressed", "", 1)


def test_a_new_wording_breaks_the_line():
    found = trend(estimates(w2011=0.11, w2013=0.2, w2015=0.24), asked(break_at=("2013",)))
    assert [(r[0], r[3], r[4]) for r in seen(found)] == [
        ("2011", "", 1), ("2013", "break", 2), ("2015", "", 2),
    ]  # fmt: skip


def test_a_break_in_an_edition_without_a_figure_shows_at_the_next_one():
    given = {**estimates(w2011=0.11, w2015=0.24), "2013": pl.DataFrame(schema=dict(ESTIMATES))}
    found = trend(given, asked(break_at=("2013",), waves=("2011", "2015")))
    assert [(r[0], r[3]) for r in seen(found)] == [("2011", ""), ("2013", ""), ("2015", "break")]


def test_another_base_breaks_the_line():
    given = {**estimates(w2011=0.5), **estimates(base="answered:uses=yes", w2013=0.9)}
    assert [r[3] for r in seen(trend(given, asked()))] == ["", "break"]


def test_other_kinds_of_units_break_the_line():
    frames = {
        "2011": frame("unit | kind\n1 | municipality\ncounty:A | county", of="2011"),
        "2013": frame("unit | kind\n1 | municipality", of="2013"),
    }
    found = trend(estimates(w2011=0.1, w2013=0.2), asked(), frames=frames)
    assert [r[3] for r in seen(found)] == ["", "break"]


def test_a_wave_that_the_questionnaire_does_not_have_is_told():
    with pytest.raises(SurveyError, match="wave '1999' is not in the questionnaire"):
        trend(estimates(w1999=0.1), asked())


def test_weighted_and_unweighted_figures_are_two_lines():
    weighted = estimates(w2011=0.11, w2013=0.2)
    plain = {of: rows.with_columns(weighted_by=pl.lit(""), estimate=pl.col("estimate") + 0.1)
             for of, rows in weighted.items()}  # fmt: skip
    given = {of: pl.concat([weighted[of], plain[of]]) for of in weighted}
    found = trend(given, asked())
    assert [(r["weighted_by"], r["wave"]) for r in found.iter_rows(named=True)] == [
        ("", "2011"), ("", "2013"), ("size", "2011"), ("size", "2013"),
    ]  # fmt: skip
    assert set(found["flags"]) == {""}
