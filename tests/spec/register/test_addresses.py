"""One address for every spelling of a page's address."""

import pytest

from torg.errors import RegisterError
from torg.register import normalise_address

SPELLINGS = {
    "https://www.facebook.com/oslokommune": """
        https://www.facebook.com/OsloKommune
        http://facebook.com/oslokommune/
        facebook.com/oslokommune
        www.facebook.com/oslo.kommune
        https://m.facebook.com/oslokommune?ref=page_internal
        https://mbasic.facebook.com/oslokommune
        https://nb-no.facebook.com/oslokommune
        https://web.facebook.com/oslokommune
        https://business.facebook.com/oslokommune
        https://fb.com/oslokommune
        https://www.facebook.com/pg/oslokommune/about/?ref=page_internal
        https://www.facebook.com/oslokommune/posts/10157890123456789
        https://www.facebook.com/oslokommune/photos/?tab=album
        https://www.facebook.com/#!/oslokommune
        https://www.facebook.com/%6Fslokommune
        https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Foslokommune&h=AT0
    """,
    "https://www.facebook.com/100064379304409": """
        https://www.facebook.com/profile.php?id=100064379304409
        https://www.facebook.com/profile.php?id=100064379304409&sk=about
        https://m.facebook.com/profile.php?id=100064379304409
        https://www.facebook.com/Langeland-Kommune-100064379304409
        https://www.facebook.com/Langeland-Kommune-100064379304409/
        https://www.facebook.com/p/Langeland-Kommune-100064379304409/
        https://www.facebook.com/people/Langeland-Kommune/100064379304409/
        https://www.facebook.com/pages/Langeland-Kommune/100064379304409
        https://www.facebook.com/pages/Langeland-Kommune/100064379304409?fref=ts
        https://www.facebook.com/pages/category/Government/Langeland-Kommune-100064379304409/
        https://www.facebook.com/pg/Langeland-Kommune-100064379304409/posts
        https://www.facebook.com/#!/pages/Langeland-Kommune/100064379304409
        https://www.facebook.com/permalink.php?story_fbid=12&id=100064379304409
        https://www.facebook.com/100064379304409
    """,
    "https://www.facebook.com/502985983155281": """
        https://www.facebook.com/%C3%98ksnes-Kommune-502985983155281
        https://www.facebook.com/%c3%98ksnes-kommune-502985983155281
        https://www.facebook.com/Øksnes-Kommune-502985983155281
    """,
    "https://x.com/oslokommune": """
        https://twitter.com/Oslokommune
        https://www.twitter.com/oslokommune/
        https://mobile.twitter.com/oslokommune
        https://twitter.com/oslokommune?lang=no
        https://twitter.com/#!/oslokommune
        https://twitter.com/@oslokommune
        https://twitter.com/oslokommune/status/1234567890
        https://twitter.com/intent/user?screen_name=oslokommune
        https://x.com/oslokommune
    """,
    "https://www.instagram.com/oslokommune": """
        https://www.instagram.com/oslokommune/
        https://instagram.com/OsloKommune?hl=nb
        https://www.instagram.com/stories/oslokommune/
    """,
    "https://www.youtube.com/channel/UCoHz5MfWYiUP91yvaT7EO7w": """
        https://www.youtube.com/channel/UCoHz5MfWYiUP91yvaT7EO7w
        https://m.youtube.com/channel/UCoHz5MfWYiUP91yvaT7EO7w/videos
    """,
    "https://www.youtube.com/@oslo": """
        https://www.youtube.com/@Oslo
        https://www.youtube.com/@oslo/featured
    """,
    "https://www.youtube.com/user/oslo": "https://www.youtube.com/user/Oslo/videos",
    "https://www.youtube.com/c/oslo": """
        https://www.youtube.com/c/Oslo
        https://www.youtube.com/Oslo
    """,
    "https://www.linkedin.com/company/oslo-kommune": """
        https://www.linkedin.com/company/oslo-kommune/
        https://no.linkedin.com/company/Oslo-kommune/about
        https://www.linkedin.com/school/oslo-kommune
    """,
    "https://www.tiktok.com/@cityofkuopio": "https://www.tiktok.com/@cityofkuopio?lang=en",
    "https://www.threads.com/@helsinki": """
        https://www.threads.net/@helsinki
        https://www.threads.com/@Helsinki
    """,
    "https://bsky.app/profile/aabenraa.dk": """
        https://bsky.app/profile/aabenraa.dk
        https://wikidata-externalid-url.toolforge.org/?p=12361&url_prefix=https://bsky.app/profile/&id=aabenraa.dk
    """,
    "https://snabelen.no/@oslo": """
        https://snabelen.no/@Oslo
        https://snabelen.no/@oslo/109876543210
        https://mastodon.social/@oslo@snabelen.no
        @oslo@snabelen.no
    """,
    "https://www.snapchat.com/add/oslo": "https://www.snapchat.com/add/Oslo",
    "https://www.flickr.com/people/168826588@N03": """
        https://www.flickr.com/people/168826588@N03
        https://www.flickr.com/photos/168826588@n03/
    """,
    "https://github.com/city-of-helsinki": "https://github.com/City-of-Helsinki",
    "https://vimeo.com/larvik": "https://vimeo.com/larvik",
    "https://vk.com/helsinki_city": "https://m.vk.com/helsinki_city",
    "https://t.me/helsinki_chat": """
        https://t.me/s/helsinki_chat
        https://t.me/helsinki_chat
    """,
    "https://soundcloud.com/espooesbo": "https://soundcloud.com/espooesbo",
}
PAIRS = [
    (text.strip(), one)
    for one, all_ in SPELLINGS.items()
    for text in all_.split("\n")
    if text.strip()
]


