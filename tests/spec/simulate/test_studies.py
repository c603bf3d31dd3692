"""A study made up as a whole: as many units as the original had, its response, its shares."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from torg.register import read_register
from torg.simulate import RECIPES, answers_of, simulate_study, write_study
from torg.study import read_study
from torg.survey import ANSWERS, frame_of
from torg.survey.questionnaire import fault_of, is_shown, read_questionnaire

STUDIES = Path(__file__).parents[3] / "studies"
NAMES = sorted(RECIPES)


@pytest.fixture(scope="module")
def made():
    """Every study, as its own folder asks for it."""
    found = {name: read_study(STUDIES / name) for name in NAMES}
    return {
        name: simulate_study(
            RECIPES[study.simulated.recipe],
            seed=study.simulated.seed,
            questionnaire=read_questionnaire(study.questionnaire),
        )
        for name, study in found.items()
    }


def frame(study, wave):
    wave = study.questionnaire.wave(wave)
    return frame_of(study.register, wave, units=study.recipe.units)


def last_answers(study, wave):
    """The last answer of each unit's first respondent to each item."""
    return (
        study.answers[wave]
        .group_by("unit", "item", maintain_order=True)
        .agg(pl.col("value").last())
    )


@pytest.mark.parametrize(
    ("name", "wave", "municipalities", "counties", "both"),
    [
        ("kommunforbundet-2015", "2011", 336, 0, 0),
        ("kommunforbundet-2015", "2014", 320, 0, 0),
        ("kommunforbundet-2015", "2015", 317, 0, 0),
        ("betakomm-2011", "2011", 429, 18, 1),  # 430 and 19 are 448: the capital is both
        ("skl-2010", "2010", 290, 0, 0),
        ("sosiale-kommuner-2013", "mapping", 427, 18, 1),  # 428 and 19 are 446
        ("ks-2014", "2014", 275, 0, 0),
    ],
)
def test_there_are_as_many_units_as_the_original_had(
    made, name, wave, municipalities, counties, both
):
    kinds = dict(frame(made[name], wave)["kind"].value_counts().iter_rows())
    counted = [kinds.get(kind, 0) for kind in ("municipality", "county", "both")]
    assert counted == [municipalities, counties, both]


@pytest.mark.parametrize(
    ("name", "wave", "answered"),
    [
        ("kommunforbundet-2015", "2011", 134),  # 40 % of 336
        ("kommunforbundet-2015", "2014", 170),
        ("kommunforbundet-2015", "2015", 154),  # of 317: 48.6 %
        ("betakomm-2011", "2011", 262 + 17),
        ("skl-2010", "2010", 212),
        ("sosiale-kommuner-2013", "mapping", 316 + 15),
        ("sosiale-kommuner-2013", "2013", 196 + 13),
        ("ks-2014", "2014", 275),
    ],
)
def test_as_many_answer_as_answered_then(made, name, wave, answered):
    assert made[name].answers[wave]["unit"].n_unique() == answered


def test_the_main_survey_of_2013_asks_whom_the_mapping_found(made):
    study = made["sosiale-kommuner-2013"]
    mapped, main = (set(study.answers[wave]["unit"]) for wave in ("mapping", "2013"))
    assert main < mapped
    assert len([unit for unit in mapped if unit.startswith("county:")]) == 15


def test_the_second_survey_of_2014_keeps_the_answers_of_its_frame_only(made):
    study = made["ks-2014"]
    best = frame(study, "2014").head(30)
    answers = answers_of(study, wave="2014", frame=best)
    assert set(answers["unit"]) == set(best["unit"])


PUBLISHED = [
    ("kommunforbundet-2015", "2015", "facebook", "yes", 0.89),
    ("kommunforbundet-2015", "2015", "x", "yes", 0.40),
    ("kommunforbundet-2015", "2015", "youtube", "yes", 0.40),
    ("kommunforbundet-2015", "2015", "instagram", "yes", 0.26),
    ("kommunforbundet-2015", "2015", "director", "yes", 0.24),
    ("kommunforbundet-2015", "2015", "official_duty", "yes", 0.15),
    ("kommunforbundet-2015", "2015", "intranet", "yes", 0.50),
    ("kommunforbundet-2015", "2015", "website", "yes", 0.44),
    ("kommunforbundet-2015", "2011", "director", "yes", 0.11),
    ("kommunforbundet-2015", "2011", "services.youth", "yes", 0.73),
    ("kommunforbundet-2015", "2011", "services.library", "yes", 0.67),
    ("betakomm-2011", "2011", "use", "yes", 0.58),
    ("betakomm-2011", "2011", "use", "planned", 0.13),
    ("betakomm-2011", "2011", "goals.dialogue", "yes", 0.41),  # of those with a strategy
    ("betakomm-2011", "2011", "practice.dialogue", "yes", 0.22),
    ("betakomm-2011", "2011", "channels.facebook", "yes", 0.96),  # of those that use
    ("betakomm-2011", "2011", "facebook_pages", "several", 0.65),
    ("skl-2010", "2010", "use", "yes", 0.62),
    ("ks-2014", "2014", "know_others", "yes", 0.867),  # 26 of 30
]


