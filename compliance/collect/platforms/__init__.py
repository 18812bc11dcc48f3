"""Lists that a platform fills by script, asked for where the script would ask. One module a platform.

A platform has a name, its probes in the order in which they are asked, and reads their JSON into links.
"""

from __future__ import annotations

import json

from compliance.collect.platforms import blogger, opensid, wordpress
from compliance.collect.platforms.base import Listed, Platform, Probe
from compliance.model.document import Document

__all__ = ["PLATFORMS", "Listed", "Platform", "Probe", "links_of", "platform_of"]

PLATFORMS: tuple[Platform, ...] = (opensid.OpenSID(), wordpress.WordPress(), blogger.Blogger())
#: A list of more entries is read as far as this.
MAX_ENTRIES = 500


def platform_of(home: Document, headers: dict[str, str]) -> Platform | None:
    """The platform of a site, by its home page and the headers of the answer; None where it is none of these."""
    return next((p for p in PLATFORMS if p.matches(home, headers)), None)


def links_of(platform: Platform, probe: Probe, body: bytes) -> Listed | None:
    """The entries of an answer; None where the answer is not such a list."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    try:
        found = platform.entries(probe, data)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError, StopIteration):
        return None
    return Listed(found[:MAX_ENTRIES], len(found) <= MAX_ENTRIES and len(found) >= _total(data))


def _total(data: object) -> int:
    """How many entries a list says that it has: DataTables and JSON:API; 0 where it does not say."""
    if not isinstance(data, dict):
        return 0
    meta = data.get("meta")
    paging = meta.get("pagination", meta) if isinstance(meta, dict) else {}
    for value in (data.get("recordsTotal"), paging.get("total") if isinstance(paging, dict) else None):
        if isinstance(value, int):
            return value
    return 0
