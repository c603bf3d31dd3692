"""The addresses of the public pages that have no language."""

from django.urls import path

from torg.site.places.views import country

urlpatterns = [path("", country.choose_language, name="choose_language")]
