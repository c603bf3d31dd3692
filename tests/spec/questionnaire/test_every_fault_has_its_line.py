"""A fault is told with its line and what to do, and one fault hides no other."""

import pytest

from tests.lib.questionnaires import PLATFORMS, TOP, TOWNS, WAVES, question, written
from torg.survey.questionnaire import faults

START = "\n".join([TOP, PLATFORMS, WAVES])
AT = START.count("\n") + 2  # the line of the first [[question]] after START


def told(folder, text):
    return [(fault.line, fault.message) for fault in faults(written(folder, text))]


def found(folder, *questions):
    """The only fault of questions after a sound start: its line within them, and its message."""
    ((line, message),) = told(folder, "\n".join([START, *questions]))
    return line - AT + 1, message


OPTIONS = 'options = { a = "A", b = "B" }'


@pytest.mark.parametrize(
    ("kind", "lines", "line", "message"),
    [
        ("text", ["hlep = 'x'"], 5, "no key is called 'hlep'; did you mean 'help'?"),
        ("txt", [], 3, "kind cannot be 'txt'; did you mean 'text'?"),
        ("one", [], 1, "'q' is of the kind 'one' and needs 'options'."),
        ("matrix", [f"rows{OPTIONS[7:]}"], 1, "'q' is of the kind 'matrix' and needs 'columns'."),
        (
            "text",
            [OPTIONS],
            5,
            "'options' means nothing to the kind 'text': take it out of 'q', or choose another "
            "kind.",
        ),
        ("one", ['options = { a = "A" }'], 5, "'q' offers one option: offer at least 2."),
        ("one", ["options = []"], 5, "'options' of 'q' is empty: name at least one option."),
        ("one", ['options = "platform"'], 5, "no list is called 'platform'; did you mean "),
        (
            "one",
            [
                "options = [",
                '  { id = "a", text = "A" },',
                '  { id = "b", text = { en = "B" } },',
                "]",
            ],
            7,
            "option 'b' has no text in 'nb': write it.",
        ),
        (
            "many",
            ['options = [{ id = "a", text = "A" }, { id = "a", text = "B" }]'],
            5,
            "'options' of 'q' has 'a' twice: give one another id.",
        ),
        (
            "one",
            ['options = { dont_know = "?", yes = "yes" }'],
            5,
            "'options' of 'q' has 'dont_know': write dont_know = true in the question instead.",
        ),
        (
            "one",
            ['options = [{ id = "A B", text = "A" }]'],
            5,
            "options.1.id is 'A B' and must be written so: small letters, digits, - and _.",
        ),
        (
            "number",
            ["low = 9", "high = 3"],
            6,
            "'q' can be at most 3, less than the least, 9: mend one of 'low' and 'high'.",
        ),
        ("number", ["low = '9'"], 5, "low must be a number."),
        ("number", ["required = 1"], 5, "required must be true or false."),
        ("text", ["help = { en = 'x' }"], 5, "'help' of 'q' has no text in 'nb': write it."),
        ("text", ["help = ''"], 5, "help must be a text that is not empty and has no control "),
        ("text", ["help = ' '"], 5, "help must be a text that is not empty and has no control "),
        ("text", ['help = "\\u0000"'], 5, "help must be a text that is not empty and has no "),
        ("text", ["waves = ['2025']"], 5, "no wave is called '2025'; did you mean '2026'?"),
        ("text", ["break_at = ['x']"], 5, "no wave is called 'x': write one of 2024, 2026."),
        ("text", ["units = []"], 5, "units must be something: it is empty."),
        ("text", ["prefill = 'name'"], 5, "'name' is nothing that the register knows: write "),
        ("text", ["prefill = 'population'"], 5, "'population' fills in the kind number, and this "),
        ("one", [OPTIONS, "prefill = 'channel:x'"], 6, "'channel:x' fills in 'yes', which is not "),
        ("text", ["shown_if = 'x'"], 5, "'x' is no condition: write it as 'item = code' or "),
        ("text", ["shown_if = 'q = yes'"], 5, "'q' hangs on 'q', which does not come before it"),
    ],
)
def test_a_question_with_a_fault(tmp_path, kind, lines, line, message):
    at, said = found(tmp_path, question("q", kind, *lines))
    assert (at, said[: len(message)]) == (line, message)


def test_an_id_is_not_longer_than_the_name_of_a_file_can_be(tmp_path):
    long = question("q" * 51, "text")
    assert found(tmp_path, long) == (2, "id must be at most 50 signs long.")
    assert told(tmp_path, "\n".join([START, question("q" * 50, "text")])) == []


