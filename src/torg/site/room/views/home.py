"""The first page of a room: what is asked of the municipality, and what it did."""

from django.http import HttpRequest, HttpResponse

from torg.site.answers.models import Form
from torg.site.audit.queries import entries_of
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.releases.queries import in_preview, in_question, own_corrections, own_statements
from torg.site.room.framing import room_page
from torg.site.room.queries import files_of, own_channels, proposals_of

FEW = 5  # of each kind on the first page


@door("municipality")
def room(request: HttpRequest) -> HttpResponse:
    """The home of a municipality."""
    who = request.visitor
    where = (who.country, who.unit)
    said = proposals_of(*where)
    files = files_of(*where)
    return room_page(
        request, "home",
        forms=_forms(*where),
        files=files[:FEW],
        asked=[each for each in files if each.state == "asked"],
        channels=own_channels(current_study(), *where),
        waiting=sum(each.state == "waiting" for each in said),
        preview=in_preview(),
        publication=in_question(),
        corrections=own_corrections(*where)[:FEW],
        statements=own_statements(*where)[:FEW],
        entries=entries_of(*where, limit=FEW),
    )  # fmt: skip


@door("municipality")
def uses(request: HttpRequest) -> HttpResponse:
    """Who has used the room: the log of this municipality."""
    who = request.visitor
    return room_page(request, "uses", entries=entries_of(who.country, who.unit, limit=200))


def _forms(country: str, unit: str) -> list[Form]:
    """The survey's forms about the municipality, the latest wave first; never what was answered."""
    found = Form.objects.filter(unit__country=country, unit__unit=unit)
    return list(found.select_related("unit", "respondent").order_by("-unit__wave", "id"))
