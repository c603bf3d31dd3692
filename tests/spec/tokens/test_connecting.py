"""`torg connect`: a token comes in by standard input, is checked, kept, listed, and taken back."""

import io

import pytest

from tests.lib.tokens import GrantingOf, held, store_in
from torg.errors import TokenError, Unreachable
from torg.tokens import Secret, connect, read_tokens, revoke

PAGES = (
    held("1001", "page-1", root="user", title="Fjordvik kommune"),
    held("1002", "page-2", root="user", title="Skogby kommune"),
)
ROLE = "head of communication"


def test_one_token_may_open_several_pages_and_all_are_kept(tmp_path):
    store = store_in(tmp_path)
    kept = connect([Secret("user")], granting=GrantingOf({"user": PAGES}), store=store, by=ROLE)
    assert [grant.channel for grant in kept] == ["1001", "1002"]
    assert store.get("facebook", "1002") == Secret("page-2")


@pytest.mark.parametrize("name", ["1002", "@1002", "Skogby kommune", "skogby KOMMUNE"])
def test_one_page_may_be_chosen(tmp_path, name):
    store = store_in(tmp_path)
    granting = GrantingOf({"user": PAGES})
    connect([Secret("user")], granting=granting, store=store, by=ROLE, channel=name)
    assert [grant.channel for grant in store.listing()] == ["1002"]


def test_a_token_of_another_page_is_refused(tmp_path):
    store = store_in(tmp_path)
    granting = GrantingOf({"user": PAGES})
    with pytest.raises(TokenError, match="does not open 1003"):
        connect([Secret("user")], granting=granting, store=store, by=ROLE, channel="1003")
    assert store.listing() == ()


def test_of_several_tokens_all_are_kept_or_none(tmp_path):
    store = store_in(tmp_path)
    granting = GrantingOf({"user": PAGES})
    with pytest.raises(TokenError, match="does not know"):
        connect([Secret("user"), Secret("wrong")], granting=granting, store=store, by=ROLE)
    assert store.listing() == ()


def test_tokens_come_one_a_line():
    assert read_tokens(io.StringIO("one\n\n  two \n")) == (Secret("one"), Secret("two"))


def test_no_token_is_said():
    with pytest.raises(TokenError, match="one a line"):
        read_tokens(io.StringIO("\n"))


def test_at_a_terminal_it_is_asked_for_without_an_echo():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    assert read_tokens(Terminal(), ask=lambda _prompt: " typed \n") == (Secret("typed"),)


@pytest.mark.parametrize("text", ["", "with blank", "line\nbreak", "tøken"])
def test_what_is_no_token_is_refused(text):
    with pytest.raises(TokenError, match="This is no token"):
        Secret(text)


def test_a_secret_prints_as_nothing():
    secret = Secret("recognisable")
    assert "recognisable" not in f"{secret} {secret!r} {secret!s} {[secret]}"


def test_revoking_takes_the_grant_back_at_the_platform_and_in_the_store(tmp_path):
    store = store_in(tmp_path)
    store.put_all(PAGES[:1])
    granting = GrantingOf({})
    done = revoke("1001", store=store, granting=lambda _platform: granting)
    assert granting.withdrawn == [Secret("user")]
    assert done.at_platform and not done.remains
    assert store.listing() == ()


def test_a_page_and_its_instagram_account_go_together(tmp_path):
    store = store_in(tmp_path)
    store.put_all([PAGES[0], held("178", "page-1", root="user", platform="instagram", handle="fj")])
    done = revoke("@fj", store=store, granting=lambda _platform: GrantingOf({}))
    assert [(g.platform, g.channel) for g in done.grants] == [
        ("facebook", "1001"),
        ("instagram", "178"),
    ]
    assert store.listing() == ()


def test_a_grant_that_other_pages_hang_on_stays_at_the_platform(tmp_path):
    store = store_in(tmp_path)
    store.put_all(PAGES)
    granting = GrantingOf({})
    done = revoke("1001", store=store, granting=lambda _platform: granting)
    assert granting.withdrawn == []
    assert not done.at_platform
    assert done.remains.startswith("1 other channel hangs on the same grant")
    assert [grant.channel for grant in store.listing()] == ["1002"]


