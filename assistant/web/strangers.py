"""Who may have the library changed: our own page on this machine, and no other site that a browser is on."""

from __future__ import annotations

import ipaddress

from fastapi import Request

from assistant.web.faults import Refused

OWN_PAGE = "x-reading-room"
"""A header that another site's page cannot send without being allowed to beforehand, which nobody is."""

_OWN_SITE = ("same-origin", "none")
"""What a browser says of where a request is from: our own page, or the person themselves."""


def refuse_other_sites(request: Request) -> None:
    """Raises Refused where a browser says that another site asks."""
    origin = request.headers.get("origin")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if request.headers.get("sec-fetch-site", "none") not in _OWN_SITE or origin not in (None, own):
        raise Refused("another site may not ask for this", "open the reading room itself")


def require_own_page(request: Request) -> None:
    """Raises Refused for whoever is not on this machine, or does not say that it is our own page."""
    refuse_other_sites(request)
    if request.client is None or not _is_here(request.client.host):
        raise Refused("the library is changed only from the machine that it is on", "use that one")
    if request.headers.get(OWN_PAGE) != "1":
        raise Refused("only the reading room's own page may ask for this", f"send the header {OWN_PAGE}: 1")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
