"""Are several topics published? All of them, or a number of them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from checks import channels, kit
from compliance.model.base import Frozen, Text, join
from compliance.model.criteria import EvidenceItem
from compliance.model.evidence import Finding
from compliance.model.naming import PUBLICATION
from compliance.model.site import SiteView
from compliance.model.status import Channel, Publication


class Params(Frozen):
    """`topics`: what is looked for. `need`: how many of them make it published (default all); fewer is partial."""

    topics: tuple[str, ...] = Field(min_length=1)
    need: int | None = Field(default=None, ge=1)
    channels: tuple[Literal["website", "social"], ...] = Field(default=("website",), min_length=1)


def judge(params: Params, item: EvidenceItem, site: SiteView) -> Finding:
    """Published when enough topics are; partial when some are; else the gate of each decides."""
    need = params.need or len(params.topics)
    parts: list[tuple[Text, Finding]] = []
    for name in params.topics:
        topic = site.topics[name]
        rule = site.rules[item.year or topic.year]
        found = kit.judged(site.disclosures.get(name, []), rule, site)
        parts.append((topic.title, kit.conclude(site, topic.title, (name,), found, rule, {})))
    published = [p for p in parts if p[1].publication is Publication.PUBLISHED]
    some = [p for p in parts if p[1].publication in {Publication.PARTIAL, Publication.OUTDATED}]
    unseen = [p for p in parts if p[1].publication is Publication.UNOBSERVED]
    if len(published) >= need:
        publication = Publication.PUBLISHED
    elif published or any(p[1].publication is Publication.PARTIAL for p in some):
        publication = Publication.PARTIAL
    elif len(unseen) + len(some) >= need or (unseen and not some):
        publication = Publication.UNOBSERVED if unseen else Publication.OUTDATED
    elif some:
        publication = Publication.OUTDATED
    else:
        publication = Publication.NOT_PUBLISHED
    ordered = [*published, *[p for p in parts if p not in published]]
    reason = join([_one(title, finding) for title, finding in ordered])
    finding = Finding(
        publication=publication,
        reason=reason,
        confidence=min(
            (p[1].confidence for p in (published if publication is Publication.PUBLISHED else parts)),
            default=0.5,
        ),
        channels={Channel.WEBSITE.value: publication},
        evidence=tuple(d for _, p in ordered for d in p.evidence[:2])[:6],
        looked_at=tuple(dict.fromkeys(u for _, p in parts for u in p.looked_at))[:8],
        near_misses=tuple(n for _, p in parts if p.publication is not Publication.PUBLISHED for n in p.near_misses)[:4],
    )
    if "social" not in params.channels:
        return finding
    return channels.with_accounts(site, finding, item.title, params.topics, rule)


def _one(title: Text, finding: Finding) -> Text:
    word = PUBLICATION[finding.publication]
    if finding.publication in {Publication.PUBLISHED, Publication.NOT_PUBLISHED}:
        return Text(id=f"{title.id}: {word.id}.", en=f"{title.en}: {word.en}.")
    return Text(id=f"{title.id}: {word.id} — {finding.reason.id}", en=f"{title.en}: {word.en} — {finding.reason.en}")
