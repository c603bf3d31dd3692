"""The five studies run from their folders to a report in their own language, as a user runs them.

Two commands each: `torg simulate`, `torg run`. Nothing of them is committed but the folder.
"""

import csv
import html
import re
import shutil

import pytest

from tests.functional.command import torg
from tests.repo.source import ROOT
from torg.locale import shipped
from torg.study import read_study

STUDIES = ROOT / "studies"
NAMES = sorted(path.name for path in STUDIES.iterdir() if path.is_dir())
KEPT = ("*.toml", "*.csv", "README.md")

# How each study's own language says that all of it is made up, and that so many answered.
INVENTED = {"en": "invented", "nb": "oppdiktet", "nn": "oppdikta", "sv": "påhittade"}
ANSWERED = {
    "betakomm-2011": (("2011", 448, 279),),
    "kommunforbundet-2015": (("2011", 336, 134), ("2014", 320, 170), ("2015", 317, 154)),
    "ks-2014": (("2014", 30, 30),),
    "skl-2010": (("2010", 290, 212),),
    "sosiale-kommuner-2013": (("mapping", 446, 331), ("2013", 331, 209)),
}

# A second run costs as much as the first: the smallest, and the one with posts, speak for all.
RUN_TWICE = ("ks-2014", "skl-2010")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=NAMES)
def ran(request, tmp_path_factory):
    """A study that was simulated and run: its name, its folder, what the commands said."""
    folder = tmp_path_factory.mktemp("studies") / request.param
    folder.mkdir()
    for pattern in KEPT:
        for path in (STUDIES / request.param).glob(pattern):
            shutil.copy(path, folder)
    simulated = torg("-C", folder, "simulate", "--json")
    assert simulated.status == 0, simulated.err
    done = torg("-C", folder, "run", "--json")
    assert done.status == 0, done.err
    return request.param, folder, simulated.json()


def language_of(folder):
    return read_study(folder).languages[0]


@pytest.mark.parametrize("name", NAMES)
def test_torg_has_words_in_every_language_of_the_study(name):
    assert set(read_study(STUDIES / name).languages) <= set(shipped())


def pages(folder, language):
    (release,) = (path for path in (folder / "releases").iterdir() if path.is_dir())
    found = sorted((release / "report" / language).rglob("*.html"))
    assert found
    return [page.read_text(encoding="utf-8") for page in found]


def words_of(page):
    without = re.sub(r"<(style|script|svg).*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without)).split())


def test_as_many_are_asked_and_answer_as_in_the_original(ran):
    name, _, simulated = ran
    said = tuple((row["wave"], row["units"], row["answered"]) for row in simulated)
    assert said == ANSWERED[name]


def test_every_page_of_the_report_says_that_it_is_made_up(ran):
    _, folder, _ = ran
    language = language_of(folder)
    for page in pages(folder, language):
        assert f'<html lang="{language}' in page
        assert INVENTED[language] in words_of(page)


def test_the_report_tells_how_many_answered(ran):
    name, folder, _ = ran
    text = " ".join(words_of(page) for page in pages(folder, language_of(folder)))
    _, asked, answered = ANSWERED[name][-1]
    assert re.search(rf"\b{answered}\b[^.]*\b{asked}\b", text)


def test_no_page_names_a_real_municipality(ran):
    _, folder, _ = ran
    with (folder / "register" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["country"] for row in rows} == {"XX"}


def test_estimates_lie_where_the_original_s_figures_lie(ran):
    name, folder, _ = ran
    aimed = {
        "betakomm-2011": ("channels.facebook", "yes", 0.96),
        "kommunforbundet-2015": ("facebook", "yes", 0.89),
        "ks-2014": ("know_others", "yes", 26 / 30),
        "skl-2010": ("use", "yes", 0.62),
        "sosiale-kommuner-2013": ("wants_to_share", "yes", 0.68),
    }
    item, category, share = aimed[name]
    wave = ANSWERED[name][-1][0]
    done = torg("-C", folder, "survey", "estimate", "--wave", wave, "--item", item, "--json")
    assert done.status == 0, done.err
    rows = [row for row in done.json() if row["category"] == category and row["group"] == "all"]
    assert rows
    for row in rows:
        assert row["low"] <= row["estimate"] <= row["high"]
        assert abs(row["estimate"] - share) < 0.15  # weighted: the silent do less


def test_the_same_folder_run_again_makes_no_other_release(ran):
    name, folder, _ = ran
    if name in RUN_TWICE:
        again = torg("-C", folder, "run", "--json")
        assert again.status == 0, again.err
    assert len(list((folder / "releases").glob("*-*-*-*"))) == 1
