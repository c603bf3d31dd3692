"""The invented country as files: what a user would have got from platforms and owners."""

from pathlib import Path

import polars as pl

from torg.register import write_register
from torg.simulate.country import Country
from torg.simulate.world import ACCESS, ZONE

_CROWDTANGLE_TYPES = {
    "photo": "Photo",
    "link": "Link",
    "text": "Status",
    "video": "Native Video",
}
_KINDS = {
    "Likes": "likes",
    "Love": "loves",
    "Wow": "wows",
    "Haha": "hahas",
    "Sad": "sads",
    "Angry": "angrys",
    "Care": "cares",
}
_SCORE = (
    "Overperforming Score (weighted  —  Likes 1x Shares 1x Comments 1x Love 1x Wow 1x Haha 1x "
    "Sad 1x Angry 1x Care 1x )"
)
_CROWDTANGLE_COLUMNS = (
    "Page Name", "User Name", "Facebook Id", "Page Category", "Page Admin Top Country",
    "Page Description", "Page Created", "Likes at Posting", "Followers at Posting", "Post Created",
    "Post Created Date", "Post Created Time", "Type", "Total Interactions", "Likes", "Comments",
    "Shares", "Love", "Wow", "Haha", "Sad", "Angry", "Care", "Video Share Status",
    "Is Video Owner?", "Post Views", "Total Views", "Total Views For All Crossposts",
    "Video Length", "URL", "Message", "Link", "Final Link", "Image Text", "Link Text",
    "Description", "Sponsor Id", "Sponsor Name", "Sponsor Category", _SCORE,
)  # fmt: skip
_REPLIES_COLUMNS = (
    "platform", "channel", "native_id", "id_space", "post_native_id", "post_id_space",
    "parent_native_id", "published_at", "author", "is_owner", "text", "reactions",
)  # fmt: skip
_AUDIENCE_COLUMNS = ("platform", "channel", "channel_name", "read_at", "followers", "kind")


def write_country(country: Country, folder: Path) -> None:
    """Write `register/` with the plain files and `exports/` with posts, replies and audience.

    Posts are in the shape of a CrowdTangle history, whose times carry their zone; replies and
    audience in Torg's own. The files' names say when they were exported. The same country gives
    the same bytes.
    """
    exports = folder / "exports"
    exports.mkdir(parents=True, exist_ok=True)
    write_register(folder / "register", country.register)
    day = country.read_at.date().isoformat()
    crowdtangle(country).write_csv(exports / f"facebook_posts_{day}.csv", quote_style="non_numeric")
    _own(country.replies, _REPLIES_COLUMNS).write_csv(exports / f"replies_{day}.csv")
    _own(country.audience, _AUDIENCE_COLUMNS).write_csv(exports / f"audience_{day}.csv")


def crowdtangle(country: Country) -> pl.DataFrame:
    """The posts as text, in the columns of a CrowdTangle export of pages."""
    local = pl.col("published_at").dt.convert_time_zone(str(ZONE))
    interactions = pl.col("reactions") + pl.col("comments") + pl.col("shares")
    filled = country.posts.select(
        pl.col("channel_name").alias("Page Name"),
        pl.col("channel").replace_strict(country.handles).alias("User Name"),
        pl.col("channel").alias("Facebook Id"),
        pl.lit("CITY").alias("Page Category"),
        pl.col("followers").alias("Followers at Posting"),
        local.dt.strftime("%Y-%m-%d %H:%M:%S %Z").alias("Post Created"),
        local.dt.strftime("%Y-%m-%d").alias("Post Created Date"),
        local.dt.strftime("%H:%M:%S").alias("Post Created Time"),
        pl.col("type").replace_strict(_CROWDTANGLE_TYPES).alias("Type"),
        _with_commas(interactions).alias("Total Interactions"),
        pl.col("comments").alias("Comments"),
        pl.col("shares").alias("Shares"),
        *(pl.col(name).alias(header) for header, name in _KINDS.items()),
        pl.lit("-").alias("Is Video Owner?"),
        pl.col("url").alias("URL"),
        pl.col("text").alias("Message"),
    )
    absent = [header for header in _CROWDTANGLE_COLUMNS if header not in filled.columns]
    blank = filled.with_columns(pl.lit("").alias(header) for header in absent)
    return blank.select(*_CROWDTANGLE_COLUMNS)


def _with_commas(number: pl.Expr) -> pl.Expr:
    """Whole numbers below a thousand million with a comma between thousands."""
    millions, thousands, ones = number // 1_000_000, number // 1000 % 1000, number % 1000
    three = [part.cast(pl.String).str.zfill(3) for part in (thousands, ones)]
    return (
        pl.when(number >= 1_000_000)
        .then(pl.format("{},{},{}", millions, *three))
        .when(number >= 1000)
        .then(pl.format("{},{}", thousands, three[1]))
        .otherwise(number.cast(pl.String))
    )


def _own(frame: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """Records in Torg's own columns, instants as text that ends in Z, and how they were got."""
    instants = pl.col(pl.Datetime).dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    return frame.select(*columns).with_columns(instants, access=pl.lit(ACCESS))
