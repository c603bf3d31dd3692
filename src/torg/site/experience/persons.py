"""The one kind of address that this room keeps: whom to write to about an experience."""

from django.db import transaction
from django.db.models import F

from torg.site.answers.actions.addressing import as_kept
from torg.site.experience.models import Experience, Version


def found_of(address: str) -> list[dict[str, object]]:
    """Where an address stands: which experience, and in which of its versions."""
    rows = Version.objects.filter(id__in=_with(address)).order_by("experience_id", "number")
    return [
        {"experience": row.experience_id, "version": row.number, "written": row.made.isoformat()}
        for row in rows
    ]


def _with(address: str) -> list[int]:
    """The versions that have it, by number: an author may have written it in another form."""
    written = Version.objects.exclude(contact="").values_list("id", "contact")
    meant = as_kept(address).casefold()
    return [number for number, contact in written if as_kept(contact).casefold() == meant]


@transaction.atomic
def erase(address: str) -> int:
    """Take an address out of every version that has it; gives how many those were.

    The database refuses to change a version, so each is taken out and put back without it.
    """
    rows = list(Version.objects.filter(id__in=_with(address)))
    ids = [row.pk for row in rows]
    shown = dict(Experience.objects.filter(shown_id__in=ids).values_list("id", "shown_id"))
    Version.objects.filter(id__in=ids)._raw_delete(Version.objects.db)
    for row in rows:
        row.contact = ""
    Version.objects.bulk_create(rows)
    if Experience.objects.filter(id__in=shown, shown_id=F("shown_id")).count() != len(shown):
        raise RuntimeError("a version that is shown went astray")
    return len(rows)
