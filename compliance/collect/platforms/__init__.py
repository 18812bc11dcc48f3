"""Lists that a platform fills by script, asked for where the script would ask. One module a platform.

A platform has a name, its probes in the order in which they are asked, and reads their JSON into links.
"""

from __future__ import annotations

import json

from compliance.collect.platforms import blogger, opensid, wordpress
from compliance.collect.platforms.base import Platform, Probe
from compliance.model.document import Document, Link

__all__ = ["PLATFORMS", "Platform", "Probe", "links_of", "platform_of"]

PLATFORMS: tuple[Platform, ...] = (opensid.OpenSID(), wordpress.WordPress(), blogger.Blogger())
#: A list of more entries is read as far as this.
MAX_ENTRIES = 500


def platform_of(home: Document, headers: dict[str, str]) -> Platform | None:
    """The platform of a site, by its home page and the headers of the answer; None where it is none of these."""
    return next((p for p in PLATFORMS if p.matches(home, headers)), None)


def links_of(platform: Platform, probe: Probe, body: bytes) -> list[Link] | None:
    """The entries of an answer as links; None where the answer is not such a list."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    try:
        return platform.entries(probe, data)[:MAX_ENTRIES]
    except (KeyError, TypeError, AttributeError, IndexError, ValueError, StopIteration):
        return None
