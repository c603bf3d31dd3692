"""The addresses of signing in, each in every language."""

from django.urls import path

from torg.site.accounts.views import signing

urlpatterns = [path("sign-in/", signing.sign_in, name="sign_in")]
