"""Every spelling of a post's address gives its id and the numbering that the id belongs to."""

import polars as pl
import pytest

from torg.collect.facebook import post_ids, post_types

ADDRESSES = {
    "https://www.facebook.com/77/posts/9": ("9", "post"),
    "https://www.facebook.com/storby/posts/some-words/9/": ("9", "post"),
    "https://www.facebook.com/storby/posts/9?comment_id=4": ("9", "post"),
    "https://www.facebook.com/permalink.php?story_fbid=9&id=77": ("9", "post"),
    "https://m.facebook.com/story.php?id=77&story_fbid=9": ("9", "post"),
    "https://www.facebook.com/groups/77/permalink/9/": ("9", "post"),
    "https://www.facebook.com/groups/77/posts/9/": ("9", "post"),
    "https://www.facebook.com/groups/77/?multi_permalinks=9": ("9", "post"),
    "https://www.facebook.com/storby/posts/pfbid0Abc9Z": ("pfbid0Abc9Z", "pfbid"),
    "https://www.facebook.com/permalink.php?story_fbid=pfbid0Abc&id=77": ("pfbid0Abc", "pfbid"),
    "https://www.facebook.com/storby/photos/a.1.2.77/9/?type=3": ("9", "photo"),
    "https://www.facebook.com/photo.php?fbid=9&set=a.1": ("9", "photo"),
    "https://www.facebook.com/photo/?fbid=9": ("9", "photo"),
    "https://www.facebook.com/storby/videos/9/": ("9", "video"),
    "https://www.facebook.com/storby/videos/a-title/9/": ("9", "video"),
    "https://www.facebook.com/storby/videos/vb.77/9/?type=2": ("9", "video"),
    "https://www.facebook.com/watch/?v=9": ("9", "video"),
    "https://www.facebook.com/reel/9": ("9", "video"),
    "https://www.facebook.com/events/9/": ("9", "event"),
    "https://example.org/page": ("https://example.org/page", "url"),
    None: (None, None),
}


@pytest.mark.parametrize(("address", "expected"), ADDRESSES.items())
def test_an_address_gives_its_id_and_numbering(address, expected):
    ids, spaces = post_ids(pl.Series([address], dtype=pl.String))

    assert (ids[0], spaces[0]) == expected


def test_addresses_of_all_kinds_are_told_apart_in_one_column():
    ids, spaces = post_ids(pl.Series(list(ADDRESSES), dtype=pl.String))

    assert list(zip(ids, spaces, strict=True)) == list(ADDRESSES.values())


def test_words_for_types_in_any_case_are_ours_and_unknown_ones_are_other():
    words = pl.Series(["Native Video", "FOTON", "Live Video Complete", "Hologram", "-", ""])

    assert post_types(words).to_list() == ["video", "photo", "live", "other", None, None]
