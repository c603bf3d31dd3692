"""No secret comes out where it was not put in: neither on disk, nor on a screen, nor in an error.

Recognisable secrets are planted in every way in, the platforms echo them in everything that they
answer, and then all that a study leaves behind is searched.
"""

import base64
import io
import json
import logging
import traceback
import zipfile
from itertools import product
from pathlib import Path

import keyring
import polars as pl
import pytest
from keyring.backend import KeyringBackend

from tests.functional.command import torg
from tests.lib import graph_fake, youtube_fake
from tests.lib.clocks import START, Hands
from tests.lib.following import FOLLOW
from tests.lib.tokens import grant
from torg.archive import make_key
from torg.collect.platforms import GRANTINGS, PLATFORMS
from torg.collect.transport import Answer, Call, Door
from torg.errors import TorgError
from torg.follow import Ways, collect_round
from torg.register import Channel, Municipality, Register, write_register
from torg.study import create_study, read_study
from torg.tokens import Held, Secret, TokenStore, connect, new_key, read_tokens, revoke

PLANTED = {
    "environment": "LEAKenvironment0001",
    "keyring": "LEAKkeyring0002",
    "app": "LEAKapp0003",
    "page": "LEAKpage0004",
    "person": "LEAKperson0005",
    "contact": "LEAKconnected0006",
}
FJORDVIK, PAGE, ACCOUNT = "UCfjordvik00000000000000", "1001", "178401"


class Ring(KeyringBackend):
    priority = 1

    def get_password(self, service, username):
        return PLANTED["keyring"] if username == "TORG_META_APP_SECRET" else None

    def set_password(self, service, username, password):
        raise NotImplementedError

    def delete_password(self, service, username):
        raise NotImplementedError


@pytest.fixture
def secrets(monkeypatch):
    """Every way in, with a secret in it; all of them, and the key that seals the store."""
    key = new_key()
    monkeypatch.setenv("TORG_YOUTUBE_KEY", PLANTED["environment"])
    monkeypatch.setenv("TORG_META_APP_ID", PLANTED["app"])
    monkeypatch.setenv("TORG_TOKENS_KEY", key.value)
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    yield (*PLANTED.values(), key.value)
    keyring.set_keyring(before)


@pytest.fixture
def study(tmp_path, secrets):
    study = create_study(tmp_path / "study", title="A", study_id="leaks")
    path = study.folder / "study.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(FOLLOW.splitlines()[0], FOLLOW), encoding="utf-8")
    town = Municipality(country="NO", code="0301", names={"nb": "Fjordvik"})
    write_register(study.register_folder, Register((town,), tuple(_channels())))
    make_key(study.id)
    store = TokenStore.of(study.id)
    store.put_all([_held("facebook", PAGE), _held("instagram", ACCOUNT)])
    return read_study(study.folder)


def _held(platform, channel):
    return Held(
        grant(channel, platform=platform), Secret(PLANTED["page"]), Secret(PLANTED["person"])
    )


def _channels():
    addresses = {
        ("youtube", FJORDVIK): f"https://www.youtube.com/channel/{FJORDVIK}",
        ("facebook", PAGE): f"https://www.facebook.com/{PAGE}",
        ("instagram", ACCOUNT): "https://www.instagram.com/fjordvik",
    }
    for (platform, channel), address in addresses.items():
        yield Channel(
            country="NO", code="0301", platform=platform, address=address, platform_id=channel
        )


class Echoing:
    """The two interfaces; whatever they answer says every secret again, in headers and body."""

    def __init__(self, secrets, *, broken=False):
        self.secrets, self.broken = secrets, broken
        at = START.replace(hour=1)
        video = youtube_fake.Video("video-00001", FJORDVIK, at)
        video.comments = [youtube_fake.Comment("Ugxcomment0000000000001", "Takk!", at)]
        self.youtube = youtube_fake.YouTubeFake(
            channels=[youtube_fake.Channel(FJORDVIK, "@fjordvik", subscribers=100)], videos=[video]
        )
        comment = graph_fake.Comment("500001_1", "Takk!", at)
        post = graph_fake.Post("500001", at, comments=[comment])
        reply = graph_fake.Comment("1900001", "Fint!", at, author="citizen")
        media = graph_fake.Media("1700001", "CODE001", at, comments=[reply])
        account = graph_fake.Account(ACCOUNT, "fjordvik", followers=10, media=[media])
        page = graph_fake.Page(PAGE, "Fjordvik", followers=20, posts=[post], instagram=account)
        may = graph_fake.READ + graph_fake.READ_INSTAGRAM
        opened = {
            PLANTED["page"]: graph_fake.Token("PAGE", (PAGE,), may),
            PLANTED["person"]: graph_fake.Token("USER", (PAGE,), may),
            PLANTED["contact"]: graph_fake.Token("USER", (PAGE,), may),
        }
        self.graph = graph_fake.GraphFake(
            pages=[page], tokens=opened, app=(PLANTED["app"], PLANTED["keyring"]), now=START
        )

    def __call__(self, call):
        if "youtube" in call.url:
            told = {**call.headers}
            if told["x-goog-api-key"] == PLANTED["environment"]:
                told["x-goog-api-key"] = youtube_fake.KEY
            answer = self.youtube(Call(call.method, call.url, told, call.body))
        else:
            answer = self.graph(call)
        payload = json.loads(answer.body)
        said = " ".join(self.secrets)
        if self.broken:
            return Answer(400, {"x-said": said}, json.dumps(_error(said)).encode(), call.url)
        payload["debug"] = said
        payload.setdefault("paging", {})["previous"] = f"https://example.org/?access_token={said}"
        if "error" in payload:
            payload["error"]["message"] = said
        return Answer(
            answer.status,
            {**answer.headers, "x-said": said, "x-app-usage": said},
            json.dumps(payload).encode(),
            call.url,
        )


