"""Does the site fit a phone? A page that sets its viewport does."""

from __future__ import annotations

from checks import kit
from compliance.model.base import Frozen, Text
from compliance.model.criteria import EvidenceItem
from compliance.model.evidence import Finding
from compliance.model.site import SiteView
from compliance.model.status import Publication


class Params(Frozen):
    """No parameters."""


def judge(params: Params, item: EvidenceItem, site: SiteView) -> Finding:
    """Published when the home page carries a viewport meta element."""
    if site.facts.viewport is None:
        return kit.unobserved(Text(id="Halaman depan tidak terbaca.", en="The home page was not read."))
    if site.facts.viewport:
        return kit.fact(
            Publication.PUBLISHED,
            Text(
                id="Halaman depan menyesuaikan layar ponsel (meta viewport).",
                en="The home page adapts to phones (viewport meta).",
            ),
        )
    return kit.fact(
        Publication.NOT_PUBLISHED,
        Text(id="Halaman depan tidak memiliki meta viewport.", en="The home page has no viewport meta element."),
    )
