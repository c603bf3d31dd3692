"""The logs of the libraries that open connections: kept shut, for they show what may be secret.

httpx notes every address with its query, httpcore and websockets note headers. Somebody who turns
logging on for all that runs must not find tokens in a file afterwards.
"""

import logging

_LIBRARIES = ("httpx", "httpcore", "websockets")


def hush() -> None:
    """Let these libraries log warnings only, whatever the level of all other logs."""
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
