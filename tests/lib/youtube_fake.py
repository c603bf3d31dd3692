"""YouTube's Data API on a table: channels, videos, comments; pages, quota, refusals, deletions.

Held to Google's own description of the interface by tests/conformance/youtube.
"""

import datetime as dt
import json
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from torg.collect.transport import Answer

KEY = "the-key"


def stamp(at):
    """As the interface writes instants."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Comment:
    id: str
    text: str
    at: dt.datetime
    author: str | None = "UCcitizen0000000000000000"
    likes: int = 0
    updated: dt.datetime | None = None
    answers: list["Comment"] = field(default_factory=list)


@dataclass
class Video:
    id: str
    channel: str
    at: dt.datetime
    title: str = "A video"
    description: str = ""
    likes: int | None = 0
    views: int | None = 0
    live: str = "none"
    was_live: bool = False
    comments_off: bool = False
    private: bool = False
    comments: list[Comment] = field(default_factory=list)


@dataclass
class Channel:
    id: str
    handle: str
    title: str = "Fjordvik kommune"
    subscribers: int = 0
    hidden: bool = False
    user: str | None = None
    shows_uploads: bool = True


class Refuse(Exception):
    def __init__(self, status, reason, detail=None):
        super().__init__(reason)
        self.status, self.reason, self.detail = status, reason, detail


@dataclass
class YouTubeFake:
    """A `send` for a door. `asked` notes the lists that were asked for."""

    channels: list[Channel] = field(default_factory=list)
    videos: list[Video] = field(default_factory=list)
    quota: int = 10_000
    brings: int = 5  # answers that a thread brings with it
    most: int | None = None  # on a page, where less than was asked for
    fails: dict[str, tuple[int, str]] = field(default_factory=dict)  # resource -> status, reason
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __call__(self, call):
        url = urlsplit(call.url)
        resource, params = url.path.rpartition("/")[2], dict(parse_qsl(url.query))
        self.asked.append((resource, params))
        try:
            return _answer(call, 200, self._list(resource, params, dict(call.headers)))
        except Refuse as refuse:
            return _answer(call, refuse.status, _error(refuse))

    def _list(self, resource, params, headers):
        if headers.get("x-goog-api-key") != KEY:
            raise Refuse(400, "badRequest", "API_KEY_INVALID")
        if len(self.asked) > self.quota:
            raise Refuse(403, "quotaExceeded")
        if resource in self.fails:
            raise Refuse(*self.fails[resource])
        assert "part" in params, "part is required"
        items, whole = getattr(self, f"_{resource}")(params), "id" in params
        return self._page(resource, items, params, is_whole=whole)

    def _page(self, resource, items, params, *, is_whole):
        kind = f"youtube#{resource.removesuffix('s')}ListResponse"
        asked = int(params.get("maxResults", 5 if resource in ("playlistItems",) else 20))
        assert asked <= (100 if resource in ("commentThreads", "comments") else 50)
        size = len(items) if is_whole else min(asked, self.most or asked)
        start = int(params.get("pageToken", "at-0").removeprefix("at-"))
        page = {
            "kind": kind,
            "etag": "etag",
            "pageInfo": {"totalResults": len(items), "resultsPerPage": size},
            "items": items[start : start + size],
        }
        if start + size < len(items):
            page["nextPageToken"] = f"at-{start + size}"
        if resource == "channels" and not items:
            del page["items"]  # it leaves the list out where it is empty
        return page

    def _i18nLanguages(self, params):  # noqa: N802 - as Google calls it
        return [{"kind": "youtube#i18nLanguage", "id": "nb", "snippet": {"hl": "nb"}}]

    def _channels(self, params):
        wanted = {
            "id": lambda one: one.id in params["id"].split(","),
            "forHandle": lambda one: one.handle == f"@{params['forHandle'].lstrip('@')}",
            "forUsername": lambda one: one.user == params["forUsername"],
        }
        (by,) = [name for name in wanted if name in params]
        found = [one for one in self.channels if wanted[by](one)]
        return [_parts(self._channel(one), params) for one in found]

    def _channel(self, one):
        counts = {
            "viewCount": "123",
            "hiddenSubscriberCount": one.hidden,
            "videoCount": str(len(self._of(one.id))),
        }
        if not one.hidden:
            counts["subscriberCount"] = str(_rounded(one.subscribers))
        return {
            "kind": "youtube#channel",
            "etag": "etag",
            "id": one.id,
            "snippet": {"title": one.title, "description": "", "customUrl": one.handle},
            "statistics": counts,
            "contentDetails": {"relatedPlaylists": {"likes": "", "uploads": f"UU{one.id[2:]}"}},
        }

    def _of(self, channel):
        found = [one for one in self.videos if one.channel == channel and not one.private]
        return sorted(found, key=lambda one: one.at, reverse=True)

    def _playlistItems(self, params):  # noqa: N802 - as Google calls it
        channel = next(
            (c for c in self.channels if c.id[2:] == params["playlistId"].removeprefix("UU")), None
        )
        if channel is None or not channel.shows_uploads:
            raise Refuse(404, "playlistNotFound")
        return [
            {
                "kind": "youtube#playlistItem",
                "etag": "etag",
                "id": f"item-{one.id}",
                "contentDetails": {"videoId": one.id, "videoPublishedAt": stamp(one.at)},
            }
            for one in self._of(channel.id)
        ]

    def _videos(self, params):
        ids = params["id"].split(",")
        assert len(ids) <= 50, "at most fifty ids"
        assert "maxResults" not in params, "not supported together with id"
        there = {one.id: one for one in self.videos if not one.private}
        return [_parts(_video(there[one]), params) for one in ids if one in there]

    def _commentThreads(self, params):  # noqa: N802 - as Google calls it
        video = next((one for one in self.videos if one.id == params["videoId"]), None)
        if video is None:
            raise Refuse(404, "videoNotFound")
        if video.comments_off:
            raise Refuse(403, "commentsDisabled")
        if video.private:
            raise Refuse(403, "forbidden")
        plain = params.get("textFormat") == "plainText"
        newest = sorted(video.comments, key=lambda one: one.at, reverse=True)
        return [_parts(self._thread(one, video, plain=plain), params) for one in newest]

    def _thread(self, top, video, *, plain):
        thread = {
            "kind": "youtube#commentThread",
            "etag": "etag",
            "id": top.id,
            "snippet": {
                "channelId": video.channel,
                "videoId": video.id,
                "topLevelComment": _comment(top, video, plain=plain),
                "canReply": False,
                "totalReplyCount": len(top.answers),
                "isPublic": True,
            },
        }
        if top.answers:
            some = [_comment(one, video, plain=plain, parent=top.id) for one in top.answers]
            thread["replies"] = {"comments": some[: self.brings]}
        return thread

    def _comments(self, params):
        plain = params.get("textFormat") == "plainText"
        if "parentId" in params:
            assert "id" not in params, "exactly one filter"
            parents = {t.id: (t, v) for v in self.videos for t in v.comments}
            if params["parentId"] not in parents:
                raise Refuse(404, "commentNotFound")
            top, video = parents[params["parentId"]]
            return [
                _parts(_comment(one, video, plain=plain, parent=top.id), params)
                for one in top.answers
            ]
        assert "maxResults" not in params, "not supported together with id"
        there = {
            one.id: (one, video)
            for video in self.videos
            for top in video.comments
            for one in (top, *top.answers)
        }
        ids = params["id"].split(",")
        return [_parts(_comment(*there[one], plain=plain), params) for one in ids if one in there]


def _parts(item, params):
    """Only the parts that were asked for, with what names the item."""
    parts = {"kind", "etag", "id", *params["part"].split(",")}
    return {name: value for name, value in item.items() if name in parts}


def _video(one):
    counts = {"favoriteCount": "0"}
    if one.views is not None:
        counts["viewCount"] = str(one.views)
    if one.likes is not None:
        counts["likeCount"] = str(one.likes)
    if not one.comments_off:
        counts["commentCount"] = str(sum(1 + len(top.answers) for top in one.comments))
    video = {
        "kind": "youtube#video",
        "etag": "etag",
        "id": one.id,
        "snippet": {
            "publishedAt": stamp(one.at),
            "channelId": one.channel,
            "title": one.title,
            "description": one.description,
            "channelTitle": "Fjordvik kommune",
            "liveBroadcastContent": one.live,
        },
        "statistics": counts,
    }
    if one.was_live or one.live != "none":
        video["liveStreamingDetails"] = {"actualStartTime": stamp(one.at)}
    return video


def _comment(one, video, *, plain, parent=None):
    shown = one.text if plain else one.text.replace("\n", "<br>")
    snippet = {
        "channelId": video.channel,
        "videoId": video.id,
        "textDisplay": shown,
        "authorDisplayName": "@a-citizen",
        "authorProfileImageUrl": "",
        "canRate": True,
        "viewerRating": "none",
        "likeCount": one.likes,
        "publishedAt": stamp(one.at),
        "updatedAt": stamp(one.updated or one.at),
    }
    if one.author is not None:
        snippet["authorChannelId"] = {"value": one.author}
    if parent is not None:
        snippet["parentId"] = parent
    return {"kind": "youtube#comment", "etag": "etag", "id": one.id, "snippet": snippet}


def _rounded(count):
    """Three digits, rounded down."""
    step = 10 ** max(0, len(str(count)) - 3)
    return count // step * step


def _error(refuse):
    error = {
        "code": refuse.status,
        "message": f"secret words of the platform about {KEY}",
        "errors": [{"message": "m", "domain": "youtube", "reason": refuse.reason}],
    }
    if refuse.detail:
        error["details"] = [
            {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": refuse.detail}
        ]
    return {"error": error}


def _answer(call, status, payload):
    return Answer(
        status, {"Content-Type": "application/json"}, json.dumps(payload).encode(), call.url
    )
