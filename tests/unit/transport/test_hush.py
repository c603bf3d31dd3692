"""No library below the door writes addresses or headers to a log."""

import logging

import pytest

from torg.collect.transport import internet


@pytest.mark.parametrize(
    "name", ["httpx", "httpcore.connection", "httpcore.http11", "websockets.client"]
)
def test_whoever_turns_logging_on_finds_no_addresses_in_it(name, caplog):
    with caplog.at_level(logging.DEBUG), internet():
        logging.getLogger(name).info("HTTP Request: GET https://x.example/?input_token=S3CRET")
        logging.getLogger(name).debug("> Authorization: Bearer S3CRET")
        logging.getLogger("torg").debug("this is heard")
    assert "S3CRET" not in caplog.text
    assert "this is heard" in caplog.text
