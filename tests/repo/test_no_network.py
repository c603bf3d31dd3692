"""Tests reach no network, and the package has no door to it yet."""

import socket

import pytest
from pytest_socket import SocketBlockedError

from tests.repo.source import imported, modules, place, tree

NETWORK = {
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "httpx",
    "requests",
    "aiohttp",
    "ftplib",
    "smtplib",
}


def test_a_socket_is_blocked():
    with pytest.warns(UserWarning, match="tried to use"), pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


@pytest.mark.parametrize("path", modules(), ids=place)
def test_no_module_opens_a_connection(path):
    import ast

    assert imported(path) is not None
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module)
    assert not names & NETWORK
