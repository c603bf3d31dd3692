"""Files that people take for one of ours: refused by name, with what to export instead."""

from torg.collect.formats.shape import LookAlike

_FOLLOWERS = (
    "for the history of followers export 'Facebook follows' under Insights, Results; for posts "
    "choose Insights, Content, Export data"
)
_AUDIENCE = "this is the file of who the followers are (age, towns, countries), and has no posts"

_OF_REGISTER = "this is a table of the register, and no export"
_TO_REGISTER = "give it to 'torg register import FILE'"

LOOK_ALIKES = (
    LookAlike(frozenset({"country", "code", "name"}), _OF_REGISTER, _TO_REGISTER),
    LookAlike(frozenset({"country", "code", "platform"}), _OF_REGISTER, _TO_REGISTER),
    LookAlike(frozenset({"country", "code", "successor"}), _OF_REGISTER, _TO_REGISTER),
    LookAlike(
        frozenset({"platform", "channel", "agreed_on"}),
        "this is the register's table of agreements, and no export",
        "enter agreements with 'torg register agree', or lay the file into the folder register/",
    ),
    LookAlike(frozenset({"age & gender"}), _AUDIENCE, _FOLLOWERS),
    LookAlike(frozenset({"top cities"}), _AUDIENCE, _FOLLOWERS),
    LookAlike(frozenset({"top towns/cities"}), _AUDIENCE, _FOLLOWERS),
    LookAlike(frozenset({"top countries"}), _AUDIENCE, _FOLLOWERS),
    LookAlike(frozenset({"women", "men"}), _AUDIENCE, _FOLLOWERS),
    LookAlike(frozenset({"kvinnor", "män"}), _AUDIENCE, _FOLLOWERS),
    LookAlike(
        frozenset({"date", "primary"}),
        "this is a daily series of a whole page (one figure a day) and not its posts, and of such "
        "series Torg reads the new follows alone",
        _FOLLOWERS,
    ),
    LookAlike(
        frozenset({"datum", "primary"}),
        "this is a daily series of a whole page (one figure a day) and not its posts, and of such "
        "series Torg reads the new follows alone",
        f"{_FOLLOWERS}; if it is the new follows in your language, teach Torg the name of its "
        "column with --teach",
    ),
    LookAlike(
        frozenset({"account.id", "subscriberdata.initialcount"}),
        "this is a CrowdTangle leaderboard, which sums up accounts and has no posts",
        "import the answers with posts",
    ),
    LookAlike(
        frozenset({"post_id", "owner.id", "creation_time"}),
        "this is a Meta Content Library list of comments, and Torg reads its posts alone",
        "export the posts",
    ),
    LookAlike(
        frozenset({"follower_count", "page_categories"}),
        "this is a Meta Content Library list of pages and not of their posts",
        "export the posts",
    ),
    LookAlike(
        frozenset({"item_id", "source_platform", "timestamp_collected"}),
        "these are Zeeschuimer's items of a platform, or of a page, that Torg does not read",
        "export the posts of Instagram, TikTok, Threads or LinkedIn, as .ndjson",
    ),
    LookAlike(
        frozenset({"thread_id", "body", "timestamp", "author"}),
        "this is a 4CAT table of a data source that Torg does not read, and it does not say of "
        "which platform it is",
        "export Instagram, TikTok, Threads or LinkedIn with all of 4CAT's columns, and other "
        "platforms with a tool that docs/reference/formats.md lists",
    ),
)
