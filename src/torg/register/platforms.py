"""How each platform writes the address of a page: one table, one short reader each.

Names are compared as the platforms compare them: without regard to case, on Facebook without
regard to points either. Only ids keep their case.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Parts:
    """An address taken apart: host ("" for a bare handle), decoded path segments, query."""

    host: str
    segments: tuple[str, ...]
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What a reader found; `path` continues the platform's base, or is a whole address."""

    path: str
    handle: str | None = None
    platform_id: str | None = None


Reader = Callable[[Parts], Found | None]

RSS = "rss"  # sites, blogs and their feeds: they live on any host, so any address is one of theirs


@dataclass(frozen=True)
class Platform:
    """A platform's name, the hosts it answers on, and how its addresses begin and are read."""

    name: str
    hosts: tuple[str, ...]
    base: str
    read: Reader


_FACEBOOK_ID_IN_QUERY = ("profile.php", "permalink.php", "story.php", "photo.php")
_FACEBOOK_WITH_SLUG = ("pages", "people", "p")
_FACEBOOK_NO_PAGE = frozenset(
    [
        "dialog",
        "events",
        "hashtag",
        "help",
        "home.php",
        "login",
        "login.php",
        "marketplace",
        "media",
        "photo",
        "places",
        "plugins",
        "policies",
        "reel",
        "search",
        "share",
        "sharer",
        "sharer.php",
        "stories",
        "story",
        "video.php",
        "videos",
        "watch",
    ]
)
# A name of a page cannot hold a hyphen; a hyphen and a long number are a title and the page's id.
_SLUG_WITH_ID = re.compile(r"^(?:.*-)?(\d{5,})$", re.DOTALL)
_X_NO_PAGE = frozenset(
    ["compose", "explore", "hashtag", "home", "i", "intent", "login", "search", "share", "signup"]
)
_YOUTUBE_NO_PAGE = frozenset(["embed", "feed", "live", "playlist", "results", "shorts", "watch"])
_YOUTUBE_ID = re.compile(r"^UC[\w-]{22}$")
_FLICKR_ID = re.compile(r"^\d+@N\d\d$", re.IGNORECASE)
_SERVER = re.compile(r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")
_LINKEDIN_KINDS = ("company", "school", "showcase", "organization")


def _facebook(parts: Parts) -> Found | None:
    segments = tuple(s for s in parts.segments if s.casefold() not in ("pg", "business"))
    if not segments:
        return None
    first = segments[0].casefold()
    if first.split("?")[0] in _FACEBOOK_ID_IN_QUERY:
        query = {**dict(parse_qsl(first.partition("?")[2])), **parts.query}
        return _facebook_id(query.get("id", ""))
    if first in _FACEBOOK_WITH_SLUG:
        return next(filter(None, map(_facebook_id, segments[1:])), None)
    if first == "groups" and len(segments) > 1:
        return _facebook_group(segments[1].casefold())
    if first in _FACEBOOK_NO_PAGE or first == "groups":
        return None
    return _facebook_id(first) or _facebook_name(first.replace(".", "").lstrip("@"))


def _facebook_id(text: str) -> Found | None:
    match = _SLUG_WITH_ID.match(text)
    return Found(path=match[1], platform_id=match[1]) if match else None


def _facebook_name(name: str) -> Found | None:
    if not name or name in _FACEBOOK_NO_PAGE:
        return None
    return _facebook_id(name) or Found(path=name, handle=name)


def _facebook_group(name: str) -> Found:
    if name.isdecimal():
        return Found(path=f"groups/{name}", platform_id=name)
    return Found(path=f"groups/{name}", handle=f"groups/{name}")


def _x(parts: Parts) -> Found | None:
    lower = tuple(s.casefold() for s in parts.segments)
    if lower[:2] == ("i", "user") and len(lower) > 2:
        return Found(path=f"i/user/{lower[2]}", platform_id=lower[2])
    name = parts.query.get("screen_name") if lower[:1] == ("intent",) else "".join(lower[:1])
    name = (name or "").casefold().lstrip("@")
    if not name or name in _X_NO_PAGE:
        return None
    return _x_id(name) if name.isdecimal() and len(name) > 15 else Found(path=name, handle=name)


def _x_id(number: str) -> Found:
    # Names on X have at most 15 characters: a longer number can only be an id.
    return Found(path=f"i/user/{number}", platform_id=number)


def _youtube(parts: Parts) -> Found | None:
    first, second = (*parts.segments, "", "")[:2]
    kind = first.casefold()
    if kind == "channel" or _YOUTUBE_ID.match(first):
        return _youtube_id(second if kind == "channel" else first)
    if kind in ("user", "c"):
        name = f"{kind}/{second.casefold()}"
        return Found(path=name, handle=name) if second else None
    if not kind.lstrip("@") or kind in _YOUTUBE_NO_PAGE:
        return None
    if kind.startswith("@") or not parts.host:
        return Found(path=f"@{kind.lstrip('@')}", handle=kind.lstrip("@"))
    return Found(path=f"c/{kind}", handle=f"c/{kind}")


def _youtube_id(text: str) -> Found | None:
    return Found(path=f"channel/{text}", platform_id=text) if _YOUTUBE_ID.match(text) else None


def _linkedin(parts: Parts) -> Found | None:
    lower = tuple(s.casefold() for s in parts.segments)
    kind = lower[0] if len(lower) > 1 else "company"
    if kind == "in" and len(lower) > 1:
        return Found(path=f"in/{lower[1]}", handle=f"in/{lower[1]}")
    name = lower[1] if len(lower) > 1 else "".join(lower if not parts.host else ())
    if not name or kind not in _LINKEDIN_KINDS:
        return None
    # LinkedIn forwards all its kinds of organisation to "company".
    return Found(
        path=f"company/{name}",
        handle=None if name.isdecimal() else name,
        platform_id=name if name.isdecimal() else None,
    )


def _mastodon(parts: Parts) -> Found | None:
    lower = [s.casefold() for s in parts.segments if s.casefold() not in ("web", "users")]
    if not lower:
        return None
    name, _, server = lower[0].lstrip("@").partition("@")
    server = server or parts.host
    if not name or not _SERVER.match(server):
        return None
    return Found(path=f"https://{server}/@{name}", handle=f"{name}@{server}")


def _bluesky(parts: Parts) -> Found | None:
    segments = [s for s in parts.segments if s.casefold() != "profile"]
    # A handle is a domain, and may be written as one: https://oslo.bsky.social
    name = segments[0].lstrip("@").casefold() if segments else parts.host
    if not name or name == "bsky.app":
        return None
    if name.startswith("did:"):
        return Found(path=f"profile/{segments[0]}", platform_id=segments[0])
    return Found(path=f"profile/{name}", handle=name)


def _flickr(parts: Parts) -> Found | None:
    segments = [s for s in parts.segments if s.casefold() not in ("people", "photos")]
    if not segments:
        return None
    if _FLICKR_ID.match(segments[0]):
        number = segments[0].upper()
        return Found(path=f"people/{number}", platform_id=number)
    return Found(path=f"people/{segments[0].casefold()}", handle=segments[0].casefold())


def _named(path: str = "{}", *, skip: str = "", no_page: str = "") -> Reader:
    """A reader of addresses whose first segment is the name; `skip` words may stand before it."""
    skipped, refused = frozenset(skip.split()), frozenset(no_page.split())

    def read(parts: Parts) -> Found | None:
        words = (s.casefold().lstrip("@") for s in parts.segments)
        name = next((word for word in words if word not in skipped), "")
        if not name or name in refused:
            return None
        return Found(path=path.format(name), handle=name)

    return read


_ALL = (
    Platform(
        "facebook", ("facebook.com", "fb.com", "fb.me"), "https://www.facebook.com/", _facebook
    ),
    Platform("x", ("x.com", "twitter.com"), "https://x.com/", _x),
    Platform(
        "instagram",
        ("instagram.com", "instagr.am"),
        "https://www.instagram.com/",
        _named(skip="stories", no_page="p reel reels tv explore accounts"),
    ),
    Platform(
        "youtube",
        ("youtube.com", "youtu.be", "youtube-nocookie.com"),
        "https://www.youtube.com/",
        lambda parts: None if parts.host == "youtu.be" else _youtube(parts),
    ),
    Platform("linkedin", ("linkedin.com",), "https://www.linkedin.com/", _linkedin),
    Platform(
        "tiktok",
        ("tiktok.com",),
        "https://www.tiktok.com/",
        _named("@{}", no_page="tag discover foryou music embed"),
    ),
    Platform(
        "threads",
        ("threads.com", "threads.net"),
        "https://www.threads.com/",
        _named("@{}", no_page="t"),
    ),
    Platform("bluesky", ("bsky.app",), "https://bsky.app/", _bluesky),
    Platform("mastodon", (), "", _mastodon),
    Platform(
        "snapchat", ("snapchat.com",), "https://www.snapchat.com/", _named("add/{}", skip="add")
    ),
    Platform("flickr", ("flickr.com",), "https://www.flickr.com/", _flickr),
    Platform("github", ("github.com",), "https://github.com/", _named(skip="orgs")),
    Platform(
        "vimeo", ("vimeo.com",), "https://vimeo.com/", _named(no_page="channels groups watch")
    ),
    Platform("vk", ("vk.com", "vkontakte.ru"), "https://vk.com/", _named(no_page="wall feed")),
    Platform("telegram", ("t.me", "telegram.me"), "https://t.me/", _named(skip="s")),
    Platform("soundcloud", ("soundcloud.com",), "https://soundcloud.com/", _named()),
    Platform("pinterest", ("pinterest.com",), "https://www.pinterest.com/", _named(no_page="pin")),
)

PLATFORMS: Mapping[str, Platform] = MappingProxyType({p.name: p for p in _ALL})
_BY_HOST = {host: platform.name for platform in _ALL for host in platform.hosts}
# What lists and people call a platform, where it is not simply its name in lower case.
_OTHER_NAMES = {
    "twitter": "x",
    "twitter/x": "x",
    "x (twitter)": "x",
    "fb": "facebook",
    "meta": "facebook",
    "ig": "instagram",
    "insta": "instagram",
    "you tube": "youtube",
    "yt": "youtube",
    "bsky": "bluesky",
    "tik tok": "tiktok",
    "linked in": "linkedin",
    "site": RSS,
    "website": RSS,
    "web": RSS,
    "blog": RSS,
    "feed": RSS,
    "atom": RSS,
}


def platform_called(name: str) -> str:
    """The one name of a platform: "Twitter" and "X" are both "x"."""
    lower = " ".join(name.casefold().split())
    return _OTHER_NAMES.get(lower, lower)


def platform_of_host(parts: Parts) -> str | None:
    """The platform that answers on a host, subdomains included; an "@name" path is Mastodon's."""
    labels = parts.host.split(".")
    for start in range(len(labels) - 1):
        name = _BY_HOST.get(".".join(labels[start:]))
        if name:
            return name
    first = parts.segments[0] if parts.segments else ""
    is_mastodon = bool(parts.host) and first.startswith("@")
    is_account = not parts.host and re.fullmatch(r"@[\w.]+@[\w-]+(\.[\w-]+)+", first)
    return "mastodon" if is_mastodon or is_account else None
