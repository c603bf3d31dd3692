"""Links that go to people: by letter where the study has mail, else shown to the staff, once."""

from contextlib import suppress

from torg.errors import MailError
from torg.locale import message
from torg.mail import MAIL_PASSWORD, letter_to, posted
from torg.site.accounts.actions import Made
from torg.site.answers.letter import words_for
from torg.study import Study
from torg.tokens import secret_named

ACCOUNT_SUBJECT = message("%(site)s: your account")
ACCOUNT_LETTER = message(
    "Good day,\n\n"
    "an account was made for you on “%(site)s”. Set your own password here:\n\n"
    "%(link)s\n\n"
    "The link opens once, and for %(days)s days. Whoever has it can set the password: please do "
    "not pass it on. If you did not expect this letter, leave it: nothing happens."
)
ROOM_SUBJECT = message("%(site)s: the link to your municipality's room")
ROOM_LETTER = message(
    "Good day,\n\n"
    "this link opens the room of %(unit)s on “%(site)s”:\n\n"
    "%(link)s\n\n"
    "It opens until %(until)s. Whoever has it can speak for your municipality: please do not "
    "pass it on."
)


def account_path(token: str) -> str:
    """Where a password is set."""
    return f"/account-link/{token}"


def room_path(token: str) -> str:
    """Where a room is opened."""
    return f"/room/{token}"


def sent_account(study: Study, made: Made, *, link: str, days: int) -> bool:
    """Send the link to the account's owner; False where the study has no mail, or it failed."""
    words = words_for(made.language)
    subject = words.say(ACCOUNT_SUBJECT, site=study.title)
    text = words.say(ACCOUNT_LETTER, site=study.title, link=link, days=days)
    return _sent(study, made.address, subject, text)


def sent_room(
    study: Study, address: str, *, language: str, unit: str, link: str, until: str
) -> bool:
    """Send the link to a municipality's room; False where that cannot be."""
    words = words_for(language)
    subject = words.say(ROOM_SUBJECT, site=study.title)
    text = words.say(ROOM_LETTER, site=study.title, link=link, unit=unit, until=until)
    return _sent(study, address, subject, text)


def _sent(study: Study, address: str, subject: str, text: str) -> bool:
    if study.mail.sender is None or study.site.address is None:
        return False
    letter = letter_to([address], sender=study.mail.sender, subject=subject, text=text + "\n")
    with suppress(MailError):
        posted(letter, mail=study.mail, password=secret_named(MAIL_PASSWORD))
        return True
    return False
