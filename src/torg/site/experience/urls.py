"""The addresses of this room, each in every language."""

from django.urls import path

from torg.site.experience.views import asking, campaigns, matching, own, reading, requests

_ROOM = "experience/"

urlpatterns = [
    path(_ROOM, reading.experiences, name="experiences"),
    path(f"{_ROOM}<int:number>/", reading.experience, name="experience"),
    path(f"{_ROOM}<int:number>/ask/", asking.ask, name="experience_ask"),
    path(f"{_ROOM}<int:number>/thank/", asking.thank, name="experience_thank"),
    path(f"{_ROOM}<int:number>/withdraw/", asking.withdraw, name="experience_take_off"),
    path(f"{_ROOM}remarks/<int:number>/answer/", asking.answer, name="experience_answer"),
    path(f"{_ROOM}remarks/<int:number>/hide/", asking.hide, name="experience_hide"),
    path(f"{_ROOM}files/<int:number>/", reading.experience_file, name="experience_file"),
    path(f"{_ROOM}own/", own.own, name="experience_own"),
    path(f"{_ROOM}own/new/", own.new, name="experience_new"),
    path(f"{_ROOM}own/<int:number>/", own.draft, name="experience_draft"),
    path(f"{_ROOM}own/<int:number>/preview/", own.preview, name="experience_preview"),
    path(f"{_ROOM}own/<int:number>/files/", own.attach, name="experience_attach"),
    path(f"{_ROOM}own/<int:number>/files/<int:file>/", own.detach, name="experience_detach"),
    *(
        path(
            f"{_ROOM}own/<int:number>/{what}/", own.step, {"what": what},
            name=f"experience_{what.replace('-', '_')}",
        )
        for what in ("send", "take-back", "withdraw")
    ),
    path(f"{_ROOM}matches/", matching.matches, name="experience_matches"),
    path(f"{_ROOM}requests/", requests.requests, name="experience_requests"),
    path(f"{_ROOM}requests/new/", requests.new_request, name="experience_request_new"),
    path(f"{_ROOM}requests/<int:number>/", requests.request_, name="experience_request"),
    path(f"{_ROOM}requests/<int:number>/answer/", requests.answer, name="request_answer"),
    path(f"{_ROOM}requests/<int:number>/link/", requests.link, name="request_link"),
    path(f"{_ROOM}requests/<int:number>/state/", requests.state, name="request_state"),
    path(f"{_ROOM}requests/<int:number>/enter/", requests.enter, name="request_enter"),
    path(f"{_ROOM}requests/<int:number>/make-link/", requests.make_link, name="request_make_link"),
    path(f"{_ROOM}requests/<int:number>/hide/", requests.hide, name="request_hide"),
    path(f"{_ROOM}requests/answers/<int:number>/hide/", requests.hide_answer, name="answer_hide"),
    path(f"{_ROOM}requests/by-link/<str:word>/", requests.by_link, name="experience_by_link"),
    path(f"{_ROOM}agencies/", requests.agencies, name="experience_agencies"),
    path(f"{_ROOM}agencies/<int:number>/end/", requests.end_agency, name="agency_end"),
    path(f"{_ROOM}campaigns/", campaigns.campaigns, name="experience_campaigns"),
    path(f"{_ROOM}campaigns/new/", campaigns.new, name="experience_campaign_new"),
    path(f"{_ROOM}campaigns/<int:number>/", campaigns.campaign, name="experience_campaign"),
    *(
        path(
            f"{_ROOM}campaigns/<int:number>/{what}/", campaigns.step, {"what": what},
            name=f"experience_campaign_{what}",
        )
        for what in ("join", "leave")
    ),
    path(f"{_ROOM}campaigns/<int:number>/hide/", campaigns.hide, name="experience_campaign_hide"),
]  # fmt: skip
