"""Letters by mail: the one thing beside collecting that goes out to a network.

A password is only ever sent where the way is encrypted. Of each letter it is known how it went:
taken, refused, to be tried again, or unsure, where the line was cut after the last word.
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Literal

from torg.errors import MailError
from torg.study import Mail
from torg.tokens import Secret

MAIL_PASSWORD = "TORG_MAIL_PASSWORD"  # noqa: S105 -- the name, not the secret
TIMEOUT = 30.0  # seconds
LAST_WORD_TIMEOUT = 600.0  # seconds that a server may think over a whole letter (RFC 5321, 4.5.3.2)
ENCRYPTED_PORT = 465  # encrypted from the first byte; on all others STARTTLS, where it is offered

_CLOSING = 421  # the server hangs up: what was begun has not been taken
_NOT_THE_RECIPIENT = b"5.7."  # of enhanced codes: who may send, not who is written to (RFC 3463)
_UNKNOWN_RECIPIENT = (550, 551, 552, 553)

_STOP_AT_FRONT = re.compile(rb"^\.", re.MULTILINE)  # would end the letter (RFC 5321, 4.5.2)

# The oldest servers take it: nothing beyond seven bits.
_LETTER = policy.SMTP.clone(cte_type="7bit")


@dataclass(frozen=True)
class Delivery:
    """How it went with one letter. `refused` is about the recipient, and is not tried again."""

    how: Literal["taken", "refused", "later", "unsure"]
    code: int = 0  # the server's answer; 0 where it gave none


Post = Callable[[EmailMessage], Delivery]


def letter_to(
    addresses: Sequence[str], *, sender: str | None, subject: str, text: str
) -> EmailMessage:
    """A plain letter; without a sender it comes from the first that it goes to."""
    letter = EmailMessage(policy=_LETTER)
    letter["To"] = ", ".join(addresses)
    letter["From"] = sender or addresses[0]
    letter["Subject"] = " ".join(subject.split())
    letter.set_content(text, cte="quoted-printable")
    return letter


def posted(
    letter: EmailMessage,
    *,
    mail: Mail,
    password: Secret | None = None,
    trust: ssl.SSLContext | None = None,
) -> None:
    """Hand one letter to the mail server. Raises MailError unless it was taken."""
    with posting(mail, password=password, trust=trust) as post:
        went = post(letter)
    if went.how != "taken":
        raise _no_letter(mail, f"it answered {went.code}" if went.code else "the line was cut")


@contextmanager
def posting(
    mail: Mail, *, password: Secret | None = None, trust: ssl.SSLContext | None = None
) -> Iterator[Post]:
    """A function that hands letters to the mail server, all over one connection.

    Where the server hangs up between two letters, or before it was told the whole of one, it is
    called anew. `trust` says which certificates are believed; without it those that the machine
    believes. The function raises MailError where no letter can be sent at all: the server is not
    there, or does not take this sender.
    """
    line = _Line(mail, password, trust or ssl.create_default_context())
    try:
        yield line.post
    finally:
        line.hang_up()


class _Line:
    """The connection, which is there from the first letter on."""

    def __init__(self, mail: Mail, password: Secret | None, trust: ssl.SSLContext) -> None:
        self._mail, self._password, self._trust = mail, password, trust
        self._server: smtplib.SMTP | None = None

    def post(self, letter: EmailMessage) -> Delivery:
        try:
            with suppress(smtplib.SMTPServerDisconnected):
                return _handed(self._connected(), letter)
            self.hang_up()
            return _handed(self._connected(), letter)
        except smtplib.SMTPException as error:
            self.hang_up()
            raise _no_letter(self._mail, _reason(error)) from None
        except OSError as error:
            self.hang_up()
            raise _no_letter(self._mail, _reason(error)) from error

    def hang_up(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _connected(self) -> smtplib.SMTP:
        if self._server is None or self._server.sock is None:
            self.hang_up()
            self._server = _connected(*_server(self._mail.server), self._trust)
            _log_in(self._server, self._mail, self._password, self._trust)
        return self._server


def _handed(server: smtplib.SMTP, letter: EmailMessage) -> Delivery:
    """One letter. Raises SMTPServerDisconnected only while it surely was not taken."""
    sender, recipients = _addresses(letter, "From")[0], _addresses(letter, "To")
    _mind(*server.mail(sender))
    answers = [server.rcpt(recipient) for recipient in recipients]
    taken = [code for code, _ in answers if code in (250, 251)]
    if not taken:
        code, said = answers[0]
        if not _is_later(code):
            _mind_the_recipient(code, said)
        server.rset()
        return Delivery("later" if _is_later(code) else "refused", code)
    return _told(server, letter.as_bytes())


def _told(server: smtplib.SMTP, text: bytes) -> Delivery:
    code, said = server.docmd("DATA")
    if _is_later(code):
        server.rset()
        return Delivery("later", code)
    _mind(code, said, good=354)
    server.send(_STOP_AT_FRONT.sub(b"..", text))
    return _last_word(server)


def _last_word(server: smtplib.SMTP) -> Delivery:
    """Say that the letter ends here; from now on only the server knows whether it was taken."""
    server.send(b".\r\n")
    try:
        _wait_for(server, LAST_WORD_TIMEOUT)
        code, said = server.getreply()
        _wait_for(server, TIMEOUT)
    except (OSError, smtplib.SMTPException):
        server.close()
        return Delivery("unsure")
    if code != 250 and not _is_later(code):
        _mind(code, said)
    return Delivery("taken" if code == 250 else "later", code)


def _wait_for(server: smtplib.SMTP, seconds: float) -> None:
    if server.sock is not None:
        server.sock.settimeout(seconds)


def _mind(code: int, said: bytes, *, good: int = 250) -> None:
    """Raise where the server refuses what is no fault of one recipient."""
    if code in (_CLOSING, -1):
        raise smtplib.SMTPServerDisconnected("it hung up")
    if code != good:
        raise smtplib.SMTPResponseException(code, said)


def _mind_the_recipient(code: int, said: bytes) -> None:
    if code not in _UNKNOWN_RECIPIENT or said.startswith(_NOT_THE_RECIPIENT):
        _mind(code, said)


def _is_later(code: int) -> bool:
    return 400 <= code < 500 and code != _CLOSING


def _addresses(letter: EmailMessage, field: str) -> list[str]:
    return [address for _, address in getaddresses(letter.get_all(field, []))]


def _no_letter(mail: Mail, reason: str) -> MailError:
    return MailError(
        f"the mail server {mail.server} took no letter ({reason}): mend server, user, from "
        f"and {MAIL_PASSWORD}, as [mail] in study.toml says."
    )


def _server(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":") if ":" in text else (text, "", "25")
    if not host or not port.isdecimal():
        raise MailError(
            f"server '{text}' under [mail] is no mail server: write it as mail.example.no:587."
        )
    return host, int(port)


def _connected(host: str, port: int, trust: ssl.SSLContext) -> smtplib.SMTP:
    if port == ENCRYPTED_PORT:
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=trust)
    return smtplib.SMTP(host, port, timeout=TIMEOUT)


def _log_in(
    server: smtplib.SMTP, mail: Mail, password: Secret | None, trust: ssl.SSLContext
) -> None:
    is_encrypted = isinstance(server, smtplib.SMTP_SSL)
    server.ehlo()
    if not is_encrypted and server.has_extn("starttls"):
        server.starttls(context=trust)
        server.ehlo()
        is_encrypted = True
    if mail.user is None:
        return
    if password is None:
        raise MailError(
            f"study.toml names the user {mail.user} for the mail server, and there is no password: "
            f"put it into {MAIL_PASSWORD}."
        )
    if not is_encrypted:
        raise MailError(
            f"the mail server {mail.server} offers no encryption, so it is not told the password: "
            "name another port, mostly 587 or 465."
        )
    server.login(mail.user, password.value)


def _reason(error: OSError | smtplib.SMTPException) -> str:
    """What went wrong, without the server's own words: they may repeat what they were told."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answered {error.smtp_code}"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "it hung up"
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
