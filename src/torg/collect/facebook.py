"""What the addresses and words of Facebook say, whoever exported them."""

import polars as pl

from torg.collect.reading.cells import kind_of

# Which numbering an address names a post in, and where. The first that fits counts.
_PLACES = (
    ("post", r"/posts/(\d+)/?$"),  # nearly all of them, and found in a third of the time
    ("post", r"/(?:posts|permalink)/(?:[^/?#]+/)?(\d+)(?:[/?#]|$)"),
    ("post", r"[?&](?:story_fbid|multi_permalinks)=(\d+)(?:[&#]|$)"),
    ("pfbid", r"(pfbid[0-9A-Za-z]+)"),
    ("photo", r"/photos?/(?:[^?#]*/)?(\d+)(?:[/?#]|$)"),
    ("photo", r"[?&]fbid=(\d+)(?:[&#]|$)"),
    ("video", r"/(?:videos|reel)/(?:[^?#]*/)?(\d+)(?:[/?#]|$)"),
    ("video", r"[?&]v=(\d+)(?:[&#]|$)"),
    ("event", r"/events/(?:[^?#]*/)?(\d+)(?:[/?#]|$)"),
)

TYPES = {
    "photo": "photo", "photos": "photo", "album": "album", "native video": "video",
    "video": "video", "videos": "video", "reel": "video", "reels": "video", "youtube": "video",
    "vine": "video", "live video": "live", "live video complete": "live",
    "live video scheduled": "live", "live": "live", "link": "link", "links": "link",
    "albums": "album", "native_video": "video", "live_video": "live", "live videos": "live",
    "live_videos": "live", "statuses": "text", "notes": "text", "polls": "poll",
    "status": "text", "text": "text", "note": "text", "event": "event", "events": "event",
    "poll": "poll", "foton": "photo", "foto": "photo", "bild": "photo", "bilder": "photo",
    "videor": "video", "video's": "video", "länkar": "link", "länk": "link", "händelse": "event",
}  # fmt: skip


def post_ids(url: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The id that each address gives a post, and the numbering it belongs to.

    An address of another shape is its own id, in the space "url"; no address gives no id.
    """
    ids = pl.Series("native_id", [None] * url.len(), dtype=pl.String)
    spaces = pl.Series("id_space", [None] * url.len(), dtype=pl.String)
    for space, place in _PLACES:
        if not ids.null_count():
            return ids, spaces
        found = url.str.extract(place)
        if not found.null_count() and ids.null_count() == ids.len():
            return found, pl.Series("id_space", [space]).new_from_index(0, url.len())
        spaces = _fill(spaces, space, found.is_not_null() & ids.is_null())
        ids = ids.fill_null(found)
    spaces = _fill(spaces, "url", url.is_not_null() & ids.is_null())
    return ids.fill_null(url), spaces


def post_types(text: pl.Series) -> pl.Series:
    """The words of Facebook's tools, English and Swedish, as one of POST_TYPES."""
    return kind_of(text, TYPES)


def _fill(spaces: pl.Series, space: str, where: pl.Series) -> pl.Series:
    return pl.select(pl.when(where).then(pl.lit(space)).otherwise(spaces)).to_series()
