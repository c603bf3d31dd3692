"""On which line what is said in a TOML file stands."""

import pytest

from torg.survey.questionnaire.lines import line_at, lines_of

ARRAYS = '''\
[[wave]]
id = 1
[[wave]]
id = 2
[wave.title]
sv = """
x = 1
"""
'''

NESTED = """\
[lists]
a = [
  { id = "b", text = "B" },
  # a note ]
  { id = "c",
    text = { sv = "C" } },
]
b.c.d = 1
"""


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("id = 'x' # [a]\nb = 1", ("b",), 2),
        ('title = { sv = "}", "f i" = "]" }\nb = 1', ("title", "f i"), 1),
        (ARRAYS, ("wave",), 1),
        (ARRAYS, ("wave", 0, "id"), 2),
        (ARRAYS, ("wave", 1), 3),
        (ARRAYS, ("wave", 1, "title"), 5),
        (ARRAYS, ("wave", 1, "title", "sv"), 6),
        (NESTED, ("lists", "a", 0, "text"), 3),
        (NESTED, ("lists", "a", 1), 5),
        (NESTED, ("lists", "a", 1, "text", "sv"), 6),
        (NESTED, ("lists", "b", "c", "d"), 8),
    ],
)
def test_a_place_has_its_line(text, path, line):
    assert lines_of(text)[path] == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("lists", "a", 0, "help"), 3),  # a key that is not there stands where its table does
        (("lists", "options", "a", 1, "text"), 6),  # a step that nobody wrote is left out
        (("nothing",), 1),
    ],
)
def test_the_nearest_line_is_told_of_what_is_not_written(path, line):
    assert line_at(lines_of(NESTED), path) == line


def test_a_long_file_is_walked_in_one_pass():
    many = "".join(f'[[question]]\nid = "q{n}"\n' for n in range(3000))
    assert lines_of(many)["question", 2999, "id"] == 6000
