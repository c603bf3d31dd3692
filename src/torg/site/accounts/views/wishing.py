"""One of a municipality asks the staff for an account."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from torg.errors import UserError
from torg.locale import message
from torg.site.accounts.actions import wish_for_account
from torg.site.accounts.forms import said
from torg.site.accounts.models import Account, AccountWish
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.limits import limited
from torg.site.pages import page, url_in

NO_ADDRESS = message("That is no mail address: write it as post@example.no.")
TOO_MANY = message("Many accounts are asked for already: wait for the answer.")


@limited("20/h", scope="wish for an account")
@door("municipality", methods=("GET", "POST"))
def ask_for_account(request: HttpRequest) -> HttpResponse:
    """The form, with what was asked for before."""
    if request.method != "POST":
        return _form(request)
    address = said(request, "address", longest=300)
    try:
        wish_for_account(
            current_study(), request.visitor, address, name=said(request, "name", longest=200),
            language=request.language,
        )  # fmt: skip
    except UserError as error:
        wrong = NO_ADDRESS if "address" in str(error) else TOO_MANY
        return _form(request, wrong={"address": [wrong]}, address=address)
    return HttpResponseRedirect(url_in(request.language, "ask_for_account") + "?done=1")


def _form(
    request: HttpRequest, *, wrong: dict[str, list[str]] | None = None, address: str = ""
) -> HttpResponse:
    visitor = request.visitor
    own = {"country": visitor.country, "unit": visitor.unit}
    return page(
        request, "accounts/ask_for_account.html.jinja", status=422 if wrong else 200,
        wrong=wrong or {}, address=address, is_done="done" in request.GET,
        wishes=AccountWish.objects.filter(**own, decided__isnull=True).order_by("at", "id"),
        accounts=Account.objects.filter(**own, ended__isnull=True).order_by("address"),
    )  # fmt: skip
