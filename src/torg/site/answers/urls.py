"""The addresses of the survey, each in every language."""

from django.urls import path

from torg.site.answers.views import ending, entering, questions

urlpatterns = [
    path("answer/", entering.forms, name="answer"),
    path("answer/nothing/", entering.nothing, name="answer_nothing"),
    path("answer/passed-on/", ending.passed_on, name="answer_passed_on"),
    path("answer/<int:form>/", entering.start, name="answer_form"),
    path("answer/<int:form>/question/<slug:question>/", questions.question, name="answer_question"),
    path("answer/<int:form>/check/", ending.check, name="answer_check"),
    path("answer/<int:form>/receipt/", ending.receipt, name="answer_receipt"),
    path("answer/<int:form>/refuse/", ending.refuse, name="answer_refuse"),
    path("answer/<int:form>/pass-on/", ending.pass_on, name="answer_pass_on"),
]
