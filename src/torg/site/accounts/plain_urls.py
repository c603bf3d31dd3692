"""The addresses of links in letters, which have no language."""

from django.urls import path

from torg.site.accounts.views import opening

urlpatterns = [
    path("room/<str:token>", opening.open_room, name="open_room"),
    path("account-link/<str:token>", opening.open_account_link, name="open_account_link"),
]
