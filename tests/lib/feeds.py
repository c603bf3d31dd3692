"""A site with a feed, in memory, and feeds drawn as text."""

import datetime as dt
from dataclasses import dataclass, field
from email.utils import format_datetime
from urllib.parse import urlsplit

from tests.lib.mastodon_fake import Time
from torg.collect.platforms import Followed, Means, Task
from torg.collect.platforms.rss import RSS
from torg.collect.transport import Answer, Door


def rss(*items, title="Town", head=""):
    """An RSS 2.0 feed of drawn items."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<title>{title}</title><link>https://town.example/</link>{''.join(items)}"
        "</channel></rss>"
    ).encode()


def atom(*entries, title="Town"):
    """An Atom feed of drawn entries."""
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{title}</title>{''.join(entries)}</feed>"
    ).encode()


def item(title, *, at=None, guid=None, link=None, more=""):
    """One item of an RSS feed."""
    parts = {
        "title": title,
        "link": link,
        "guid": guid,
        "pubDate": format_datetime(at) if isinstance(at, dt.datetime) else at,
    }
    shown = "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value)
    return f"<item>{shown}{more}</item>"


@dataclass
class Site:
    """A host: path -> body, or (status, headers, body); tells by its ETag what has not changed."""

    pages: dict = field(default_factory=dict)
    robots: str = ""
    time: Time = field(default_factory=Time)
    calls: list = field(default_factory=list)

    def send(self, call):
        path = urlsplit(call.url).path
        if path == "/robots.txt":
            return Answer(200, {}, self.robots.encode(), call.url)
        self.calls.append(call)
        if path not in self.pages:
            return Answer(404, {}, b"nothing here", call.url)
        page = self.pages[path]
        status, headers, body = page if isinstance(page, tuple) else (200, {}, page)
        etag = f'"{hash(body)}"'
        if status == 200 and call.headers.get("if-none-match") == etag:
            return Answer(304, {}, b"", call.url)
        return Answer(status, {"ETag": etag, **headers}, body, call.url)


def visit(site, address="https://town.example/feed", **task):
    """The one batch of a visit of a site."""
    handle = address.partition("://")[2]
    followed = Followed("rss", address, handle, address)
    means = Means(Door(site.send, site.time.clock), site.time.clock)
    (batch,) = RSS.visits["posts"](Task(followed, "posts", **task), means)
    return batch