def test_a_text_that_lacks_a_language_is_told_where_the_text_is(tmp_path):
    lacking = '[[question]]\nid = "q"\nkind = "text"\n[question.text]\nen = "q?"\n'
    assert found(tmp_path, lacking) == (4, "'text' of 'q' has no text in 'nb': write it.")


def test_an_id_that_is_there_twice_is_told_with_the_line_of_the_first(tmp_path):
    assert found(tmp_path, question("q", "text"), question("q", "text")) == (
        8,
        f"question 'q' is there already, on line {AT + 1}: give one of them another id.",
    )


BEFORE = (
    question("channels", "many", 'options = "platforms"'),
    question("guidelines", "planned", "waves = ['2026']"),
    question("pages", "number", "units = ['municipality']"),
)


@pytest.mark.parametrize(
    ("condition", "messages"),
    [
        ("guideline = yes", ["no item is called 'guideline'; did you mean 'guidelines'?"]),
        (
            "channels = facebook",
            ["'channels' is several items: name one of them, as 'channels.facebook = yes'."],
        ),
        (
            "channels.facebook = ye",
            ["'channels.facebook' has no answer 'ye'; did you mean 'yes'?"],
        ),
        (
            "guidelines = no",  # in 2024 the guidelines are not asked
            [
                "'why' is asked in wave '2024', and 'guidelines', which it hangs on, is not: ask "
                "that too, or leave '2024' out of its waves."
            ],
        ),
        (
            "pages = 3",  # a number, and asked of no county
            [
                "'pages' is a number, and a condition needs answers to choose among: hang it on "
                "another item.",
                "'why' is asked of each county, and 'pages', which it hangs on, is not: ask that "
                "too, or leave 'county' out of its units.",
            ],
        ),
    ],
)
def test_a_condition_with_a_fault(tmp_path, condition, messages):
    hanging = question("why", "text", f"shown_if = '{condition}'")
    text = "\n".join([START, *BEFORE, hanging])
    line = text.split("\n").index(f"shown_if = '{condition}'") + 1
    assert told(tmp_path, text) == [(line, message) for message in messages]


def test_a_condition_on_what_comes_later(tmp_path):
    first = question("why", "text", "shown_if = 'channels.other = yes'")
    assert found(tmp_path, first, BEFORE[0]) == (
        5,
        "'why' hangs on 'channels.other', which does not come before it: change their order.",
    )


def test_a_condition_on_a_question_that_cannot_be_read_is_not_told_as_well(tmp_path):
    unread = question("channels", "many", 'options = "platforms"', "lows = 3")
    last = question("why", "text", "shown_if = 'channels.other = yes'")
    assert found(tmp_path, unread, last) == (
        6,
        "no key is called 'lows'; did you mean 'low'?",
    )


def wave(id_, opens, closes, *lines):
    head = f'[[wave]]\nid = "{id_}"\nopens = {opens}\ncloses = {closes}\n'
    return head + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("waves", "line", "message"),
    [
        (
            [wave("1", "2024-03-01", "2024-01-01")],
            4,
            "wave '1' closes on 2024-01-01, before it opens on 2024-03-01: mend one of the dates.",
        ),
        (
            [wave("1", "2024-01-01", "2024-03-01"), wave("2", "2024-03-01", "2024-04-01")],
            9,
            "wave '2' opens on 2024-03-01, before wave '1' has closed on 2024-03-01: let one end "
            "before the other begins.",
        ),
        (
            [wave("1", "2024-01-01", "2024-03-01"), wave("1", "2025-03-01", "2025-04-01")],
            8,
            "wave '1' is there twice: give one another id.",
        ),
        ([wave("1", "'2024-01-01'", "2024-03-01")], 3, "opens must be a date without quotes, as "),
        ([wave("1", "2024-01-01", "2024-03-01", "mode = 'observing'")], 5, "mode cannot be "),
        (
            [wave("1", "2024-01-01", "2024-03-01", "frame = 'best'")],
            5,
            "frame is 'best' and must be written so: all, top:30 or answered:2025.",
        ),
        (
            [
                wave("1", "2024-01-01", "2024-03-01"),
                wave("2", "2025-01-01", "2025-03-01", "frame = 'answered:3'"),
            ],
            11,
            "no earlier wave is called '3': write one of 1.",
        ),
        ([wave("1", "2024-01-01", "2024-03-01", "title.en = 'x'")], 5, "title has no text in 'nb'"),
    ],
)
def test_a_wave_with_a_fault(tmp_path, waves, line, message):
    start = TOP.count("\n") + 1
    ((at, said),) = told(tmp_path, "\n".join([TOP, *waves, question("q", "text")]))
    assert (at - start, said[: len(message)]) == (line, message)


