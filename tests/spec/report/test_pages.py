"""What stands on the pages: the whole country on one, each municipality on its own."""

import re

import polars as pl
import pytest

from tests.lib.results import sample
from torg.locale import translate
from torg.report import RuleAccuracy, write_report
from torg.report.national import National

INVENTED = "All names and figures on this page are invented."


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    write_report(sample(count=40), folder, language="en")
    return folder


@pytest.fixture(scope="module")
def national(written):
    return _text(written / "index.html")


def test_one_page_for_the_country_and_one_for_each_municipality(written):
    assert (written / "index.html").is_file()
    assert len(list((written / "municipalities").glob("ZZ-*.html"))) == 40


def test_the_country_page_begins_with_who_was_seen(national):
    #  40 in the study - 3 without a channel in the register = 37 - 2 without a post = 35
    assert "This report covers 40 municipalities." in national
    assert "An official channel is known for 37 of them," in national
    assert "and 35 could be observed from 6 January 2025 to 4 May 2025." in national


def test_an_invented_country_says_so_on_every_page(written):
    pages = sorted(written.rglob("*.html"))
    assert {_text(page).count(INVENTED) for page in pages} == {2}  # in the banner and at the foot


def test_a_real_country_does_not_say_so(tmp_path):
    write_report(sample(count=20, invented=False), tmp_path, language="en")
    assert not any(INVENTED in _text(page) for page in tmp_path.rglob("*.html"))


def test_the_top_set_is_a_set_and_not_an_order(national):
    results = sample(count=40)
    assert f"{len(results.top_set)} municipalities could be among the best 10" in national
    part = national.split("Who could be among the best 10")[1].split("The areas that count")[0]
    names = [
        name for name in results.municipalities["name"] if re.search(rf"\b{name}\b(?! og)", part)
    ]
    assert len(names) >= len(results.top_set)


def test_an_unknown_channel_is_not_called_none(written):
    results = sample(count=40)
    code = results.not_ranked.filter(reason="no_channel")["municipality"][0]
    card = _text(written / "municipalities" / f"ZZ-{code}.html")
    assert "No channel of the municipality is known. That does not mean that it has none." in card


def test_an_area_without_measures_is_left_empty(national):
    assert "how well municipalities do in the area “Crisis and preparedness”" in national
    assert "Nothing in this area could be measured this time." in national


def test_a_card_gives_the_rank_set_with_every_place(written):
    results = sample(count=40)
    row = results.ranks.filter(group="all", set="marginal").sort("rank").row(10, named=True)
    card = _text(written / "municipalities" / f"ZZ-{row['municipality']}.html")
    assert f"{row['rank_low']}–{row['rank_high']} of" in card
    assert f"Could have any place from {row['rank_low']} to {row['rank_high']}." in card


def test_a_card_gives_the_wider_set_of_the_country_page_too(written, national):
    results = sample(count=40)
    row = results.ranks.filter(group="all", set="simultaneous").sort("rank").row(10, named=True)
    card = _text(written / "municipalities" / f"ZZ-{row['municipality']}.html")
    assert f"its set among all runs from {row['rank_low']} to {row['rank_high']}." in card
    assert f"{row['rank_low']}–{row['rank_high']}" in national


def test_the_country_page_says_who_is_on_one_side_of_the_middle():
    #  of 4 ranked, places 1-2 are the upper half and 3-4 the lower: 1-2 is up, 3-4 is down
    full = sample(count=20)
    four = full.ranks.filter(pl.col("set") == "marginal", pl.col("rank") <= 4, group="all")
    ranks = four.sort("rank").with_columns(
        rank_low=pl.Series([1, 1, 2, 3]), rank_high=pl.Series([2, 3, 4, 4])
    )
    told = National.of(sample(count=20, ranks=ranks), translate("en")).one_by_one
    codes = ranks["municipality"].to_list()
    assert told.upper == {("ZZ", codes[0])}
    assert told.lower == {("ZZ", codes[3])}
    assert told.told_apart == pytest.approx(1 / 6)  # of 6 pairs only (1-2, 3-4) does not meet


