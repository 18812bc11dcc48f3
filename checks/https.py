"""Is the site served over HTTPS with a valid certificate?"""

from __future__ import annotations

from checks import kit
from compliance.model.base import Frozen, Text
from compliance.model.criteria import EvidenceItem
from compliance.model.evidence import Finding
from compliance.model.site import SiteView
from compliance.model.status import Access, Publication


class Params(Frozen):
    """No parameters."""


def judge(params: Params, item: EvidenceItem, site: SiteView) -> Finding:
    """Published over HTTPS with a certificate that verifies; not published over plain HTTP."""
    facts = site.facts
    if facts.copy:
        return kit.unobserved(
            Text(
                id="Situs diaudit dari salinan; sertifikatnya tidak teramati.",
                en="The site was audited from a copy; its certificate was not observed.",
            )
        )
    if facts.home is Access.TLS:
        return kit.fact(
            Publication.NOT_PUBLISHED,
            Text(
                id="Sertifikat TLS tidak sah atau kedaluwarsa.",
                en="The TLS certificate is invalid or expired.",
            ),
        )
    if not site.assessable:
        return kit.unobserved(Text(id="Situs tidak dapat dibuka.", en="The site could not be opened."))
    if facts.scheme == "https":
        return kit.fact(
            Publication.PUBLISHED,
            Text(
                id="Situs dibuka lewat HTTPS dengan sertifikat yang sah.",
                en="The site opens over HTTPS with a valid certificate.",
            ),
        )
    return kit.fact(
        Publication.NOT_PUBLISHED,
        Text(id="Situs dibuka lewat HTTP tanpa enkripsi.", en="The site opens over plain HTTP."),
    )
