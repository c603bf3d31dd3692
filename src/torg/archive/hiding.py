"""Ids that name people: on some networks the id of a reply holds the name of who wrote it.

Of a source whose ids do, the ids of all replies are stored as keyed hashes, under which the same
reply is found again. A channel's own posts keep their ids.
"""

from dataclasses import replace

import polars as pl

from torg.archive.pseudonyms import Pseudonyms
from torg.collect import Batch
from torg.errors import LackingPart


def hidden(batch: Batch, pseudonyms: Pseudonyms | None) -> Batch:
    """The batch with the ids of replies hidden; raises LackingPart for replies without the key.

    A notice of a post may be of a reply of the channel's own: it is told of both.
    """
    if pseudonyms is None:
        _refuse_replies(batch)
        return replace(batch, vanished=batch.vanished.filter(pl.col("what") != "reply"))
    replies = batch.replies.with_columns(
        pseudonyms.hidden_ids(batch.replies[name]) for name in ("native_id", "parent_native_id")
    )
    hidden_ids = pseudonyms.hidden_ids(batch.vanished["native_id"])
    as_replies = batch.vanished.with_columns(hidden_ids, what=pl.lit("reply"))
    of_posts = batch.vanished.filter(pl.col("what") != "reply")
    named = as_replies.drop_nulls("native_id")
    return replace(batch, replies=replies, vanished=pl.concat([of_posts, named]))


def _refuse_replies(batch: Batch) -> None:
    if batch.replies.height:
        raise LackingPart(
            "The ids of these replies name those who wrote them, and without the author key they "
            "cannot be hidden: put the key back that this study was made with, or leave replies "
            "out."
        )
