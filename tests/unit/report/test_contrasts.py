"""The sections on the top, the weeks and the like municipalities: what they say, and what not."""

import datetime as dt
import re

import polars as pl
import pytest

from tests.lib.results import sample
from torg.compare import TORGS_OWN, contrasts
from torg.locale import translate
from torg.report import Hypothesis, write_report
from torg.report.contrasts import TORGS_OWN as IN_WORDS
from torg.report.contrasts import expected
from torg.report.figures import signed
from torg.report.results import CONTRASTS, WEEKS

MONDAY = dt.date(2025, 1, 6)


def hypothesis(**more):
    told = {
        "id": "torg-1", "texts": {"en": "In English."}, "measure": "question_answered_24h",
        "direction": "higher", "registered_on": dt.date(2024, 12, 1), "registered_by": "torg",
        "top": 10,
    }  # fmt: skip
    return Hypothesis(**(told | more))


def row(**more):
    told = {
        "hypothesis": "torg-1", "measure": "question_answered_24h", "direction": "higher",
        "registered_by": "torg", "top": 10, "access": "public_page", "n_top": 9, "n_contrast": 31,
        "top_median": 0.61, "contrast_median": 0.42, "difference": 0.17, "low": 0.05, "high": 0.3,
        "delta": 0.5, "p_value": 0.004, "p_holm": 0.012, "in_ranking": "criterion",
        "missing": None,
    }  # fmt: skip
    return pl.DataFrame([told | more], schema=dict(CONTRASTS), orient="row")


def weeks(*posts, code="0301"):
    rows = [
        {"country": "ZZ", "municipality": code, "week": MONDAY + dt.timedelta(7 * at), "days": 7,
         "posts": n, "posts_missing": None if n is not None else "week_not_seen",
         "comments_missing": "no_replies_collected", "reactions": n, "reactions_of": n}
        for at, n in enumerate(posts)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=dict(WEEKS), orient="row")


def pages(folder, **more):
    told = {"hypotheses": (hypothesis(),), "contrasts": row(), "weeks": weeks(3, None, 0, 5)}
    write_report(sample(count=30, **(told | more)), folder, language="en")
    card = folder / "municipalities" / "ZZ-0301.html"
    return [
        " ".join(page.read_text(encoding="utf-8").split()) for page in (folder / "index.html", card)
    ]


def section(page, name):
    found = re.search(rf'<section id="{name}">.*?</section>', page)
    return found[0] if found else None


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    return pages(tmp_path_factory.mktemp("report"))


def test_a_comparison_stands_with_both_figures_n_interval_and_p(both):
    apart = section(both[0], "apart")
    for said in (
        "61%",
        "42%",
        "n&nbsp;=&nbsp;9",
        "n&nbsp;=&nbsp;31",
        "+17.0",
        "+5.0 … +30.0",
        "0.012",
    ):
        assert said in apart
    assert "As expected, and beyond what chance gives." in apart


def test_it_says_who_registered_it_and_its_part_in_the_ranking(both):
    apart = section(both[0], "apart")
    assert "the same for every study: nobody chose it by these figures." in apart
    assert "It counts in the ranking itself" in apart


def test_it_says_whom_the_first_are_held_against_where_it_is_not_all_others(both, tmp_path):
    said = "Here the others are those outside the first 30 places."
    assert said not in section(both[0], "apart")
    assert said in section(pages(tmp_path, hypotheses=(hypothesis(outside=30),))[0], "apart")


def test_it_warns_of_the_choice_and_speaks_of_no_effect(both):
    for page, name in zip(both, ("apart", "contrasts"), strict=True):
        told = section(page, name)
        assert "chosen by figures of the same weeks" in told
        assert "It does not tell what leads there" in told
        assert not re.search(r"\b(effect|cause|because of|leads to)\b", told)


def test_what_is_not_beyond_chance_says_so(tmp_path):
    apart = section(pages(tmp_path, contrasts=row(p_holm=0.2))[0], "apart")
    assert "Cannot be told from chance." in apart
    assert "As expected" not in apart


def test_a_comparison_of_too_few_has_its_reason_and_no_card_shows_it(tmp_path):
    figures = ("top_median", "contrast_median", "difference", "low", "high", "p_value", "p_holm")
    few = row(missing="few_compared", **dict.fromkeys(figures))
    reasons = {"few_compared": "Too few to compare."}
    index, card = pages(tmp_path, contrasts=few, reasons=reasons)
    assert "Too few to compare." in section(index, "apart")
    assert section(card, "contrasts") is None


def test_without_comparisons_there_is_no_section(tmp_path):
    index, card = pages(tmp_path, contrasts=row().clear(), weeks=weeks())
    assert [section(index, "apart"), section(card, "contrasts"), section(card, "weeks")] == [
        None
    ] * 3


def test_a_week_that_was_not_seen_is_drawn_and_told_apart_from_one_without_posts(both):
    told = section(both[1], "weeks")
    assert told.count('class="unseen"') == 1
    assert told.count("<rect") == 2  # three and five posts; none is no bar
    assert "Counted in 3 weeks: at most 5 posts in a week, and 1 week without any." in told
    assert '<td class="number">–</td>' in told


def test_what_is_missing_of_the_weeks_is_told_with_its_reason(tmp_path):
    several = weeks(3, 4).with_columns(
        reactions=None, reactions_of=None, reactions_missing=pl.lit("several_platforms")
    )
    reasons = {"several_platforms": "They cannot be added up."}
    told = section(pages(tmp_path, weeks=several, reasons=reasons)[1], "weeks")
    assert "Missing (–): They cannot be added up." in told


def test_like_municipalities_are_named_with_what_they_have_in_common(both):
    told = section(both[1], "nearest")
    assert 1 <= told.count("<li>") <= 5
    assert "Alike in" in told
    assert "How well they answer plays no part" in told


def test_torgs_own_hypotheses_have_the_same_words_in_both_rooms():
    assert {each.id: each.texts["en"] for each in TORGS_OWN} == dict(IN_WORDS)
    assert all(each.registered_by == "torg" for each in TORGS_OWN)
    assert contrasts.__doc__


def test_a_studys_hypothesis_is_told_in_the_readers_language():
    own = hypothesis(id="H1", registered_by="study", texts={"en": "English.", "nb": "Norsk."})
    assert expected(own, translate("nb")) == "Norsk."
    assert expected(own, translate("fi")) == "English."


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.17, "share", "+17.0"),
        (-0.004, "share", "\u22120.4"),
        (0.0, "share", "0.0"),
        (-0.0004, "share", "0.0"),
        (0.004, "posts", "0.00"),
        (-2.0, "days", "\u22122 days"),
        (1.25, "posts", "+1.25"),
        (None, "share", "–"),
    ],
)
def test_a_difference_has_its_sign(value, unit, said):
    assert signed(value, unit=unit, words=translate("en")) == said
