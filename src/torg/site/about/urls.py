"""The addresses of the pages about the site, each in every language."""

from django.urls import path

from torg.site.about import views

urlpatterns = [
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
