"""A month of ten towns on a real AT network, followed by `collect` and `listen` at once.

The clock is wound, the network is real: what towns and citizens do there in a simulated month is
written with the moments of that month. In the end the archive is held against what the servers
themselves say, post by post.
"""

import datetime as dt
import random
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

import httpx
import polars as pl
import pytest

from tests.lib import parts
from tests.lib.archives import rows
from tests.lib.at_network import at_network, lacking
from tests.lib.at_people import Account, asked, patiently
from tests.lib.clocks import Hands
from torg.archive import Archive, load_key, make_key
from torg.collect.transport import Clock, internet, web_socket
from torg.follow import Rhythm, Stop, Ways, collect_round, listen
from torg.register import Channel, Municipality, Register, read_register, write_register
from torg.study import create_study, read_study

pytestmark = [
    pytest.mark.networks,
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1", "::1", "localhost"]),
]

FIRST = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)
DAYS = 31
OUTAGE = range(11, 14)  # the days on which nothing answers and the stream is cut
RESTART = 18  # the day on which the listener is ended and started again
RENAMED = 8  # the day on which one town takes another handle
LEAVING = 20  # the day on which one citizen leaves
TOWNS, CITIZENS = 10, 6


class Wire:
    """The way to the network: it can be cut, and it tells what has been heard through it."""

    def __init__(self, send):
        self.is_cut = False
        self._send = send
        self._told = threading.Condition()
        self._heard = []
        self.trouble = []  # what ended the listener
        self.is_open = threading.Event()  # the stream has been connected

    def send(self, call):
        if self.is_cut:
            raise ConnectionError("cut")
        return patiently(lambda: self._send(call), lambda answer: answer.status)

    @contextmanager
    def connect(self, url, headers, quiet):
        if self.is_cut:
            raise ConnectionError("cut")
        with web_socket(url, headers, quiet) as messages:
            self.is_open.set()
            yield self._passed_on(messages)

    def _passed_on(self, messages):
        for message in messages:
            if self.is_cut:
                raise ConnectionError("cut")
            yield message  # by the time of the next one, this one has been taken in
            if message is not None and b"the day is over" in message:
                with self._told:
                    self._heard.append(bytes(message))
                    self._told.notify_all()

    def wait_for(self, text):
        """Until a frame with this text has been taken in, or the listener is no more."""
        with self._told:
            self._told.wait_for(
                lambda: self.trouble or any(text.encode() in frame for frame in self._heard),
                timeout=120,
            )
        assert not self.trouble, self.trouble
        assert any(text.encode() in frame for frame in self._heard), f"'{text}' was not heard"

    def broke(self, error):
        """Something ended the listener."""
        with self._told:
            self.trouble.append(error)
            self._told.notify_all()


