"""The fake of YouTube answers as Google's own description of the interface says, and is asked so.

The tables are the part of the discovery document of "youtube:v3" (autumn 2026) that Torg uses: the
fields of each resource with their types, and what each list may be asked.
"""

import datetime as dt

import pytest

from tests.lib.visits import START, means, visit
from tests.lib.youtube_fake import KEY, Channel, Comment, Video, YouTubeFake
from torg.collect.platforms.youtube import YOUTUBE
from torg.tokens import Secret

TEXT, WHOLE, TRUTH, INSTANT = "string", "integer", "boolean", "date-time"
UINT64 = "string of digits"  # JavaScript's numbers are too short for these

COMMENT = {
    "kind": TEXT,
    "etag": TEXT,
    "id": TEXT,
    "snippet": {
        "authorChannelId": {"value": TEXT},
        "authorChannelUrl": TEXT,
        "authorDisplayName": TEXT,
        "authorProfileImageUrl": TEXT,
        "canRate": TRUTH,
        "channelId": TEXT,
        "likeCount": WHOLE,
        "moderationStatus": TEXT,
        "parentId": TEXT,
        "publishedAt": INSTANT,
        "textDisplay": TEXT,
        "textOriginal": TEXT,
        "updatedAt": INSTANT,
        "videoId": TEXT,
        "viewerRating": TEXT,
    },
}
RESOURCES = {
    "channels": {
        "kind": TEXT,
        "etag": TEXT,
        "id": TEXT,
        "snippet": {
            "customUrl": TEXT,
            "description": TEXT,
            "publishedAt": INSTANT,
            "title": TEXT,
        },
        "statistics": {
            "hiddenSubscriberCount": TRUTH,
            "subscriberCount": UINT64,
            "videoCount": UINT64,
            "viewCount": UINT64,
        },
        "contentDetails": {"relatedPlaylists": {"likes": TEXT, "uploads": TEXT}},
    },
    "playlistItems": {
        "kind": TEXT,
        "etag": TEXT,
        "id": TEXT,
        "contentDetails": {"note": TEXT, "videoId": TEXT, "videoPublishedAt": INSTANT},
    },
    "videos": {
        "kind": TEXT,
        "etag": TEXT,
        "id": TEXT,
        "snippet": {
            "channelId": TEXT,
            "channelTitle": TEXT,
            "description": TEXT,
            "liveBroadcastContent": TEXT,
            "publishedAt": INSTANT,
            "title": TEXT,
        },
        "statistics": {
            "commentCount": UINT64,
            "dislikeCount": UINT64,
            "favoriteCount": UINT64,
            "likeCount": UINT64,
            "viewCount": UINT64,
        },
        "liveStreamingDetails": {"actualStartTime": INSTANT, "actualEndTime": INSTANT},
    },
    "comments": COMMENT,
    "commentThreads": {
        "kind": TEXT,
        "etag": TEXT,
        "id": TEXT,
        "snippet": {
            "canReply": TRUTH,
            "channelId": TEXT,
            "isPublic": TRUTH,
            "topLevelComment": COMMENT,
            "totalReplyCount": WHOLE,
            "videoId": TEXT,
        },
        "replies": {"comments": [COMMENT]},
    },
}
ENVELOPE = {"kind", "etag", "items", "nextPageToken", "prevPageToken", "pageInfo"}
# What a list may be asked, and the most items it gives on a page.
MAY_ASK = {
    "channels": ({"part", "id", "forHandle", "forUsername", "maxResults", "pageToken"}, 50),
    "playlistItems": ({"part", "id", "playlistId", "videoId", "maxResults", "pageToken"}, 50),
    "videos": ({"part", "id", "chart", "hl", "maxResults", "pageToken"}, 50),
    "commentThreads": (
        {"part", "id", "videoId", "order", "searchTerms", "textFormat", "maxResults", "pageToken"},
        100,
    ),
    "comments": ({"part", "id", "parentId", "textFormat", "maxResults", "pageToken"}, 100),
}
ONE_FILTER = {
    "channels": {"id", "forHandle", "forUsername"},
    "playlistItems": {"id", "playlistId"},
    "videos": {"id", "chart"},
    "commentThreads": {"id", "videoId"},
    "comments": {"id", "parentId"},
}
IS = {
    TEXT: lambda value: isinstance(value, str),
    WHOLE: lambda value: isinstance(value, int) and not isinstance(value, bool),
    TRUTH: lambda value: isinstance(value, bool),
    UINT64: lambda value: isinstance(value, str) and value.isdecimal(),
    INSTANT: lambda value: value.endswith("Z") and dt.datetime.fromisoformat(value),
}
CHANNEL = "UCfjordvik00000000000000"


