"""Can a citizen reach the office: address, telephone, e-mail on the home page or a contact page?"""

from __future__ import annotations

from pydantic import Field

from checks import kit
from compliance.model.base import Frozen, Text
from compliance.model.criteria import EvidenceItem
from compliance.model.evidence import Finding
from compliance.model.site import SiteView
from compliance.model.status import Publication

_NAMES = {
    "address": Text(id="alamat", en="address"),
    "phone": Text(id="telepon", en="telephone"),
    "email": Text(id="surel", en="e-mail"),
}


class Params(Frozen):
    """`need`: how many of address, phone and email make it published."""

    need: int = Field(default=2, ge=1, le=3)


def judge(params: Params, item: EvidenceItem, site: SiteView) -> Finding:
    """Published with enough of the three; partial with fewer; a contact page counts in full."""
    if not site.covered:
        return kit.unobserved(
            Text(id="Halaman depan atau menunya tidak terbaca.", en="The home page or its menu was not read.")
        )
    pages = site.disclosures.get("kontak", [])
    if pages:
        return kit.conclude(
            site,
            item.title,
            ("kontak",),
            kit.judged(pages, site.rules["in_force"], site),
            site.rules["in_force"],
            {},
        )
    found = [_NAMES[k] for k in ("address", "phone", "email") if k in site.facts.contact]
    if not found:
        return kit.fact(
            Publication.NOT_PUBLISHED,
            Text(
                id="Alamat, telepon, dan surel tidak ditemukan di halaman depan.",
                en="No address, telephone or e-mail was found on the home page.",
            ),
        )
    shown = Text(id=", ".join(t.id for t in found), en=", ".join(t.en for t in found))
    publication = Publication.PUBLISHED if len(found) >= params.need else Publication.PARTIAL
    return kit.fact(
        publication,
        Text(id=f"Di halaman depan ada: {shown.id}.", en=f"On the home page there are: {shown.en}."),
    )
