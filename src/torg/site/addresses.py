"""All addresses of the site, by room. A page's address begins with its language."""

from django.urls import include, path, register_converter

from torg.site.languages import LanguageConverter
from torg.site.theme import theme

register_converter(LanguageConverter, "language")

ROOMS = (
    "torg.site.places.urls",  # first: the front page is there
    "torg.site.about.urls",
    "torg.site.accounts.urls",
    "torg.site.answers.urls",
    "torg.site.experience.urls",
    "torg.site.opendata.urls",
    "torg.site.room.urls",
    "torg.site.staff.urls",
)

# Addresses without a language: what programs ask for, and links in letters.
PLAIN = (
    "torg.site.places.plain_urls",
    "torg.site.answers.plain_urls",
    "torg.site.accounts.plain_urls",
    "torg.site.opendata.plain_urls",
)

urlpatterns = [
    path("theme.css", theme, name="theme"),
    *(path("", include(room)) for room in PLAIN),
    *(path("<language:language>/", include(room)) for room in ROOMS),
]

handler400 = "torg.site.refusals.not_understood"
handler403 = "torg.site.refusals.not_for_you"
handler404 = "torg.site.refusals.not_there"
handler500 = "torg.site.refusals.fault"
