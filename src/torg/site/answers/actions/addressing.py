"""Whom to write to: addresses taken in from a list, replaced, taken back, and erased."""

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from torg.errors import SurveyError
from torg.locale import LANGUAGES
from torg.site.answers.inviting import make_invitation
from torg.site.answers.links import revoke_links
from torg.site.answers.models import Contact, Event, FrameUnit, Invitation, Respondent
from torg.site.opening import with_people
from torg.study import Study

Unit = tuple[str, str]  # country and code

COLUMNS = ("country", "unit", "address", "role", "language")

_ADDRESS = re.compile(
    r"[!#$%&'*+/=?^_`{|}~.\w-]{1,64}@[a-z0-9.-]{1,190}\.[a-z0-9-]{2,63}", re.ASCII
)


@dataclass(frozen=True, kw_only=True)
class Added:
    """What a list of addresses brought."""

    new: int
    changed: int  # another role, language or name than before
    same: int


@with_people
def add_addresses(study: Study, path: Path, *, at: dt.datetime | None = None) -> Added:
    """Take in a CSV of role addresses: country, unit, address, role, language, and maybe name.

    A unit may have several. A code that lost its leading noughts is mended where it can only be
    one. All of the file goes in or nothing. Raises SurveyError with file, line and remedy, and
    never with the address; also where a frame was drawn, and a unit is in none.
    """
    known = frozenset(FrameUnit.objects.values_list("country", "unit"))
    rows = list(_rows(path, study.languages[0], known))
    went = {"new": 0, "changed": 0, "same": 0}
    with transaction.atomic():
        for row in rows:
            went[_add(row, at or dt.datetime.now(dt.UTC))] += 1
    return Added(**went)


@with_people
def replace(
    study: Study,
    *,
    wave: str,
    country: str,
    unit: str,
    address: str,
    old: str | None = None,
    name: str = "",
    at: dt.datetime | None = None,
) -> str:
    """Ask at another address instead: the old link opens nothing more. Gives the new respondent.

    The letter goes out with the next `invite`. `old` says which address, where a unit has several.
    Raises SurveyError where none, or more than one, is meant.
    """
    at = at or dt.datetime.now(dt.UTC)
    fresh = checked_address(address, place="the new address")
    with transaction.atomic():
        before = _the_one(wave, country, unit, old)
        person = before.respondent
        contact = _contact(country, unit, fresh, name, person.role, person.language, at)
        if Respondent.objects.filter(wave=wave, contact=contact).exists():
            raise SurveyError(f"{country} {unit} is asked at that address already: name another.")
        made = make_invitation(contact, FrameUnit.objects.filter(form__respondent=person), wave, at)
        take_back(before, at=at, kind="replaced", replaced_by=made)
        Contact.objects.filter(id=person.contact_id).update(ended=at)
    return str(made.respondent.code)


@with_people
def revoke(
    study: Study, *, wave: str, country: str, unit: str, at: dt.datetime | None = None
) -> int:
    """Take back all invitations of a unit; its answers stay. Gives how many were taken back.

    Raises SurveyError where the wave does not ask that unit.
    """
    check_is_in_frame(wave, country, unit)
    with transaction.atomic():
        invitations = list(_live(wave, country, unit))
        for invitation in invitations:
            take_back(invitation, at=at or dt.datetime.now(dt.UTC), kind="revoked")
    return len(invitations)


@with_people
def erase(study: Study, *, address: str, at: dt.datetime | None = None) -> int:
    """Erase a name and address wherever they are kept, and take back that person's links.

    The answers, which are the municipality's, stay. Gives in how many places it was kept. Raises
    SurveyError where another program keeps it from leaving the file: then call again.
    """
    with transaction.atomic():
        contacts = Contact.objects.filter(address__iexact=as_kept(address))
        for invitation in Invitation.objects.filter(respondent__contact__in=contacts):
            take_back(invitation, at=at or dt.datetime.now(dt.UTC), kind="erased")
        erased, _ = contacts.delete()
    _leave_no_trace()
    return int(erased)


def take_back(
    invitation: Invitation, *, at: dt.datetime, kind: str, replaced_by: Invitation | None = None
) -> None:
    """Revoke an invitation and its links, and note what for."""
    invitation.revoked = invitation.revoked or at
    invitation.replaced_by = invitation.replaced_by or replaced_by
    invitation.save(update_fields=("revoked", "replaced_by"))
    revoke_links(invitation.respondent, at=at)
    Event.objects.create(respondent=invitation.respondent, kind=kind, at=at)


def check_is_in_frame(wave: str, country: str, unit: str) -> None:
    """Raise SurveyError where the wave does not ask that unit: a slip of the pen does nothing."""
    if not FrameUnit.objects.filter(wave=wave, country=country, unit=unit).exists():
        raise SurveyError(
            f"{country}:{unit} is not in the frame of wave '{wave}': mend its code, or name the "
            "wave that asks it."
        )


