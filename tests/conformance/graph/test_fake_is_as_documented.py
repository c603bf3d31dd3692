"""The fake of Meta's Graph interface answers as Meta describes it, and is asked so.

The tables are the part of Meta's published description of v25.0 (the specifications that its own
libraries are made from) that Torg uses: fields of each node, and parameters of each list.
"""

import datetime as dt
import re

import pytest

from tests.lib.graph_fake import (
    READ,
    READ_INSTAGRAM,
    Account,
    Comment,
    GraphFake,
    Media,
    Page,
    Post,
    Token,
)
from tests.lib.visits import START, means, visit
from torg.collect.platforms.facebook import FACEBOOK
from torg.collect.platforms.facebook.records import COMMENT_FIELDS, POST_FIELDS
from torg.collect.platforms.graph import VERSION
from torg.collect.platforms.instagram import INSTAGRAM, INSTAGRAM_DISCOVERY
from torg.collect.platforms.instagram import records as instagram
from torg.tokens import Secret

DESCRIBED = "v25.0"
FIELDS = {
    "Page": {
        "id", "name", "username", "followers_count", "fan_count", "instagram_business_account",
        "link",
    },
    "PagePost": {
        "id", "created_time", "updated_time", "from", "message", "parent_id", "permalink_url",
        "status_type", "attachments", "shares", "reactions", "comments", "story",
    },
    "Comment": {
        "id", "created_time", "message", "from", "parent", "like_count", "is_hidden", "is_private",
        "comment_count", "permalink_url",
    },
    "IGUser": {
        "id", "username", "name", "followers_count", "media_count", "business_discovery", "media",
    },
    "IGMedia": {
        "id", "permalink", "shortcode", "timestamp", "caption", "media_type",
        "media_product_type", "like_count", "comments_count", "username", "owner",
    },
    "IGComment": {
        "id", "text", "timestamp", "username", "from", "like_count", "hidden", "parent_id",
        "replies", "user",
    },
}  # fmt: skip
# What business discovery shows of others; Meta's page marks these fields as public.
PUBLIC = {
    "id", "permalink", "timestamp", "caption", "media_type", "media_product_type", "like_count",
    "comments_count",
}  # fmt: skip
PAGING = {"limit", "after", "before", "since", "until", "fields", "appsecret_proof"}
LISTS = {
    "published_posts": {"include_hidden", "show_expired", "with"},
    "comments": {"filter", "live_filter", "order", "since"},
    "media": {"since", "until"},
    "replies": set(),
}
WORDS = {"filter": {"stream", "toplevel"}, "order": {"chronological", "reverse_chronological"}}
REACTIONS = {
    "ANGRY", "CARE", "FIRE", "HAHA", "HUNDRED", "LIKE", "LOVE", "NONE", "PRIDE", "SAD",
    "THANKFUL", "WOW",
}  # fmt: skip


def names(fields):
    return {re.match(r"\w+", one)[0] for one in fields}


def test_the_version_is_the_one_that_the_tables_describe():
    """Who raises the version looks the fields up again."""
    assert VERSION == DESCRIBED


@pytest.mark.parametrize(
    ("node", "fields"),
    [
        ("PagePost", POST_FIELDS),
        ("Comment", COMMENT_FIELDS),
        ("IGMedia", instagram.MEDIA_FIELDS),
        ("IGComment", instagram.COMMENT_FIELDS),
    ],
)
def test_the_fields_that_are_asked_for_are_there(node, fields):
    assert names(fields) <= FIELDS[node]


def test_the_kinds_of_reactions_are_metas():
    asked = set(re.findall(r"type\((\w+)\)", ",".join(POST_FIELDS)))
    assert asked < REACTIONS
    assert len(asked) == 8


def test_of_others_only_public_fields_are_asked_for():
    assert names(instagram.MEDIA_FIELDS) <= PUBLIC


@pytest.fixture(scope="module")
def talk():
    """All that a visit of each kind asks and is answered."""
    day = dt.timedelta(days=1)
    comments = [Comment(f"5001_{n}", "Ja", START, parent="5001_0" if n else None) for n in range(9)]
    posts = [Post(str(5000 + n), START - n * day, shares=n % 2) for n in range(60)]
    posts[1].comments = comments
    replies = [
        Comment(f"19{n}", "Ja", START, parent="190" if n else None, author="c") for n in range(70)
    ]
    media = [Media(f"17{n}", f"CODE{n}", START - n * day) for n in range(60)]
    media[0].comments = replies
    account = Account("178401", "fjordvik", media=media)
    page = Page("1001", "Fjordvik", posts=posts, instagram=account)
    graph = GraphFake(
        pages=[page],
        tokens={"own": Token("PAGE", ("1001",), READ + READ_INSTAGRAM)},
        others=[Account("178999", "skogby", media=media)],
    )
    heard = []

    def listen(call):
        answer = graph(call)
        heard.append((*graph.asked[-1], answer.json()))
        return answer

    by = means(listen, token=Secret("own"))
    for what, subjects in (
        ("profile", ()), ("posts", ()), ("replies", ["5001"]), ("counts", ["5001", "4"]),
        ("presence", ["5001"]),
    ):  # fmt: skip
        visit(FACEBOOK, what, "1001", subjects, by=by)
    for what in ("profile", "posts", "replies", "counts", "presence"):
        visit(INSTAGRAM, what, "178401", ["CODE0"], by=by)
    for what in ("profile", "posts", "counts", "presence"):
        visit(INSTAGRAM_DISCOVERY, what, "178999", ["CODE0"], by=by, handle="skogby")
    return heard


def test_lists_are_asked_what_they_may_be_asked(talk):
    seen = set()
    for _, path, params, _ in talk:
        edge = path.partition("/")[2]
        if edge:
            seen.add(edge)
            assert params.keys() <= PAGING | LISTS[edge]
            assert int(params["limit"]) <= 100
        for name, allowed in WORDS.items():
            assert params.get(name) in {None, *allowed}
    assert seen == set(LISTS)


def test_answers_are_objects_lists_or_errors_as_described(talk):
    for _, path, _, answer in talk:
        if "error" in answer:
            assert answer["error"].keys() >= {"message", "type", "code", "fbtrace_id"}
        elif "/" in path:
            assert answer.keys() <= {"data", "paging", "summary"}
            assert answer.get("paging", {}).keys() <= {"cursors", "next", "previous"}
        else:
            assert "id" in answer


def test_an_object_holds_only_what_is_described(talk):
    edges = {
        "published_posts": "PagePost",
        "comments": "Comment",
        "media": "IGMedia",
        "replies": "IGComment",
    }
    for _, path, _, answer in talk:
        node, _, edge = path.partition("/")
        kind = edges.get(edge)
        kind = "IGComment" if kind == "Comment" and node.startswith("17") else kind
        for item in answer.get("data", []):
            described = {name for name in item if not name.startswith("of_")}  # our own names
            assert described <= FIELDS[kind], edge


def test_instants_have_an_offset_without_a_colon(talk):
    found = [
        item["created_time"]
        for _, _, _, answer in talk
        for item in answer.get("data", [])
        if "created_time" in item
    ]
    assert found
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000", one) for one in found)


def test_insights_and_reach_are_never_asked_for(talk):
    """They are the owner's alone."""
    text = str([(path, params) for _, path, params, _ in talk])
    assert not re.search(r"insight|reach|impression|saved|click", text)