@pytest.mark.parametrize(("name", "wave", "item", "code", "printed"), PUBLISHED)
def test_shares_are_the_originals_but_for_the_luck_of_the_draw(
    made, name, wave, item, code, printed
):
    given = last_answers(made[name], wave).filter(pl.col("item") == item)["value"]
    noise = np.sqrt(printed * (1 - printed) / len(given))
    slips = 0.01 * abs(1 - 2 * printed)
    assert abs((given == code).mean() - printed) < 3 * noise + slips


def test_large_towns_answer_about_twice_as_often_as_the_smallest():
    recipe, rates = RECIPES["kommunforbundet-2015"], []
    for seed in range(20):
        study = simulate_study(recipe, seed=seed, questionnaire=_finland())
        asked = frame(study, "2015")
        answered = asked.join(study.answers["2015"], on="unit", how="semi")
        rates.append([_in_class(answered, c) / _in_class(asked, c) for c in (">50k", "<2k")])
    large, small = np.mean(rates, axis=0)
    assert 1.7 < large / small < 2.5


def _finland():
    return read_questionnaire(STUDIES / "kommunforbundet-2015" / "questionnaire.toml")


def _in_class(units, name):
    return (units["size_class"] == name).sum()


def test_who_answered_once_answers_again_more_often(made):
    study = made["kommunforbundet-2015"]
    first, second = (set(study.answers[wave]["unit"]) for wave in ("2014", "2015"))
    by_chance = len(first) * len(second) / 320
    assert by_chance * 1.15 < len(first & second) < len(second)


def test_hardly_anybody_gives_up_a_channel(made):
    truth = made["kommunforbundet-2015"].truth.filter(pl.col("item") == "facebook")
    both = truth.filter(pl.col("wave") == "2014").join(
        truth.filter(pl.col("wave") == "2015"), on="unit"
    )
    left = both.filter(pl.col("code") == "yes", pl.col("code_right") == "no").height
    came = both.filter(pl.col("code") == "no", pl.col("code_right") == "yes").height
    assert came > left


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_can_be_one(made, name):
    study = made[name]
    for answers in study.answers.values():
        assert dict(answers.schema) == dict(ANSWERS)
        pairs = answers.select("item", "value").unique()
        items = study.questionnaire.items
        assert [(i, v) for i, v in pairs.iter_rows() if fault_of(items[i], v)] == []


@pytest.mark.parametrize("name", NAMES)
def test_answers_fall_within_their_wave_and_to_its_questions(made, name):
    study = made[name]
    for wave in study.questionnaire.waves:
        answers = study.answers[wave.id]
        days = answers["at"].dt.date()
        assert wave.opens <= days.min() <= days.max() <= wave.closes
        asked = {question.id for question in study.questionnaire.asked_in(wave.id)}
        assert set(answers["item"].str.split(".").list.first()) == asked


def test_what_the_form_hides_is_not_answered(made):
    study = made["betakomm-2011"]
    question = next(q for q in study.questionnaire.questions if q.id == "facebook_pages")
    told = [given for given in _sheets(study.answers["2011"]) if "facebook_pages" in given]
    assert len(told) > 100
    assert all(is_shown(question, given) for given in told)


def _sheets(answers):
    """What each respondent said last to each item."""
    by_person = ["unit", "respondent"]
    last = answers.group_by(*by_person, "item", maintain_order=True).agg(pl.col("value").last())
    rows = last.group_by(by_person, maintain_order=True).agg("item", "value")
    return [dict(zip(i, v, strict=True)) for i, v in rows.select("item", "value").iter_rows()]


def test_some_leave_blanks_some_have_colleagues_some_think_again(made):
    answers = made["kommunforbundet-2015"].answers["2015"]
    units = answers["unit"].n_unique()
    facebook = answers.filter(pl.col("item") == "facebook")
    assert 0.9 * units < facebook["unit"].n_unique() < units
    respondents = answers.group_by("unit").agg(pl.col("respondent").n_unique())
    assert 0.02 < (respondents["respondent"] == 2).mean() < 0.12
    again = answers.group_by("unit", "respondent", "item").len()
    assert 0 < (again["len"] == 2).mean() < 0.03


