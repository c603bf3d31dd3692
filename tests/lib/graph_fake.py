"""Meta's Graph interface on a table: pages, posts, comments, Instagram, tokens, limits, errors.

Held to Meta's own description of the interface by tests/conformance/graph.
"""

import datetime as dt
import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from torg.collect.transport import Answer

VERSION = "v25.0"
READ = ("pages_read_engagement", "pages_read_user_content", "pages_show_list")
READ_INSTAGRAM = ("instagram_basic", "instagram_manage_comments")
KINDS = ("LIKE", "LOVE", "WOW", "HAHA", "SAD", "ANGRY", "CARE", "THANKFUL")


def stamp(at):
    """As Meta writes instants: an offset without a colon."""
    return at.strftime("%Y-%m-%dT%H:%M:%S+0000")


@dataclass
class Comment:
    id: str
    text: str
    at: dt.datetime
    author: str | None = "9001"
    parent: str | None = None
    likes: int = 0
    hidden: bool = False


@dataclass
class Post:
    id: str  # without the page's
    at: dt.datetime
    message: str | None = "Badet åpner"
    kind: str | None = "photo"
    status: str = "added_photos"
    reactions: dict[str, int] = field(default_factory=dict)
    shares: int = 0
    author: str | None = None  # None: the page
    parent: str | None = None
    comments: list[Comment] = field(default_factory=list)


@dataclass
class Media:
    id: str
    code: str
    at: dt.datetime
    caption: str | None = "Badet åpner"
    kind: str = "IMAGE"
    product: str = "FEED"
    likes: int | None = 0
    comments: list[Comment] = field(default_factory=list)


@dataclass
class Account:
    """An Instagram account."""

    id: str
    username: str
    name: str = "Fjordvik kommune"
    followers: int = 0
    media: list[Media] = field(default_factory=list)
    is_professional: bool = True


@dataclass
class Page:
    id: str
    username: str
    name: str = "Fjordvik kommune"
    followers: int = 0
    fans: int = 0
    posts: list[Post] = field(default_factory=list)
    instagram: Account | None = None


@dataclass
class Token:
    """What opens what: `pages` of a person's or system's token, one page of a page's own."""

    kind: str  # "PAGE", "USER", "SYSTEM_USER", "APP"
    pages: tuple[str, ...] = ()
    may: tuple[str, ...] = READ
    ends: dt.datetime | None = None
    data_ends: dt.datetime | None = None
    taken_back: bool = False


class Refuse(Exception):
    def __init__(self, code, message="words of the platform", *, sub=None, status=400):
        super().__init__(message)
        self.code, self.message, self.sub, self.status = code, message, sub, status


NOT_THERE = (
    "Unsupported get request. Object with ID 'x' does not exist, cannot be loaded due to missing "
    "permissions, or does not support this operation"
)


