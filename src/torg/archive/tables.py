"""The archive's tables: names, columns, meaning. Version 1.

Every row but those of `sources` and `forgotten` carries the `source_id` that brought it; a row
counts only when its source stands in `sources`, whose row is the commit. `ADDED_LATER` are tables
that archives made before them do not have.
"""

import pyarrow as pa

SCHEMA_VERSION = 1

INSTANT = pa.timestamp("us", tz="UTC")

SOURCES = pa.schema(
    [
        ("source_id", pa.string()),
        ("kind", pa.string()),  # "file", "run" or "observation"
        ("name", pa.string()),  # file name without its folder; of a run, whom it asked
        ("sha256", pa.string()),
        ("options", pa.string()),  # JSON of all that decided how the file was read
        ("format", pa.string()),
        ("zone", pa.string()),
        ("exported_at", INSTANT),
        ("exported_at_basis", pa.string()),  # "content", "option", "name", "latest instant"
        ("rows_read", pa.int64()),
        ("rows_accepted", pa.int64()),
        ("rows_rejected", pa.int64()),
        ("access", pa.string()),  # access tier
        ("may_publish", pa.bool_()),
        ("keep_until", pa.date32()),
        ("supersedes", pa.string()),  # a source of the same file, read with other options
        ("sources_seen", pa.int64()),  # how many were committed when this one compared its records
        ("readings_repeated", pa.int64()),  # snapshots of a post and moment that were there already
        ("code_version", pa.string()),
        ("committed_at", INSTANT),
    ]
)

_RECORD = [
    ("source_id", pa.string()),
    ("line", pa.int64()),
]
_IDENTITY = [
    ("platform", pa.string()),
    ("channel", pa.string()),
    ("native_id", pa.string()),
    ("id_space", pa.string()),
]
COUNTS = (
    "reactions", "comments", "shares", "views",
    "likes", "loves", "wows", "hahas", "sads", "angrys", "cares", "thankfuls",
)  # fmt: skip
_COUNTS = [(name, pa.int64()) for name in COUNTS]

POSTS = pa.schema(
    [
        *_RECORD,
        ("post_key", pa.int64()),  # see identity.py
        *_IDENTITY,
        ("channel_name", pa.string()),
        ("published_at", INSTANT),
        ("type", pa.string()),
        ("text", pa.string()),
        ("url", pa.string()),
        ("followers", pa.int64()),  # of the channel when the post was published
    ]
)

SNAPSHOTS = pa.schema(
    [
        *_RECORD,
        ("post_key", pa.int64()),
        ("read_at", INSTANT),
        ("read_at_is_bound", pa.bool_()),
        *_COUNTS,
    ]
)

REPLIES = pa.schema(
    [
        *_RECORD,
        ("reply_key", pa.int64()),
        ("post_key", pa.int64()),
        ("parent_key", pa.int64()),  # null on the top level
        *_IDENTITY,
        ("published_at", INSTANT),
        ("is_owner", pa.bool_()),  # null where the channel's owner is not known
        ("is_question", pa.bool_()),  # null where the text was not there
        ("question_rule", pa.string()),  # which rule decided: "nb-1", "sign-1", ...
        ("length", pa.int64()),  # characters of the text
        ("reactions", pa.int64()),
    ]
)

AUDIENCE = pa.schema(
    [
        *_RECORD,
        ("platform", pa.string()),
        ("channel", pa.string()),
        ("channel_name", pa.string()),
        ("read_at", INSTANT),
        ("followers", pa.int64()),
        ("kind", pa.string()),  # "followers" or "likes"
    ]
)

LINKS = pa.schema(
    [
        ("source_id", pa.string()),
        ("post_key", pa.int64()),  # the record that is counted
        ("same_as_key", pa.int64()),  # the record that is the same post
        ("reason", pa.string()),
    ]
)

REJECTS = pa.schema([*_RECORD, ("reason", pa.string()), ("row", pa.string())])

CITIZENS = pa.schema(
    [
        ("source_id", pa.string()),
        ("reply_key", pa.int64()),
        (
            "author_key",
            pa.string(),
        ),  # HMAC-SHA256 of the author, hex; null without an author or a key
        ("text", pa.string()),
        ("expires_on", pa.date32()),
    ]
)

FORGOTTEN = pa.schema([("key", pa.int64())])  # of a post or a reply; counts at once, and for ever

VISITS = pa.schema(
    [
        ("source_id", pa.string()),
        ("platform", pa.string()),
        ("channel", pa.string()),
        ("what", pa.string()),  # what a task asks for, "stream", or "file"
        ("subject", pa.string()),  # the native id of the post it was asked of; null: the channel
        ("visited_at", INSTANT),
        ("outcome", pa.string()),  # one of collect's Outcome
        ("detail", pa.string()),
        ("mark", pa.string()),
        ("handle", pa.string()),
    ]
)

VANISHED = pa.schema(
    [
        ("source_id", pa.string()),
        *_IDENTITY,  # native_id and id_space are null for a whole channel
        ("key", pa.int64()),  # of the post or reply; null for a whole channel
        ("what", pa.string()),  # "post", "reply", "channel"
        ("noticed_at", INSTANT),
        ("basis", pa.string()),  # "said", "missing"
    ]
)

REVISIONS = pa.schema(
    [
        *_RECORD,
        ("key", pa.int64()),  # of the post or reply
        ("what", pa.string()),  # "post", "reply"
        ("edited_at", INSTANT),
        ("text", pa.string()),  # of a post; the words of a reply stand in citizens alone
        ("type", pa.string()),  # of a post
        ("is_question", pa.bool_()),  # of a reply, as the next two
        ("question_rule", pa.string()),
        ("length", pa.int64()),
    ]
)

# Replies told again by a source that may keep them for longer than the one that brought them.
SIGHTINGS = pa.schema([("source_id", pa.string()), ("reply_key", pa.int64())])

OBSERVATIONS = pa.schema(
    [
        *_RECORD,
        ("wave", pa.string()),
        ("country", pa.string()),
        ("municipality", pa.string()),
        ("platform", pa.string()),  # null: of the municipality as a whole
        ("channel", pa.string()),  # null where the register knows none
        ("item", pa.string()),
        ("number", pa.float64()),
        ("code", pa.string()),
        ("observed_at", INSTANT),
        ("observer", pa.int64()),
    ]
)

TABLES: dict[str, pa.Schema] = {
    "sources": SOURCES,
    "posts": POSTS,
    "snapshots": SNAPSHOTS,
    "replies": REPLIES,
    "audience": AUDIENCE,
    "links": LINKS,
    "rejects": REJECTS,
    "citizens": CITIZENS,
    "forgotten": FORGOTTEN,
    "visits": VISITS,
    "vanished": VANISHED,
    "revisions": REVISIONS,
    "sightings": SIGHTINGS,
    "observations": OBSERVATIONS,
}

ADDED_LATER = ("visits", "vanished", "revisions", "sightings", "observations")
