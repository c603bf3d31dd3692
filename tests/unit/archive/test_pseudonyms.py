"""Names to keys, and where the key lies."""

import hashlib
import hmac
import stat
import unicodedata

import polars as pl
import pytest

from torg.archive import Pseudonyms, load_key, make_key
from torg.errors import LackingPart

KEY = bytes(range(32))


def test_a_key_is_the_hmac_of_the_name():
    expected = hmac.new(KEY, "Åse Lie".encode(), hashlib.sha256).hexdigest()
    assert Pseudonyms(KEY).author_keys(pl.Series(["Åse Lie"])).to_list() == [expected]


def test_nobody_has_no_key():
    names = pl.Series(["N/A", "n/a", "", "  ", None, "None"], dtype=pl.String)
    assert Pseudonyms(KEY).author_keys(names).to_list() == [None] * 6
    assert Pseudonyms(KEY).author_keys(pl.Series([], dtype=pl.String)).to_list() == []
    assert Pseudonyms(KEY).author_keys(pl.Series([None], dtype=pl.String)).to_list() == [None]


def test_one_person_in_other_code_points_is_one_person():
    name = "Pål Bjørnås"
    spelled = pl.Series([name, unicodedata.normalize("NFD", name), f"  {name} ", "Pål  Bjørnås"])
    assert Pseudonyms(KEY).author_keys(spelled).n_unique() == 1


def test_the_key_is_never_shown():
    assert "00" not in repr(Pseudonyms(KEY)).lower()


def test_a_key_is_made_once_and_for_its_owner_only():
    assert load_key("a-study") is None
    path = make_key("a-study")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first = load_key("a-study")
    assert make_key("a-study") == path
    assert load_key("a-study") == first
    make_key("another")
    assert load_key("another") != first


def test_the_environment_goes_first(monkeypatch):
    make_key("a-study")
    monkeypatch.setenv("TORG_AUTHOR_KEY", KEY.hex())
    assert load_key("a-study") == Pseudonyms(KEY)


@pytest.mark.parametrize("given", ["not hexadecimal", "abcd"])
def test_a_wrong_key_is_refused_with_the_remedy(monkeypatch, given):
    monkeypatch.setenv("TORG_AUTHOR_KEY", given)
    with pytest.raises(LackingPart, match="hexadecimal"):
        load_key("a-study")