@dataclass
class GraphFake:
    """A `send` for a door. `asked` notes method, path and parameters of every call."""

    pages: list[Page] = field(default_factory=list)
    tokens: dict[str, Token] = field(default_factory=dict)
    others: list[Account] = field(default_factory=list)  # seen by business discovery
    app: tuple[str, str] | None = None  # id and secret; then every call must be signed
    now: dt.datetime = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    most: int | None = None  # items on a page, where less than was asked for
    gone_fields: frozenset[str] = frozenset()
    answers_with: str = VERSION
    fails: dict[str, Refuse] = field(default_factory=dict)  # end of a path -> error
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def __call__(self, call):
        url = urlsplit(call.url)
        version, _, path = url.path.lstrip("/").partition("/")
        params = dict(parse_qsl(url.query))
        self.asked.append((call.method, path, params))
        try:
            assert version == VERSION, "the version that Torg was built for"
            assert "access_token" not in params, "the token must not stand in an address"
            value = dict(call.headers).get("authorization", "").removeprefix("Bearer ")
            return self._answer(call, 200, self._route(call.method, path, params, value))
        except Refuse as refuse:
            return self._answer(call, refuse.status, _error(refuse))

    def _answer(self, call, status, payload):
        headers = {
            "Content-Type": "application/json",
            "facebook-api-version": self.answers_with,
            **self.headers,
        }
        return Answer(status, headers, json.dumps(payload).encode(), call.url)

    def _route(self, method, path, params, value):
        for end, refuse in self.fails.items():
            if path.endswith(end):
                raise refuse
        token = self._token(value, params)
        if method == "DELETE":
            assert path == "me/permissions"
            if token.kind != "USER":
                raise Refuse(100, "Unsupported delete request", sub=33)
            token.taken_back = True
            return {"success": True}
        if path in ("debug_token", "oauth/access_token"):
            return getattr(self, f"_{path.replace('/', '_')}")(params)
        if path == "me/accounts":
            return self._list(self._accounts(token), params, value, path)
        node, _, edge = path.partition("/")
        return (
            self._edge(node, edge, params, token, value)
            if edge
            else self._node(node, params, token)
        )

    def _token(self, value, params):
        if self.app and value == "|".join(self.app):
            return Token("APP")
        token = self.tokens.get(value)
        if token is None:
            raise Refuse(190, "Invalid OAuth access token.")
        if token.taken_back:
            raise Refuse(190, "The user has not authorized application.", sub=458)
        if token.ends and token.ends <= self.now:
            raise Refuse(190, "Session has expired", sub=463)
        if self.app:
            proof = hmac.digest(self.app[1].encode(), value.encode(), hashlib.sha256).hex()
            if params.get("appsecret_proof") != proof:
                raise Refuse(100, "API calls from the server require an appsecret_proof argument")
        return token

    def _debug_token(self, params):
        token = self.tokens.get(params["input_token"])
        if token is None:
            raise Refuse(190, "Invalid OAuth access token.")
        gone = token.taken_back or (token.ends is not None and token.ends <= self.now)
        data = {
            "app_id": "1",
            "type": token.kind,
            "application": "Torg",
            "is_valid": not gone,
            "scopes": list(token.may),
            "expires_at": int(token.ends.timestamp()) if token.ends else 0,
            "data_access_expires_at": int(token.data_ends.timestamp()) if token.data_ends else 0,
        }
        return {"data": data}

    def _oauth_access_token(self, params):
        assert params["grant_type"] == "fb_exchange_token"
        if (params["client_id"], params["client_secret"]) != self.app:
            raise Refuse(101, "Error validating application.")
        short = params["fb_exchange_token"]
        longer = f"long-{short}"
        self.tokens[longer] = Token(
            "USER",
            self.tokens[short].pages,
            self.tokens[short].may,
            ends=self.now + dt.timedelta(days=60),
            data_ends=self.now + dt.timedelta(days=90),
        )
        return {"access_token": longer, "token_type": "bearer", "expires_in": 5_184_000}

    def _accounts(self, token):
        found = []
        for page in self.pages:
            if page.id in token.pages:
                own = f"page-token-{page.id}"
                self.tokens.setdefault(
                    own, Token("PAGE", (page.id,), token.may, data_ends=token.data_ends)
                )
                found.append({**self._page(page), "access_token": own, "tasks": ["MODERATE"]})
        return found

    def _node(self, node, params, token):
        fields = _fields(params.get("fields", "id"))
        if "business_discovery" in " ".join(fields):
            return self._discovery(node, params["fields"])
        found = self._find(node, token)
        self._check(fields, found)
        return _chosen(found, fields)

    def _check(self, fields, found):
        for name in fields:
            if name in self.gone_fields:
                raise Refuse(
                    100, f"(#100) Tried accessing nonexisting field ({name}) on node type (Page)"
                )

    def _find(self, node, token):
        """Everything of a node that the token may see."""
        if token.kind == "PAGE" and node == "me":
            node = token.pages[0]
        for page in self.pages:
            if page.id not in token.pages:
                continue
            found = self._things(page).get(node)
            if found is not None:
                return found
        raise Refuse(100, NOT_THERE, sub=33)

    def _things(self, page):
        things = {page.id: self._page(page)}
        for post in page.posts:
            things[f"{page.id}_{post.id}"] = _post(post, page)
            things |= {one.id: _comment(one) for one in post.comments}
        if page.instagram:
            things[page.instagram.id] = _account(page.instagram)
            for media in page.instagram.media:
                things[media.id] = _media(media)
                things |= {one.id: _reply(one) for one in media.comments}
        return things

    def _page(self, page):
        found = {
            "id": page.id,
            "name": page.name,
            "username": page.username,
            "followers_count": page.followers,
            "fan_count": page.fans,
        }
        if page.instagram:
            found["instagram_business_account"] = _account(page.instagram)
        return found

    def _edge(self, node, edge, params, token, value):
        self._find(node, token)  # refuses what is not there
        for page in self.pages:
            if node == page.id and edge == "published_posts":
                newest = sorted(page.posts, key=lambda one: one.at, reverse=True)
                return self._list([_post(one, page) for one in newest], params, value, node)
            for post in page.posts:
                if node == f"{page.id}_{post.id}" and edge == "comments":
                    return self._list(_filtered(post.comments, params), params, value, node)
            if page.instagram:
                found = self._of_instagram(page.instagram, node, edge, params)
                if found is not None:
                    return self._list(found, params, value, f"{node}/{edge}")
        raise Refuse(100, NOT_THERE, sub=33)

    def _of_instagram(self, account, node, edge, params):
        if node == account.id and edge == "media":
            newest = sorted(account.media, key=lambda one: one.at, reverse=True)
            return [_media(one) for one in newest]
        for media in account.media:
            if node == media.id and edge == "comments":
                return [
                    {**_reply(top), **self._answers(media, top, params)}
                    for top in media.comments
                    if top.parent is None
                ]
            if edge == "replies" and node in {one.id for one in media.comments}:
                return [_reply(one) for one in media.comments if one.parent == node]
        return None

    def _answers(self, media, top, params):
        """The answers that come with a comment: a first page of them."""
        answers = [_reply(one) for one in media.comments if one.parent == top.id]
        if "replies" not in params["fields"] or not answers:
            return {}
        size = min(50, self.most or 50)
        return {"replies": _paged(answers, 0, size, "https://graph.facebook.com/x?access_token=t")}

    def _list(self, items, params, value, path):
        fields = _fields(params.get("fields", "id"))
        self._check(fields, None)
        asked = int(params.get("limit", 25))
        assert asked <= 100, "Meta gives at most a hundred"
        start = int(params.get("after", "c0").removeprefix("c"))
        next_page = f"https://graph.facebook.com/{VERSION}/{path}?access_token={value}"
        page = _paged(items, start, min(asked, self.most or asked), next_page)
        page["data"] = [_chosen(one, fields) for one in page["data"]]
        return page

    def _discovery(self, node, expression):
        name = re.search(r"username\(([^)]+)\)", expression)[1]
        account = next(
            (one for one in self.others if one.username == name and one.is_professional), None
        )
        if account is None:
            raise Refuse(110, f"Invalid user id: {name} cannot be found.", sub=2207013)
        found = _account(account)
        if "media" in expression:
            after = re.search(r"media(?:\.after\(c(\d+)\))?\.limit\((\d+)\)", expression)
            newest = sorted(account.media, key=lambda one: one.at, reverse=True)
            size = min(int(after[2]), self.most or int(after[2]))
            page = _paged([_media(one) for one in newest], int(after[1] or 0), size, None)
            found["media"] = page
        return {"business_discovery": found, "id": node}


