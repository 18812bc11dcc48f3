"""WordPress: files and pages by its REST interface."""

from __future__ import annotations

import html
import re
from typing import Any

from compliance.collect.platforms.base import Probe, said
from compliance.model.document import Document, Link
from compliance.model.status import Region

_TAGS = re.compile(r"<[^>]*>")


class WordPress:
    """Fingerprint: the generator, or the header that names the interface."""

    name = "wordpress"
    probes = (
        Probe("/wp-json/wp/v2/media?media_type=application&per_page=100&_fields=source_url,title"),
        Probe("/wp-json/wp/v2/pages?per_page=100&_fields=link,title"),
    )

    def matches(self, home: Document, headers: dict[str, str]) -> bool:
        """See the class."""
        return "api.w.org" in headers.get("link", "") or bool(re.search(r"wordpress", said(home), re.I))

    def entries(self, probe: Probe, data: Any) -> list[Link]:
        """Files with their titles, then pages with theirs."""
        found = []
        for row in data:
            title = html.unescape(_TAGS.sub("", str(row["title"]["rendered"])))
            found.append(
                Link(str(row.get("source_url") or row["link"]), " ".join(title.split())[:300], Region.MAIN, "api")
            )
        return found
