"""Whatever bytes a site sends: posts that hold, or a refusal in words, and never a crash."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.feeds import Site, item, rss, visit
from tests.lib.nightly import scale
from torg.collect.markup import _joined, pieces_of_any, plain_text

WORDS = st.text(max_size=40)
_TAGS = "<item> </item> <title> </title> <![CDATA[ ]]> &lt; &#0; &nbsp; <!-- <guid> </guid>"
_DATE = "<pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate>"
SCRAPS = st.sampled_from([*_TAGS.split(), _DATE, "\x00", "\ufeff"])


@settings(max_examples=scale(60, 10_000), deadline=None)
@given(
    st.lists(st.one_of(SCRAPS, WORDS), max_size=20), st.sampled_from(["utf-8", "utf-16", "cp1252"])
)
def test_a_feed_of_scraps_is_read_or_refused(scraps, encoding):
    feed = rss("".join(scraps)).decode().encode(encoding, "replace")
    batch = visit(Site({"/feed": feed}))
    assert batch.visits["outcome"][0] in ("ok", "partial", "refused", "failed")
    assert batch.posts["published_at"].null_count() == 0
    assert batch.posts["native_id"].null_count() == 0
    assert batch.posts["reactions"].null_count() == batch.posts.height


@settings(max_examples=scale(60, 10_000), deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_an_outcome(content):
    assert visit(Site({"/feed": content})).posts.is_empty()


@settings(max_examples=scale(60, 5_000), deadline=None)
@given(st.text(max_size=40))
def test_any_date_is_an_instant_or_none(written):
    plain = "".join(c for c in written if c.isprintable() and c not in "<&")
    batch = visit(Site({"/feed": rss(item("Snow", at=plain, link="/snow"))}))
    assert batch.posts.height + batch.rejects.height == 1


@settings(max_examples=scale(200, 20_000), deadline=None)
@given(st.text(alphabet=string.printable + "åøæ<>&;/!-", max_size=200))
def test_any_markup_has_words_or_none(markup):
    words = plain_text(markup)
    assert words is None or words == words.strip()


@given(st.text(alphabet=string.ascii_letters + " ", min_size=1, max_size=80))
def test_words_in_paragraphs_are_the_words(words):
    inner = " ".join(words.split())
    assert plain_text(f"<div><p>{inner}</p></div>") == (inner or None)


TAGS = st.one_of(
    st.sampled_from(["<p>", "</p>", "<br>", "<br/>", "<BR />", "</br>", "<p", "< p>", "<b>"]),
    st.sampled_from(['<a href="https://x.y" rel="me">', "</a>", '<span class="invisible">']),
    st.sampled_from(["</span>", '<span class="quote-inline">', "<script>", "</script>"]),
    st.sampled_from(["&amp;", "&lt;", "&nbsp;", "&#10;", "&eacute", " ", "\n", "\r\n"]),
)


@settings(max_examples=scale(300, 20_000), deadline=None)
@given(st.lists(st.one_of(TAGS, st.text(max_size=5)), max_size=15))
def test_the_quick_way_through_plain_markup_is_the_slow_one(pieces):
    markup = "".join(pieces)
    assert plain_text(markup) == (_joined(pieces_of_any(markup)) or None)
