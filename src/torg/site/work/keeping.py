"""How long what people did is kept: what is older than study.toml says goes, and is counted."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from torg.site.accounts.actions.linking import drop_old_room_links
from torg.site.accounts.factors import drop_devices
from torg.site.accounts.models import Account, AccountWish
from torg.site.answers.models import Contact, Respondent
from torg.site.audit.actions import SITE, note
from torg.site.audit.models import Entry
from torg.site.opening import with_people
from torg.site.work.models import Job
from torg.study import Study

_YEAR = dt.timedelta(days=365.25)

# What stays for good: it names nobody, and what was published rests on it.
NEVER = (
    "answers, and when they were given",
    "frames of the waves",
    "releases, and what municipalities corrected or replied",
    "published experiences",
    "the archive: what it forgets of citizens is said in study.toml",
)


@dataclass(frozen=True, kw_only=True)
class Gone:
    """How many of one kind were let go."""

    what: str
    gone: int


@with_people
def keep(study: Study, *, at: dt.datetime | None = None) -> list[Gone]:
    """Let go what is older than `[site] keep_years`; gives how many of each kind.

    What is never deleted stands in NEVER.
    """
    at = at or dt.datetime.now(dt.UTC)
    before = at - study.site.keep_years * _YEAR
    with transaction.atomic():
        counts = [Gone(what=what, gone=let_go(before)) for what, let_go in _OWN.items()]
        counts += [Gone(what=what, gone=gone) for what, gone in _of_others(study, at)]
        gone = {each.what: each.gone for each in counts if each.gone}
        if gone:
            note(SITE, "let go what was too old", kinds=gone)
    return counts


def _of_others(study: Study, at: dt.datetime) -> Iterator[tuple[str, int]]:
    for name in OTHERS:
        module, _, function = name.rpartition(".")
        gone: Mapping[str, int] = getattr(import_module(module), function)(study, at=at)
        yield from gone.items()


def _accounts(before: dt.datetime) -> int:
    """Accounts that ended, or that nobody used: they end, and nobody is named any more."""
    unused = Q(last_login__lt=before) | Q(last_login__isnull=True, made__lt=before)
    old = Account.objects.filter(Q(ended__lt=before) | (Q(ended__isnull=True) & unused))
    named = list(old.exclude(address__startswith=NAMELESS))
    for account in named:
        make_nameless(account, at=account.ended or before)
    return len(named)


NAMELESS = "account without a name "


def make_nameless(account: Account, *, at: dt.datetime) -> None:
    """End an account and forget whose it was; the log knows it by its number."""
    account.address, account.name = f"{NAMELESS}{account.pk}", ""
    account.ended = account.ended or at
    account.set_unusable_password()
    account.save()
    account.accountlink_set.all().delete()
    drop_devices(account)


def _contacts(before: dt.datetime) -> int:
    """Addresses that were replaced, or that nobody wrote to in a wave since."""
    asked_since = Respondent.objects.filter(contact=OuterRef("pk"), made__gte=before)
    unused = Q(added__lt=before) & ~Exists(asked_since)
    return int(Contact.objects.filter(Q(ended__lt=before) | unused).delete()[0])


def _wishes(before: dt.datetime) -> int:
    return int(AccountWish.objects.filter(at__lt=before).delete()[0])


def _jobs(before: dt.datetime) -> int:
    return int(Job.objects.filter(ended__lt=before).delete()[0])


def _entries(before: dt.datetime) -> int:
    return int(Entry.objects.filter(at__lt=before).delete()[0])


_OWN: Mapping[str, Callable[[dt.datetime], int]] = {
    "accounts": _accounts,
    "addresses to write to": _contacts,
    "links to rooms": lambda before: drop_old_room_links(before=before),
    "wishes for accounts": _wishes,
    "jobs": _jobs,
    "log": _entries,
}

# Of other rooms: functions of a study and a moment that let go what is too old, counted by kind.
OTHERS = ("torg.site.room.actions.tidy_files",)
