"""All that Torg raises on purpose: one tree.

::

    TorgError                 exit status 1 unless said otherwise
    ├── Unreachable           a server that gave no answer, or none that can be used
    ├── OverBudget            a network that may not be asked any more for a while
    └── UserError             exit status 2: the input or the call is at fault
        ├── StudyError        study.toml, or the folder that should be a study
        ├── RegisterError     municipalities.csv, channels.csv, changes.csv
        ├── FileRefused       a file of no known format, or not readable without an answer
        │   └── QuestionError only the user can know: which zone, which decimal sign
        ├── ArchiveError      the archive is locked, damaged, or made by a newer Torg
        │   └── Overtaken     what forgets was rewritten while it was read: read it again
        ├── MeasureError      a measure or window that does not exist
        ├── MailError         the mail server, or what study.toml says of it
        ├── SurveyError       questionnaire.toml, a wave, an invitation, answers from elsewhere
        ├── TokenError        a token, or the store that tokens lie in
        └── LackingPart       a part of the machine that is not there (a key, Java, a font)

Everything else that is raised is a bug and keeps its traceback.
"""

import datetime as dt


class TorgError(Exception):
    """The root; `exit_status` is what the command line ends with."""

    exit_status = 1


class Unreachable(TorgError):
    """A server that gave no answer, or none that can be used; asked again later it may."""


class OverBudget(TorgError):
    """A network that may not be asked any more for a while: until `until`, where that is known.

    `is_shut`: nobody is let through to it any more, so it says nothing of who was asked about.
    Else it was this one call that the network turned away, and others it may answer.
    """

    def __init__(
        self, message: str, *, until: dt.datetime | None = None, is_shut: bool = False
    ) -> None:
        super().__init__(message)
        self.until = until
        self.is_shut = is_shut


class UserError(TorgError):
    """The input or the call is at fault: one sentence with the place and the remedy."""

    exit_status = 2


class StudyError(UserError):
    """The study folder or its study.toml."""


class RegisterError(UserError):
    """One of the register's plain files."""


class FileRefused(UserError):
    """A file that no format recognises, or that a format must not take."""


class QuestionError(FileRefused):
    """A file that can be read only after the user has answered a question."""


class ArchiveError(UserError):
    """The archive is locked, damaged, or written by a newer Torg."""


class Overtaken(ArchiveError):
    """The table that forgets was rewritten, and its old files removed, while it was read."""


class MeasureError(UserError):
    """A measure, window or engine that does not exist."""


class TokenError(UserError):
    """A token that is none or opens nothing, or the store that tokens lie in."""


class MailError(UserError):
    """A mail that could not be sent, or that study.toml does not say enough for."""


class LackingPart(UserError):
    """A part of the machine that is not there; the sentence says how to get it."""


class SurveyError(UserError):
    """questionnaire.toml, a wave that is none, an invitation, or answers from elsewhere."""