@dataclass
class Month:
    """The network, who is on it, the study that follows, and what the view said of counts."""

    network: object
    study: object
    towns: list
    citizens: list
    keeper: Account  # says when a day is over
    hands: Hands
    wire: Wire
    key: object  # of authors; tests have configurations of their own
    chance: random.Random = field(default_factory=lambda: random.Random(11))  # noqa: S311
    posts: list = field(default_factory=list)  # town, uri and cid
    replies: list = field(default_factory=list)  # author, uri and cid, root
    deleted: set = field(default_factory=set)
    edited: set = field(default_factory=set)
    said: dict = field(default_factory=dict)  # (uri, moment) -> likes, replies, reposts
    heard: list = field(default_factory=list)
    rounds: list = field(default_factory=list)

    @property
    def archive(self):
        return Archive(self.study.archive, now=self.hands.now)

    def at(self, day, hour):
        """Wind the clock to an hour of a day; rounds may have let a little more time pass."""
        wanted = FIRST + dt.timedelta(days=day, hours=hour)
        self.hands.pass_(max(0.0, (wanted - self.hands.now()).total_seconds()))

    # What people do.

    def morning(self, day):
        self.at(day, 8)
        for town in self.towns:
            if self.chance.random() < 0.35:
                post = town.say(f"{town.handle}, dag {day}: åpent hus 🚲", self.hands.now())
                self.posts.append((town, post))

    def noon(self, day):
        self.at(day, 12)
        for town, post in self._recent():
            for _ in range(self.chance.randrange(3)):
                citizen = self.chance.choice(self.citizens)
                reply = citizen.say(f"Når åpner dere, dag {day}?", self.hands.now(), under=post)
                self.replies.append((citizen, reply, post))
                if self.chance.random() < 0.5:
                    answer = town.say("Klokken ni.", self.hands.now(), under=reply, root=post)
                    self.replies.append((town, answer, post))
                    thanks = citizen.say("Takk!", self.hands.now(), under=answer, root=post)
                    self.replies.append((citizen, thanks, post))
            for citizen in self.chance.sample(self.citizens, self.chance.randrange(4)):
                citizen.like(post, self.hands.now())
            if self.chance.random() < 0.2:
                self.towns[0].repost(post, self.hands.now())

    def evening(self, day):
        self.at(day, 18)
        if day % 3 == 1:
            self._edit(self.chance.choice(self.posts), f"rettet på dag {day}")
        if day % 4 == 2:
            self._edit(self.chance.choice(self.replies), f"jeg mente noe annet, dag {day}")
        if day % 5 == 3 or day == OUTAGE[1]:
            self._delete(self.chance.choice(self.posts))
        if day % 3 == 2 or day == OUTAGE[1]:
            self._delete(self.chance.choice(self.replies))
        if day == RENAMED:
            self.towns[3].rename("new-town3.test")
        if day == LEAVING:
            self.citizens.pop().leave()

    def _recent(self):
        there = [one for one in self.posts if one[1]["uri"] not in self.deleted]
        return there[-8:]

    def _edit(self, what, text):
        author, record = what[0], what[1]
        if record["uri"] not in self.deleted and self._is_here(author):
            author.edit(record, text)
            self.edited.add(record["uri"])

    def _delete(self, what):
        author, record = what[0], what[1]
        if record["uri"] not in self.deleted and self._is_here(author):
            author.delete(record)
            self.deleted.add(record["uri"])

    def _is_here(self, author):
        return author in self.towns or author in self.citizens

    # How they are followed.

    def night(self, day):
        """All servers agree, the listener has heard everything, and a round is made."""
        self.at(day, 20)
        text = f"the day is over: {day}"
        self.keeper.say(text, self.hands.now())
        httpx.post(self.network.control, timeout=60).raise_for_status()
        if day not in OUTAGE:
            self.wire.wait_for(text)
        before = self.hands.now()
        self.rounds.append(
            collect_round(
                self.study,
                only=("bluesky",),
                ways=Ways(send=self.wire.send, clock=self.hands.clock),
            )
        )
        if day not in OUTAGE:
            self._note_counts(before)

    def _note_counts(self, since):
        """What the view says of every post whose counts have just been read."""
        moments = pl.DataFrame(
            rows(self.archive.reading(), "snapshots", "read_at"), schema=["at"], orient="row"
        )["at"]
        new = sorted({at for at in moments if at >= since})
        uris = iter([post["uri"] for _, post in self.posts if post["uri"] not in self.deleted])
        while some := list(islice(uris, 25)):
            for view in asked(self.network.view, "app.bsky.feed.getPosts", uris=some)["posts"]:
                counts = view["likeCount"], view["replyCount"], view["repostCount"]
                self.said |= {(view["uri"], at): counts for at in new}

    @contextmanager
    def listening(self):
        """The stream is held meanwhile, in a thread of its own; waits there pass no time here."""
        stop, pause = Stop(), threading.Event()
        clock = Clock(
            now=self.hands.now,
            seconds=lambda: self.hands.elapsed,
            wait=lambda _seconds: pause.wait(0.02) and None,
        )

        def work():
            try:
                listen(
                    self.study,
                    stop=stop,
                    told=self.heard.append,
                    ways=Ways(send=self.wire.send, connect=self.wire.connect, clock=clock),
                    rhythm=Rhythm(some=20 * 3600.0, quiet=0.1),
                )
            except BaseException as error:
                self.wire.broke(error)

        self.wire.is_open.clear()
        thread = threading.Thread(target=work)
        thread.start()
        try:
            assert self.wire.is_open.wait(timeout=120) or self.wire.trouble, "no stream"
            yield
        finally:
            stop.now()
            thread.join(timeout=60)
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    """The whole month, lived and followed."""
    if lacks := lacking():
        parts.lacking(f"this machine has no {lacks}")
    folder = tmp_path_factory.mktemp("month")
    with (
        pytest.MonkeyPatch.context() as patch,
        at_network(folder) as network,
        internet() as send,
    ):
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        month = _begun(network, folder / "study", Wire(send))
        month.at(0, 1)
        first = collect_round(
            month.study,
            only=("bluesky",),
            ways=Ways(send=month.wire.send, clock=month.hands.clock),
        )
        assert len(first.learned) == TOWNS, [one.why for one in first.platforms]
        _live(month, range(RESTART))
        _live(month, range(RESTART, DAYS))
        month.archive.honour()
        yield month


