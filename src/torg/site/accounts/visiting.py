"""Who is at the door: nobody in particular, one of a municipality's, or one of the staff.

A personal link is looked up again at every call, so one that was taken back opens nothing more.
"""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import SimpleLazyObject

from torg.errors import SurveyError
from torg.site.accounts.models import Account, RoomLink
from torg.site.accounts.sessions import is_awake
from torg.site.answers.kept import questionnaire_of
from torg.site.answers.models import OBSERVER, Link
from torg.site.answers.permissions import check_can_open, wave_named
from torg.site.current import current_study

Role = Literal["public", "municipality", "reader", "editor", "analyst"]

ROOM_LINK = "room_link"  # in the session: the number of the room link that was opened
ANSWER_LINK = "answer_link"  # in the session: the number of the survey's link that was opened


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Who asks for a page. `is_named` says who did something, in the log: never a name."""

    role: Role = "public"
    is_named: str = "somebody"
    country: str = ""
    unit: str = ""
    respondent: int | None = None  # who came by the survey's link
    account: int | None = None

    @property
    def is_staff(self) -> bool:
        """One of those who make the study."""
        return self.role in {"reader", "editor", "analyst"}


PUBLIC = Visitor()


class VisitorMiddleware:
    """Let every request have its visitor; who that is is only looked up where a page asks."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:  # noqa: ANN401 -- Django carries no types
        """Answer the request."""
        request.visitor = SimpleLazyObject(lambda: visitor_of(request))
        return self.get_response(request)


def visitor_of(request: Any) -> Visitor:  # noqa: ANN401
    """Who asks: by account, else by a room's link, else by a survey's link, else nobody known."""
    return _by_account(request) or _by_room_link(request) or _by_answer_link(request) or PUBLIC


def _by_account(request: Any) -> Visitor | None:  # noqa: ANN401
    """Who signed in; the staff only with their second factor."""
    user = request.user
    if not user.is_authenticated or not user.is_active:
        return None
    if user.role != "municipality" and not user.is_verified():
        return None
    return visitor_for(user) if is_awake(request, user.role) else None


def visitor_for(account: Account) -> Visitor:
    """Who has signed in with that account."""
    return Visitor(
        role=account.role, is_named=f"account {account.pk}", country=account.country,
        unit=account.unit, account=account.pk,
    )  # fmt: skip


def _by_room_link(request: Any) -> Visitor | None:  # noqa: ANN401
    number = request.session.get(ROOM_LINK)
    valid = RoomLink.valid(at=dt.datetime.now(dt.UTC))
    link = number and valid.filter(id=number).first()
    if not link:
        return None
    return Visitor(
        role="municipality", is_named=f"room link {link.pk}", country=link.country, unit=link.unit
    )


def _by_answer_link(request: Any) -> Visitor | None:  # noqa: ANN401
    """Who came by the survey's link, and answers for one municipality.

    An observer answers about municipalities and speaks for none, be it that only one was given.
    """
    number = request.session.get(ANSWER_LINK)
    link = number and Link.objects.select_related("respondent").filter(id=number).first()
    if not link or not _opens_today(link):
        return None
    units = list(link.respondent.form_set.values_list("unit__country", "unit__unit", named=False))
    is_own = len(units) == 1 and link.respondent.role != OBSERVER
    country, unit = units[0] if is_own else ("", "")
    return Visitor(
        role="municipality" if unit else "public", is_named=f"survey link {link.pk}",
        country=country, unit=unit, respondent=link.respondent_id,
    )  # fmt: skip


def _opens_today(link: Link) -> bool:
    """Whether the link itself would open anything now; a session outlives the wave by hours."""
    study = current_study()
    day = dt.datetime.now(study.zone).date()
    with suppress(SurveyError):
        wave = wave_named(questionnaire_of(study), link.respondent.wave)
        return check_can_open(link, wave=wave, day=day) is link
    return False