@pytest.mark.parametrize(("spelling", "one"), PAIRS)
def test_every_spelling_has_one_address(spelling, one):
    assert normalise_address(spelling).address == one


@pytest.mark.parametrize("one", SPELLINGS)
def test_the_one_address_stays_as_it_is(one):
    assert normalise_address(one).address == one


@pytest.mark.parametrize(
    ("platform", "bare", "one"),
    [
        ("facebook", "Oslo.Kommune", "https://www.facebook.com/oslokommune"),
        ("Facebook", "100064379304409", "https://www.facebook.com/100064379304409"),
        ("facebook", "Vestmannaeyjab%C3%A6r-82344476330", "https://www.facebook.com/82344476330"),
        ("facebook", "profile.php?id=100064379304409", "https://www.facebook.com/100064379304409"),
        ("facebook", "pages/Oslo/123456789", "https://www.facebook.com/123456789"),
        ("facebook", "huddinge_kommun", "https://www.facebook.com/huddinge_kommun"),
        ("Twitter", "@OsloKommune", "https://x.com/oslokommune"),
        ("X", "OsloKommune", "https://x.com/oslokommune"),
        ("instagram", "@oslo.kommune", "https://www.instagram.com/oslo.kommune"),
        ("youtube", "@oslo", "https://www.youtube.com/@oslo"),
        ("LinkedIn", "oslo-kommune", "https://www.linkedin.com/company/oslo-kommune"),
        (
            "bluesky",
            "aarhuskommune.bsky.social",
            "https://bsky.app/profile/aarhuskommune.bsky.social",
        ),
        ("mastodon", "oslo@snabelen.no", "https://snabelen.no/@oslo"),
        ("tiktok", "cityoflahti", "https://www.tiktok.com/@cityoflahti"),
        (
            "youtube",
            "UCoHz5MfWYiUP91yvaT7EO7w",
            "https://www.youtube.com/channel/UCoHz5MfWYiUP91yvaT7EO7w",
        ),
    ],
)
def test_a_bare_handle_or_id_needs_its_platform(platform, bare, one):
    assert normalise_address(bare, platform=platform).address == one


