"""Addresses inside: this machine, its networks, its link. A feed from outside must not lead us there. Pure.

A name says nothing of where it leads, and another answer may come a moment later; so what counts is the address that a
connection was made to. Written out as a number (in any spelling that the system takes) it is known before.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Literal

Place = Literal["this-machine", "link", "network"]
_NAT64 = 0x0064_FF9B << 96  # RFC 6052: 64:ff9b::/96 stands for the IPv4 address in its last 32 bits


def place_of(host: str) -> Place | None:
    """Where inside an address lies; None for one outside, and for a name other than `localhost` (RFC 6761), which a
    proxy would look up for us. `link` has the machines' own (169.254.…, where clouds keep their secrets), `network`
    all that is not of the public internet."""
    if f".{host.lower().rstrip('.')}".endswith(".localhost"):
        return "this-machine"
    address = _address(host)
    if address is None:
        return None
    if address.is_loopback or address.is_unspecified or int(address) >> 24 == 0:
        return "this-machine"
    if address.is_link_local:
        return "link"
    return None if address.is_global and not address.is_multicast else "network"


def may_lead(home: str, there: str) -> bool:
    """Whether a feed at the address `home` may send us on to `there`: outside always, inside only where it lives in
    the same place itself; on the link only to its own address."""
    place = place_of(there)
    if place is None:
        return True
    return place == place_of(home) and (place != "link" or _address(home) == _address(there))


def _address(host: str) -> IPv4Address | IPv6Address | None:
    host = host.rstrip(".")  # `127.0.0.1.` is looked up as `127.0.0.1`
    with suppress(ValueError):
        return _plain(ip_address(host.partition("%")[0]))
    with suppress(OSError, ValueError):  # 2130706433, 0x7f.1, 0177.0.0.1
        return IPv4Address(socket.inet_aton(host)) if host[:1].isdigit() else None
    return None


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that stands inside an IPv6 one."""
    if isinstance(address, IPv4Address):
        return address
    if int(address) >> 32 == _NAT64 >> 32:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address
