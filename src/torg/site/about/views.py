"""About the site: who answers for it, what it keeps of people, and who can use it."""

from django.http import HttpRequest, HttpResponse

from torg.site.about.keeping import KEPT
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.pages import page


@door("everybody")
def about(request: HttpRequest) -> HttpResponse:
    """What the site is, who answers for it, and under which terms its figures may be used."""
    return page(request, "about/about.html.jinja")


@door("everybody")
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why, and for how long."""
    study = current_study()
    return page(
        request,
        "about/privacy.html.jinja",
        kept=KEPT,
        text_days=study.imports.citizen_text_days,
        keep_years=study.site.keep_years,
    )


@door("everybody")
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far the site can be used by everybody, what is known to lack, and whom to tell."""
    return page(request, "about/accessibility.html.jinja")