def test_an_address_tells_handle_and_id():
    by_name = normalise_address("https://twitter.com/OsloKommune")
    assert (by_name.platform, by_name.handle, by_name.platform_id) == ("x", "oslokommune", None)
    by_id = normalise_address("https://www.facebook.com/Ydre-kommun-716030335138992")
    assert (by_id.platform, by_id.handle, by_id.platform_id) == (
        "facebook",
        None,
        "716030335138992",
    )


@pytest.mark.parametrize(
    ("text", "platform", "says"),
    [
        ("", None, "is empty"),
        ("oslokommune", None, "say the platform"),
        ("https://example.org/oslo", None, "tells no platform"),
        ("https://twitter.com/oslo", "facebook", "on x, not on facebook"),
        ("https://www.facebook.com/", None, "not the address of a page"),
        ("https://www.facebook.com/events/123456", None, "not the address of a page"),
        ("https://www.facebook.com/sharer/sharer.php?u=x", None, "not the address of a page"),
        ("https://www.instagram.com/p/Cabc123/", None, "not the address of a page"),
        ("https://www.youtube.com/watch?v=abc", None, "not the address of a page"),
        ("https://youtu.be/abc", None, "not the address of a page"),
        ("https://twitter.com/hashtag/oslo", None, "not the address of a page"),
        ("oslo", "nextdoor", "give the whole address"),
        ("https://[::1", None, "is no address"),
        ("https://www.facebook.com:99999/oslo", None, "is no address"),
        ("https://town.no:news/feed", "rss", "is no address"),
    ],
)
def test_what_is_no_page_is_refused_with_a_sentence(text, platform, says):
    with pytest.raises(RegisterError, match=says):
        normalise_address(text, platform=platform)


def test_a_platform_that_torg_does_not_know_keeps_its_whole_address():
    found = normalise_address("https://WWW.Nextdoor.com/city/Oslo/?x=1", platform="Nextdoor")
    assert (found.platform, found.address) == ("nextdoor", "https://nextdoor.com/city/Oslo")


@pytest.mark.parametrize(
    ("platform", "said", "address", "handle", "platform_id"),
    [
        ("bluesky", "did:plc:abc", "https://bsky.app/profile/did:plc:abc", None, "did:plc:abc"),
        ("bluesky", "at://did:plc:abc", "https://bsky.app/profile/did:plc:abc", ..., "did:plc:abc"),
        ("bluesky", "oslo.kommune.no", "https://bsky.app/profile/oslo.kommune.no", ..., None),
        ("bluesky", "https://o.bsky.social", "https://bsky.app/profile/o.bsky.social", ..., None),
        ("mastodon", "acct:Oslo@Social.no", "https://social.no/@oslo", "oslo@social.no", None),
        ("mastodon", "https://social.no/users/oslo", "https://social.no/@oslo", ..., None),
    ],
)
def test_what_networks_call_an_account(platform, said, address, handle, platform_id):
    found = normalise_address(said, platform=platform)
    assert (found.address, found.platform_id) == (address, platform_id)
    assert handle is ... or found.handle == handle
    assert normalise_address(address, platform=platform) == found


@pytest.mark.parametrize("platform", ["rss", "site", "Blog", "feed"])
def test_a_sites_address_is_kept_as_it_must_be_called_and_compared_without_much(platform):
    found = normalise_address("https://www.Town.no/Nytt/?feed=RSS2#top", platform=platform)
    assert found.platform == "rss"
    assert found.address == found.platform_id == "https://www.town.no/Nytt?feed=RSS2"
    assert found.handle == "town.no/nytt?feed=rss2"
    assert normalise_address(f"@{found.handle}", platform="rss").handle == found.handle
    assert normalise_address(found.address, platform="rss") == found


def test_a_feed_may_live_on_another_platforms_host():
    feed = "https://www.youtube.com/feeds/videos.xml?channel_id=UC1"
    assert normalise_address(feed, platform="rss").address == feed


@pytest.mark.parametrize("said", ["town", "ftp://town.no/feed", "file:///etc/passwd"])
def test_what_is_no_address_of_a_site_is_refused(said):
    with pytest.raises(RegisterError, match="no address of a site"):
        normalise_address(said, platform="rss")
