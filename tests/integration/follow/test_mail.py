"""Mail, handed to a real server on loopback: what arrives, and what is never told in the open."""

import pytest

from tests.lib.mail_server import certificate, mail_server
from torg.errors import MailError
from torg.follow.mail import letter_to, posted
from torg.study import Mail
from torg.tokens import Secret

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

SECRET = "not-for-the-open-road"  # noqa: S105 -- of a test
WORDS = "1. [bluesky] Bærum: nothing came.\n.\nA line of its own.\n"


def sent(box, *, trust=None, password=None, **settings):
    mail = Mail(to=("office@example.no",), server=box.address, **settings)
    letter = letter_to(mail, subject="Torg: you are needed\nfor 1 thing.", text=WORDS)
    posted(letter, mail=mail, password=password and Secret(password), trust=trust)


def test_a_letter_arrives_as_it_was_written():
    with mail_server() as box:
        sent(box, **{"from": "torg@example.no"})
    (letter,) = box.letters
    assert "To: office@example.no" in letter
    assert "From: torg@example.no" in letter
    assert "Subject: Torg: you are needed for 1 thing." in letter  # no line of its own making
    assert "A line of its own." in letter


def test_it_is_encrypted_where_the_server_offers_that(tmp_path):
    shows, trust = certificate(tmp_path)
    with mail_server(encryption=shows, users={"torg": SECRET}) as box:
        sent(box, trust=trust, user="torg", password=SECRET)
    assert box.logged_in == ["torg"]
    assert len(box.letters) == 1


def test_a_server_of_another_name_is_not_believed(tmp_path):
    shows, _ = certificate(tmp_path)
    with mail_server(encryption=shows) as box, pytest.raises(MailError, match="took no letter"):
        sent(box)
    assert box.letters == []


def test_a_password_never_goes_where_everybody_can_read_it():
    with mail_server(users={"torg": SECRET}) as box, pytest.raises(MailError, match="encryption"):
        sent(box, user="torg", password=SECRET)
    assert not any("AUTH" in line for line in box.said)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_refuses_is_named_without_its_own_words(verb):
    with mail_server(refuses=verb) as box, pytest.raises(MailError) as raised:
        sent(box)
    assert box.address in str(raised.value)
    assert "what you told me" not in str(raised.value)


def test_a_wrong_password_is_not_repeated(tmp_path):
    shows, trust = certificate(tmp_path)
    with (
        mail_server(encryption=shows, users={"torg": "another"}) as box,
        pytest.raises(MailError, match="it answered 535") as raised,
    ):
        sent(box, trust=trust, user="torg", password=SECRET)
    assert SECRET not in str(raised.value)


def test_a_server_that_is_not_there():
    with mail_server() as box:
        address = box.address
    mail = Mail(to=("office@example.no",), server=address)
    with pytest.raises(MailError, match="took no letter"):
        posted(letter_to(mail, subject="s", text="t"), mail=mail)
