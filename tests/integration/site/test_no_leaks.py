"""Names and addresses stay where they are kept: in no list, no error, no log; erased is gone."""

import logging

import pytest

from tests.lib.surveying import DAY, NOON, WAVE, Box
from torg.errors import SurveyError
from torg.mail import Delivery
from torg.site import (
    add_addresses,
    answers_of,
    close_people,
    erase,
    history,
    invite,
    not_answered,
    paradata,
    pass_on,
    remind,
    replace,
    respondents,
    save_answer,
    status,
    submit,
)

SECRET = "fjordby.example"  # noqa: S105 -- what is looked for


def everything_told(survey):
    """All lists that there are, as text."""
    study = survey.study
    lists = [
        query(study, wave=WAVE)
        for query in (answers_of, status, not_answered, respondents, paradata)
    ]
    lists.append(history(study, wave=WAVE, country="XX", unit="0101", item="guidelines"))
    return "\n".join(each.write_csv() for each in lists)


def a_whole_survey(survey, box):
    survey.ask(invite, wave=WAVE, post=box)
    form = survey.opened(box, "post@fjordby.example").forms[0].form
    survey.ask(save_answer, form, item="guidelines", value="yes")
    survey.ask(submit, form)
    survey.ask(pass_on, form, address="kari@fjordby.example", name="Kari Nordmann", keep=True)
    survey.do(replace, wave=WAVE, country="XX", unit="0102", address=f"new@{SECRET}")
    survey.ask(invite, wave=WAVE, post=box)
    survey.ask(remind, wave=WAVE, post=box, at=NOON + 8 * DAY)


def test_lists_and_logs_hold_no_address(survey, box, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    a_whole_survey(survey, box)
    told = everything_told(survey) + caplog.text + "".join(capfd.readouterr())
    assert "guidelines" in told
    assert SECRET not in told
    assert "Nordmann" not in told


def test_errors_hold_no_address(survey, box):
    a_whole_survey(survey, box)
    form = survey.opened(box, "post@fjordby.example").forms[0].form
    bad = survey.study.folder / "bad.csv"
    bad.write_text(f"country,unit,address,role\nXX,0101,post{SECRET},r\n")
    wrong = [
        lambda: survey.ask(pass_on, form, address=f"kari@{SECRET}"),
        lambda: survey.ask(pass_on, form, address=f"kari {SECRET}"),
        lambda: survey.do(replace, wave=WAVE, country="XX", unit="0101", address=SECRET),
        lambda: survey.do(replace, wave=WAVE, country="XX", unit="0101", address=f"kari@{SECRET}"),
        lambda: survey.do(
            replace, wave=WAVE, country="XX", unit="0101", address="x@y.example", old=f"q@{SECRET}"
        ),
        lambda: add_addresses(survey.study, bad),
    ]
    for each in wrong:
        with pytest.raises(SurveyError) as raised:
            each()
        assert SECRET not in str(raised.value)
        assert raised.value.__context__ is None or SECRET not in str(raised.value.__context__)


def test_a_contact_shows_nothing_of_itself(survey):
    from torg.site.answers.models import Contact

    assert SECRET not in "".join(f"{each} {each!r}" for each in Contact.objects.all())


def on_disk(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.glob("torg.sqlite3*")))


def test_a_link_is_not_kept_and_what_is_erased_leaves_the_file(survey, box, database):
    if database:
        return  # PostgreSQL's files are its owner's
    a_whole_survey(survey, box)
    tokens = [box.token(to).encode() for to in set(box.to)]
    (survey.study.folder / "addresses.csv").unlink()
    close_people()
    held = on_disk(survey.study.folder)
    assert not any(token in held for token in tokens)
    assert b"kari@" in held
    assert b"Nordmann" in held
    assert survey.do(erase, address=f"kari@{SECRET}") == 1
    held = on_disk(survey.study.folder)
    assert b"kari@" not in held
    assert b"Nordmann" not in held


def test_a_refused_letter_tells_nobody_of_its_address(survey):
    box = Box(**{f"post_at_{SECRET}": Delivery("refused", 550)})
    assert SECRET not in repr(survey.ask(invite, wave=WAVE, post=box))
