"""What strangers send costs no more than its length.

Each of these texts has 200,000 letters. A reader that began anew at each of them would need tens of
billions of steps, and its test would not end.
"""

import pytest

from torg.collect.feeds import is_feed, read_feed
from torg.collect.markup import plain_text
from torg.collect.platforms.rss.discovery import feeds_of
from torg.collect.tags import Tag, tags_and_words
from torg.errors import FileRefused

SIZE = 200_000
UNITS = [
    *("<", "<!", "<!>", "<!--", "<!-- -", "<![CDATA[", "<![<!", "<?", "<?>", "</", "</a", "<a "),
    *("<a b", '<a b="', "<a b='c", "<a b==", "<a/", "<a /", "<p", '<p x="" ', "<script></script"),
    *(
        "<template>",
        "<template><p>",
        "&",
        "&#",
        "&#x",
        " ",
        "\n",
        "\t\n",
        "<!DOCTYPE [",
        "]",
        "<pre>",
    ),
]


@pytest.mark.parametrize("unit", UNITS)
def test_any_markup_is_read_in_one_go(unit):
    hostile = unit * (SIZE // len(unit))
    plain_text(hostile)
    plain_text("<template>" * 5_000 + hostile)
    assert feeds_of(hostile.encode(), address="https://town.example/") == ()
    assert not is_feed(hostile.encode())
    assert not is_feed(b"<!DOCTYPE rss [" + hostile.encode())


@pytest.mark.parametrize("number", ["9" * 5_000, "x" + "f" * 5_000, "0" * 5_000 + "65"])
def test_a_number_of_many_digits_is_no_letter(number):
    assert plain_text(f"<p>Snow &#{number}; ice</p>") == "Snow \ufffd ice"


@pytest.mark.parametrize(
    ("before", "is_one"),
    [
        ("", True),
        ("\ufeff\n ", True),
        (
            '<?xml version="1.0"?>\n<!-- made by <b>hand</b> > --><?xml-stylesheet href="a>b"?>',
            True,
        ),
        ('<!DOCTYPE rss PUBLIC "-//N//DTD > RSS//EN" "http://x.y/rss.dtd">', True),
        ('<!DOCTYPE rss [<!ENTITY a "b"> <!-- c -->] >', True),
        ("<!>" * 24, True),
        ("<!>" * 24 + "x", False),
        ("<!-- never closed ", False),
        ("<?never closed ", False),
        ("Welcome ", False),
        ("<html>", False),
    ],
)
def test_a_feed_is_known_by_its_first_element(before, is_one):
    for content in (f"{before}<rss>".encode(), f"{before}<rss>".encode("utf-16")):
        assert is_feed(content) is is_one


@pytest.mark.parametrize(
    ("markup", "pieces"),
    [
        ("a < b <3", ["a < b <3"]),
        ("a<b>c", ["a", "b", "c"]),
        ('<A TITLE="x > y" b=1>z', ["a", "z"]),
        ("<a title='it\"s'>z</a >", ["a", "z", "/a"]),
        ("<br/>", ["br"]),
        ("x<!-- <b> -->y<!-->z<!x>", ["x", "y", "z"]),
        ("<script>if (a<b) '</p>'</SCRIPT>x", ["script", "/script", "x"]),
        ("x</>y<b", ["x", "y"]),
        ("&lt;b&gt; &aring;&#229;", ["<b> åå"]),
    ],
)
def test_tags_are_told_from_words_as_browsers_do(markup, pieces):
    found = tags_and_words(markup)
    assert [f"{'/' * p.closes}{p.name}" if isinstance(p, Tag) else p for p in found] == pieces


def test_attributes_are_read_however_they_are_quoted():
    (tag,) = tags_and_words("<link REL=alternate href='/a&amp;b' title=\"it's\" href=x async>")
    assert tag.attributes == {"rel": "alternate", "href": "/a&b", "title": "it's", "async": ""}


@pytest.mark.parametrize(
    "piece", ["<link>http://[</link>", "<title>&#" + "9" * 5_000 + ";</title>"]
)
def test_what_no_reader_expects_is_no_crash(piece):
    item = f"<item><guid>1</guid>{piece}</item>"
    try:
        feed = read_feed(f"<rss version='2.0'><channel>{item}</channel>".encode(), address="")
    except FileRefused:
        return
    assert len(feed.items) == 1


def test_links_that_lead_nowhere_are_left_out():
    page = b'<link rel=alternate type="application/rss+xml" href="http://[">'
    assert feeds_of(page, address="https://town.example/") == ()
