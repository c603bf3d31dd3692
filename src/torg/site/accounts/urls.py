"""The addresses of signing in, each in every language."""

from django.urls import path

from torg.site.accounts.views import opening, own, signing, wishing

urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-in/code/", signing.second_factor, name="second_factor"),
    path("sign-in/set-up/", signing.set_up_factor, name="set_up_factor"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("account/", own.account, name="account"),
    path("account/codes/", own.renew_codes, name="renew_codes"),
    path("account/factor/", own.change_factor, name="change_factor"),
    path("account/password/", own.choose_password, name="choose_password"),
    path("room/change/", opening.change_room, name="change_room"),
    path("room/ask-for-account/", wishing.ask_for_account, name="ask_for_account"),
]
