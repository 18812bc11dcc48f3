"""An item that only a person can decide."""

from __future__ import annotations

from compliance.model.base import Frozen, Text
from compliance.model.criteria import EvidenceItem
from compliance.model.evidence import Finding
from compliance.model.site import SiteView
from compliance.model.status import Publication


class Params(Frozen):
    """No parameters."""


def judge(params: Params, item: EvidenceItem, site: SiteView) -> Finding:
    """Always open: the outcome is manual, until an attestation says otherwise."""
    return Finding(
        publication=Publication.UNOBSERVED,
        reason=Text(
            id="Hanya dapat diputuskan manusia; serahkan buktinya kepada asesor (atestasi).",
            en="Only a person can decide this; hand the evidence to the assessor (attestation).",
        ),
        confidence=1.0,
        manual=True,
    )