def test_do_not_know_is_an_answer_where_the_original_had_many(made):
    answers = last_answers(made["sosiale-kommuner-2013"], "2013")
    matrix = answers.filter(pl.col("item").str.starts_with("experience."))
    shares = dict(matrix["value"].value_counts(normalize=True).iter_rows())
    assert set(shares) == {"good", "mixed", "bad", "not_tried", "dont_know"}
    assert 0.15 < shares["dont_know"] < 0.30


def test_most_good_experience_is_where_the_original_found_it(made):
    answers = last_answers(made["sosiale-kommuner-2013"], "2013")
    matrix = answers.filter(pl.col("item").str.starts_with("experience."))
    area = pl.col("item").str.split(".").list.get(1)
    good = matrix.group_by(area).agg((pl.col("value") == "good").mean()).sort("value")
    assert good["item"][0] == "involvement"
    assert set(good["item"][-4:]) > {"reputation", "feedback", "development_news"}


@pytest.mark.parametrize("name", NAMES)
def test_all_of_it_is_invented_and_says_so(made, name):
    study = made[name]
    assert study.invented
    assert {unit.country for unit in study.register.municipalities} == {"XX"}
    assert {channel.evidence for channel in study.register.channels} == {"invented"}


def test_the_register_has_the_channels_that_are_really_there(made):
    study = made["kommunforbundet-2015"]
    truth = study.truth.filter(
        pl.col("wave") == "2015", pl.col("item") == "facebook", pl.col("code") == "yes"
    )
    day = study.questionnaire.wave("2015").opens
    there = {c.code for c in study.register.as_of(day).channels if c.platform == "facebook"}
    assert there == set(truth["unit"])


def test_municipalities_that_merged_answered_before_and_not_after(made):
    study = made["kommunforbundet-2015"]
    gone = {change.code for change in study.register.changes}
    assert len(gone) == 19
    assert gone & set(study.answers["2011"]["unit"])
    assert not gone & set(study.answers["2015"]["unit"])


def test_four_months_of_posts_of_2014(made):
    country = made["ks-2014"].country
    assert (str(country.start), str(country.end)) == ("2014-03-03", "2014-06-29")
    days = country.posts["published_at"].dt.date()
    assert str(days.min()) >= "2014-03-03"
    assert country.posts["reactions"].sum() == country.posts["likes"].sum()  # only likes then
    whole = [c for c in made["ks-2014"].register.channels if c.scope == "municipality"]
    on_facebook = [c for c in whole if c.platform == "facebook"]
    assert len(on_facebook) == 275


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_files_and_answers(made, name, tmp_path):
    study = made[name]
    again = simulate_study(study.recipe, seed=study.seed, questionnaire=study.questionnaire)
    assert all(study.answers[wave].equals(again.answers[wave]) for wave in study.answers)
    assert study.truth.equals(again.truth)
    for folder, of in (("one", study), ("two", again)):
        write_study(of, tmp_path / folder)
    one, two = (_bytes(tmp_path / folder) for folder in ("one", "two"))
    assert one == two
    assert read_register(tmp_path / "one" / "register").municipalities == (
        study.register.municipalities
    )


def _bytes(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in files}


def test_another_seed_gives_another_country():
    one, two = (simulate_study(RECIPES["skl-2010"], seed=seed) for seed in (1, 2))
    assert one.register != two.register
    assert not one.answers["2010"].equals(two.answers["2010"])


def test_observers_found_the_pages_of_all_whether_they_answer_or_not(made):
    study = made["kommunforbundet-2015"]
    asked = frame(study, "2015")
    seen = study.observed.join(asked, on=["country", "unit"], how="semi")
    page = seen.filter(pl.col("measure") == "has_page:facebook")
    posts = seen.filter(pl.col("measure") == "posts_per_week")
    assert page.height == posts.height == asked.height == 317
    assert set(seen["access"]) == {"manual"}
    day = study.questionnaire.wave("2015").opens
    there = {c.code for c in study.register.as_of(day).channels if c.platform == "facebook"}
    assert set(page.filter(pl.col("value") == 1)["unit"]) == there


def test_those_who_answer_post_more_than_all_do(made):
    study = made["kommunforbundet-2015"]
    posts = study.observed.filter(pl.col("measure") == "posts_per_week").join(
        frame(study, "2015"), on=["country", "unit"], how="semi"
    )
    answered = posts.join(study.answers["2015"], on="unit", how="semi")
    assert answered["value"].mean() > posts["value"].mean()


def test_a_study_that_follows_its_municipalities_needs_no_observers(made):
    assert made["ks-2014"].observed.is_empty()
