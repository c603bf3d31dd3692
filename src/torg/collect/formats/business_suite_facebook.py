"""The content export of Meta Business Suite: what a page's own administrator downloads.

Its header follows the exporter's language; the names lie in aliases/business_suite_facebook.toml.
"""

from torg.collect.facebook import post_types
from torg.collect.formats.business_suite import content_export, read_posts
from torg.collect.formats.shape import Fields, Read
from torg.collect.reading.cells import longer, word
from torg.collect.records import COUNTS

_COUNTS = ("interactions", "reactions", "comments", "shares", "views")


def _read(fields: Fields) -> Read:
    counts = {name: fields.count(name) for name in _COUNTS}
    rest = counts["interactions"].values - counts["comments"].values - counts["shares"].values
    values = {
        "type": post_types(fields.text("type")),
        "text": longer(fields.text("title"), fields.text("description")),
        "url": word(fields.text("permalink")),
        **{name: counts[name].values for name in _COUNTS if name in COUNTS},
    }
    values["reactions"] = values["reactions"].fill_null(rest)
    ids = word(fields.text("post_id")), fields.constant("business_suite")
    return read_posts(fields, owner="page", ids=ids, values=values, counts=counts)


BUSINESS_SUITE = content_export("facebook", owner="page", read=_read, counts=_COUNTS)
