"""The press release's sentences, from small tables of figures: each with its base and n."""

import polars as pl
import pytest

from tests.lib.survey_results import QUESTIONNAIRE, alone, rows, survey
from torg.locale import translate
from torg.report.survey.lookup import Figures
from torg.report.survey.phrases import Phrases
from torg.report.survey.sentences import sentences
from torg.report.survey.talk import Talk
from torg.survey import ESTIMATES


def said(results, *, language="en", wave="2015", about=None):
    talk = Talk(Phrases(results, translate(language)), Figures(results), QUESTIONNAIRE.wave(wave))
    return [s.whole for s in sentences(talk) if about is None or s.about == about]


def estimates(*each):
    """`item, category, group, estimate, low, high, n`; shares in per cent, unweighted."""
    made = [
        ("2015", item, code, group, p / 100, low / 100, high / 100, "units", n, "", None, None)
        for item, code, group, p, low, high, n in each
    ]
    return rows(ESTIMATES, *made)


def results_of(*each, **changes):
    return alone_with(estimates=estimates(*each), **changes)


def alone_with(**changes):
    base = alone()
    fields = {name: getattr(base, name) for name in base.__dataclass_fields__}
    return type(base)(**(fields | changes))


def test_the_response_is_counted():
    #  the invented frame: 102 of 210 answered, 48.57 per cent
    first = said(alone())[0]
    assert first == (
        "The survey was answered by 102 of 210 municipalities, a response rate of 48.6 per cent."
    )


def test_who_answered_most_and_least_is_told_where_it_is_uneven():
    assert (
        "Of those with over 50,000 inhabitants 6 of 6 answered, of those with under 2,000 25 of 70."
        in said(alone())
    )
    even = alone().response.with_columns(answered=pl.col("asked") // 2)
    assert len(said(alone_with(response=even), about="response")) == 1


def test_a_channel_is_used_by_a_share_of_those_that_answered_with_n():
    results = results_of(("channels.facebook", "yes", "all", 88, 84, 92, 154))
    assert said(results, about="channels.facebook") == [
        "Facebook is used by about nine in ten (88 per cent) of the municipalities that answered, "
        "n = 154, between 84 and 92."
    ]


def test_the_weighted_share_comes_first_and_the_unweighted_one_stands_beside_it():
    table = estimates(("channels.facebook", "yes", "all", 89, 85, 93, 154))
    weighted = table.with_columns(
        estimate=pl.lit(0.81), low=pl.lit(0.76), high=pl.lit(0.86), weighted_by=pl.lit("size")
    )
    results = alone_with(estimates=pl.concat([table, weighted]))
    (sentence,) = said(results, about="channels.facebook")
    assert sentence == (
        "Facebook is used by about four in five (81 per cent) of all municipalities, n = 154, "
        "between 76 and 86; unweighted 89 per cent."
    )


def test_a_weighted_share_alone_is_one_of_all():
    table = estimates(("channels.facebook", "yes", "all", 81, 70, 86, 154))
    weighted = table.with_columns(weighted_by=pl.lit("size"))
    (sentence,) = said(alone_with(estimates=weighted), about="channels.facebook")
    assert sentence == (
        "Facebook is used by 81 per cent of all municipalities, n = 154, between 70 and 86."
    )


def test_what_cannot_be_told_apart_is_about_as_many():
    results = results_of(
        ("channels.facebook", "yes", "all", 89, 84, 93, 154),
        ("channels.twitter", "yes", "all", 43, 33, 49, 154),
        ("channels.youtube", "yes", "all", 38, 30, 46, 154),
    )
    first, second = said(results)[2:]
    assert first.endswith("No other is named as often.")
    assert second == (
        "Twitter is used by 43 per cent of the municipalities that answered, n = 154, between 33 "
        "and 49. About as many: YouTube (38 per cent, n = 154)."
    )


def test_nobody_is_first_where_the_first_two_cannot_be_told_apart():
    results = results_of(
        ("channels.twitter", "yes", "all", 43, 33, 49, 154),
        ("channels.youtube", "yes", "all", 38, 30, 46, 154),
    )
    assert not any("No other is named as often" in each for each in said(results))


def test_yes_and_planned_are_told_together():
    results = results_of(
        ("guidelines", "yes", "all", 46, 43, 49, 154),
        ("guidelines", "planned", "all", 23, 21, 24.5, 154),
        ("guidelines", "no", "all", 31, 28, 34, 154),
    )
    assert said(results, about="guidelines") == [
        "“Are there guidelines for social media?”: of the municipalities that answered, nearly "
        "half (46 per cent) answered “yes” (between 43 and 49) and nearly a quarter (23 per cent) "
        "answered “planned” (between 21 and 24); n = 154."
    ]


def test_the_base_of_a_question_that_not_all_were_asked_is_said():
    results = results_of(("dialogue", "yes", "all", 41, 30, 52, 71))
    (sentence,) = said(results, about="dialogue")
    assert "of those that answered “yes” to “Are there guidelines for social media?”" in sentence
    assert sentence.endswith("n = 71.")


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (2, 16, "That is more than in 2014 (a change of 2 to 16 points)."),
        (-4, 8, "That is about the same as in 2014 (a change of -4 to 8 points)."),
        (-9, -1, "That is less than in 2014 (a change of -9 to -1 points)."),
    ],
)
def test_a_change_is_told_only_where_its_interval_leaves_out_zero(low, high, expected):
    table = estimates(("channels.facebook", "yes", "all", 89, 84, 93, 154))
    change = table.with_columns(
        wave=pl.lit("2014 - 2015"), estimate=pl.lit((low + high) / 200),
        low=pl.lit(low / 100), high=pl.lit(high / 100),
    )  # fmt: skip
    (sentence,) = said(alone_with(estimates=table, changes=change), about="channels.facebook")
    assert expected in sentence


