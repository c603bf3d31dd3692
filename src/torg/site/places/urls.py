"""The addresses of the public pages, each in every language."""

from django.urls import path

from torg.site.places.views import country

urlpatterns = [path("", country.front, name="front")]
