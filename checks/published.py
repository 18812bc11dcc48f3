"""Is a topic (or one part of it) published, for the year that is asked, on a channel that counts?"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pydantic import Field

from checks import channels, kit
from compliance.model.base import Frozen, Text
from compliance.model.criteria import EvidenceItem, Topic, YearRule
from compliance.model.evidence import Disclosure, Finding
from compliance.model.site import SiteView
from compliance.model.status import Channel, Publication


class Params(Frozen):
    """`topic`: what is looked for. `part`: a part of it that must be there. `parts`: all of these must be there
    together, some of them are partial. `channels`: where it counts."""

    topic: str
    part: str | None = None
    parts: tuple[str, ...] = ()
    channels: tuple[Literal["website", "social"], ...] = Field(default=("website",), min_length=1)


def judge(params: Params, item: EvidenceItem, site: SiteView) -> Finding:
    """Published, partial, outdated, not published or unobserved. Source: the item's indicator and the year table."""
    topic = site.topics[params.topic]
    what = Text(id=item.title.id, en=item.title.en)
    rule = site.rules[item.year or topic.year]
    wanted = params.parts or ((params.part,) if params.part else ())
    if "website" not in params.channels:
        return _social(site, what, topic, rule, wanted)
    shown = site.disclosures.get(topic.id, [])
    if params.parts:
        finding = _together(params.parts, site, topic, shown, rule, what)
    elif params.part is None:
        finding = kit.conclude(site, what, (topic.id,), kit.judged(shown, rule, site), rule, {})
    else:
        having = [d for d in shown if params.part in d.parts]
        finding = kit.conclude(site, what, (topic.id,), kit.judged(having, rule, site), rule, {}, part=params.part)
        if not having and shown:
            finding = _part_missing(finding, shown[0].url, topic.title)
    if "social" not in params.channels:
        return finding
    return channels.with_accounts(site, finding, what, (topic.id,), rule, wanted)


def _together(
    parts: tuple[str, ...], site: SiteView, topic: Topic, shown: list[Disclosure], rule: YearRule, what: Text
) -> Finding:
    """All parts in one place, or spread over several; some of them make it partial."""
    there = {p for d in shown for p in d.parts}
    wanted = [d for d in shown if set(parts) & set(d.parts)]
    finding = kit.conclude(site, what, (topic.id,), kit.judged(wanted, rule, site), rule, {})
    missing = [p for p in parts if p not in there]
    if not missing or finding.publication is not Publication.PUBLISHED:
        return finding
    # A part is told by the first of its words that is no name of a group of synonyms.
    names = ", ".join(next((w for w in topic.parts[p] if "<" not in w), p) for p in missing)
    return replace(
        finding,
        publication=Publication.PARTIAL,
        channels={Channel.WEBSITE.value: Publication.PARTIAL},
        reason=Text(
            id=f"{finding.reason.id} Yang belum tampak di sana: {names}.",
            en=f"{finding.reason.en} Not seen there: {names}.",
        ),
    )


def _part_missing(finding: Finding, url: str, topic: Text) -> Finding:
    """The thing is shown and this part of it is not: the nearest miss is the thing itself."""
    note = Text(
        id=f"{topic.id} ada, tetapi bagian ini tidak disebut di dalamnya",
        en=f"{topic.en} is there, but this part is not in it",
    )
    return replace(finding, near_misses=((url, note), *finding.near_misses)[:4])


def _social(site: SiteView, what: Text, topic: Topic, rule: YearRule, parts: tuple[str, ...]) -> Finding:
    """An item that only accounts can satisfy."""
    asked = [a for a in site.accounts if a.counts]
    if not asked:
        reason = Text(
            id=f"{what.id}: situs tidak menautkan akun media sosial milik desa, sehingga tidak ada yang dapat diperiksa. Perlu dilihat manusia.",
            en=f"{what.en}: the site links no social account of the village, so there was nothing to check. A person should look.",
        )
        return Finding(
            publication=Publication.UNOBSERVED,
            reason=reason,
            confidence=0.5,
            channels={Channel.WEBSITE.value: Publication.NOT_APPLICABLE},
        )
    nothing = Finding(
        publication=Publication.NOT_PUBLISHED,
        reason=Text(
            id=f"{what.id} tidak ditemukan pada kiriman yang terbaca.",
            en=f"{what.en} was not found among the posts read.",
        ),
        confidence=0.8,
        looked_at=tuple(a.url for a in asked[:5]),
    )
    return channels.with_accounts(site, nothing, what, (topic.id,), rule, parts)