def _paged(items, start, size, next_page):
    page = {"data": items[start : start + size]}
    if not page["data"]:
        return page
    page["paging"] = {"cursors": {"before": f"c{start}", "after": f"c{start + size}"}}
    if start + size < len(items):
        if next_page is not None:
            page["paging"]["next"] = next_page
    elif next_page is None:
        del page["paging"]["cursors"]["after"]
    return page


def _filtered(comments, params):
    """Without filter=stream Meta gives the top level only."""
    stream = params.get("filter") == "stream"
    return [_comment(one) for one in comments if stream or one.parent is None]


def _post(post, page):
    total = sum(post.reactions.values())
    found = {
        "id": f"{page.id}_{post.id}",
        "created_time": stamp(post.at),
        "updated_time": stamp(post.at + dt.timedelta(days=9)),  # moves with every comment
        "from": {"id": post.author or page.id, "name": page.name},
        "permalink_url": f"https://www.facebook.com/{page.id}/posts/{post.id}",
        "status_type": post.status,
        "reactions": _summary(total),
        "comments": _summary(len(post.comments)),
        **{f"type({kind})": _summary(post.reactions.get(kind, 0)) for kind in KINDS},
    }
    if post.message is not None:
        found["message"] = post.message
    if post.kind is not None:
        found["attachments"] = {"data": [{"media_type": post.kind}]}
    if post.parent is not None:
        found["parent_id"] = post.parent
    if post.shares:
        found["shares"] = {"count": post.shares}
    return found


