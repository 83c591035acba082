"""Keeps the developer's machine out of every test: no home, no settings, no network, one time zone."""

from __future__ import annotations

import ipaddress
import os
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("curator", deadline=None)  # machines are noisy; slowness is measured in benchmarks/
settings.load_profile("curator")


@pytest.fixture(scope="session", autouse=True)
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An empty home, UTC, nothing of curator's or a proxy's in the environment, and sockets that stay here."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        for name in [one for one in os.environ if one.startswith("CURATOR_") or one.lower().endswith("_proxy")]:
            patch.delenv(name)
        patch.delenv("NO_COLOR", raising=False)
        patch.setenv("TZ", "UTC")
        time.tzset()
        patch.setattr(socket.socket, "connect", _guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex))
        yield
    time.tzset()


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not _is_here(str(address[0])):
            raise AssertionError(f"a test reaches for the network: {address}")
        return connect(self, address)

    return guarded


def _is_here(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
        return address.is_loopback or address.is_unspecified  # connecting to 0.0.0.0 reaches this machine
    except ValueError:
        return host == "localhost"