def _live(month, days):
    with month.listening():
        for day in days:
            month.wire.is_cut = day in OUTAGE
            month.morning(day)
            month.noon(day)
            month.evening(day)
            month.night(day)


def _begun(network, folder, wire):
    """Ten towns that the register knows by their handles alone, citizens, and a study."""
    towns = [Account.join(network.data, f"town{n}") for n in range(TOWNS)]
    citizens = [Account.join(network.data, f"citizen{n}") for n in range(CITIZENS)]
    keeper = Account.join(network.data, "keeper")
    httpx.post(network.control, timeout=60).raise_for_status()
    create_study(folder, title="A month", study_id="month")
    make_key("month")
    path = folder / "study.toml"
    told = (
        "[follow]\n"
        'contact = "https://example.org"\n'
        f'servers = {{ bluesky = "{network.view}" }}\n'
        'stream = "repos"\n'
        f'stream_server = "{network.data.replace("http", "ws")}"\n'
    )
    text = path.read_text(encoding="utf-8")
    heading = next(line for line in text.splitlines() if line.startswith("[follow]"))
    path.write_text(text.replace(heading, told), encoding="utf-8")
    places = tuple(
        Municipality(country="NO", code=f"0{n}01", names={"nb": f"Town {n}"}) for n in range(TOWNS)
    )
    channels = tuple(
        Channel(
            country="NO",
            code=f"0{n}01",
            platform="bluesky",
            address=f"https://bsky.app/profile/{town.handle}",
        )
        for n, town in enumerate(towns)
    )
    study = read_study(folder)
    write_register(study.register_folder, Register(places, channels))
    return Month(network, study, towns, citizens, keeper, Hands(FIRST), wire, load_key("month"))


@pytest.fixture(scope="module")
def reading(month):
    return month.archive.reading()


@pytest.fixture(scope="module")
def server(month):
    """What the data server has: uri -> record, of all who are still there."""
    found = {}
    for account in [*month.towns, *month.citizens]:
        found |= account.records()
    return found


def instant(text):
    return dt.datetime.fromisoformat(text)


def test_the_month_was_a_full_one(month):
    """Else the tests below would agree about nothing."""
    assert len(month.posts) > 70
    assert len(month.replies) > 150
    assert len(month.edited) >= 10
    assert len(month.deleted) >= 10
    assert sum(one.lost for one in month.heard) > 0
    failures = [sum(one.failed for one in made.platforms) for made in month.rounds]
    assert [bool(failures[day]) for day in range(DAYS)] == [day in OUTAGE for day in range(DAYS)]


def test_the_archive_has_the_posts_that_the_server_has_with_their_words(month, reading, server):
    there = {
        uri: (record["text"], instant(record["createdAt"]))
        for uri, record in server.items()
        if "reply" not in record and uri.split("/")[2] in {town.did for town in month.towns}
    }
    kept = {
        uri: (text, at)
        for uri, text, at in rows(reading, "posts", "native_id", "text", "published_at")
        if uri not in month.deleted
    }
    assert kept == there


def test_what_was_taken_back_is_a_fact_without_words(month, reading):
    gone = {post["uri"] for _, post in month.posts} & month.deleted
    assert gone
    assert gone <= set(reading.vanished()["native_id"])
    kept = {uri: text for uri, text in rows(reading, "posts", "native_id", "text") if uri in gone}
    assert kept == dict.fromkeys(gone)


def test_the_view_shows_the_trees_of_replies_that_the_archive_has(month, reading):
    """Who answered whom, with which words, when; and no author but by the key."""
    key = month.key
    posts = dict(rows(reading, "posts", "post_key", "native_id"))
    words = {k: (author, text) for k, author, text in rows(
        reading, "citizens", "reply_key", "author_key", "text")}  # fmt: skip
    columns = ("reply_key", "native_id", "post_key", "parent_key", "published_at", "is_owner")
    held = rows(reading, "replies", *columns)
    ids = {row[0]: row[1] for row in held}
    kept = {
        hidden: (posts.get(post), ids.get(parent), at, is_owner, *words[reply])
        for reply, hidden, post, parent, at, is_owner in held
        if words.get(reply, (None, None))[1] is not None and posts.get(post) not in month.deleted
    }
    there = {}
    for _, post in month.posts:
        if post["uri"] not in month.deleted:
            there |= _tree(month.network.view, post["uri"], key)
    assert kept == there
    assert len(kept) > 100


