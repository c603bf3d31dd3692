"""A person's data: given out, or forgotten, on request."""

import json

from django.http import HttpRequest, HttpResponse

from torg.errors import TorgError, UserError
from torg.locale import translate
from torg.site.accounts.forms import said
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.staff.persons import export_person, forget_person
from torg.site.staff.telling import staff_page, told


@door("analyst")
def persons(request: HttpRequest) -> HttpResponse:
    """The page that asks for an address."""
    return staff_page(request, "persons", here="staff_persons")


@door("analyst", methods=("POST",))
def export(request: HttpRequest) -> HttpResponse:
    """All that is kept of an address, as JSON."""
    address = said(request, "address", longest=300)
    if "@" not in address:
        fault = UserError("That is no mail address: write it as post@example.no.")
        return staff_page(request, "persons", here="staff_persons", fault=fault)
    found = export_person(current_study(), address, visitor=request.visitor)
    text = json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="person.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@door("analyst", methods=("POST",))
def forget(request: HttpRequest) -> HttpResponse:
    """Forget an address, once that is confirmed."""
    address = said(request, "address", longest=300)
    try:
        if said(request, "confirmed") != "yes" or "@" not in address:
            raise UserError("Write the mail address, and tick that it is to be forgotten.")
        places = forget_person(current_study(), address, visitor=request.visitor)
    except TorgError as error:
        return staff_page(request, "persons", here="staff_persons", fault=error)
    sentence = translate(request.language).count(
        "Forgotten in %(n)s place. The municipality's answers stay.",
        "Forgotten in %(n)s places. The municipality's answers stay.", sum(places.values()),
    )  # fmt: skip
    return told(request, sentence, "staff_persons")
