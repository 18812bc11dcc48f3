"""Links on a page must not lead the auditor's machine into its own network."""

from __future__ import annotations

import ipaddress
import socket
from functools import lru_cache

from compliance.collect.urls import host_of


@lru_cache(maxsize=4096)
def _addresses(host: str) -> tuple[str, ...]:
    try:
        return tuple({str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError):
        return ()


def is_private(url: str) -> bool:
    """Whether a host is, or resolves to, a loopback, private, link-local or reserved address."""
    host = host_of(url)
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal", ".lan")):
        return True
    return any(not ipaddress.ip_address(a.split("%")[0]).is_global for a in _addresses(host))


def allowed(url: str, site_is_private: bool) -> bool:
    """Whether a link found on a page may be followed."""
    return site_is_private or not is_private(url)
