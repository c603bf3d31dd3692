"""The command line's words: parse, call one function of `main`, show.

Commands stand in the help in the order in which their modules are imported here.
"""

from torg.commands.app import app

from torg.commands import studies, registering, importing, connecting  # isort: skip
from torg.commands import following, inviting, surveying, observing, results, archiving  # isort: skip
from torg.commands import serving, accounts, releasing, rebuilding  # isort: skip

__all__ = [
    "accounts",
    "app",
    "archiving",
    "connecting",
    "following",
    "importing",
    "inviting",
    "observing",
    "rebuilding",
    "registering",
    "releasing",
    "results",
    "serving",
    "studies",
    "surveying",
]