# Two municipalities are called Os; a person of each has granted.
BOTH_OS = (
    held("1001", "page-1", root="user-1", title="Os kommune", handle="os"),
    held("1002", "page-2", root="user-2", title="Os kommune", handle="osvestland"),
    held("178", "page-2", root="user-2", title="Os", handle="os", platform="instagram"),
)


@pytest.mark.parametrize(
    ("name", "may_be"),
    [
        ("Os kommune", "facebook:1001, facebook:1002"),
        ("@os", "facebook:1001, instagram:178"),
    ],
)
def test_a_name_of_two_takes_back_neither(tmp_path, name, may_be):
    store, granting = store_in(tmp_path), GrantingOf({})
    store.put_all(BOTH_OS)
    with pytest.raises(TokenError, match=f"may be any of {may_be}: say which one"):
        revoke(name, store=store, granting=lambda _platform: granting)
    assert granting.withdrawn == []
    assert len(store.listing()) == 3


@pytest.mark.parametrize("name", ["1002", "facebook:1002", "osvestland", "instagram:178"])
def test_said_without_doubt_one_grant_is_taken_back_and_the_other_stays(tmp_path, name):
    store, granting = store_in(tmp_path), GrantingOf({})
    store.put_all(BOTH_OS)
    done = revoke(name, store=store, granting=lambda _platform: granting)
    assert granting.withdrawn == [Secret("user-2")]
    assert done.at_platform
    assert [grant.channel for grant in store.listing()] == ["1001"]


def test_a_page_is_not_connected_by_a_name_of_two(tmp_path):
    store = store_in(tmp_path)
    granting = GrantingOf({"user": BOTH_OS})
    with pytest.raises(TokenError, match="may be any of facebook:1001, facebook:1002"):
        connect([Secret("user")], granting=granting, store=store, by=ROLE, channel="Os kommune")
    assert store.listing() == ()


def test_each_of_a_pages_grants_is_taken_back(tmp_path):
    """The page was granted in one dialogue, its Instagram account in another by its own."""
    store, granting = store_in(tmp_path), GrantingOf({})
    store.put_all(
        [
            held("1001", "page", root="user-1"),
            held("178", "page", root="user-2", platform="instagram"),
            held("1002", "other", root="user-2", title="Another"),
        ]
    )
    done = revoke("1001", store=store, granting=lambda _platform: granting)
    assert granting.withdrawn == [Secret("user-1")]
    assert done.remains.startswith("1 other channel hangs on the same grant")
    assert [grant.channel for grant in store.listing()] == ["1002"]


def test_what_can_be_taken_back_later_stays_until_then(tmp_path):
    store, granting = store_in(tmp_path), GrantingOf({}, is_away=True)
    store.put_all(PAGES[:1])
    with pytest.raises(Unreachable):
        revoke("1001", store=store, granting=lambda _platform: granting)
    assert [grant.channel for grant in store.listing()] == ["1001"]


def test_the_token_goes_even_where_the_platform_refuses(tmp_path):
    store = store_in(tmp_path)
    store.put_all(PAGES[:1])
    refusing = GrantingOf({}, refuses=True)
    done = revoke("1001", store=store, granting=lambda _platform: refusing)
    assert "the grant has ended" in done.remains
    assert store.listing() == ()


def test_a_key_that_can_only_be_deleted_there_says_so(tmp_path):
    store = store_in(tmp_path)
    store.put(held(None, "key", platform="youtube", title="API key"))
    done = revoke("youtube", store=store, granting=lambda _platform: None)
    assert "delete it there" in done.remains
    assert store.listing() == ()


def test_who_was_never_connected_cannot_be_revoked(tmp_path):
    with pytest.raises(TokenError, match="There is no token of 1001"):
        revoke("1001", store=store_in(tmp_path), granting=lambda _platform: None)
