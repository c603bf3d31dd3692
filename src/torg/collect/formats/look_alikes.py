"""Files that people take for one of ours: refused by name, with what to export instead."""

from torg.collect.formats.shape import LookAlike

_CONTENT = "in Meta Business Suite choose Insights, Content, Export data, and the Facebook page"

LOOK_ALIKES = (
    LookAlike(
        frozenset({"post id", "account id", "account username"}),
        "this is a Business Suite export of an Instagram account, which Torg does not read yet",
        _CONTENT,
    ),
    LookAlike(
        frozenset({"konto-id", "kontots användarnamn"}),
        "this is a Business Suite export of an Instagram account, which Torg does not read yet",
        _CONTENT,
    ),
    LookAlike(
        frozenset({"date", "primary"}),
        "this is a daily series of a whole page (one figure a day) and not its posts",
        _CONTENT,
    ),
    LookAlike(
        frozenset({"account", "followers at posting", "post created", "photo"}),
        "this is a CrowdTangle export of Instagram, which Torg does not read yet",
        "export the Facebook pages or groups",
    ),
    LookAlike(
        frozenset({"mcl_url", "creation_time"}),
        "this is a Meta Content Library export, which Torg does not read yet",
        "import the page's own export, or CrowdTangle's",
    ),
)