def departs(value, described, path=""):
    """Where a value departs from its description."""
    if isinstance(described, str):
        return [] if IS[described](value) else [f"{path} is no {described}: {value!r}"]
    if isinstance(described, list):
        return [d for one in value for d in departs(one, described[0], path)]
    unknown = [f"{path}.{name} is not described" for name in value.keys() - described.keys()]
    known = value.keys() & described.keys()
    return unknown + [d for n in known for d in departs(value[n], described[n], f"{path}.{n}")]


@pytest.fixture(scope="module")
def talk():
    """All that a visit of each kind asks and is answered."""
    answers = [Comment(f"Ugxcomment{n:016}", "Ja", START) for n in range(2, 120)]
    top = Comment("Ugxcomment0000000000000001", "Hei", START, updated=START, answers=answers)
    alone = Comment("Ugxcomment9999999999999999", "Hallo", START, author=None)
    videos = [Video(f"video-{n:05}", CHANNEL, START, live="live") for n in range(60)]
    videos[0].comments = [top, alone]
    videos[1].likes = videos[1].views = None
    youtube = YouTubeFake([Channel(CHANNEL, "@fjordvik", subscribers=1234)], videos)
    heard = []

    def listen(call):
        answer = youtube(call)
        heard.append((*youtube.asked[-1], answer.json()))
        return answer

    by = means(listen, token=Secret(KEY))
    ids = [video.id for video in videos]
    for what, channel, subjects in (
        ("profile", CHANNEL, ()),
        ("profile", "@fjordvik", ()),
        ("profile", "UCnobody0000000000000000", ()),
        ("posts", CHANNEL, ()),
        ("replies", CHANNEL, ids[:2]),
        ("counts", CHANNEL, ids),
        ("presence", CHANNEL, ids),
    ):
        visit(YOUTUBE, what, channel, subjects, by=by)
    visit(YOUTUBE, "presence", CHANNEL, [top.id], by=by, of="replies")
    return heard


def test_all_lists_were_asked(talk):
    assert {resource for resource, _, _ in talk} == set(RESOURCES)


def test_answers_hold_what_is_described_and_nothing_else(talk):
    for resource, _, answer in talk:
        assert answer.keys() <= ENVELOPE
        assert departs(answer.get("items", []), [RESOURCES[resource]], resource) == []


def test_an_answer_holds_the_parts_that_were_asked_for(talk):
    for _, params, answer in talk:
        for item in answer.get("items", []):
            assert item.keys() - {"kind", "etag"} <= {*params["part"].split(","), "id"}


def test_only_what_may_be_asked_is_asked(talk):
    for resource, params, _ in talk:
        names, most = MAY_ASK[resource]
        assert params.keys() <= names
        assert int(params.get("maxResults", 1)) <= most
        assert len(params.keys() & ONE_FILTER[resource]) == 1
        assert len(params.get("id", "").split(",")) <= 50


def test_search_is_never_asked(talk):
    """It costs a hundred units, and has a budget of its own."""
    assert "search" not in {resource for resource, _, _ in talk}
