"""A letter by mail: the one thing beside collecting that goes out to a network.

A password is only ever sent where the way is encrypted.
"""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage

from torg.errors import MailError
from torg.study import Mail
from torg.tokens import Secret

MAIL_PASSWORD = "TORG_MAIL_PASSWORD"  # noqa: S105 -- the name, not the secret
TIMEOUT = 30.0  # seconds
ENCRYPTED_PORT = 465  # encrypted from the first byte; on all others STARTTLS, where it is offered

Post = Callable[[EmailMessage], None]


def letter_to(mail: Mail, *, subject: str, text: str) -> EmailMessage:
    """A plain letter. Raises MailError where study.toml names nobody to send it to."""
    if not mail.to:
        raise MailError(
            'study.toml names nobody to write to: add to = ["you@example.no"] under [follow.mail].'
        )
    letter = EmailMessage()
    letter["To"] = ", ".join(mail.to)
    letter["From"] = mail.sender or mail.to[0]
    letter["Subject"] = " ".join(subject.split())
    letter.set_content(text)
    return letter


def posted(
    letter: EmailMessage,
    *,
    mail: Mail,
    password: Secret | None = None,
    trust: ssl.SSLContext | None = None,
) -> None:
    """Hand the letter to the mail server that study.toml names.

    `trust` says which certificates are believed; without it those that the machine believes.
    Raises MailError with the server's name and what it said.
    """
    host, port = _server(mail.server)
    trust = trust or ssl.create_default_context()
    try:
        with _connected(host, port, trust) as server:
            _log_in(server, mail, password, trust)
            server.send_message(letter)
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(
            f"the mail server {mail.server} took no letter ({_reason(error)}): mend server, user "
            f"and {MAIL_PASSWORD}, as [follow.mail] in study.toml says."
        ) from error


def _server(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":") if ":" in text else (text, "", "25")
    if not host or not port.isdecimal():
        raise MailError(
            f"server '{text}' under [follow.mail] is no mail server: write it as "
            "mail.example.no:587."
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
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "it refused the addresses"
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