def _summary(count):
    return {"data": [], "summary": {"total_count": count}}


def _comment(one):
    found = {
        "id": one.id,
        "created_time": stamp(one.at),
        "message": one.text,
        "like_count": one.likes,
        "is_hidden": one.hidden,
        "is_private": False,
    }
    if one.author is not None:
        found["from"] = {"id": one.author, "name": "A Citizen"}
    if one.parent is not None:
        found["parent"] = {"id": one.parent}
    return found


def _account(account):
    return {
        "id": account.id,
        "username": account.username,
        "name": account.name,
        "followers_count": account.followers,
        "media_count": len(account.media),
    }


def _media(media):
    kind = "reel" if media.product == "REELS" else "p"
    found = {
        "id": media.id,
        "permalink": f"https://www.instagram.com/{kind}/{media.code}/",
        "timestamp": stamp(media.at),
        "media_type": media.kind,
        "media_product_type": media.product,
        "comments_count": len(media.comments),
    }
    if media.caption is not None:
        found["caption"] = media.caption
    if media.likes is not None:
        found["like_count"] = media.likes
    return found


def _reply(one):
    found = {
        "id": one.id,
        "text": one.text,
        "timestamp": stamp(one.at),
        "like_count": one.likes,
        "hidden": one.hidden,
    }
    if one.author is not None:
        found |= {
            "username": one.author,
            "from": {"id": f"igsid-{one.author}", "username": one.author},
        }
    return found


def _fields(text):
    """Names and their modifiers of a list of fields: {name: how it is to be called}."""
    found, depth, word = {}, 0, ""
    for sign in [*text, ","]:
        depth += (sign in "{(") - (sign in "})")
        if sign == "," and depth == 0:
            alias = re.search(r"\.as\((\w+)\)", word)
            name = re.match(r"\w+", word)[0]
            kind = re.search(r"\.(type\(\w+\))", word)
            found[kind[1] if kind else name] = alias[1] if alias else name
            word = ""
        else:
            word += sign
    return found


def _chosen(found, fields):
    """Only what was asked for, and the id, which always comes."""
    chosen = {alias: found[name] for name, alias in fields.items() if name in found}
    return {"id": found["id"], **chosen}


def _error(refuse):
    error = {
        "message": refuse.message,
        "type": "OAuthException",
        "code": refuse.code,
        "fbtrace_id": "trace",
    }
    if refuse.sub is not None:
        error["error_subcode"] = refuse.sub
    return {"error": error}
