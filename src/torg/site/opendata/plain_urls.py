"""The addresses of this room that have no language."""

from django.urls import path

from torg.site.opendata import feeds
from torg.site.opendata.api import patterns
from torg.site.opendata.views import files

urlpatterns = [
    path("data/<slug:release>/<str:name>", files.data_file, name="data_file"),
    path("feeds/<language:language>/releases.atom", feeds.releases_feed, name="feed"),
    path(
        "feeds/<language:language>/experiences.atom", feeds.experiences_feed, name="experience_feed"
    ),
    *patterns,
]