def test_observers_may_look_while_units_answer(tmp_path):
    asked = wave("1", "2024-01-01", "2024-03-01")
    seen = wave("2", "2024-02-01", "2024-04-01", "mode = 'observation'")
    assert told(tmp_path, "\n".join([TOP, asked, seen, question("q", "text")])) == []


def test_what_stands_above_the_first_table_must_be_whole(tmp_path):
    assert told(tmp_path, WAVES + question("q", "text")) == [
        (1, f"'{key}' must stand above the first table; docs/reference/questionnaire.md has all "
            "keys.")
        for key in ("id", "languages", "title")
    ]  # fmt: skip


def test_a_list_that_names_another(tmp_path):
    text = TOP + "[lists]\na = 'b'\nb = { x = 'X' }\n" + WAVES + question("q", "text")
    assert told(tmp_path, text) == [
        (5, "list 'a' must be written out: a list cannot name another.")
    ]


@pytest.mark.parametrize(
    ("old", "new", "told_"),
    [
        ('[lists.platforms]', '[lists.Platforms]', "lists.Platforms is 'Platforms' and must be "),
        ('youtube = "YouTube"', "youtube = 3", "lists.platforms.youtube must be a text, or "),
        ('youtube = "YouTube"', "youtube = { en = 3 }", "lists.platforms.youtube.en must be a "),
        ('languages = ["en", "nb"]', "languages = 'en'", "languages must be a list in square "),
        ("required = true", 'units = ["kommun"]', "units.1 cannot be 'kommun': write one of "),
        ('title = { en =', "title = { en = 3, x =", "title.en must be a text in quotes."),
    ],
)  # fmt: skip
def test_what_only_follows_from_a_fault_is_not_told_as_well(tmp_path, old, new, told_):
    damaged = TOWNS.replace(old, new)
    ((line, message),) = told(tmp_path, damaged)
    assert (line, message[: len(told_)]) == (damaged[: damaged.index(new)].count("\n") + 1, told_)


def test_a_list_that_is_not_there_is_told_once_for_each_question_that_names_it(tmp_path):
    """And not again by the question that hangs on its items."""
    messages = [message for _, message in told(tmp_path, TOWNS.replace(PLATFORMS, ""))]
    assert messages == ["no list is called 'platforms': write it."] * 2


def test_a_number_of_five_thousand_digits(tmp_path):
    assert told(tmp_path, f"low = {'9' * 5000}") == [
        (1, "a number has more digits than can be read: mend it.")
    ]


def test_what_is_not_toml_is_told_with_the_line(tmp_path):
    assert told(tmp_path, TOWNS.replace('kind = "many"', "kind = many")) == [
        (22, "this is not TOML: Invalid value. Mend the line.")
    ]
    assert told(tmp_path, 'id = "x"\nid = "y"\n') == [
        (2, "this is not TOML: Cannot overwrite a value. Mend the line.")
    ]


def test_what_is_not_utf8_is_told_with_the_line(tmp_path):
    path = tmp_path / "questionnaire.toml"
    path.write_bytes(TOWNS.encode().replace(b"lite", "lø".encode("latin-1")))
    ((fault),) = faults(path)
    assert fault.message == "this is not UTF-8 text: save the file as UTF-8."
    assert "use" in TOWNS.split("\n")[fault.line - 5]


def test_all_faults_are_told_and_not_only_the_first(tmp_path):
    damaged = (
        TOWNS.replace('high = 50', 'high = 0')
        .replace('"guidelines"\nkind = "planned"', '"guidelines"\nkind = "plan"')
        .replace("closes = 2026-03-31", "closes = 2025-03-31")
        .replace(', nb = "ungdom"', "")
    )  # fmt: skip
    assert [message.split(":")[0] for _, message in told(tmp_path, damaged)] == [
        "wave '2026' closes on 2025-03-31, before it opens on 2026-01-15",
        "'pages' can be at most 0, less than the least, 1",
        "kind cannot be 'plan'; did you mean 'planned'?",
        "option 'youth' has no text in 'nb'",
    ]
