"""Does the home page answer?"""

from __future__ import annotations

from checks import kit
from checks.explain import access_text
from compliance.model.base import Frozen, Text
from compliance.model.criteria import EvidenceItem
from compliance.model.evidence import Finding
from compliance.model.site import SiteView
from compliance.model.status import Access, Publication


class Params(Frozen):
    """No parameters."""


def judge(params: Params, item: EvidenceItem, site: SiteView) -> Finding:
    """Published when the home page was read; unobserved when it was not: one failed visit proves nothing."""
    if site.assessable and site.facts.home is not Access.NEEDS_JAVASCRIPT:
        return kit.fact(Publication.PUBLISHED, Text(id="Halaman depan dapat dibuka.", en="The home page opens."))
    why = access_text(site.facts.home, site.facts.home_detail)
    return kit.unobserved(
        Text(
            id=f"Halaman depan tidak dapat dibaca: {why.id}.",
            en=f"The home page could not be read: {why.en}.",
        )
    )
