"""Who may do what: the table, the doors, and what each role is told when it knocks."""

import pytest

from tests.lib.site import as_municipality, as_staff, site_of
from tests.lib.staff import address_of, staff_addresses
from tests.repo.source import ROOT

PAGE = ROOT / "docs" / "explanation" / "who-may-do-what.md"

IN = {
    "public": set(),
    "municipality": set(),
    "reader": {"reader"},
    "editor": {"reader", "editor"},
    "analyst": {"reader", "editor", "analyst"},
}


def visiting(client, role):
    if role == "municipality":
        return as_municipality(client, "XX", "0101")
    return client if role == "public" else as_staff(client, role)


def rows():
    """Everything in the database that is somebody's doing, by table."""
    from django.apps import apps

    ours = [m for m in apps.get_models() if m.__module__.startswith("torg.site")]
    return {m.__name__: list(m.objects.order_by("pk").values()) for m in ours}


@pytest.mark.parametrize("role", IN)
def test_each_role_comes_in_where_it_may_and_changes_nothing_elsewhere(client, role):
    visiting(client, role)
    client.get("/en/")
    before = rows()
    for name, pattern in staff_addresses().items():
        may = pattern.callback.door in IN[role]
        for method in ("GET", "POST"):
            has_method = method in pattern.callback.methods
            if may and has_method and method == "POST":
                continue  # what it does is tested one by one
            answer = getattr(client, method.lower())(address_of(name))
            expected = {200, 404} if may else {403}
            assert answer.status_code in (expected if has_method else {405}), (name, method)
    assert rows() == before


def test_no_form_of_the_staff_is_taken_without_its_token(study, client):
    from django.test import Client

    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    as_staff(strict, "analyst")
    posts = [n for n, p in staff_addresses().items() if "POST" in p.callback.methods]
    assert len(posts) > 15
    before = rows()
    for name in posts:
        assert strict.post(address_of(name)).status_code == 403, name
    assert rows() == before


def test_every_address_of_the_staff_has_its_row_in_the_table(client):
    from torg.site.staff.rights import MAY

    assert set(MAY) == set(staff_addresses())


def test_the_page_of_the_docs_has_the_table_as_the_doors_are(client):
    from torg.site.staff.rights import table_of

    doors = {name: pattern.callback.door for name, pattern in staff_addresses().items()}
    assert "\n".join(table_of(doors)) in PAGE.read_text(encoding="utf-8")


def test_a_page_offers_only_what_its_reader_may_do(study, client):
    as_staff(client, "reader")
    for name, pattern in staff_addresses().items():
        if "GET" in pattern.callback.methods and pattern.callback.door == "reader":
            page = client.get(address_of(name))
            text = page.content.decode() if not page.streaming else ""
            assert 'action="/en/staff/' not in text.replace('action="/en/staff/log/"', ""), name


def test_what_the_staff_see_is_kept_by_no_cache(client, study):
    as_staff(client, "analyst")
    for name in ("staff", "staff_log", "staff_accounts", "staff_log_csv"):
        assert "no-store" in client.get(address_of(name))["Cache-Control"]
    assert "no-store" in site_of(study).get("/en/sign-in/")["Cache-Control"]
