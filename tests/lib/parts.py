"""Parts of a machine that some tests need: without one a test skips, on a server it fails."""

import os

import pytest

STRICT = os.environ.get("TORG_STRICT") == "1"


def lacking(reason):
    """End the test at hand, because this machine lacks what it needs."""
    if STRICT:
        pytest.fail(f"{reason}, and under TORG_STRICT=1 a skipped test is a failure", pytrace=False)
    pytest.skip(reason)
