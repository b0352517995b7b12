"""Which hosts may be asked: those whose every address is public. What was checked is what is connected to."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import TypeAlias

from corpus.errors import FetchFault
from corpus.text import shown

Resolve: TypeAlias = Callable[[str, int], Sequence[str]]
"""From a host's name and a port to its addresses. Raises OSError where the name has none."""

_WRAPPED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""IPv6 networks whose last 32 bits are an IPv4 address: RFC 6052, section 2.1, and RFC 4291, section 2.5.5.1."""

_WHOLE_IPV4 = 0xFFFF_FFFF


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses that the machine's resolver gives, in its order, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def require_public(host: str, port: int, resolve: Resolve, *, allow_private: bool) -> Sequence[str]:
    """The host's addresses. Raises FetchFault where it has none, or where any of them is not public."""
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise _unknown_host(host) from error
    if not addresses:
        raise _unknown_host(host)
    hidden = next((address for address in addresses if not is_public(address)), None)
    if hidden is not None and not allow_private:
        raise FetchFault(
            "private-address",
            f"{shown(host)} stands at {shown(hidden)}, which is no public address",
            "set EMN_FETCH_PRIVATE=allow if it is a server of your own that you trust",
        )
    return addresses


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet, and so does every IPv4 address that it wraps."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in (found, *_wrapped(found)))


def _wrapped(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that an IPv6 address leads to by a translator or a tunnel."""
    if isinstance(address, IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _WRAPPED):
        found.append(IPv4Address(int(address) & _WHOLE_IPV4))
    return [one for one in found if one is not None]


def _unknown_host(host: str) -> FetchFault:
    return FetchFault(
        "no-such-host", f"no address is known for the host {shown(host)}", "check the network, and try again later"
    )
