"""What study.toml says of mail: how letters go out, the doctor's and the survey's alike."""

from pydantic import Field

from torg.study.frozen import Frozen


class Mail(Frozen):
    """How letters go out: the doctor's, and the survey's invitations and reminders."""

    server: str = "localhost"
    """The mail server, as `mail.example.no:587`."""
    user: str | None = None
    """The name to log in with; the password is in the environment, `TORG_MAIL_PASSWORD`."""
    sender: str | None = Field(None, alias="from")
    """The address that letters come from, and that reports of failed delivery go to."""
