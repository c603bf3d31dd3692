"""Accounts on the local AT network, doing what people do there, at moments that a test names."""

import threading
from dataclasses import dataclass

import httpx

POSTS = "app.bsky.feed.post"
_TRIES = 60


def stamp(moment):
    """A moment as clients write it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Account:
    """One account on a data server. Raises where the server refuses."""

    server: str
    did: str
    handle: str
    token: str

    @classmethod
    def join(cls, server, name):
        """A new account, called `name`.test."""
        told = {"email": f"{name}@example.org", "handle": f"{name}.test", "password": "pass-word"}
        made = httpx.post(f"{server}/xrpc/com.atproto.server.createAccount", json=told, timeout=60)
        made.raise_for_status()
        said = made.json()
        return cls(server, said["did"], said["handle"], said["accessJwt"])

    def say(self, text, at, *, under=None, root=None):
        """Write a post, or a reply: `under` and `root` are what `say` gave. Gives uri and cid."""
        record = {"$type": POSTS, "text": text, "createdAt": stamp(at)}
        if under is not None:
            record["reply"] = {"root": root or under, "parent": under}
        return self._create(POSTS, record)

    def like(self, post, at):
        """Like a post."""
        kind = "app.bsky.feed.like"
        return self._create(kind, {"$type": kind, "subject": post, "createdAt": stamp(at)})

    def repost(self, post, at):
        """Pass a post on."""
        kind = "app.bsky.feed.repost"
        return self._create(kind, {"$type": kind, "subject": post, "createdAt": stamp(at)})

    def edit(self, post, text):
        """Give a post of one's own other words."""
        key = post["uri"].rpartition("/")[2]
        where = {"repo": self.did, "collection": POSTS, "rkey": key}
        held = httpx.get(f"{self.server}/xrpc/com.atproto.repo.getRecord", params=where).json()
        self._post("com.atproto.repo.putRecord", where | {"record": held["value"] | {"text": text}})

    def delete(self, post):
        """Take a post of one's own back."""
        key = post["uri"].rpartition("/")[2]
        where = {"repo": self.did, "collection": POSTS, "rkey": key}
        self._post("com.atproto.repo.deleteRecord", where)

    def rename(self, handle):
        """Take another handle."""
        self._post("com.atproto.identity.updateHandle", {"handle": handle})
        self.handle = handle

    def leave(self):
        """Deactivate the account."""
        self._post("com.atproto.server.deactivateAccount", {})

    def records(self):
        """All posts and replies that the data server has of this account: uri -> record."""
        found, cursor = {}, None
        while True:
            params = {"repo": self.did, "collection": POSTS, "limit": 100}
            params |= {"cursor": cursor} if cursor else {}
            url = f"{self.server}/xrpc/com.atproto.repo.listRecords"
            page = httpx.get(url, params=params, timeout=60).raise_for_status().json()
            found |= {one["uri"]: one["value"] for one in page["records"]}
            cursor = page.get("cursor")
            if not cursor or not page["records"]:
                return found

    def _create(self, collection, record):
        told = {"repo": self.did, "collection": collection, "record": record}
        said = self._post("com.atproto.repo.createRecord", told).json()
        return {"uri": said["uri"], "cid": said["cid"]}

    def _post(self, method, told):
        headers = {"authorization": f"Bearer {self.token}"}
        said = httpx.post(f"{self.server}/xrpc/{method}", json=told, headers=headers, timeout=60)
        said.raise_for_status()
        return said


def patiently(ask, status):
    """What a server answers. Under load a view fails for a while, and is asked again."""
    for _ in range(_TRIES):
        said = ask()
        if status(said) < 500:
            break
        threading.Event().wait(0.5)
    return said


def asked(view, method, **params):
    """What the view says."""
    said = patiently(
        lambda: httpx.get(f"{view}/xrpc/{method}", params=params, timeout=60),
        lambda said: said.status_code,
    )
    return said.raise_for_status().json()
