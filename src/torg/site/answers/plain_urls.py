"""The address of a letter's link; it has no language, for the link is read in a letter."""

from django.urls import path

from torg.site.answers.views import entering

urlpatterns = [path("answer/<str:token>", entering.open_answer_link, name="open_answer_link")]
