"""The ready questionnaires: sound in all their languages, and with the items that are told."""

import pytest

from torg.survey.questionnaire import READY, items_of, read_questionnaire

EVERY = sorted(READY)
NORDIC = {"en", "nb", "nn", "sv", "fi", "da"}


def of(name):
    return read_questionnaire(READY[name])


def question(name, wanted):
    return next(q for q in of(name).questions if q.id == wanted)


def said_in(texts, language):
    return language in texts or language.split("-")[0] in texts


@pytest.mark.parametrize("name", EVERY)
def test_every_text_is_there_in_every_language(name):
    read = of(name)
    texts = [read.titles, read.introductions, *(q.texts for q in read.questions)]
    texts += [q.helps for q in read.questions if q.helps]
    options = [o for q in read.questions for o in (*q.options, *q.rows, *q.columns)]
    texts += [option.texts for option in options]
    lacking = [t for t in texts for language in read.languages if not said_in(t, language)]
    assert [t for t in lacking if "*" not in t] == []


@pytest.mark.parametrize("name", EVERY)
def test_no_text_is_the_same_in_finnish_and_swedish_unless_it_is_a_name(name):
    read = of(name)
    if not {"fi", "sv"} <= set(read.languages):
        return
    asked = [q.texts for q in read.questions]
    assert [t for t in asked if t["fi"] == t["sv"]] == []


@pytest.mark.parametrize("name", EVERY)
def test_questions_end_in_a_question_mark_and_statements_in_a_point(name):
    texts = [text for q in of(name).questions for text in q.texts.values()]
    assert [text for text in texts if not text.endswith(("?", "."))] == []


@pytest.mark.parametrize("name", EVERY)
def test_it_says_at_the_top_that_the_wording_is_torgs_own(name):
    top = READY[name].read_text(encoding="utf-8").split("\n\n")[0]
    assert top.startswith("# ")
    assert "Torg's" in top


def test_the_core_is_in_all_languages_and_in_finlands_swedish():
    assert NORDIC | {"sv-FI"} == set(of("torg-core").languages)
    guidelines = question("torg-core", "guidelines").texts
    assert "riktlinjer" in guidelines["sv"]
    assert "anvisningar" in guidelines["sv-FI"]


def test_the_core_has_about_twenty_questions():
    assert 18 <= len(of("torg-core").questions) <= 24


@pytest.mark.parametrize(
    ("item", "first", "before"),
    [("instagram", "2015", "2014"), ("tiktok", "2022", "2020"), ("ai", "2023", "2022")],
)
def test_items_come_in_finland_when_they_came_there(item, first, before):
    asked = question("kommunforbundet", item)
    assert asked.is_asked_in(first)
    assert not asked.is_asked_in(before)  # not asked is not no


def test_experience_is_asked_by_area_and_target_group_and_may_be_unknown():
    experience = question("sosiale-kommuner-2013", "experience")
    assert [option.id for option in experience.options] == ["good", "mixed", "bad", "not_tried"]
    assert experience.allows_dont_know
    assert len(items_of(experience)) == len(experience.rows) * len(experience.columns) == 56


@pytest.mark.parametrize(
    ("name", "item", "item_before", "codes"),
    [
        ("betakomm-2011", "goals", "strategy", ("yes",)),
        ("betakomm-2011", "practice", "use", ("yes",)),
        ("betakomm-2011", "facebook_pages", "channels.facebook", ("yes",)),
        ("skl-2010", "reasons_against", "use", ("no",)),
        ("kommunforbundet", "director_channels", "director", ("yes",)),
        ("torg-core", "goals", "strategy", ("yes",)),
    ],
)
def test_the_base_of_a_share_is_a_condition(name, item, item_before, codes):
    condition = question(name, item).shown_if
    assert (condition.item, condition.codes) == (item_before, codes)


PUBLIC = ("facebook", "channels", "tools", "guidelines", "strategy", "training", "courses")
ONLY_TOGETHER = ("benefit", "experience", "dialogue", "participation", "obstacles", "wishes")


@pytest.mark.parametrize("name", EVERY)
def test_facts_are_public_and_judgements_are_not(name):
    shown = {q.id: q.disclosure for q in of(name).questions}
    assert {shown[item] for item in PUBLIC if item in shown} <= {"public"}
    assert {shown[item] for item in ONLY_TOGETHER if item in shown} <= {"aggregate"}


@pytest.mark.parametrize("name", EVERY)
def test_what_is_filled_in_beforehand_is_a_public_fact(name):
    filled = [q for q in of(name).questions if q.prefill]
    assert {q.disclosure for q in filled} <= {"public"}


@pytest.mark.parametrize(
    ("name", "wave", "chosen"),
    [("ks-2014", "2014", "top:30"), ("sosiale-kommuner-2013", "2013", "answered:mapping")],
)
def test_two_waves_ask_whom_something_before_them_chose(name, wave, chosen):
    assert of(name).wave(wave).frame == chosen
