"""A large file in the shape of a CrowdTangle export of Facebook pages, written chunk by chunk."""

from pathlib import Path

import numpy as np
import polars as pl

CHUNK = 100_000
_PAGES = 357
_REPEATS = 100  # one row in so many comes a second time, as in files put together by hand
_HEADER = (
    "Page Name,User Name,Facebook Id,Page Category,Page Admin Top Country,Page Description,"
    "Page Created,Likes at Posting,Followers at Posting,Post Created,Post Created Date,"
    "Post Created Time,Type,Total Interactions,Likes,Comments,Shares,Love,Wow,Haha,Sad,Angry,Care,"
    "Video Share Status,Is Video Owner?,Post Views,Total Views,Total Views For All Crossposts,"
    "Video Length,URL,Message,Link,Final Link,Image Text,Link Text,Description,Sponsor Id,"
    "Sponsor Name,Sponsor Category,"
    "Overperforming Score (weighted  —  Likes 1x Shares 1x Comments 1x Love 1x Wow 1x Haha 1x "
    "Sad 1x Angry 1x Care 1x )"
)
_MESSAGES = (
    "Vi inviterer til åpen dag på rådhuset.\n\nTa med familien og gode spørsmål, så har vi kaffe.",
    'Kommunestyret møtes torsdag. Saken om "skolen ved elva" er åpen for alle, og sendes direkte.',
    "Vannet stenges onsdag fra kl. 9 til kl. 12, i hele sentrum, på grunn av arbeid på ledningen.",
    "I dag åpnet den nye gang- og sykkelveien.\nTakk til alle som har ventet 🚲",
)


def write_crowdtangle(path: Path, *, rows: int, seed: int = 1) -> None:
    """Write `rows` rows of 40 columns; one in a hundred repeats the row before it."""
    rng = np.random.default_rng(seed)
    with path.open("wb") as file:
        file.write((_HEADER + "\n").encode())
        for first in range(0, rows, CHUNK):
            _chunk(rng, first, min(CHUNK, rows - first)).write_csv(
                file, include_header=False, quote_style="non_numeric"
            )


def _chunk(rng: np.random.Generator, first: int, rows: int) -> pl.DataFrame:
    number = np.arange(first, first + rows)
    number -= number % _REPEATS == _REPEATS - 1
    made = np.random.default_rng((first, rows)).integers(0, 1 << 62, rows)
    made = np.where(np.arange(first, first + rows) == number, made, np.roll(made, 1))
    page = number * 7919 % _PAGES
    counts = {name: made >> shift & mask for name, shift, mask in _COUNTS}
    frame = pl.DataFrame({"number": number, "page": page, "kind": made % 4, **counts})
    return frame.with_columns(at=_moment()).select(_columns())


# name, bits that are left out, mask: made of one number, so that a repeated row repeats all of it
_COUNTS = (
    ("likes", 3, 0xFFF), ("comments", 9, 0x7F), ("shares", 15, 0x3F), ("loves", 21, 0x1F),
    ("wows", 26, 0x3), ("hahas", 28, 0x3), ("sads", 30, 0x3), ("angrys", 32, 0x1),
    ("cares", 33, 0x3),
)  # fmt: skip


def _moment() -> pl.Expr:
    """A minute and some seconds after the last post, from 2012 on."""
    seconds = pl.col("number").cast(pl.Int64) * 71
    return pl.datetime(2012, 1, 1) + pl.duration(seconds=seconds)


def _columns() -> list[pl.Expr]:
    page = pl.col("page").cast(pl.String)
    kinds = ("likes", "loves", "wows", "hahas", "sads", "angrys", "cares")
    blank = pl.lit("")
    total = pl.sum_horizontal(*kinds, "comments", "shares")
    url = pl.format("https://www.facebook.com/9990000000{}/posts/{}", page.str.zfill(3), "number")
    columns = [
        pl.format("Kommune {}", page), pl.format("kommune{}", page),
        pl.format("9990000000{}", page.str.zfill(3)), pl.lit("CITY"), pl.lit("NO"),
        pl.lit("Offisiell side for kommunen, åpen på hverdager"), pl.lit("2010-02-03 08:00:00"),
        blank, pl.col("page") * 31 + 1200, pl.col("at").dt.strftime("%Y-%m-%d %H:%M:%S CET"),
        pl.col("at").dt.strftime("%Y-%m-%d"), pl.col("at").dt.strftime("%H:%M:%S"),
        _one_of(("Photo", "Link", "Status", "Native Video")),
        _with_comma(total), *(pl.col(name) for name in ("likes", "comments", "shares", *kinds[1:])),
        blank, pl.lit("-"), pl.lit(0), pl.lit(0), pl.lit(0), pl.lit("N/A"), url,
        _one_of(_MESSAGES), pl.format("https://kommune{}.example/nyheter/{}", page, "number"),
        blank, blank, pl.lit("Les saken på nettsiden"), pl.lit("Nyheter fra kommunen"), blank,
        blank, blank, pl.lit(-1.5),
    ]  # fmt: skip
    return [column.alias(str(i)) for i, column in enumerate(columns)]


def _one_of(texts: tuple[str, ...]) -> pl.Expr:
    return pl.col("kind").replace_strict(dict(enumerate(texts)), return_dtype=pl.String)


def _with_comma(number: pl.Expr) -> pl.Expr:
    rest = (number % 1000).cast(pl.String).str.zfill(3)
    return (
        pl.when(number >= 1000)
        .then(pl.format("{},{}", number // 1000, rest))
        .otherwise(number.cast(pl.String))
    )
