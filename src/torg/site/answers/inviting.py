"""Make invitations: a respondent without a name, the forms, and that they are asked."""

import datetime as dt
import secrets
from collections.abc import Iterable

from torg.site.answers.models import Contact, Form, FrameUnit, Invitation, Respondent


def make_invitation(
    contact: Contact,
    units: Iterable[FrameUnit],
    wave: str,
    at: dt.datetime,
    *,
    passed_on_from: Invitation | None = None,
) -> Invitation:
    """Ask somebody about some units; the letter goes out later."""
    respondent = Respondent.objects.create(
        wave=wave,
        code=secrets.token_hex(8),
        role=contact.role,
        language=contact.language,
        contact=contact,
        made=at,
    )
    Form.objects.bulk_create(Form(respondent=respondent, unit=unit) for unit in units)
    return Invitation.objects.create(respondent=respondent, made=at, passed_on_from=passed_on_from)
