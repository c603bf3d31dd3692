"""How much a test tries: a little on every change, a lot in the nightly run."""

import os


def scale(default, nightly):
    """`nightly` where TORG_NIGHTLY is set, else `default`."""
    return nightly if os.environ.get("TORG_NIGHTLY") else default
