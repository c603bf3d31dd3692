"""What stands on the survey's pages: every figure with base, n, date and interval."""

import re

import pytest

from tests.lib.results import sample
from tests.lib.survey_results import alone, survey
from torg.report import write_report
from torg.report.survey import write_survey

INVENTED = "All names and figures on this page are invented."


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("survey")
    write_survey(survey(), folder, language="en", languages=("en", "nb"), index="index.html")
    return folder


@pytest.fixture(scope="module")
def page(written):
    return text(written / "survey.html")


def text(path):
    """The page's text as a reader meets it: no marks, no drawings, single spaces."""
    body = path.read_text(encoding="utf-8").split("</style>")[1]
    body = re.sub(r"<svg.*?</svg>", " ", body, flags=re.DOTALL)
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))
    return plain.replace("&nbsp;", " ").replace("\u00a0", " ").replace("&#39;", "'")


def section(page, start, end):
    return page.split(start)[-1].split(end)[0]


def test_each_wave_has_its_page_and_its_press_text(written):
    names = {path.name for path in written.iterdir()}
    pages = {"survey.html", "survey-2014.html", "survey-2011.html"}
    assert names == pages | {"press-2011.txt", "press-2014.txt", "press-2015.txt"}


def test_an_invented_survey_says_so_on_every_page_and_in_every_text(written):
    for path in written.glob("*.html"):
        assert text(path).count(INVENTED) == 2  # in the banner and at the foot
    for path in written.glob("*.txt"):
        assert path.read_text(encoding="utf-8").startswith(INVENTED.upper())


def test_the_page_begins_with_who_answered_and_when(page):
    assert "answered by 102 of 210 municipalities, a response rate of 48.6 per cent." in page
    assert "Open from 1 April 2015 to 30 April 2015." in page


def test_the_silent_are_counted_by_size(page):
    #  70 asked with under 2,000 inhabitants, 36 per cent of them answered: 25, and 45 did not
    assert "under 2,000 36% 25 70 45" in page


def test_a_figure_has_base_n_date_and_interval(page):
    part = section(page, "Are there guidelines for social media? Shares", "By number")
    assert "of all municipalities. n = 102. Answers from 1 Apr 2015 to 30 Apr 2015." in part
    assert "yes 45% 38–51 46% 102" in part  # share, interval, without weights, n


def test_figures_of_the_original_stand_only_as_its_own(page):
    part = section(page, "Are there guidelines for social media? Shares", "By number")
    assert "The original printed" in part
    assert "nearly half" in part
    assert "It is the original's figure, not one of this survey." in part
    assert "Kommunförbundet, press release of 12 June 2015" in part


def test_wide_intervals_are_flagged_and_small_cells_are_not_shown(page):
    assert "wide" in section(page, "By number of inhabitants", "Are there guidelines")
    assert "not shown" in section(page, "By number of inhabitants", "Are there guidelines")


def test_a_question_of_another_wave_is_not_asked_rather_than_no(written):
    earlier = text(written / "survey-2014.html")
    part = section(earlier, "Not asked in this survey", "What has changed")
    assert "Not asked does not mean no. Are staff trained?" in part


def test_a_trend_tells_the_gap_and_the_break(page):
    trends = section(page, "Over the years Each dot", "What has changed A share")
    assert "2014 30 Apr 2014 not asked – –" in trends
    assert "2015 break 30 Apr 2015 23% 17–30 101" in trends
    assert "There is a break at 2015: before and after do not compare." in trends


def test_no_line_is_drawn_over_a_break_or_a_gap():
    from torg.locale import translate
    from torg.report.survey.chapter import Chapter
    from torg.report.survey.charts import _joined
    from torg.report.survey.phrases import Phrases

    results = survey()
    chapter = Chapter(results, Phrases(results, translate("en")), results.waves[-1])
    lines = {course.item.id: len(list(_joined(course))) for course in chapter.courses}
    assert lines == {"channels.facebook": 2, "leader": 1, "training": 0}


def test_a_long_answer_is_written_whole_over_its_dot_and_no_line_goes_through_it():
    from torg.locale import translate
    from torg.report.survey.charts import changes
    from torg.report.survey.lookup import estimates

    first = next(each for each in estimates(survey().changes) if each.has_interval)
    label = "What is a goal of the strategy? " * 3 + "Trust"
    drawn = str(changes([(first, label)], words=translate("en")).svg)
    written = " ".join(re.findall(r">([^<>]+)<", drawn))
    assert f"{label} {label} +9 +9" in written  # each once as its paper, once in ink
    assert drawn.index("Trust") > drawn.index('stroke="#16262e"')  # the line at none lies under it


