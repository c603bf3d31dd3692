"""How a token of Meta's becomes grants: pages, accounts, permissions, ends; and goes back."""

import datetime as dt

import pytest

from tests.lib.graph_fake import READ, READ_INSTAGRAM, Account, GraphFake, Page, Token
from tests.lib.tokens import store_in
from tests.lib.visits import START, means
from torg.collect.platforms.graph import MetaGranting
from torg.errors import TokenError
from torg.tokens import Secret, connect, revoke

APP = ("77", "app-secret")
ROLE = "head of communication"
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
ALL = READ + READ_INSTAGRAM


@pytest.fixture
def app(monkeypatch):
    monkeypatch.setenv("TORG_META_APP_ID", APP[0])
    monkeypatch.setenv("TORG_META_APP_SECRET", APP[1])


def fake(**further):
    fjordvik = Page("1001", "Fjordvik", instagram=Account("178401", "fjordvik"))
    skogby = Page("1002", "Skogby", name="Skogby kommune")
    return GraphFake(pages=[fjordvik, skogby], **further)


def granting(graph, **further):
    return MetaGranting(means(graph).door, **further)


def test_a_pages_own_token_is_for_that_page_and_its_instagram_account():
    ends = START + 60 * DAY
    graph = fake(tokens={"page": Token("PAGE", ("1001",), ALL, data_ends=ends)})
    held = granting(graph).examine(Secret("page"), by=ROLE)
    assert [(one.grant.platform, one.grant.channel, one.grant.handle) for one in held] == [
        ("facebook", "1001", "Fjordvik"),
        ("instagram", "178401", "fjordvik"),
    ]
    assert {one.secret for one in held} == {Secret("page")}
    assert {one.grant.by for one in held} == {ROLE}
    assert held[0].grant.may == tuple(sorted(ALL))


def test_a_persons_token_gives_each_page_its_own():
    graph = fake(tokens={"user": Token("USER", ("1001", "1002"), ALL)})
    held = granting(graph).examine(Secret("user"), by=ROLE)
    assert [one.grant.channel for one in held] == ["1001", "178401", "1002"]
    assert [one.secret.value for one in held] == [
        "page-token-1001", "page-token-1001", "page-token-1002",
    ]  # fmt: skip
    assert {one.root for one in held} == {Secret("user")}


@pytest.mark.parametrize(
    ("ends", "data_ends", "last_day"),
    [
        (None, None, None),  # a system user's: no end
        (None, START + 90 * DAY, (START + 89 * DAY).date()),
        (START + 60 * DAY, START + 90 * DAY, (START + 59 * DAY).date()),
    ],
)
def test_it_ends_when_the_token_ends_or_the_access_to_data(ends, data_ends, last_day):
    """A page token may have no end and still show nothing after ninety days."""
    token = Token("PAGE", ("1002",), READ, ends=ends, data_ends=data_ends)
    (held,) = granting(fake(tokens={"page": token})).examine(Secret("page"), by=ROLE)
    assert held.grant.ends_on == last_day


def test_a_token_of_the_dialogue_is_made_a_long_one_with_the_apps_secret(app, tmp_path):
    graph = fake(tokens={"short": Token("USER", ("1002",), READ, ends=START + HOUR)}, app=APP)
    store = store_in(tmp_path)
    (grant,) = connect([Secret("short")], granting=granting(graph), store=store, by=ROLE)
    (held,) = store.held()
    assert held.root == Secret("long-short")
    assert grant.ends_on == (START + 89 * DAY).date()


def test_without_the_apps_secret_it_stays_short_and_the_listing_says_so(tmp_path):
    graph = fake(tokens={"short": Token("PAGE", ("1002",), READ, ends=START + HOUR)})
    (grant,) = connect(
        [Secret("short")], granting=granting(graph), store=store_in(tmp_path), by=ROLE
    )
    assert grant.ends_on == (START - DAY).date()


def test_a_long_token_is_not_exchanged(app):
    graph = fake(tokens={"long": Token("SYSTEM_USER", ("1002",), READ)}, app=APP)
    assert granting(graph).lengthen(Secret("long")) == Secret("long")


def test_a_lacking_permission_is_named():
    graph = fake(tokens={"page": Token("PAGE", ("1002",), ("pages_read_engagement",))})
    with pytest.raises(TokenError, match="Skogby kommune lacks pages_read_user_content"):
        granting(graph).examine(Secret("page"), by=ROLE)


def test_without_instagrams_permissions_the_page_alone_is_connected():
    graph = fake(tokens={"page": Token("PAGE", ("1001",), READ)})
    held = granting(graph).examine(Secret("page"), by=ROLE)
    assert [one.grant.platform for one in held] == ["facebook"]


def test_instagram_alone():
    graph = fake(tokens={"page": Token("PAGE", ("1001",), ALL)})
    held = granting(graph, platform="instagram").examine(Secret("page"), by=ROLE)
    assert [(one.grant.platform, one.grant.channel) for one in held] == [("instagram", "178401")]


def test_the_studys_own_account_asks_about_others():
    graph = fake(tokens={"page": Token("PAGE", ("1001",), (*READ, "instagram_basic"))})
    asker = granting(graph, platform="instagram", of_study=True)
    (held,) = asker.examine(Secret("page"), by=ROLE)
    assert (held.grant.platform, held.grant.channel) == ("instagram", None)


@pytest.mark.parametrize(
    "token",
    [
        Token("PAGE", ("1001",), taken_back=True),
        Token("PAGE", ("1001",), ends=START - DAY),
    ],
)
def test_a_token_that_does_not_hold_is_refused(token):
    with pytest.raises(TokenError):
        granting(fake(tokens={"page": token})).examine(Secret("page"), by=ROLE)


def test_a_token_that_meta_does_not_know_is_refused():
    with pytest.raises(TokenError, match="has ended or does not hold"):
        granting(fake()).examine(Secret("nobodys"), by=ROLE)


def test_a_persons_grant_is_taken_back_at_meta(tmp_path, app):
    graph = fake(tokens={"user": Token("USER", ("1001",), ALL)}, app=APP)
    store, meta = store_in(tmp_path), granting(graph)
    connect([Secret("user")], granting=meta, store=store, by=ROLE)
    done = revoke("1001", store=store, granting=lambda _platform: meta)
    assert done.at_platform and [g.platform for g in done.grants] == ["facebook", "instagram"]
    assert graph.tokens["user"].taken_back
    assert store.listing() == ()


def test_a_system_users_grant_is_not_taken_back_for_one_page_of_many(tmp_path):
    graph = fake(tokens={"system": Token("SYSTEM_USER", ("1001", "1002"), ALL)})
    store, meta = store_in(tmp_path), granting(graph)
    connect([Secret("system")], granting=meta, store=store, by=ROLE)
    done = revoke("1002", store=store, granting=lambda _platform: meta)
    assert not done.at_platform and "2 other channels" in done.remains
    assert [grant.channel for grant in store.listing()] == ["1001", "178401"]


def test_three_hundred_pages_are_connected_by_one_token(tmp_path):
    pages = [Page(str(number), f"p{number}") for number in range(300)]
    ids = tuple(page.id for page in pages)
    graph = GraphFake(pages=pages, tokens={"system": Token("SYSTEM_USER", ids, READ)})
    store = store_in(tmp_path)
    grants = connect([Secret("system")], granting=granting(graph), store=store, by="association")
    assert len(grants) == len(store.listing()) == 300
