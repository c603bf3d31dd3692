"""Corrections become lines of corrections.csv, statements stand beside the figures."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests.conformance.site_releases.conftest import NOW
from tests.lib.rooms import FJORDBY, SUNDBY, export, visitor_of
from torg.errors import MeasureError, SurveyError
from torg.importing import import_files
from torg.main import import_options
from torg.measure import read_corrections


def imported(study):
    path = study.folder / "suite.csv"
    path.write_bytes(export())
    import_files(study, [path], options=import_options(study, timezone="Europe/Oslo"))


def proposal(study, **parts):
    from torg.site.releases.actions import propose_correction

    said = {"measure": "posts", "should_be": "11", "reason": "Post 1 is a test, see the page."}
    return propose_correction(study, visitor_of(FJORDBY), **{**said, **parts}, at=NOW)


EXCLUDED = {"platform": "facebook", "channel": "770001", "post": "1", "field": "exclude"}


def test_an_accepted_correction_is_a_line_with_who_when_and_why(study, offered, staff):
    from torg.site.releases.actions import accept_correction

    imported(study)
    made = proposal(study)
    accept_correction(study, staff, made.pk, **EXCLUDED)
    (line,) = read_corrections(study.corrections, zone=ZoneInfo("Europe/Oslo"))
    assert (line.channel, line.post, line.field) == ("770001", "1", "exclude")
    assert line.who == f"XX 0101, correction {made.pk}"
    assert line.when == NOW.date()
    assert line.why == "Post 1 is a test, see the page."


def test_lines_that_are_there_stay_as_they_are(study, offered, staff):
    from torg.site.releases.actions import accept_correction

    imported(study)
    before = (
        "platform,channel,post,field,value,who,when,why\n"
        'facebook,770001,2,reactions,5,"Ola, editor",2026-01-01,"Counted, twice"'
    )
    study.corrections.write_text(before, encoding="utf-8")
    accept_correction(study, staff, proposal(study).pk, **EXCLUDED)
    now = study.corrections.read_text(encoding="utf-8")
    assert now.startswith(before + "\n")
    assert len(read_corrections(study.corrections)) == 2


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"post": "404"}, "no such post"),
        ({"channel": "770002"}, "no such channel of this municipality"),
        ({"field": "likes"}, "is not one of"),
        ({"field": "reactions", "value": "many"}, "no whole number"),
    ],
)
def test_a_line_that_would_stop_the_next_run_is_not_written(study, offered, staff, line, sentence):
    from torg.site.releases.actions import accept_correction

    imported(study)
    made = proposal(study)
    with pytest.raises((SurveyError, MeasureError), match=sentence):
        accept_correction(study, staff, made.pk, **{**EXCLUDED, **line})
    assert not study.corrections.exists()
    made.refresh_from_db()
    assert made.state == "waiting"


def test_who_was_stopped_after_the_line_was_written_accepts_again(
    study, offered, staff, monkeypatch
):
    from torg.site.releases import actions
    from torg.site.releases.actions import correcting

    imported(study)
    made, append = proposal(study), correcting.append

    def appended_then_stopped(*arguments):
        append(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(correcting, "append", appended_then_stopped)
    with pytest.raises(KeyboardInterrupt):
        actions.accept_correction(study, staff, made.pk, **EXCLUDED)
    monkeypatch.setattr(correcting, "append", append)
    actions.accept_correction(study, staff, made.pk, **EXCLUDED)
    assert len(read_corrections(study.corrections)) == 1


@pytest.mark.parametrize(
    "parts", [{"measure": "no_such"}, {"should_be": " "}, {"reason": ""}, {"reason": "x" * 2001}]
)
def test_a_correction_says_which_figure_what_it_should_be_and_why(study, offered, parts):
    with pytest.raises(SurveyError):
        proposal(study, **parts)


def test_a_statement_stands_beside_the_figures_once_it_is_accepted(study, offered, staff):
    from torg.site.releases import actions
    from torg.site.releases.queries import statements_of

    where = (offered.release, *FJORDBY)
    made = actions.state(
        study, visitor_of(FJORDBY), text="We answer by telephone.\nOften.", language="en", at=NOW
    )
    assert statements_of(*where) == []
    actions.accept_statement(study, staff, made.pk)
    assert [each.text for each in statements_of(*where)] == ["We answer by telephone.\nOften."]
    assert statements_of(offered.release, *SUNDBY) == []
    later = actions.state(study, visitor_of(FJORDBY), text="By mail, too.", language="en", at=NOW)
    assert len(statements_of(*where)) == 1
    actions.accept_statement(study, staff, later.pk)
    assert [each.text for each in statements_of(*where)] == ["By mail, too."]
    actions.withdraw_statement(study, visitor_of(FJORDBY), later.pk)
    assert statements_of(*where) == []


def test_nobody_takes_another_s_words_back(study, offered):
    from torg.site.releases import actions

    made = actions.state(study, visitor_of(FJORDBY), text="Ours.", language="en", at=NOW)
    with pytest.raises(SurveyError, match="no such statement of yours"):
        actions.withdraw_statement(study, visitor_of(SUNDBY), made.pk)
    correction = proposal(study)
    with pytest.raises(SurveyError, match="no such correction of yours"):
        actions.withdraw_correction(study, visitor_of(SUNDBY), correction.pk)


@pytest.mark.parametrize(
    ("text", "language"), [("", "en"), ("x" * 1501, "en"), ("Words.", "tlh"), (" \n ", "nb")]
)
def test_a_statement_is_bounded_and_says_its_language(study, offered, text, language):
    from torg.site.releases.actions import state

    with pytest.raises(SurveyError):
        state(study, visitor_of(FJORDBY), text=text, language=language, at=NOW)


def test_without_a_release_nothing_can_be_said_of_it(study):
    from torg.site.releases.actions import state

    with pytest.raises(SurveyError, match="No release is open"):
        state(study, visitor_of(FJORDBY), text="Words.", language="en", at=NOW)
    with pytest.raises(SurveyError, match="No release is open"):
        proposal(study)


def test_a_release_is_postponed_and_withdrawn_with_its_reason(study, offered, staff):
    from torg.site.releases import actions
    from torg.site.releases.queries import in_preview, public_releases

    later = NOW + dt.timedelta(days=20)
    actions.postpone(
        study, staff, offered.release, public_from=later, reason="A source came late.", at=NOW
    )
    assert in_preview(at=later - dt.timedelta(seconds=1)).release == offered.release
    assert [each.release for each in public_releases(at=later)] == [offered.release]
    with pytest.raises(SurveyError, match="Everybody sees this release already"):
        actions.postpone(
            study, staff, offered.release, public_from=later + dt.timedelta(1), reason="More.",
            at=later,
        )  # fmt: skip
    actions.withdraw(study, staff, offered.release, reason="A register was wrong.", at=later)
    assert public_releases(at=later) == []
    with pytest.raises(SurveyError, match="withdrawn already"):
        actions.withdraw(study, staff, offered.release, reason="Again.", at=later)


@pytest.mark.parametrize("reason", ["", "  ", "x"])
def test_who_withdraws_says_why(study, offered, staff, reason):
    from torg.site.releases.actions import withdraw

    with pytest.raises(SurveyError, match="Say why"):
        withdraw(study, staff, offered.release, reason=reason, at=NOW)
