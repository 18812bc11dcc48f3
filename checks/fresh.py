"""Is the news fresh?"""

from __future__ import annotations

from pydantic import Field

from checks import kit
from compliance.model.base import Frozen, Text
from compliance.model.criteria import EvidenceItem
from compliance.model.evidence import Finding
from compliance.model.site import SiteView
from compliance.model.status import Publication


class Params(Frozen):
    """`days`: the newest article may be this old, in days."""

    days: int = Field(default=90, ge=1)


def judge(params: Params, item: EvidenceItem, site: SiteView) -> Finding:
    """Published when the newest posting date is recent enough; a date in the future is not believed."""
    newest = site.facts.newest
    if newest is None or newest > site.as_of:
        return kit.unobserved(
            Text(
                id="Tidak ada tanggal terbit yang dapat dibaca pada halaman yang dibuka.",
                en="No posting date could be read on the pages opened.",
            )
        )
    age = (site.as_of - newest).days
    text = Text(
        id=f"Tulisan terbaru yang terbaca bertanggal {newest.isoformat()} ({age} hari).",
        en=f"The newest article read is dated {newest.isoformat()} ({age} days).",
    )
    return kit.fact(Publication.PUBLISHED if age <= params.days else Publication.OUTDATED, text, site.facts.newest_url)