def _error(said):
    return {"error": {"code": 190, "message": said, "errors": [{"reason": said}]}}


def _forms(secret):
    """A secret as it is, and as it might be written."""
    data = secret.encode()
    return {data, base64.b64encode(data).rstrip(b"=")[:-1], data.hex().encode(), data[::-1]}


def _contents(path: Path):
    """Everything that a file holds, also what is packed."""
    data = path.read_bytes()
    yield data
    if path.suffix == ".parquet":
        yield json.dumps(pl.read_parquet(io.BytesIO(data)).to_dicts(), default=str).encode()
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield from (packed.read(name) for name in packed.namelist())


def _found(secrets, *places):
    """(secret, where) of every secret that lies in a folder's files, or in a text."""
    searched = [
        (str(path), content)
        for place in places
        if isinstance(place, Path)
        for path in place.rglob("*")
        if path.is_file()
        for content in _contents(path)
    ]
    searched += [("text", place.encode()) for place in places if isinstance(place, str)]
    assert searched
    return [
        (secret, where)
        for secret in secrets
        for form in _forms(secret)
        for where, content in searched
        if form in content
    ]


def test_the_search_finds_what_is_there(tmp_path):
    """Were it blind, all the other tests would be worth nothing."""
    secret = PLANTED["page"]
    pl.DataFrame({"a": [secret] * 1000}).write_parquet(tmp_path / "a.parquet", compression="zstd")
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("sheet.xml", secret * 100)
    (tmp_path / "c.txt").write_text(base64.b64encode(secret.encode()).decode())
    assert {Path(where).name for _, where in _found([secret], tmp_path)} == {
        "a.parquet", "b.xlsx", "c.txt",
    }  # fmt: skip


def test_nothing_of_it_lies_in_the_study_or_is_shown(study, secrets, caplog, capfd, tmp_path):
    caplog.set_level(logging.DEBUG)
    hands, told = Hands(), []
    platforms = {name: PLATFORMS[name] for name in ("youtube", "facebook", "instagram")}
    for broken in (False, False, True):
        ways = Ways(send=Echoing(secrets, broken=broken), clock=hands.clock)
        told.append(repr(collect_round(study, platforms=platforms, ways=ways)))
        hands.pass_(26 * 3600)
    commands = [
        torg("-C", study.folder, *words)
        for words in (["run"], ["doctor", "--json"], ["archive", "check"])
    ]
    shown = [one.out + one.err for one in commands]
    assert commands[0].status == 0, commands[0].err
    assert list(study.folder.glob("releases/*/report/*"))
    posts = pl.concat(
        [pl.read_parquet(f) for f in (study.archive / "posts").rglob("*.parquet")],
        how="diagonal_relaxed",
    )
    assert set(posts["native_id"]) == {"video-00001", "500001", "CODE001"}  # it did collect
    printed = capfd.readouterr()
    where = [study.folder, caplog.text, printed.out, printed.err, *told, *shown]
    assert _found(secrets, *where) == []


def test_nor_in_an_error_of_any_kind(study, secrets):
    """The text of what is raised, with all that led to it."""
    asking = [
        lambda send: Door(send=send, clock=Hands().clock).get(
            f"https://example.org/me?access_token={PLANTED['page']}",
            headers={"authorization": f"Bearer {PLANTED['page']}"},
        ),
        lambda send: Door(send=send, clock=Hands().clock).ask(
            Call("POST", "https://example.org/me", {}, f"token={PLANTED['page']}".encode())
        ),
    ]
    granting = [
        lambda send, name=name: connect(
            [Secret(PLANTED["contact"])],
            granting=GRANTINGS[name](Door(send=send, clock=Hands().clock)),
            store=TokenStore.of(study.id),
            by="head of communication",
            channel="nobody",
        )
        for name in GRANTINGS
    ]
    faulty, answering = [_cut, _garbled(secrets)], [Echoing(secrets, broken=True), Echoing(secrets)]
    tried = [*product(asking, faulty), *product(granting, faulty + answering)]
    texts = [text for call, send in tried if (text := _raised(call, send))]
    assert len(texts) > len(granting) * 3
    assert _found(secrets, *texts) == []


def _raised(call, send):
    try:
        call(send)
    except TorgError as error:
        return "".join(traceback.format_exception(error))
    return None


def _cut(call):
    raise ConnectionResetError(104, "Connection reset by peer")


def _garbled(secrets):
    return lambda call: Answer(200, {}, " ".join(secrets).encode(), call.url)


def test_nor_in_what_connecting_and_revoking_say(study, secrets, capfd):
    store = TokenStore.of(study.id)
    granting = GRANTINGS["facebook"](Door(send=Echoing(secrets), clock=Hands().clock))
    tokens = read_tokens(io.StringIO(PLANTED["contact"] + "\n"))
    grants = connect(tokens, granting=granting, store=store, by="head of communication")
    listed = torg("-C", study.folder, "connect", "--list")
    done = revoke(PAGE, store=store, granting=lambda _name: granting)
    printed = capfd.readouterr()
    texts = (repr(tokens), repr(grants), repr(done), repr(store), str(store.held()))
    assert [grant.channel for grant in grants] == [PAGE, ACCOUNT]
    assert (
        _found(secrets, *texts, printed.out, printed.err, listed.out + listed.err, study.folder)
        == []
    )


def test_a_sealed_store_shows_nothing_to_who_finds_it(study, secrets):
    folder = TokenStore.of(study.id).path.parent
    assert study.folder not in folder.parents
    assert _found(secrets, folder) == []
