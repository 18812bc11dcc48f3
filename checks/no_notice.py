"""Is the site free of something that should not be there: personal data, gambling spam?"""

from __future__ import annotations

from typing import Literal

from checks import kit
from compliance.model.base import Frozen, Text
from compliance.model.criteria import EvidenceItem
from compliance.model.evidence import Finding
from compliance.model.site import SiteView
from compliance.model.status import Publication


class Params(Frozen):
    """`notice`: the kind of notice that must not occur."""

    notice: Literal["personal_data", "gambling"]


def judge(params: Params, item: EvidenceItem, site: SiteView) -> Finding:
    """Published (that is, fulfilled) when no page read carries it. Says on how many pages that rests."""
    if not site.assessable or site.pages == 0:
        return kit.unobserved(Text(id="Tidak ada halaman yang terbaca.", en="No page was read."))
    found = [n for n in site.notices if n.kind.value == params.notice]
    if found:
        first = found[0]
        return kit.fact(
            Publication.NOT_PUBLISHED,
            Text(
                id=f"Ditemukan di {len(found)} halaman; pertama: {first.url}. {first.message.id}",
                en=f"Found on {len(found)} pages; first: {first.url}. {first.message.en}",
            ),
            *[n.url for n in found[:5]],
        )
    return kit.fact(
        Publication.PUBLISHED,
        Text(
            id=f"Tidak ditemukan pada {site.pages} halaman yang dibaca.",
            en=f"Not found on the {site.pages} pages read.",
        ),
    )
