"""Tests reach no network, and the package has one door to it."""

import ast
import socket

import pytest
from pytest_socket import SocketBlockedError

from tests.repo.source import modules, place, tree

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
    "websockets",
}
# Who may open connections, and for what.
DOORS = {
    "src/torg/collect/transport/": NETWORK,
    "src/torg/mail.py": {"smtplib", "ssl"},
    "src/torg/site/serving.py": {"socket"},  # looks whether the port is free
}


def test_a_socket_is_blocked():
    with pytest.warns(UserWarning, match="tried to use"), pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


@pytest.mark.parametrize("path", modules(), ids=place)
def test_only_the_door_opens_connections(path):
    allowed = {
        name for door, names in DOORS.items() if place(path).startswith(door) for name in names
    }
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module)
    assert names & NETWORK <= allowed
