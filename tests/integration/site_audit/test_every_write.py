"""Every address that takes a form is sent one, as every role: what it writes stands in the log."""

import re

import pytest

from tests.lib.experience import EDITOR, SUNDBY, content
from tests.lib.site import as_municipality, as_staff, released, site_of
from tests.lib.site_addresses import addresses

_WRITE = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
LOG = "audit_entry"

# Written without an entry: what the machinery keeps for itself, and what is its own record.
OWN_RECORD = {
    "accounts_account": "when somebody signed in last: signing in itself is noted",
    "accounts_try": "tries to come in, which are counted and forgotten",
    "answers_answer": "each answer is kept with its moment, and none is ever changed",
    "answers_event": "the paradata of a form",
    "django_session": "who is signed in",
    "experience_notice": "that a municipality saw what it was told",
    "otp_static_staticdevice": "how often a wrong code was tried",
    "otp_totp_totpdevice": "a second factor that is not confirmed yet",
}

SAID = {
    "text": "So it was.", "title": "A trial", "area": "dialogue", "group": "residents",
    "channel": "facebook", "service": "central", "language": "en", "begins": "2026-03-02",
    "ends": "2026-03-09", "tag": "vote", "went": "good", "tried": "Some", "happened": "thing",
    "agency": "1", "name": "A name", "experience": "1", "state": "answered", "decision": "accept",
    "reason": "It is so.", "address": "post@town.example", "role": "editor", "confirmed": "yes",
    "letters": "0", "day": "2099-01-01", "days": "30", "link": "1", "account": "1", "wish": "1",
    "platform": "facebook", "kind": "add", "scope": "municipality", "by": "The head of the town",
    "where": "a letter", "answer": "yes", "measure": "posts", "should_be": "3",
}  # fmt: skip


@pytest.fixture
def study(tmp_path):
    return released(tmp_path)


@pytest.fixture
def town(study):
    """Whose the first experience is; with a question to it, and all else that can be acted on."""
    site_of(study)
    from torg.site.accounts.visiting import Visitor
    from torg.site.experience import actions
    from torg.site.experience.models import Experience

    first = Experience.objects.get(id=1)
    own = Visitor(role="municipality", is_named="the test", country=first.country, unit=first.unit)
    actions.ask_question(SUNDBY, 1, text="How?")
    actions.answer_request(own, 1, text="So.")
    actions.add_agency(EDITOR, name="An agency")
    actions.begin_experience(own, content())
    return first


def visitor(study, role, town):
    client = site_of(study)
    if role == "owner":
        return as_municipality(client, town.country, town.unit)
    if role == "another":
        return as_municipality(client, SUNDBY.country, SUNDBY.unit)
    return as_staff(client, role)


def written_by(client, address, said):
    """The tables that a call writes into."""
    from django.core.cache import cache
    from django.db import connection

    tables = []

    def watch(execute, sql, params, many, context):
        found = _WRITE.match(sql)
        if found:
            tables.append(found.group(1))
        return execute(sql, params, many, context)

    cache.clear()  # how often somebody may ask is another test's
    with connection.execute_wrapper(watch):
        client.post(address, said)
    return set(tables)


def test_whatever_a_person_writes_stands_in_the_log(study, town, figure):
    said = {**SAID, "unit": f"{town.country}:{town.unit}", "place": f"{town.country}:{town.unit}"}
    asked = addresses(next(study.releases.glob("2*")).name)
    silent, wrote = {}, set()
    for role in ("another", "owner", "editor", "analyst"):
        for each in asked:
            if "POST" not in each.methods or each.is_of_the_api:
                continue
            tables = written_by(visitor(study, role, town), each.path, said)
            if tables - set(OWN_RECORD) - {LOG} and LOG not in tables:
                silent[f"{role} {each.pattern}"] = sorted(tables - set(OWN_RECORD))
            if LOG in tables:
                wrote.add(each.pattern)
    figure(f"{len(wrote)} addresses wrote something, and noted it")
    assert silent == {}
    assert len(wrote) > 35
