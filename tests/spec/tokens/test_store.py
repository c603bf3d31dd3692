"""The store of tokens: what is put in comes out, for the one who has the key, and nobody else."""

import stat

import pytest

from tests.lib.tokens import held, store_in
from torg.errors import TokenError
from torg.tokens import Secret, TokenStore, new_key, token_for


def test_a_token_is_kept_for_its_channel(tmp_path):
    store = store_in(tmp_path)
    store.put(held("1001", "abc"))
    assert store.get("facebook", "1001") == Secret("abc")
    assert store.get("facebook", "1002") is None
    assert store.get("facebook", None) is None
    assert store.get("instagram", "1001") is None


def test_a_channel_whose_id_is_not_known_yet_is_found_by_its_handle(tmp_path):
    store = store_in(tmp_path)
    store.put(held("1001", "abc", handle="Fjordvik"))
    assert store.get("facebook", "@fjordvik") == Secret("abc")
    assert store.get("facebook", "@") is None


def test_a_newer_token_of_a_channel_takes_the_place_of_the_older(tmp_path):
    store = store_in(tmp_path)
    store.put(held("1001", "old"))
    store.put(held("1001", "new"))
    assert [one.secret for one in store.held()] == [Secret("new")]


def test_a_study_without_tokens_needs_no_key(tmp_path):
    store = TokenStore(tmp_path / "none.sealed", lambda: None)
    assert store.get("facebook", "1001") is None
    assert store.listing() == ()


def test_the_listing_says_what_was_granted_and_not_the_token(tmp_path):
    store = store_in(tmp_path)
    store.put(held("1001", "abc", may=("pages_read_engagement",)))
    (grant,) = store.listing()
    assert (grant.platform, grant.channel, grant.by) == (
        "facebook", "1001", "head of communication",
    )  # fmt: skip
    assert grant.may == ("pages_read_engagement",)
    assert "abc" not in repr(store.held()) + str(store.held()) + repr(store)


def test_the_file_shows_nothing_and_is_its_owners_alone(tmp_path):
    store = store_in(tmp_path)
    store.put(held("1001", "recognisable-token", title="Fjordvik"))
    data = store.path.read_bytes()
    assert b"recognisable" not in data
    assert b"Fjordvik" not in data
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700


def test_another_key_is_told_from_a_damaged_file(tmp_path):
    store = store_in(tmp_path)
    store.put(held())
    with pytest.raises(TokenError, match="sealed with another key"):
        TokenStore(store.path, new_key).listing()
    store.path.write_bytes(store.path.read_bytes()[:-9])
    with pytest.raises(TokenError, match="is damaged"):
        store.listing()


@pytest.mark.parametrize("place", [0, 13, 40, 200, -1])
def test_a_single_changed_byte_is_noticed(tmp_path, place):
    store = store_in(tmp_path)
    store.put(held())
    data = bytearray(store.path.read_bytes())
    data[place] ^= 1
    store.path.write_bytes(data)
    with pytest.raises(TokenError):
        store.listing()


def test_a_file_of_a_newer_torg_is_left_alone(tmp_path):
    store = store_in(tmp_path)
    store.put(held())
    store.path.write_bytes(store.path.read_bytes().replace(b"torg-tokens 1", b"torg-tokens 2"))
    with pytest.raises(TokenError, match="newer Torg"):
        store.put(held("1002", "b"))


def test_the_key_is_changed_by_one_call(tmp_path):
    store = store_in(tmp_path)
    store.put(held("1001", "abc"))
    renewed = store.rotate(new_key())
    assert renewed.get("facebook", "1001") == Secret("abc")
    with pytest.raises(TokenError, match="another key"):
        store.listing()


def test_without_a_key_it_says_how_to_make_one(tmp_path):
    with pytest.raises(TokenError, match=r"TORG_TOKENS_KEY.*Fernet\.generate_key"):
        TokenStore(tmp_path / "one.sealed", lambda: None).put(held())


def test_a_key_that_is_none_is_refused_in_plain_words(tmp_path):
    with pytest.raises(TokenError, match="44 signs"):
        TokenStore(tmp_path / "one.sealed", lambda: Secret("short")).put(held())


def test_a_store_in_a_study_folder_is_refused(tmp_path):
    (tmp_path / "study.toml").write_text("")
    with pytest.raises(TokenError, match="outside of every study"):
        TokenStore(tmp_path / "deep" / "tokens.sealed")


def test_a_channel_is_asked_with_its_own_token_before_the_studys(tmp_path, monkeypatch):
    monkeypatch.setenv("TORG_YOUTUBE_KEY", "key-of-the-environment")
    store = store_in(tmp_path)
    assert token_for(store, "youtube", "UC1") == Secret("key-of-the-environment")
    store.put(held(None, "key-of-the-study", platform="youtube"))
    assert token_for(store, "youtube", "UC1") == Secret("key-of-the-study")
    store.put(held("UC1", "of-the-channel", platform="youtube"))
    assert token_for(store, "youtube", "UC1") == Secret("of-the-channel")


def test_a_token_of_the_study_opens_no_page(tmp_path):
    store = store_in(tmp_path)
    store.put(held(None, "of-the-study", platform="instagram"))
    assert token_for(store, "instagram", "1001") is None
    assert token_for(store, "instagram", None) == Secret("of-the-study")
    assert token_for(store, "facebook", None) is None
