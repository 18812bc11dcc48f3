"""Does the site stand under desa.id? Source: Permenkominfo 5/2015."""

from __future__ import annotations

from checks import kit
from compliance.model.base import Frozen, Text
from compliance.model.criteria import EvidenceItem
from compliance.model.evidence import Finding
from compliance.model.site import SiteView
from compliance.model.status import Publication


class Params(Frozen):
    """`suffixes`: domain endings that count as the village's own. `accepted`: endings of official hosts, partial."""

    suffixes: tuple[str, ...] = (".desa.id",)
    accepted: tuple[str, ...] = (".go.id",)


def judge(params: Params, item: EvidenceItem, site: SiteView) -> Finding:
    """Published under desa.id, partial under another official domain, else not published."""
    host = site.facts.host
    if site.facts.copy:
        return kit.unobserved(
            Text(
                id="Situs diaudit dari salinan; domainnya tidak teramati.",
                en="The site was audited from a copy; its domain was not observed.",
            )
        )
    if host.endswith(params.suffixes):
        return kit.fact(Publication.PUBLISHED, Text(id=f"Situs berada di {host}.", en=f"The site stands at {host}."))
    if host.endswith(params.accepted):
        return kit.fact(
            Publication.PARTIAL,
            Text(
                id=f"Situs berada di {host}: domain pemerintah, tetapi bukan desa.id milik desa.",
                en=f"The site stands at {host}: an official domain, but not the village's own desa.id.",
            ),
        )
    return kit.fact(
        Publication.NOT_PUBLISHED,
        Text(
            id=f"Situs berada di {host}, bukan di bawah desa.id.",
            en=f"The site stands at {host}, not under desa.id.",
        ),
    )
