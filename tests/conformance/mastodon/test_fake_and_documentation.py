"""The fake server says what Mastodon's documentation says, as the kept client has it in types.

Answers that others recorded of a real server are the outside witness.
"""

import datetime as dt
import json
import re

import pytest
from mastodon import return_types

from tests.lib.mastodon_fake import Server

# What Torg reads of a status and of an account.
READ = {
    "Status": (
        "id uri url created_at edited_at visibility content spoiler_text reblog in_reply_to_id "
        "in_reply_to_account_id replies_count reblogs_count favourites_count media_attachments "
        "poll card account mentions"
    ),
    "Account": (
        "id username acct url uri display_name followers_count hide_collections moved suspended"
    ),
    "StatusMention": "id username url acct",
    "Context": "ancestors descendants",
}
_PLAIN = {"str": (str,), "int": (int,), "bool": (bool,), "float": (float, int)}


def faults(value, kind, path="answer"):
    """Where an answer is not as its type is documented."""
    optional = re.fullmatch(r"Optional\[(.*)\]", kind)
    if optional:
        return [] if value is None else faults(value, optional[1], path)
    many = re.fullmatch(r"\w*List\[(.*)\]", kind)
    if many:
        if not isinstance(value, list):
            return [f"{path} is no list"]
        return [f for n, one in enumerate(value) for f in faults(one, many[1], f"{path}.{n}")]
    if kind in _PLAIN:
        return [] if type(value) in _PLAIN[kind] else [f"{path} is {value!r}, and no {kind}"]
    if kind in ("datetime",):
        return [] if _is_instant(value) else [f"{path} is {value!r}, and no instant"]
    if "IdType" in kind:
        return [] if isinstance(value, str) else [f"{path} is {value!r}, and no id"]
    documented = getattr(return_types, kind, None)
    if not kind.isidentifier():
        return []  # one of several
    if documented is None or not isinstance(value, dict):
        return [] if kind.endswith("List") else [f"{path} is {value!r}, and no {kind}"]
    return _faults_of_object(value, documented, path)


def _faults_of_object(value, documented, path):
    kinds = {name: kind.strip("'") for name, kind in documented.__annotations__.items()}
    found = [f"{path}.{name} is not documented" for name in value.keys() - kinds.keys()]
    for name in value.keys() & kinds.keys():
        found += faults(value[name], kinds[name], f"{path}.{name}")
    return found


def _is_instant(value):
    """An instant, or a day where the documentation has one (`last_status_at`)."""
    return isinstance(value, str) and dt.datetime.fromisoformat(value)


def a_server():
    server = Server("social.example")
    server.account("town")
    server.account("ann", home="other.example")
    post = server.post("town", "Snow")
    server.edit(post, "Much snow")
    answer = server.post("ann@other.example", "Where?", to=post)
    server.post("town", "Here", to=answer)
    server.post("town", "Boost", reblog=answer)
    return server


@pytest.mark.parametrize("kind", READ)
def test_what_torg_reads_is_documented(kind):
    assert set(READ[kind].split()) <= getattr(return_types, kind).__annotations__.keys()


def test_statuses_accounts_and_contexts_are_as_documented():
    server = a_server()
    for status in server.statuses.values():
        assert faults(status, "Status") == []
    assert [f for account in server.accounts.values() for f in faults(account, "Account")] == []
    first = next(iter(server.statuses))
    context = server.send(_call(server, f"/api/v1/statuses/{first}/context"))
    assert faults(json.loads(context.body), "Context") == []


def test_limits_are_told_in_the_documented_headers():
    answer = a_server().send(_call(a_server(), "/api/v1/accounts/lookup?acct=town"))
    assert answer.headers["x-ratelimit-limit"] == "300"
    assert answer.headers["x-ratelimit-remaining"] == "299"
    assert dt.datetime.fromisoformat(answer.headers["x-ratelimit-reset"]).tzinfo


def _call(server, path):
    from torg.collect.transport import Call

    return Call("GET", f"https://{server.host}{path}")


@pytest.fixture
def recorded(real_data):
    """Recorded answers of a real server, each with its type."""
    folder = real_data / "posts" / "mastodon"

    def body(name):
        return json.loads((folder / f"{name}__0.json").read_text("utf-8"))["body"]

    return [
        (body("get_account_default"), "Account"),
        (body("get_account_statuses_default"), "NonPaginatableList[Status]"),
        (body("get_context_with_token"), "Context"),
    ]


@pytest.mark.real_data
def test_a_real_servers_answers_are_as_documented(recorded):
    for answer, kind in recorded:
        assert faults(answer, kind) == []


@pytest.mark.real_data
def test_the_fake_has_no_field_that_a_real_server_lacks(recorded):
    (account, _), (statuses, _), _ = recorded
    server = a_server()
    for fake in server.statuses.values():
        assert fake.keys() <= set().union(*(status.keys() for status in statuses))
    assert server.accounts["town"].keys() <= account.keys()


@pytest.mark.real_data
def test_a_real_servers_pages_are_linked_as_the_fakes_are(real_data):
    name = "get_account_statuses_default__0.json"
    whole = json.loads((real_data / "posts" / "mastodon" / name).read_text("utf-8"))
    server = a_server()
    for number in range(25):
        server.post("town", f"Post {number}")
    path = f"/api/v1/accounts/{server.accounts['town']['id']}/statuses?limit=20"
    links = [whole["headers"]["link"], server.send(_call(server, path)).headers["link"]]
    form = [re.sub(r"<[^>]*[?&](max_id|min_id)=\d+>", r"<\1>", link) for link in links]
    assert form[0] == form[1] == '<max_id>; rel="next", <min_id>; rel="prev"'