def _tree(view, uri, key):
    """What the view shows under a post, as the archive should have it."""
    channel = uri.split("/")[2]
    found, waiting = (
        {},
        [asked(view, "app.bsky.feed.getPostThread", uri=uri, depth=1000, parentHeight=0)["thread"]],
    )
    while waiting:
        for node in waiting.pop().get("replies", ()):
            post = node["post"]
            record, did = post["record"], post["author"]["did"]
            parent = record["reply"]["parent"]["uri"]
            found[key.hidden_id(post["uri"])] = (
                uri,
                None if parent == uri else key.hidden_id(parent),
                instant(record["createdAt"]),
                did == channel,
                None if did == channel else key.author_key(did),
                record["text"],
            )
            waiting.append(node)
    return found


def test_every_reply_there_was_is_a_fact_and_those_taken_back_have_no_words(month, reading):
    key = month.key
    facts = dict(rows(reading, "replies", "native_id", "reply_key"))
    assert {key.hidden_id(reply["uri"]) for _, reply, _ in month.replies} == set(facts)
    worded = {reply for reply, text in rows(reading, "citizens", "reply_key", "text") if text}
    gone = {
        facts[key.hidden_id(r["uri"])] for _, r, _ in month.replies if r["uri"] in month.deleted
    }
    assert gone
    assert not gone & worded


def test_who_left_has_left_the_archive(month, reading, server):
    key = month.key
    here = {key.author_key(citizen.did) for citizen in month.citizens}
    authors = {author for (author,) in rows(reading, "citizens", "author_key") if author}
    assert authors <= here
    assert authors


def test_every_count_is_what_the_view_said_at_that_moment(month, reading):
    posts = dict(rows(reading, "posts", "post_key", "native_id"))
    read = rows(reading, "snapshots", "post_key", "read_at", "reactions", "comments", "shares")
    compared = 0
    for post, at, *counts in read:
        said = month.said.get((posts[post], at))
        if said is not None:
            assert tuple(counts) == said, posts[post]
            compared += 1
    assert compared > 150


def test_posts_were_read_at_a_day_and_at_a_week_of_age(month, reading):
    """A reading comes up to a day late, for rounds are daily; after the outage; and a day after.

    What has failed again and again rests for up to a day.
    """
    posts = {p: (uri, at) for p, uri, at in rows(reading, "posts", "post_key", "native_id",
                                                 "published_at")}  # fmt: skip
    ages = {}
    for post, at in rows(reading, "snapshots", "post_key", "read_at"):
        ages.setdefault(post, []).append((at - posts[post][1]).total_seconds() / 86_400)
    outage = len(OUTAGE) + 1
    for post, (uri, at) in posts.items():
        if uri in month.deleted:
            continue
        left = (month.hands.now() - at).total_seconds() / 86_400
        for age in (1, 7):
            if left > age + 1 + outage:
                near = [one for one in ages.get(post, []) if age * 0.9 <= one <= age + 1.1 + outage]
                assert near, (uri, age, ages.get(post))


def test_a_renamed_town_is_the_same_channel(month, reading):
    town = month.towns[3]
    told = reading.visits().filter(
        (pl.col("channel") == town.did) & pl.col("what").is_in(["profile", "stream"])
    )
    assert set(told["handle"]) == {"new-town3.test"}
    register = read_register(month.study.register_folder)
    assert {channel.platform_id for channel in register.channels} == {t.did for t in month.towns}
    of_town = [
        uri for uri, did in rows(reading, "posts", "native_id", "channel") if did == town.did
    ]
    assert {uri.split("/")[2] for uri in of_town} == {town.did}


def test_followers_were_counted_every_day_that_was_no_outage(month, reading):
    days = {}
    for channel, at in rows(reading, "audience", "channel", "read_at"):
        days.setdefault(channel, set()).add((at - FIRST).days)
    assert set(days) == {town.did for town in month.towns}
    assert all(len(set(range(DAYS)) - seen) <= len(OUTAGE) for seen in days.values())


def test_the_archive_is_whole_and_names_no_citizen(month):
    assert month.archive.check() == ()
    names = [citizen.did.encode() for citizen in month.citizens]
    for path in month.study.folder.rglob("*"):
        if path.is_file():
            assert not any(name in _plain(path) for name in names), path


def _plain(path):
    import pyarrow.parquet as pq

    if path.suffix == ".parquet":
        return str(pq.read_table(path).to_pydict()).encode()
    return path.read_bytes()