def test_the_share_of_posts_read_at_seven_days_stands_on_the_page_and_on_cards(written, national):
    said = (
        "25% of the posts were read at seven days of age; the counts of the others are the latest"
    )
    results = sample(count=40)
    code = results.ranks.drop_nulls("rank")["municipality"][0]
    assert said in national
    assert said in _text(written / "municipalities" / f"ZZ-{code}.html")


def test_a_question_rule_is_held_against_real_comments_and_written_ones(tmp_path):
    tried = [
        RuleAccuracy(rule="nb-1", precision=1.0, recall=0.85, n=65, sample="constructed sample"),
        RuleAccuracy(rule="nb-1", precision=0.25, recall=1.0, n=220, sample="comments to a city"),
    ]
    write_report(sample(count=20, question_rules=tuple(tried)), tmp_path, language="en")
    page = _text(tmp_path / "index.html")
    assert "On 220 real comments, 25% of those that it called questions were questions" in page
    assert "If it is like that here, 75% of what counts as a question is none." in page
    assert "On 65 sentences written to try it, 100% of those that it called questions were" in page


def test_a_page_leads_to_the_same_page_in_the_other_language(tmp_path):
    for language in ("en", "nb"):
        into = tmp_path / language
        write_report(sample(count=20), into, language=language, languages=("en", "nb"))
    card = next((tmp_path / "en" / "municipalities").iterdir())
    link = re.search(r'<a href="([^"]*)" lang="nb" hreflang="nb">norsk', card.read_text())
    assert (card.parent / link[1]).resolve() == tmp_path / "nb" / "municipalities" / card.name


def test_an_internal_report_says_on_every_page_that_it_is_not_for_publication(tmp_path):
    write_report(sample(count=20, internal=True), tmp_path, language="en")
    said = "Not for publication. This internal report also shows figures that are their owners"
    assert {said in _text(page) for page in tmp_path.rglob("*.html")} == {True}


@pytest.mark.parametrize(("channels", "said"), [(1, "Of 1 channel,"), (3, "Of 3 channels,")])
def test_every_page_tells_of_how_many_channels_something_is_withheld(tmp_path, channels, said):
    write_report(sample(count=20, withheld=channels), tmp_path, language="en")
    assert {said in _text(page) for page in tmp_path.rglob("*.html")} == {True}


def test_what_is_withheld_is_told_as_a_sum(tmp_path):
    row = {"country": "ZZ", "measure": "posts", "access": "owner", "owners": 12, "total": 9000.0}
    write_report(sample(count=20, totals=pl.DataFrame([row])), tmp_path, language="en")
    page = _text(tmp_path / "index.html")
    assert re.search(r"What is not shown, taken together.*9,000.*12", page, re.DOTALL)


def test_a_municipality_alone_has_no_place(tmp_path):
    ranks = sample(count=20).ranks
    one = ranks.filter(municipality=ranks.drop_nulls("rank")["municipality"][0])
    write_report(sample(count=20, ranks=one, top_set=()), tmp_path, language="en")
    assert "There was not enough to go by to rank anybody." in _text(tmp_path / "index.html")
    card = tmp_path / "municipalities" / f"ZZ-{one['municipality'][0]}.html"
    assert "nobody else could be ranked, and a place among one says nothing." in _text(card)


def test_what_is_missing_on_a_card_is_told_once_for_each_reason(written):
    results = sample(count=40)
    code = results.not_ranked.filter(reason="no_posts")["municipality"][0]
    card = _text(written / "municipalities" / f"ZZ-{code}.html").split("More figures")[1]
    assert card.count("No posts were read from its channels in this period.") == 1


def test_a_small_group_is_said_to_be_small(written):
    cards = [_text(page) for page in (written / "municipalities").glob("*.html")]
    assert any("too few to compare with" in card for card in cards)


def test_norwegian_pages_are_norwegian(tmp_path):
    write_report(sample(count=20), tmp_path, language="nb")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert '<html lang="nb">' in page
    assert "Denne rapporten omfatter 20 kommuner." in page
    assert re.search(r"median \d+,\d", page)  # a decimal comma


def _text(path):
    """The page's text as a reader meets it: no marks, single spaces."""
    page = path.read_text(encoding="utf-8").split("</style>")[1]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    return text.replace("&nbsp;", " ").replace(" .", ".")