def test_a_change_over_a_break_is_not_told():
    assert not any("than in" in each for each in said(survey(), about="leader"))


def test_a_wide_interval_is_called_uncertain():
    table = estimates(("leader", "yes", "all", 24, 5, 50, 12)).with_columns(flags=pl.lit("wide"))
    (sentence,) = said(alone_with(estimates=table), about="leader")
    assert sentence.endswith("The interval is wide: the figure is uncertain.")


def test_nothing_is_said_of_fewer_than_five_answers_or_of_what_is_suppressed():
    few = estimates(("leader", "yes", "all", 25, 1, 80, 4))
    assert said(alone_with(estimates=few), about="leader") == []
    nothing = pl.lit(None, dtype=pl.Float64)
    hidden = estimates(("leader", "yes", "all", 25, 1, 80, 40)).with_columns(
        estimate=nothing, low=nothing, high=nothing, missing=pl.lit("suppressed")
    )
    assert said(alone_with(estimates=hidden), about="leader") == []


def test_where_one_way_of_weighting_is_suppressed_the_other_is_not_shown_either():
    plain = estimates(("leader", "yes", "all", 25, 10, 40, 40))
    nothing = pl.lit(None, dtype=pl.Float64)
    hidden = plain.with_columns(
        estimate=nothing, low=nothing, high=nothing, missing=pl.lit("suppressed"),
        weighted_by=pl.lit("size"),
    )  # fmt: skip
    results = alone_with(estimates=pl.concat([plain, hidden]))
    pair = Figures(results).pair("2015", "leader", "yes")
    assert (pair.main.missing, pair.plain) == ("suppressed", None)


def test_said_and_seen_is_a_difference_of_the_same_units():
    assert (
        "89 per cent answered “yes” to “Which channels does the municipality use? Facebook”; "
        "“Has a page on Facebook” was observed of 84 per cent of the same (n = 101): a difference "
        "of 5 points." in said(survey())
    )


def test_plans_and_nowcasts_are_said_with_their_intervals():
    told = said(survey())
    assert any("By plan it will be yes" in each and "between 60 and 75" in each for each in told)
    assert any(
        "On 1 January 2016" in each and "between 80 and 96 per cent" in each for each in told
    )


def test_the_sentences_come_in_norwegian_with_its_number():
    results = results_of(("channels.facebook", "yes", "all", 88, 84, 92, 154))
    assert said(results, language="nb", about="channels.facebook") == [
        "Facebook brukes av om lag ni av ti (88 prosent) av kommunene som svarte, n = 154, "
        "mellom 84 og 92."
    ]
