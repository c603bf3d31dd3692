"""From platforms' and people's files to records: the only place that knows their formats.

`open_source` recognises a file and settles how it is read; its `batches` hold posts, replies and
audience as `records` has them, and the rows that could not be read with the reason.
"""

from torg.collect.files import files_in
from torg.collect.formats import FORMATS, Format
from torg.collect.known import KnownChannels
from torg.collect.observed import ByHand
from torg.collect.options import Anchor, ImportOptions, anchor_of, channel_of
from torg.collect.provenance import Provenance, Run
from torg.collect.records import (
    AUDIENCE,
    OBSERVATIONS,
    POSTS,
    REJECTS,
    REPLIES,
    VANISHED,
    VISITS,
    Batch,
    empty,
)
from torg.collect.remembering import remember
from torg.collect.source import OpenedSource, format_of, open_source
from torg.collect.teaching import Choice, Lesson, Question, lesson_on
from torg.collect.whose import registered

__all__ = [
    "AUDIENCE",
    "FORMATS",
    "OBSERVATIONS",
    "POSTS",
    "REJECTS",
    "REPLIES",
    "VANISHED",
    "VISITS",
    "Anchor",
    "Batch",
    "ByHand",
    "Choice",
    "Format",
    "ImportOptions",
    "KnownChannels",
    "Lesson",
    "OpenedSource",
    "Provenance",
    "Question",
    "Run",
    "anchor_of",
    "channel_of",
    "empty",
    "files_in",
    "format_of",
    "lesson_on",
    "open_source",
    "registered",
    "remember",
]
