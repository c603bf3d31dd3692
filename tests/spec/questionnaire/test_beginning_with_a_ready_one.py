"""`ready = "NAME"` takes a questionnaire that comes with Torg, with own waves and own questions."""

import pytest

from tests.lib.questionnaires import TOWNS, question, written
from torg.survey.questionnaire import faults, read_questionnaire

OWN = '[[wave]]\nid = "2027"\nopens = 2027-01-15\ncloses = 2027-03-31\n'
AGAIN = OWN + '[[wave]]\nid = "2024"\nopens = 2024-02-01\ncloses = 2024-03-01\n'


@pytest.fixture
def ready(tmp_path):
    """A shelf with one ready questionnaire; "why" is asked in its wave of 2026 only."""
    path = tmp_path / "towns.toml"
    path.write_text(TOWNS, encoding="utf-8")
    return {"towns": path}


def read(folder, ready, *parts):
    path = written(folder, "\n".join(['ready = "towns"', *parts]))
    return read_questionnaire(path, ready=ready)


def test_nothing_more_is_needed(tmp_path, ready):
    made = read(tmp_path, ready)
    assert made == read_questionnaire(ready["towns"])


def test_own_words_stand_for_its_words(tmp_path, ready):
    made = read(tmp_path, ready, 'id = "mine"', 'title = "Mine"', 'languages = ["nb"]')
    assert (made.id, made.languages, made.titles) == ("mine", ("nb",), {"nb": "Mine"})


def test_own_waves_take_the_place_of_its_waves(tmp_path, ready):
    assert [wave.id for wave in read(tmp_path, ready, OWN).waves] == ["2027"]


def test_a_new_wave_asks_everything_and_a_known_one_what_it_asked(tmp_path, ready):
    made = read(tmp_path, ready, AGAIN)
    asked = {wave: {q.id for q in made.asked_in(wave)} for wave in ("2024", "2027")}
    assert asked["2027"] - asked["2024"] == {"why"}


def test_observers_are_not_asked_what_units_were(tmp_path, ready):
    observed = OWN.replace("2027", "seen").replace("seen-", "2027-") + 'mode = "observation"\n'
    mine = question("found", "planned", 'waves = ["seen"]')
    made = read(tmp_path, ready, OWN, observed, mine)
    assert [q.id for q in made.asked_in("seen")] == ["found"]
    assert "found" not in {q.id for q in made.asked_in("2027")}


def test_own_questions_come_last_or_take_the_place_of_the_one_with_their_id(tmp_path, ready):
    own = [question("leader", "one", 'options = { a = "A", b = "B" }'), question("new", "text")]
    made = read(tmp_path, ready, *own)
    before = [q.id for q in read_questionnaire(ready["towns"]).questions]
    assert [q.id for q in made.questions] == [*before, "new"]
    assert made.items["leader"].codes == ("a", "b")


def test_own_questions_can_use_its_lists_and_hang_on_its_items(tmp_path, ready):
    own = question("best", "one", 'options = "platforms"', 'shown_if = "guidelines = yes"')
    assert read(tmp_path, ready, own).items["best"].codes == ("facebook", "youtube", "other")


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (
            question("guidelines", "text"),
            (
                4,
                "'guidelines' is of the kind 'planned' in the ready questionnaire 'towns', and "
                "answers to it may be there: keep the kind, or give the question another id.",
            ),
        ),
        (
            'languages = ["en", "fi"]',
            (
                2,
                "the ready questionnaire 'towns' has no texts in 'fi': leave it out, or write the "
                "questions yourself.",
            ),
        ),
    ],
)
def test_what_does_not_go_with_it_is_told(tmp_path, ready, lines, fault):
    found = faults(written(tmp_path, f'ready = "towns"\n{lines}'), ready=ready)
    assert [(each.line, each.message) for each in found][-1] == fault


def test_a_question_is_replaced_once(tmp_path, ready):
    text = "\n".join(['ready = "towns"', question("why", "text"), question("why", "text")])
    assert "is there already, on line 3" in str(faults(written(tmp_path, text), ready=ready))


def test_a_name_that_is_not_there_is_one_fault_only(tmp_path, ready):
    (fault,) = faults(written(tmp_path, 'ready = "town"'), ready=ready)
    assert fault.message == "no ready questionnaire is called 'town'; did you mean 'towns'?"
