"""Ids that name people: on some networks the id of a reply holds the name of who wrote it.

There the ids of all replies are stored as keyed hashes, under which the same reply is found again,
whichever way it comes. A channel's own posts keep their ids.
"""

from dataclasses import replace

import polars as pl

from torg.archive.pseudonyms import Pseudonyms
from torg.collect import Batch
from torg.errors import LackingPart

# The networks whose ids hold a handle or an account's own id.
NAMING = ("bluesky", "mastodon")
_IS_NAMING = pl.col("platform").is_in(NAMING)


def hidden(batch: Batch, pseudonyms: Pseudonyms | None) -> Batch:
    """The batch with the ids of replies hidden; raises LackingPart for replies without the key.

    A notice of a post may be of a reply of the channel's own: it is told of both.
    """
    if pseudonyms is None:
        _refuse_replies(batch)
        said = _IS_NAMING & (pl.col("what") == "reply")
        return replace(batch, vanished=batch.vanished.filter(~said))
    replies = batch.replies.with_columns(
        pl.when(_IS_NAMING)
        .then(pseudonyms.hidden_ids(batch.replies[name]))
        .otherwise(name)
        .alias(name)
        for name in ("native_id", "parent_native_id")
    )
    return replace(batch, replies=replies, vanished=_told_of_both(batch.vanished, pseudonyms))


def _told_of_both(vanished: pl.DataFrame, pseudonyms: Pseudonyms) -> pl.DataFrame:
    naming = vanished.filter(_IS_NAMING)
    as_replies = naming.with_columns(
        pseudonyms.hidden_ids(naming["native_id"]), what=pl.lit("reply")
    )
    of_posts = vanished.filter(~_IS_NAMING | (pl.col("what") != "reply"))
    return pl.concat([of_posts, as_replies.drop_nulls("native_id")])


def _refuse_replies(batch: Batch) -> None:
    if batch.replies.filter(_IS_NAMING).height:
        raise LackingPart(
            "The ids of these replies name those who wrote them, and without the author key they "
            "cannot be hidden: put the key back that this study was made with, or leave replies "
            "out."
        )
