"""What the addresses and words of Instagram say, whoever exported them."""

import polars as pl

from torg.collect.reading.cells import kind_of

# A post's short code, which stands in every address of it, with or without the account's name.
_ORDINARY = r"/(?:p|reel)/([0-9A-Za-z_-]+)/?$"  # nearly all of them, found in a third of the time
_CODE = r"instagram\.com/(?:[^/?#]+/)?(?:p|reel|reels|tv)/([0-9A-Za-z_-]+)"

TYPES = {
    "photo": "photo", "image": "photo", "ig image": "photo", "ig-bild": "photo", "photos": "photo",
    "bild": "photo", "album": "album", "carousel": "album", "albums": "album",
    "carousel_album": "album", "ig carousel": "album", "ig-karusell": "album",
    "ig karusell": "album", "video": "video", "videos": "video", "igtv": "video", "reel": "video",
    "reels": "video", "ig reel": "video", "ig-reel": "video", "ig video": "video",
    "ig-video": "video", "clips": "video", "live": "live", "ig live": "live",
}  # fmt: skip


def post_ids(url: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The short code that each address holds, and the numbering "shortcode".

    An address of another shape is its own id, in the space "url"; no address gives no id.
    """
    codes = url.str.extract(_ORDINARY)
    if codes.null_count() > url.null_count():
        codes = codes.fill_null(url.str.extract(_CODE))
    spaces = pl.Series("id_space", ["shortcode"], dtype=pl.String).new_from_index(0, url.len())
    if not codes.null_count():
        return codes, spaces
    told = pl.when(codes.is_not_null()).then(spaces).when(url.is_not_null()).then(pl.lit("url"))
    return codes.fill_null(url), pl.select(told.alias("id_space")).to_series()


def post_types(text: pl.Series) -> pl.Series:
    """The words of Meta's tools, English and Swedish, as one of POST_TYPES."""
    return kind_of(text, TYPES)
