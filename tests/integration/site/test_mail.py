"""Invitations through a real mail server on loopback."""

import email
from email import policy

import pytest

from tests.lib.mail_server import certificate, mail_server
from tests.lib.surveying import DAY, LINK, NOON, WAVE, Survey
from torg.errors import MailError, SurveyError
from torg.site import invite, open_link, remind

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]


def read(raw):
    return email.message_from_string(raw, policy=policy.default)


def test_a_letter_as_it_arrives(tmp_path, database):
    with mail_server() as server:
        survey = Survey(tmp_path, server=server.address)
        survey.ask(invite, wave=WAVE)
    assert (server.connections, len(server.letters)) == (1, 4)
    letter = read(server.letters[0])
    assert letter["From"] == letter["Reply-To"] == "survey@towns.example"
    assert letter["Subject"] == "Byer i sosiale medier: spørsmål til Fjordby"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"].datetime == NOON
    assert letter["Content-Language"] == "nb"
    token = letter.get_content().split(LINK)[1].split()[0]
    assert survey.ask(open_link, token).forms[0].name == "Fjordby"


def test_a_recipient_that_is_unknown_one_that_is_busy_and_a_line_that_is_cut(tmp_path, database):
    replies = {
        "post@fjordby.example": "550 5.1.1 no such user",
        "post@sundby.example": "451 4.7.1 greylisted",
    }
    with mail_server(replies=replies, hangs_up={1: "before"}) as server:
        survey = Survey(tmp_path, server=server.address)
        went = survey.ask(invite, wave=WAVE).letters
        assert (went.taken, went.refused, went.later, went.unsure) == (2, 1, 1, 0)
        server.replies = {}
        assert survey.ask(invite, wave=WAVE, at=NOON + DAY).letters.taken == 1
        assert survey.ask(remind, wave=WAVE, at=NOON + 9 * DAY).letters.taken == 3
    to = [read(letter)["To"] for letter in server.letters]
    assert to.count("post@fjordby.example") == 0
    assert len(to) == 6


def test_a_server_that_takes_nothing_costs_no_letter(tmp_path, database):
    with mail_server(refuses="MAIL") as server:
        survey = Survey(tmp_path, server=server.address)
        with pytest.raises(MailError, match="0 of 4 letters went out, then the mail server"):
            survey.ask(invite, wave=WAVE)
        server.refuses = ""
        assert survey.ask(invite, wave=WAVE).letters.taken == 4


def test_a_server_whose_certificate_is_not_believed(tmp_path, database):
    shows, _ = certificate(tmp_path)
    with mail_server(encryption=shows) as server:
        survey = Survey(tmp_path / "study", server=server.address)
        with pytest.raises(MailError, match="took no letter"):
            survey.ask(invite, wave=WAVE)
    assert server.letters == []


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ("contact", r"does not say who asks: add contact"),
        ("link", r"does not say where people answer: add link"),
        ("from", r"does not say where letters come from: add from"),
    ],
)
def test_what_study_toml_has_to_say_first(tmp_path, database, missing, says):
    survey = Survey(tmp_path)
    update = {missing: None} if missing != "from" else {}
    settings = {"survey": survey.study.survey.model_copy(update=update)}
    if missing == "from":
        settings["mail"] = survey.study.mail.model_copy(update={"sender": None})
    survey.study = survey.study.model_copy(update=settings)
    with pytest.raises(SurveyError, match=says):
        survey.ask(invite, wave=WAVE)
