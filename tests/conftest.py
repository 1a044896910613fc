"""What holds for every test."""

import socket
from typing import NoReturn

import pytest


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> None:
    """Let every attempt to reach a network fail: sm-lint promises to make none, and so do its tests."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a test reached for the network")

    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, refuse)
    socket.getaddrinfo = refuse
