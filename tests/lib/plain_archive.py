"""What the archive must hold, by plain dicts: every record with who told it, and worked out anew.

Posts "p" and "q", replies "r" and "s" under "p", on one channel of a network where replies stay.
"""

from dataclasses import dataclass, field

POSTS, REPLIES = "pq", "rs"


@dataclass
class Record:
    """A post or reply: until when each who told it may keep it (None: for good), and its words."""

    told: list = field(default_factory=list)
    older: list = field(default_factory=list)  # words that newer ones have taken the place of
    text: str | None = None
    edited: int | None = None


class PlainArchive:
    """Records by name; what vanished, by name."""

    def __init__(self):
        self.records = {}
        self.vanished = set()

    def tell(self, records, *, until, today):
        """One run tells of posts and replies, posts first."""
        self.keep(today)
        mended = []
        for name, hour, text in sorted(records, key=lambda told: told[0] in REPLIES):
            known = self.records.setdefault(name, Record())
            is_new = not known.told
            # Of words that one run says were written at one moment, the last told count.
            since = (
                -1 if known.edited is None else known.edited - any(known is one for one in mended)
            )
            newer = hour is not None and hour > since
            if is_new or newer:
                known.older.append(known.text)
                known.text = None if name in self.vanished else text
                known.edited = hour
                mended.append(known)
            known.told.append(until)
        self.keep(today)

    def gone(self, name, *, today):
        """A record vanished, or the whole channel: that is every post there is or was told."""
        self.keep(today)
        self.vanished |= set(POSTS) if name is None else {name}
        for of in self.vanished:
            if of in self.records:
                self.records[of].text, self.records[of].older = None, []

    def keep(self, today):
        """What nobody may keep any more goes."""
        for name, record in list(self.records.items()):
            record.told = [until for until in record.told if until is None or until >= today]
            if not record.told:
                del self.records[name]

    def posts(self):
        """Native id and text of each post."""
        named = [(name, self.records[name].text) for name in POSTS if name in self.records]
        return sorted(named, key=repr)

    def older_words(self):
        """What posts said before they were edited: a channel's own words in public, which stay."""
        posts = [record for name, record in self.records.items() if name in POSTS]
        return {text for post in posts for text in post.older if text is not None}

    def replies(self):
        """Native ids."""
        return sorted(name for name in REPLIES if name in self.records)

    def citizens(self):
        """The words of replies."""
        texts = [self.records[name].text for name in self.replies()]
        return sorted(text for text in texts if text is not None)
