"""torg doctor --mail: a mail where something changed, daily while a person is needed, else none."""

import dataclasses
import datetime as dt

import pytest

from tests.lib.doctored import NOW, facts_of, study_of
from torg.errors import MailError
from torg.follow import examine, mail_diagnosis
from torg.mail import letter_to, posted
from torg.study import Mail
from torg.tokens import Secret

WELL = {"runs": "at\n2026-06-10 09:00"}
STILL = {"runs": "at\n2026-06-01 09:00"}
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def office(tmp_path):
    """Sends diagnoses one after the other, and gives the subjects of the mails that went out."""
    study = study_of(mail_to=("office@example.no",)).model_copy(update={"folder": tmp_path})

    def sends(*tables_and_hours):
        subjects = []
        for tables, hours in tables_and_hours:
            diagnosis = dataclasses.replace(examine(facts_of(**tables)), at=NOW + hours * HOUR)
            mail_diagnosis(study, diagnosis, post=lambda letter: subjects.append(letter["Subject"]))
        return subjects

    return sends


NEEDED, NOBODY = "Drawn: you are needed for 1 thing.", "Drawn: nobody is needed."


@pytest.mark.parametrize(
    ("looks", "mails"),
    [
        ([(WELL, 0), (WELL, 24)], []),  # nobody was ever needed
        ([(STILL, 0)], [NEEDED]),
        ([(STILL, 0), (STILL, 1), (STILL, 22)], [NEEDED]),  # told already
        ([(STILL, 0), (STILL, 24)], [NEEDED, NEEDED]),  # a day later still
        ([(STILL, 0), (WELL, 1)], [NEEDED, NOBODY]),  # all well again, said once
        ([(STILL, 0), (WELL, 1), (WELL, 25)], [NEEDED, NOBODY]),
    ],
)
def test_when_a_mail_goes_out(office, looks, mails):
    assert office(*looks) == mails


def test_a_mail_that_could_not_be_sent_is_tried_again(tmp_path):
    study = study_of(mail_to=("office@example.no",)).model_copy(update={"folder": tmp_path})
    diagnosis = examine(facts_of(**STILL))

    def refuse(_letter):
        raise MailError("no")

    with pytest.raises(MailError):
        mail_diagnosis(study, diagnosis, post=refuse)
    assert mail_diagnosis(study, diagnosis, post=lambda _letter: None)
    assert not mail_diagnosis(study, diagnosis, post=lambda _letter: None)


def test_a_note_of_the_last_mail_that_is_damaged_costs_one_mail(office, tmp_path):
    assert office((STILL, 0)) == [NEEDED]
    (tmp_path / "doctor.json").write_text("{")
    assert office((STILL, 1)) == [NEEDED]


def test_nobody_to_write_to(tmp_path):
    study = study_of().model_copy(update={"folder": tmp_path})
    with pytest.raises(MailError, match=r"\[follow\]"):
        mail_diagnosis(study, examine(facts_of(**STILL)))


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"server": "mail.example.no:smtp"}, "write it as mail.example.no:587"),
        ({"server": ":587"}, "write it as mail.example.no:587"),
    ],
)
def test_a_server_that_is_written_wrongly(settings, says):
    letter = letter_to(("office@example.no",), sender=None, subject="s", text="t")
    with pytest.raises(MailError, match=says):
        posted(letter, mail=Mail(**settings), password=Secret("p"))
