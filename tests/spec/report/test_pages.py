"""What stands on the pages: the whole country on one, each municipality on its own."""

import re

import pytest

from tests.lib.results import sample
from torg.report import write_report

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
    assert all(_text(page).count(INVENTED) == 2 for page in pages)  # in the banner and at the foot


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