def checked_address(text: str, *, place: str) -> str:
    """The address in its one form. Raises SurveyError, without it, where it is none."""
    local, _, domain = text.strip().rpartition("@")
    try:
        address = f"{local}@{domain.lower().encode('idna').decode('ascii')}"
    except UnicodeError:
        address = ""
    if not _ADDRESS.fullmatch(address):
        raise SurveyError(f"{place} is no mail address: write it as post@example.no.")
    return address


def as_kept(text: str) -> str:
    """The address in the form that is kept; one that is none, as it stands."""
    with suppress(SurveyError):
        return checked_address(text, place="it")
    return text.strip()


def _rows(path: Path, language: str, known: frozenset[Unit]) -> Iterator[Mapping[str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SurveyError(f"{path} cannot be read ({error.strerror}): name a CSV file.") from error
    except UnicodeDecodeError:
        raise SurveyError(f"{path} is not UTF-8 text: save it as UTF-8.") from None
    first = text.partition("\n")[0]
    table = csv.DictReader(text.splitlines(), delimiter=";" if ";" in first else ",")
    missing = [name for name in COLUMNS[:4] if name not in (table.fieldnames or ())]
    if missing:
        raise SurveyError(
            f"{path}, line 1: the column {missing[0]} is not there; the columns are "
            f"{', '.join(COLUMNS)}, and name where you have it."
        )
    for row in _whole(table, path):
        cells = {name: (row.get(name) or "").strip() for name in (*COLUMNS, "name")}
        if any(cells.values()):
            place = f"{path}, line {table.line_num}"
            yield _of_frame(_checked(cells, place, language), place, known)


def _of_frame(row: Mapping[str, str], place: str, known: frozenset[Unit]) -> Mapping[str, str]:
    """The row with its unit as a frame has it. Raises SurveyError where none has."""
    country, unit = row["country"], row["unit"]
    if not known or (country, unit) in known:  # before any frame is drawn nobody can tell
        return row
    without = unit.lstrip("0")
    meant = sorted(code for land, code in known if land == country and code.lstrip("0") == without)
    if len(meant) != 1:
        raise SurveyError(
            f"{place}: no unit {country} {unit} is asked: write its code as the register has it "
            "(0301, not 301), or leave the line out."
        )
    return {**row, "unit": meant[0]}


def _whole(table: "csv.DictReader[str]", path: Path) -> Iterator[dict[str, str]]:
    try:
        yield from table
    except csv.Error as error:
        raise SurveyError(f"{path} is no whole CSV ({error}): export it again.") from error


def _checked(cells: Mapping[str, str], place: str, language: str) -> Mapping[str, str]:
    blank = next((name for name in ("country", "unit", "role") if not cells[name]), None)
    if blank:
        raise SurveyError(f"{place}: {blank} is blank: fill it in.")
    spoken = cells["language"] or language
    if spoken.split("-")[0] not in LANGUAGES:
        raise SurveyError(
            f"{place}: language '{spoken}' is not one of {', '.join(LANGUAGES)}: mend it."
        )
    address = checked_address(cells["address"], place=f"{place}: the address")
    return {**cells, "language": spoken, "address": address}


def _add(row: Mapping[str, str], at: dt.datetime) -> str:
    known = Contact.objects.filter(
        country=row["country"], unit=row["unit"], address__iexact=row["address"]
    ).first()
    if known is None:
        Contact.objects.create(**row, added=at)
        return "new"
    said = {name: row[name] for name in ("role", "language", "name")}
    if said == {name: getattr(known, name) for name in said}:
        return "same"
    Contact.objects.filter(id=known.id).update(**said)
    return "changed"


def _contact(
    country: str, unit: str, address: str, name: str, role: str, language: str, at: dt.datetime
) -> Contact:
    """The contact with that address, in use again where it was replaced before."""
    known = Contact.objects.filter(country=country, unit=unit, address__iexact=address).first()
    if known is None:
        return Contact.objects.create(
            country=country, unit=unit, address=address, name=name, role=role,
            language=language, added=at,
        )  # fmt: skip
    known.ended = known.bounced = None
    known.save()
    return known


def _live(wave: str, country: str, unit: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return Invitation.objects.filter(
        respondent__wave=wave,
        respondent__form__unit__country=country,
        respondent__form__unit__unit=unit,
        revoked__isnull=True,
    ).order_by("id")


def _the_one(wave: str, country: str, unit: str, old: str | None) -> Invitation:
    live = _live(wave, country, unit)
    if old is not None:
        live = live.filter(respondent__contact__address__iexact=as_kept(old))
    found = list(live[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise SurveyError(
            f"{country} {unit} is asked at several addresses in wave '{wave}': say which one is "
            "replaced."
        )
    raise SurveyError(
        f"{country} {unit} is not asked {'at that address ' if old else ''}in wave '{wave}': add "
        "the address to the list, and invite."
    )


def _leave_no_trace() -> None:
    """What was deleted leaves the file: SQLite's log is emptied, PostgreSQL's rows made free.

    Raises SurveyError where another program holds SQLite's log.
    """
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("VACUUM")  # all: other rooms erase before, and few rows wait for long
            return
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_held, *_ = cursor.fetchone()
    if is_held:
        raise SurveyError(
            "it is erased from the tables, and still lies in the database's log, which another "
            "program reads: end that program, and call again."
        )
