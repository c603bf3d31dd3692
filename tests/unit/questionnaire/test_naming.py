"""Names for programs that allow fewer letters."""

import pytest

from torg.survey.questionnaire.naming import shortened


@pytest.mark.parametrize(
    ("names", "longest", "short"),
    [
        (["web_log", "a-b"], 20, ["weblog", "ab"]),
        (["communication"], 5, ["commu"]),
        (["community", "communication", "communist"], 5, ["commu", "comm2", "comm3"]),
        (["a_b", "ab", "a-b", "ab2"], 20, ["ab", "ab2", "ab3", "ab22"]),
        (["x", "x"], 5, ["x"]),
    ],
)
def test_no_two_are_alike(names, longest, short):
    assert list(shortened(names, longest=longest).values()) == short
