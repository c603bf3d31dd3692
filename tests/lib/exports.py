"""Small files in the shapes that platforms export, drawn in a test and read back as records."""

import csv
import io
from pathlib import Path

import polars as pl

from torg.collect import Batch, ImportOptions, open_source
from torg.collect.known import KnownChannels
from torg.errors import FileRefused

STATUSES = (
    "status_id,status_message,link_name,status_type,status_link,status_published,num_reactions,"
    "num_comments,num_shares,num_likes,num_loves,num_wows,num_hahas,num_sads,num_angrys"
)
COMMENTS = (
    "comment_id,status_id,parent_id,comment_message,comment_author,comment_published,num_reactions"
)
CROWDTANGLE_OLD = (
    "Page Name,User Name,Facebook Id,Likes at Posting,Followers at Posting,Created,Type,Likes,"
    "Comments,Shares,Love,Wow,Haha,Sad,Angry,Care,Video Share Status,Post Views,Total Views,"
    "Total Views For All Crossposts,Video Length,URL,Message,Link,Final Link,Image Text,Link Text,"
    "Description,Sponsor Id,Sponsor Name,Total Interactions,"
    "Overperforming Score (weighted  —  Likes 1x Shares 3x Comments 2x )"
)
BUSINESS_SUITE = (
    "Post ID,Page ID,Page name,Title,Description,Duration (sec),Publish time,Caption type,"
    "Permalink,Post type,Date,Views,Reach,Reactions,Comments,Shares"
)
BUSINESS_SUITE_SV = (
    "Publicerings-id,Sid-id,Sidnamn,Titel,Publiceringstid,Inläggstyp,Permalänk,Visningar,"
    "Räckvidd,Reaktioner,Kommentarer,Delningar,Datum"
)


def status(post=1, **cells):
    """A row of page-scraper statuses with ordinary cells, save those given."""
    ordinary = {
        "status_id": f"77_{post}", "status_message": "Snow is cleared", "link_name": "",
        "status_type": "photo", "status_link": "https://example.org/1",
        "status_published": "2018-05-25 14:52:31", "num_reactions": "7", "num_comments": "2",
        "num_shares": "1", "num_likes": "6", "num_loves": "1", "num_wows": "0", "num_hahas": "0",
        "num_sads": "0", "num_angrys": "0",
    }  # fmt: skip
    return ordinary | cells


def comment(number=1, **cells):
    """A row of page-scraper comments with ordinary cells, save those given."""
    ordinary = {
        "comment_id": f"1_{number}", "status_id": "77_1", "parent_id": "",
        "comment_message": "When is it cleared?", "comment_author": "Kari Nordmann",
        "comment_published": "2018-05-25 16:00:00", "num_reactions": "0",
    }  # fmt: skip
    return ordinary | cells


def crowdtangle(post=1, **cells):
    """A row of CrowdTangle's Facebook export with ordinary cells, save those given."""
    ordinary = {
        "Page Name": "Storby", "Group Name": "Storby forum", "User Name": "storby",
        "Facebook Id": "77", "Followers at Posting": "1200", "Likes at Posting": "",
        "Post Created": "2021-07-06 16:45:20 EDT", "Created": "2021-07-06 16:45:20 EDT",
        "Type": "Photo", "Total Interactions": "13", "Likes": "6", "Comments": "2", "Shares": "1",
        "Love": "4", "Wow": "0", "Haha": "0", "Sad": "0", "Angry": "0", "Care": "0",
        "Post Views": "0", "Video Length": "N/A", "Is Video Owner?": "-",
        "URL": f"https://www.facebook.com/77/posts/{post}", "Message": "Snow is cleared",
    }  # fmt: skip
    return ordinary | cells


def suite(post=1, **cells):
    """A row of a Business Suite content export, English or Swedish, save the cells given."""
    ordinary = {
        "Post ID": f"{post}", "Page ID": "77", "Page name": "Storby", "Title": "Snow",
        "Description": "", "Publish time": "07/16/2024 09:30", "Post type": "Photos",
        "Permalink": f"https://www.facebook.com/77/posts/{post}", "Date": "Lifetime",
        "Views": "310", "Reactions": "7", "Comments": "2", "Shares": "1",
    }  # fmt: skip
    swedish = {
        "Publicerings-id": f"{post}", "Sid-id": "77", "Sidnamn": "Storby", "Titel": "Snö",
        "Publiceringstid": "07/16/2024 09:30", "Inläggstyp": "Foton", "Datum": "Livstid",
        "Permalänk": f"https://www.facebook.com/77/posts/{post}", "Visningar": "310",
        "Reaktioner": "7", "Kommentarer": "2", "Delningar": "1",
    }  # fmt: skip
    return ordinary | swedish | cells


def table(header, *rows, end="\n"):
    """CSV of `rows` (dicts) under `header` (one line of names); cells not named are blank."""
    text = io.StringIO(newline="")
    names = header.split(",")
    writer = csv.DictWriter(text, names, restval="", extrasaction="ignore", lineterminator=end)
    text.write(header + end)
    writer.writerows(rows)
    return text.getvalue()


def read(path: Path, content=None, *, known=None, **options) -> Batch:
    """All of a file in one batch; `content` is written to it first, text as UTF-8."""
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    source = open_source(path, options=ImportOptions(**options), known=known or KnownChannels())
    return together(list(_even_barren(source.batches())))


def _even_barren(batches):
    """The batches also of a file of which every row is rejected, which Torg refuses at its end."""
    try:
        yield from batches
    except FileRefused as refusal:
        if "none of its rows" not in str(refusal):
            raise


def together(batches: list[Batch]) -> Batch:
    """Several batches as one."""
    if not batches:
        return Batch()
    frames = {
        name: pl.concat([getattr(batch, name) for batch in batches])
        for name in ("posts", "replies", "audience", "rejects")
    }
    return Batch(**frames, rows_read=sum(batch.rows_read for batch in batches))
