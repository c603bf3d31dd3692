"""Mail, handed to a real server on loopback: what arrives, and what is never told in the open."""

import pytest

from tests.lib.mail_server import certificate, mail_server
from torg.errors import MailError
from torg.mail import letter_to, posted, posting
from torg.study import Mail
from torg.tokens import Secret

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

SECRET = "not-for-the-open-road"  # noqa: S105 -- of a test
WORDS = "1. [bluesky] Bærum: nothing came.\n.\nA line of its own.\n"


def a_letter(sender="torg@example.no", to="office@example.no"):
    return letter_to((to,), sender=sender, subject="Torg: you are needed\nfor 1 thing.", text=WORDS)


def sent(box, *, trust=None, password=None, **settings):
    mail = Mail(server=box.address, **settings)
    letter = a_letter(mail.sender)
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
    with pytest.raises(MailError, match="took no letter"):
        posted(a_letter(), mail=Mail(server=address))


TOWNS = ("a@example.no", "b@example.no", "c@example.no")


def went(box):
    """How it went with a letter to each of three towns."""
    with posting(Mail(server=box.address)) as post:
        return [post(a_letter(to=town)) for town in TOWNS]


def test_many_letters_go_over_one_connection():
    with mail_server() as box:
        assert [delivery.how for delivery in went(box)] == ["taken"] * 3
    assert box.connections == 1
    assert [town for town in TOWNS if f"To: {town}" in "".join(box.letters)] == list(TOWNS)


def test_one_recipient_that_is_unknown_and_one_that_is_busy_do_not_stop_the_others():
    replies = {TOWNS[0]: "550 5.1.1 nobody", TOWNS[1]: "451 4.7.1 come again"}
    with mail_server(replies=replies) as box:
        deliveries = went(box)
    assert [(d.how, d.code) for d in deliveries] == [
        ("refused", 550),
        ("later", 451),
        ("taken", 250),
    ]
    assert len(box.letters) == 1


def test_a_server_that_lets_nobody_send_is_no_fault_of_the_recipient():
    replies = dict.fromkeys(TOWNS, "550 5.7.1 relaying denied")
    with mail_server(replies=replies) as box, pytest.raises(MailError, match="it answered 550"):
        went(box)


def test_a_line_that_is_cut_before_a_letter_is_called_anew():
    with mail_server(hangs_up={2: "before"}) as box:
        assert [delivery.how for delivery in went(box)] == ["taken"] * 3
    assert box.connections == 2
    assert len(box.letters) == 3


def test_a_line_that_is_cut_after_the_last_word_leaves_one_letter_unsure_and_none_twice():
    with mail_server(hangs_up={2: "after"}) as box:
        assert [delivery.how for delivery in went(box)] == ["taken", "unsure", "taken"]
    assert len(box.letters) == 3


def test_a_server_that_hangs_up_twice_took_no_letter():
    with (
        mail_server(hangs_up={1: "before", 2: "before"}) as box,
        pytest.raises(MailError, match="it hung up"),
    ):
        went(box)