def test_a_change_has_its_interval_for_all_and_for_those_that_answered_both_times(page):
    changes = section(page, "All changes", "Ahead")
    assert "Facebook +9 +2 … +16 101 All 2014 – 2015" in changes
    assert "Facebook +10 +5 … +15 61 Those that answered both times 2014 – 2015" in changes


def test_said_and_seen_is_a_difference_and_no_error(page):
    part = section(page, "Said and seen What municipalities", "Those who did not answer What")
    assert "a difference between them is not an error of either" in part
    assert "Private messages, telephone and e-mail are answered out of sight." in part
    assert "89% 84% +5 +1 … +9 101" in part
    assert "Posts a week not shown" in part


def test_the_lean_of_those_that_answered_stands_before_and_after_weighting(page):
    #  80 per cent of all have a page, 88 of those that answered (+8), 82 after weighting (+2)
    assert "Has a page on Facebook 80% 88% 82% +8 +2 101 of 210" in page


@pytest.mark.parametrize(
    ("note", "joined", "left_out"),
    [
        ("size: <2k + 2-5k", ["innbyggertall: under 2\u00a0000 + 2\u00a0000–5\u00a0000"], []),
        (
            "activity: unknown + lowest",
            ["observert aktivitet: ikke kjent + den laveste femdelen"],
            [],
        ),
        ("region: Aa + Bø", ["fylke: Aa + Bø"], []),
        (
            "activity: left out, nothing was observed of the whole frame",
            [],
            ["observert aktivitet"],
        ),
        (
            "activity: has_page:facebook left out, not observed of 3 of 40",
            [],
            ["Har side på Facebook"],
        ),
    ],
)
def test_what_became_of_the_classes_is_told_in_the_readers_words(note, joined, left_out):
    from torg.locale import translate
    from torg.report.survey.phrases import Phrases

    phrases = Phrases(survey(), translate("nb"))
    assert (phrases.joined([note]), phrases.left_out([note])) == (joined, left_out)


def test_a_measure_that_was_not_seen_for_nearly_all_is_not_used(page):
    assert "Posts a week 120 of 210 no: too few of the frame were observed" in page


def test_hypotheses_are_registered_and_the_ranking_s_page_tells_what_was_found(page):
    assert (
        "Registered before anything was tested. "
        "Where there is a ranking, its page says what was found." in page
    )
    assert "The best ten ask more questions." in page


def test_no_unit_is_named_on_the_page(page):
    frame = survey().frame
    names = set(frame["name"]) - set(frame["county"])  # one is called as its county is
    assert [name for name in sorted(names) if re.search(rf"\b{name}\b", page)] == []


def test_a_grid_has_a_row_for_each_service_and_a_column_for_each_channel(page):
    grid = section(page, "Which services use which channels? Shares", "With intervals")
    assert "Facebook Twitter Youth services 71% 65–77 12% 7–16 Library" in grid


def test_the_press_text_has_the_sentences_and_what_they_rest_on(written):
    press = " ".join((written / "press-2015.txt").read_text(encoding="utf-8").split())
    assert "Facebook is used by 86 per cent of all municipalities" in press
    assert "between 82 and 91; unweighted 89 per cent." in press
    assert "n is the number of answers" in press
    assert "Weighted figures are weighted by number of inhabitants and county." in press


def test_a_survey_alone_is_the_whole_report(tmp_path):
    write_survey(alone(), tmp_path, language="en")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["index.html", "press-2015.txt"]
    said = text(tmp_path / "index.html")
    assert "The figures hold for those who answered." in said
    assert "Shares of the municipalities that answered. n = 102." in said
    assert "Over the years" not in said and "Said and seen" not in said


def test_results_with_nothing_observed_make_the_survey_the_report(tmp_path):
    full = sample(count=20)
    empty = {
        name: getattr(full, name).clear()
        for name in ("measures", "ranks", "criteria", "points", "not_ranked", "channels", "sources")
    }
    write_report(sample(count=20, survey=alone(), top_set=(), **empty), tmp_path, language="en")
    assert "The survey of 2015" in text(tmp_path / "index.html")
    assert not (tmp_path / "municipalities").exists()


def test_the_national_page_and_the_survey_lead_to_each_other(tmp_path):
    write_report(sample(count=20, survey=alone()), tmp_path, language="en")
    assert 'href="survey.html"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'href="index.html"' in (tmp_path / "survey.html").read_text(encoding="utf-8")


def test_norwegian_pages_are_norwegian(tmp_path):
    write_survey(alone(), tmp_path, language="nb")
    said = text(tmp_path / "index.html")
    assert "Undersøkelsen ble besvart av 102 av 210 kommuner, en svarprosent på 48,6." in said
    assert "Finnes det retningslinjer for sosiale medier?" in said
