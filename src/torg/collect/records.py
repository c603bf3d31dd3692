"""What a source says, in one shape: the records every format and platform yields.

A *batch* holds frames, each possibly empty, always with exactly the columns below.
Missing is null; nothing is ever filled with zero.
"""

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

INSTANT = pl.Datetime("us", "UTC")

IDENTITY: dict[str, pl.DataType] = {
    "platform": pl.String(),  # "facebook", "instagram", "bluesky", ... lower case
    "channel": pl.String(),  # the channel's platform id
    "native_id": pl.String(),  # the record's own id on the platform
    "id_space": pl.String(),  # which numbering the id belongs to: "post", "pfbid", "url", ...
}

REACTION_KINDS = ("likes", "loves", "wows", "hahas", "sads", "angrys", "cares", "thankfuls")

COUNTS: dict[str, pl.DataType] = {
    "reactions": pl.Int64(),  # all kinds together
    "comments": pl.Int64(),
    "shares": pl.Int64(),
    "views": pl.Int64(),
    **dict.fromkeys(REACTION_KINDS, pl.Int64()),
}

POSTS: dict[str, pl.DataType] = {
    "line": pl.Int64(),  # first physical line of the record in its file, counted from 1
    **IDENTITY,
    "channel_name": pl.String(),  # what the source calls the page
    "published_at": INSTANT,
    "edited_at": INSTANT,  # when its words were last changed, where the platform says so
    "type": pl.String(),  # one of POST_TYPES
    "text": pl.String(),
    "url": pl.String(),
    "followers": pl.Int64(),  # of the channel when the post was published
    "read_at": INSTANT,  # the moment for which the counts hold
    "read_at_is_bound": pl.Boolean(),  # read_at is only a lower bound
    **COUNTS,
}

POST_TYPES = ("photo", "album", "video", "live", "link", "text", "event", "poll", "other")

REPLIES: dict[str, pl.DataType] = {
    "line": pl.Int64(),
    **IDENTITY,
    "post_native_id": pl.String(),
    "post_id_space": pl.String(),
    "parent_native_id": pl.String(),  # the reply that this one answers; null on the top level
    "published_at": INSTANT,
    "edited_at": INSTANT,
    "author": pl.String(),  # in memory only: the archive stores a keyed hash of it
    "is_owner": pl.Boolean(),  # null where the channel's owner is not known
    "text": pl.String(),
    "reactions": pl.Int64(),
}

AUDIENCE: dict[str, pl.DataType] = {
    "line": pl.Int64(),
    "platform": pl.String(),
    "channel": pl.String(),
    "channel_name": pl.String(),
    "read_at": INSTANT,
    "followers": pl.Int64(),
    "kind": pl.String(),  # "followers" or "likes": two denominators that must not be mixed
}

Outcome = Literal[
    "ok",
    "partial",  # the platform gave less than there is
    "gone",  # the platform says that there is no such channel or post
    "refused",  # it will not answer us: a token is lacking, ended, or not allowed this
    "failed",  # no answer came
]

VISITS: dict[str, pl.DataType] = {
    "platform": pl.String(),
    "channel": pl.String(),
    "what": pl.String(),  # what a task asks for, or "stream"
    "subject": pl.String(),  # the post it was asked of, by native id; null: of the whole channel
    "visited_at": INSTANT,
    "outcome": pl.String(),  # an Outcome
    "detail": pl.String(),  # one sentence where the outcome is not "ok"; no name, no secret
    "mark": pl.String(),  # where the next visit goes on: a cursor, an ETag
    "handle": pl.String(),  # what the channel is called on the platform now
}

VANISHED: dict[str, pl.DataType] = {
    "platform": pl.String(),
    "channel": pl.String(),
    "native_id": pl.String(),  # null: the whole channel
    "id_space": pl.String(),
    "what": pl.String(),  # "post", "reply" or "channel"
    "noticed_at": INSTANT,
    "basis": pl.String(),  # "said": the network said so; "missing": it was asked for by its id
}

# What people saw when they looked at channels by hand. An observer is a number, never a name.
OBSERVATIONS: dict[str, pl.DataType] = {
    "line": pl.Int64(),
    "wave": pl.String(),
    "country": pl.String(),
    "municipality": pl.String(),
    "platform": pl.String(),  # null: of the municipality as a whole
    "channel": pl.String(),  # null where the register knows none
    "item": pl.String(),  # what was looked at: "has_page", "followers"
    "number": pl.Float64(),  # of yes and no 1 and 0; null where the code is all there is
    "code": pl.String(),  # null where it is a number
    "observed_at": INSTANT,
    "observer": pl.Int64(),
}

REJECTS: dict[str, pl.DataType] = {
    "line": pl.Int64(),
    "reason": pl.String(),  # one sentence
    "row": pl.String(),  # the row as JSON, personal columns blanked
}


def empty(schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """A frame of no rows with the columns of `schema`."""
    return pl.DataFrame(schema=schema)


@dataclass(frozen=True)
class Batch:
    """Some records of one source: bounded in size, columns as in this module."""

    posts: pl.DataFrame = field(default_factory=lambda: empty(POSTS))
    replies: pl.DataFrame = field(default_factory=lambda: empty(REPLIES))
    audience: pl.DataFrame = field(default_factory=lambda: empty(AUDIENCE))
    rejects: pl.DataFrame = field(default_factory=lambda: empty(REJECTS))
    visits: pl.DataFrame = field(default_factory=lambda: empty(VISITS))
    vanished: pl.DataFrame = field(default_factory=lambda: empty(VANISHED))
    observations: pl.DataFrame = field(default_factory=lambda: empty(OBSERVATIONS))
    rows_read: int = 0  # data rows of the file that this batch accounts for
