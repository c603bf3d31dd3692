"""questionnaire.toml in, a questionnaire out: what each key means."""

import datetime as dt

import pytest

from tests.lib.questionnaires import PLATFORMS, TOP, TOWNS, WAVES, question, towns, written
from torg.errors import SurveyError
from torg.survey.questionnaire import READY, Condition, faults, read_questionnaire, text_in


def read(folder, *parts):
    return read_questionnaire(written(folder, "\n".join(parts)))


def test_a_questionnaire_has_waves_questions_and_the_items_they_come_down_to(tmp_path):
    read = towns(tmp_path)
    assert (read.id, read.languages) == ("towns", ("en", "nb"))
    assert [wave.id for wave in read.waves] == ["2024", "2026"]
    assert list(read.items) == [
        "channels.facebook", "channels.youtube", "channels.other",  # many: one for each option
        "pages", "guidelines", "why", "leader", "use",
        "services.library.facebook", "services.library.youtube", "services.library.other",
        "services.youth.facebook", "services.youth.youtube", "services.youth.other",
        "tried.crisis.residents", "tried.crisis.young",  # matrix: one for each cell
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "codes"),
    [
        ("channels.facebook", ("yes", "no")),
        ("pages", ()),
        ("guidelines", ("yes", "planned", "no", "dont_know")),
        ("why", ()),
        ("leader", ("yes", "private")),
        ("use", ("1", "2", "3", "dont_know")),
        ("services.youth.youtube", ("yes", "no")),
        ("tried.crisis.young", ("good", "bad", "dont_know")),
    ],
)
def test_an_item_has_the_codes_that_can_be_stored(tmp_path, item, codes):
    assert towns(tmp_path).items[item].codes == codes


def test_a_wave_is_asked_of_the_units_of_the_day_on_which_it_opens_unless_it_names_one(tmp_path):
    named = WAVES + "frame_date = 2026-01-01\n"
    first, second = read(tmp_path, TOP, named, question("a", "text")).waves
    assert first.frame_date == first.opens == dt.date(2024, 1, 15)
    assert second.frame_date == dt.date(2026, 1, 1)
    assert (first.mode, first.frame) == ("questionnaire", "all")


def test_waves_stand_in_the_order_of_their_days_however_they_are_written(tmp_path):
    older = '[[wave]]\nid = "2011"\nopens = 2011-01-15\ncloses = 2011-04-30\n'
    waves = read(tmp_path, TOP, WAVES, older, question("a", "text")).waves
    assert [wave.id for wave in waves] == ["2011", "2024", "2026"]


def test_a_question_that_names_waves_is_asked_in_those_only(tmp_path):
    asked = {wave: [q.id for q in towns(tmp_path).asked_in(wave)] for wave in ("2024", "2026")}
    assert "why" not in asked["2024"]
    assert "why" in asked["2026"]


def test_a_text_without_a_language_is_the_same_in_all(tmp_path):
    facebook = towns(tmp_path).items["channels.facebook"].option
    assert facebook.texts == {"en": "Facebook", "nb": "Facebook"}


def test_options_are_written_out_or_named_or_a_list_of_tables(tmp_path):
    same = [
        'options = { a = "A", b = "B" }',
        'options = [{ id = "a", text = "A" }, { id = "b", text = "B" }]',
        'options = "letters"',
    ]
    letters = '[lists.letters]\na = "A"\nb = "B"\n'
    questions = [question(f"q{n}", "one", each) for n, each in enumerate(same)]
    made = read(tmp_path, TOP, letters, WAVES, *questions).questions
    assert made[0].options == made[1].options == made[2].options
    assert [option.id for option in made[0].options] == ["a", "b"]


def test_a_condition_knows_what_its_own_item_hangs_on(tmp_path):
    made = read(
        tmp_path, TOP, WAVES,
        question("has", "planned"),
        question("since", "one", 'options = { new = "n", old = "o" }', 'shown_if = "has = yes"'),
        question("why", "text", 'shown_if = "since = new | old"'),
    ).questions  # fmt: skip
    assert made[2].shown_if == Condition("since", ("new", "old"), Condition("has", ("yes",)))


def test_swedish_of_finland_is_a_vocabulary_of_its_own_over_swedish(tmp_path):
    """An anvisning in Finland is a riktlinje in Sweden; what is the same is written once."""
    top = 'id = "x"\ntitle = "X"\nlanguages = ["sv-FI"]\n'
    own = '[[question]]\nid = "a"\nkind = "planned"\n'
    texts = 'text = { sv = "Finns riktlinjer?", sv-FI = "Finns anvisningar?" }\n'
    again = own.replace('"a"', '"b"') + 'text = { sv = "Skolas personalen?" }\n'
    first, second = read(tmp_path, top, WAVES, own, texts, again).questions
    assert text_in(first.texts, "sv-FI") == "Finns anvisningar?"
    assert text_in(first.texts, "sv") == "Finns riktlinjer?"
    assert text_in(second.texts, "sv-FI") == "Skolas personalen?"


def test_a_sound_file_has_no_faults(tmp_path):
    assert faults(written(tmp_path, TOWNS)) == ()


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(SurveyError, match="cannot be read"):
        faults(tmp_path / "questionnaire.toml")


@pytest.mark.parametrize("name", sorted(READY))
def test_every_ready_questionnaire_is_sound(name):
    assert faults(READY[name]) == ()


def test_the_first_fault_is_raised_with_its_line_and_how_many_more_there_are(tmp_path):
    path = written(tmp_path, TOWNS.replace("2024-01", "x"))
    with pytest.raises(SurveyError, match="line 12: this is not TOML"):
        read_questionnaire(path)
    path = written(tmp_path, TOWNS.replace('"pages"', '"Pages"').replace('"planned"', '"plan"'))
    with pytest.raises(SurveyError, match=r"line 29: id is 'Pages' .* And 1 more: see 'torg"):
        read_questionnaire(path)


def test_lists_are_shared_by_rows_and_columns_too(tmp_path):
    cells = question("m", "matrix", 'rows = "platforms"', 'columns = "platforms"')
    made = read(tmp_path, TOP, PLATFORMS, WAVES, cells)
    assert len(made.items) == 3 * 3
