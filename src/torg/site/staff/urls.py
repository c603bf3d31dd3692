"""The addresses of this room, each in every language."""

from django.urls import path

from torg.site.staff.views import (
    accounting,
    announcing,
    asking,
    overview,
    persons,
    recording,
    releasing,
    reviewing,
    waves,
    working,
)

_SURVEY = [
    ("", waves.survey, "staff_survey"),
    ("<slug:wave>/", waves.wave, "staff_wave"),
    ("<slug:wave>/frame/", waves.frame_page, "staff_frame"),
    ("<slug:wave>/frame/draw/", waves.draw_frame, "staff_draw_frame"),
    ("<slug:wave>/silent/", waves.silent, "staff_silent"),
    ("<slug:wave>/addresses/", asking.addresses, "staff_addresses"),
    ("<slug:wave>/addresses/take/", asking.take_addresses, "staff_take_addresses"),
    ("<slug:wave>/addresses/bounces/", asking.take_bounces, "staff_take_bounces"),
    ("<slug:wave>/letters/<slug:kind>/", asking.letters, "staff_letters"),
    ("<slug:wave>/letters/<slug:kind>/send/", asking.send, "staff_send"),
    ("<slug:wave>/unit/", asking.unit, "staff_unit"),
    ("<slug:wave>/unit/replace/", asking.replace_address, "staff_replace"),
    ("<slug:wave>/unit/revoke/", asking.revoke_links, "staff_revoke"),
    ("<slug:wave>/unit/refuse/", asking.refuse_for, "staff_refuse"),
]

_RELEASES = [
    ("", releasing.releases, "staff_releases"),
    ("run/", releasing.run, "staff_run"),
    ("<slug:release>/", releasing.release, "staff_release"),
    ("<slug:release>/announce/", announcing.announcement, "staff_announcement"),
    ("<slug:release>/announce/send/", announcing.announce, "staff_announce"),
    ("<slug:release>/postpone/", releasing.postpone, "staff_postpone"),
    ("<slug:release>/withdraw/", releasing.withdraw, "staff_withdraw"),
]

_REVIEW = [
    ("", reviewing.all_kinds, "staff_reviews"),
    ("<slug:kind>/<int:number>/", reviewing.one, "staff_review"),
    ("<slug:kind>/<int:number>/decide/", reviewing.decide, "staff_decide"),
]

_ACCOUNTS = [
    ("accounts/", accounting.accounts, "staff_accounts"),
    ("accounts/make/", accounting.make_account, "staff_make_account"),
    ("accounts/link/", accounting.renew_link, "staff_renew_link"),
    ("accounts/wish/", accounting.decide_wish, "staff_decide_wish"),
    ("accounts/end/", accounting.end, "staff_end_account"),
    ("accounts/factor/", accounting.take_factor, "staff_take_factor"),
    ("links/", accounting.links, "staff_links"),
    ("links/make/", accounting.make_link, "staff_make_link"),
    ("links/revoke/", accounting.revoke_link, "staff_revoke_link"),
]

_OTHERS = [
    ("", overview.overview, "staff"),
    ("work/", working.jobs, "staff_jobs"),
    ("work/<int:number>/", working.job, "staff_job"),
    ("log/", recording.log, "staff_log"),
    ("log.csv", recording.log_csv, "staff_log_csv"),
    ("persons/", persons.persons, "staff_persons"),
    ("persons/export/", persons.export, "staff_export_person"),
    ("persons/forget/", persons.forget, "staff_forget_person"),
]

urlpatterns = [
    path(f"staff/{start}{rest}", view, name=name)
    for start, rows in (
        ("", _OTHERS),
        ("survey/", _SURVEY),
        ("releases/", _RELEASES),
        ("review/", _REVIEW),
        ("", _ACCOUNTS),
    )
    for rest, view, name in rows
]
