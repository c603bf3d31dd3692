"""Personal links: 256 random bits that go out in a letter, and the hash that stays."""

import datetime as dt
import hashlib
import secrets

from torg.errors import SurveyError
from torg.site.answers.models import Link, Respondent
from torg.study import Study

_BYTES = 32


def hash_of(token: str) -> str:
    """What is kept of a link. The bits are random, so nobody finds them by trying (ADR 11)."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_link(respondent: Respondent, *, at: dt.datetime) -> tuple[Link, str]:
    """A further link of a respondent, and its token, which is known only now."""
    token = secrets.token_urlsafe(_BYTES)
    return Link.objects.create(respondent=respondent, hash=hash_of(token), made=at), token


def address_of(study: Study, token: str) -> str:
    """The link as it stands in a letter. Raises SurveyError where study.toml does not say where."""
    if not study.survey.link:
        raise SurveyError(
            "study.toml does not say where people answer: add link = "
            '"https://survey.example.no/answer/" under [survey].'
        )
    return study.survey.link + token


def revoke_links(respondent: Respondent, *, at: dt.datetime) -> None:
    """Let no link of the respondent open anything any more."""
    Link.objects.filter(respondent=respondent, revoked__isnull=True).update(revoked=at)
