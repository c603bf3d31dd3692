"""What an import asks on the command line is asked in a form, in the same answers."""

import pytest

from torg.collect import ImportOptions
from torg.errors import SurveyError

ZONE = (
    "Publish time has times without a zone: in which zone are they? Exports have been seen in "
    "Pacific time. Say it with --timezone, such as --timezone Europe/Oslo."
)
DOUBT = (
    "Read as times of UTC, 3% of the posts were published by day; read as times of Europe/Oslo, "
    "90%. Compare one post's time with the page, and say --timezone Europe/Oslo; if UTC is right "
    "all the same, add --zone-is-sure."
)


@pytest.fixture
def asking():
    from torg.site.configured import configure

    configure()
    from torg.site.room import asking

    return asking


@pytest.mark.parametrize(
    ("question", "names"),
    [
        (ZONE, ["timezone"]),
        (DOUBT, ["timezone", "zone_is_sure"]),
        ("Is '1.234' 1234? Say --decimal comma, or --decimal point otherwise.", ["decimal"]),
        ("Say it with --channel, such as --channel facebook:1; and give two readings, such as "
         "--anchor 2025-07-31=1 --anchor 2025-08-31=2", ["channel", "anchors"]),
    ],
)  # fmt: skip
def test_a_question_is_asked_in_the_fields_that_it_names(asking, question, names):
    assert [each.name for each in asking.fields_of(question)] == names


def test_what_is_for_the_command_line_is_left_out(asking):
    said = asking.without_flags(ZONE)
    assert "--" not in said
    assert said.startswith("Publish time has times without a zone:")
    assert "--" not in asking.without_flags(DOUBT)


def test_every_question_of_the_formats_can_be_answered_in_the_form(asking):
    """The flags that occur in questions of the readers are the form's."""
    import re
    from pathlib import Path

    import torg.collect

    sources = Path(torg.collect.__file__).parent.rglob("*.py")
    texts = [text for path in sources if "QuestionError(" in (text := path.read_text("utf-8"))]
    flags = {flag for text in texts for flag in re.findall(r"--([a-z-]+) ?", text)}
    assert {"timezone", "dates", "decimal", "channel", "anchor", "exported-at"} <= flags
    assert flags <= set(asking._ASKED)


def test_every_answer_of_the_form_is_one_that_an_import_takes(asking):
    names = {each.name for each in asking._ASKED.values()}
    assert names <= set(ImportOptions.__dataclass_fields__)


@pytest.mark.parametrize(
    "answer",
    [
        {"timezone": "Mars/Olympus"},
        {"timezone": "x" * 600},
        {"decimal": "dot"},
        {"dates": "year-first"},
        {"exported_at": "2024-05-13T12:00:00"},
        {"channel": "nowhere"},
        {"anchors": "2025-07-31=many"},
        {"zone_is_sure": "perhaps"},
    ],
)
def test_an_answer_that_cannot_be_is_refused(asking, answer):
    with pytest.raises(SurveyError):
        asking.checked_answers(answer)


def test_what_is_not_asked_is_not_taken(asking):
    said = {"timezone": " Europe/Oslo ", "aliases": "/etc/passwd", "learnt": "x", "format": "y"}
    assert asking.checked_answers(said) == {"timezone": "Europe/Oslo"}
