"""Blogger: static pages and posts by their feeds."""

from __future__ import annotations

import re
from typing import Any

from compliance.collect.platforms.base import Probe, said
from compliance.model.document import Document, Link
from compliance.model.status import Region


class Blogger:
    """Fingerprint: the generator."""

    name = "blogspot"
    probes = (
        Probe("/feeds/pages/summary?alt=json&max-results=100"),
        Probe("/feeds/posts/summary?alt=json&max-results=100"),
    )

    def matches(self, home: Document, headers: dict[str, str]) -> bool:
        """See the class."""
        return bool(re.search(r"\bblogger\b", said(home), re.I))

    def entries(self, probe: Probe, data: Any) -> list[Link]:
        """Each entry with its alternate address."""
        found = []
        for entry in data["feed"].get("entry", []):
            address = next(link["href"] for link in entry["link"] if link["rel"] == "alternate")
            found.append(Link(str(address), " ".join(str(entry["title"]["$t"]).split())[:300], Region.MAIN, "api"))
        return found
