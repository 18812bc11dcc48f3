"""How findings are made: whole, explained, and never "not published" where something was left unseen."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from checks.explain import (
    access_text,
    barrier_text,
    matched_text,
    stopped_text,
    where_text,
    years_text,
)
from compliance.match.years import YearState, judge_years
from compliance.model.base import Text, join
from compliance.model.criteria import YearRule
from compliance.model.evidence import Candidate, Disclosure, Finding
from compliance.model.site import SiteView
from compliance.model.status import Channel, Publication, Region

_ORDER = [YearState.CURRENT, YearState.MISSING, YearState.AHEAD, YearState.OUTDATED]
MAX_EVIDENCE, _MAX_NEAR, _MAX_LOOKED = 5, 4, 8


@dataclass(frozen=True, slots=True)
class Judged:
    """A disclosure with what its years mean today."""

    disclosure: Disclosure
    state: YearState


def judged(disclosures: list[Disclosure], rule: YearRule, site: SiteView) -> list[Judged]:
    """Disclosures, the most current and most certain first."""
    found = [Judged(d, judge_years(rule, d.years, d.period, site.as_of)) for d in disclosures]
    return sorted(
        found,
        key=lambda j: (
            _ORDER.index(j.state),
            j.disclosure.region is not Region.MAIN,
            -j.disclosure.confidence,
            -max(j.disclosure.years, default=0),
            j.disclosure.url,
        ),
    )


def near_of(site: SiteView, topics: tuple[str, ...], skip: set[str]) -> tuple[tuple[str, Text], ...]:
    """What came nearest without counting: named places, then links that lead nowhere."""
    found: list[tuple[str, Text]] = []
    for topic in topics:
        ranked = sorted(site.near.get(topic, []), key=lambda d: (_nearness(d), d.url))
        for near in ranked:
            if near.url not in skip and _nearness(near) < 9:
                found.append(
                    (
                        near.url,
                        Text(
                            id=f'"{near.title[:80]}": {barrier_text(near).id}',
                            en=f'"{near.title[:80]}": {barrier_text(near).en}',
                        ),
                    )
                )
        for absent in site.absent.get(topic, []):
            text = access_text(absent.access, absent.detail)
            found.append(
                (
                    absent.url,
                    Text(id=f'"{absent.text[:80]}": {text.id}', en=f'"{absent.text[:80]}": {text.en}'),
                )
            )
    return tuple(found[:_MAX_NEAR])


def _nearness(disclosure: Disclosure) -> int:
    if disclosure.barrier in {"draft", "other_village", "placeholder", "form", "definition", "unconfirmed"}:
        return 0
    return 1 if any(r.place in {"title", "heading"} for r in disclosure.why) else 9


def looked_at(site: SiteView, topics: tuple[str, ...]) -> tuple[str, ...]:
    """The pages that were looked at for the topics, most relevant first."""
    urls: list[str] = []
    for topic in topics:
        for disclosure in [*site.disclosures.get(topic, []), *site.near.get(topic, [])]:
            if disclosure.url not in urls:
                urls.append(disclosure.url)
    home = site.village.websites[0] if site.village.websites else ""
    if home and home not in urls:
        urls.append(home)
    return tuple(urls[:_MAX_LOOKED])


def unseen_of(site: SiteView, topics: tuple[str, ...]) -> list[Candidate]:
    """What may show the topics and was not read; each place once, the best named first."""
    found: dict[str, Candidate] = {}
    for topic in topics:
        for candidate in site.unseen.get(topic, []):
            found.setdefault(candidate.url, candidate)
    return list(found.values())


def found_text(judgement: Judged, what: Text, rule: YearRule, as_of: date) -> Text:
    """The sentence on the best disclosure."""
    disclosure = judgement.disclosure
    where, why = where_text(disclosure), matched_text(disclosure)
    years = "" if rule.any else years_text(disclosure.years, disclosure.period)
    year_id = f", tahun {years}" if years else ""
    year_en = f", for {years}" if years else ""
    old = ""
    old_en = ""
    if rule.any and disclosure.years and max(disclosure.years) < as_of.year - rule.max_age:
        old = " Dokumennya lebih tua dari enam tahun; periksa apakah masih berlaku."
        old_en = " It is older than six years; see whether it is still in force."
    return Text(
        id=f"{what.id} ada di {where.id}{year_id}; dikenali dari {why.id}.{old}",
        en=f"{what.en} is at {where.en}{year_en}; recognised by {why.en}.{old_en}",
    )


def conclude(
    site: SiteView,
    what: Text,
    topics: tuple[str, ...],
    found: list[Judged],
    rule: YearRule,
    channels: dict[str, Publication],
    *,
    near: tuple[tuple[str, Text], ...] | None = None,
    part: str | None = None,
) -> Finding:
    """The website's verdict from the disclosures found, under year rule and coverage gate."""
    unseen = unseen_of(site, topics)
    urls = looked_at(site, topics)
    if near is None:
        near = near_of(site, topics, {j.disclosure.url for j in found})
    if found:
        best = found[0]
        publication, reason = dated(best, what, rule, unseen, site.as_of)
        return Finding(
            publication=publication,
            reason=reason,
            confidence=best.disclosure.confidence,
            channels=channels | {Channel.WEBSITE.value: publication},
            evidence=tuple(j.disclosure for j in found[:MAX_EVIDENCE]),
            looked_at=urls,
            near_misses=near,
        )
    finding = missing(site, what, unseen, urls, near, channels)
    if finding.publication is not Publication.NOT_PUBLISHED:
        return finding
    doubtful = [d for t in topics for d in site.near.get(t, []) if d.doubtful and (part is None or part in d.parts)]
    if doubtful:
        return _asked(finding, what, max(doubtful, key=lambda d: (d.confidence, d.url)))
    return finding if all(site.topics[t].measured for t in topics) else _unmeasured(finding)


def _asked(finding: Finding, what: Text, candidate: Disclosure) -> Finding:
    """A place that may show it and is not sure enough: a person decides at a glance."""
    where, why, sure = where_text(candidate), matched_text(candidate), round(100 * candidate.confidence)
    note = Text(
        id=f'"{candidate.title[:80]}": mungkin ini (keyakinan {sure} %)',
        en=f'"{candidate.title[:80]}": may be it (confidence {sure} %)',
    )
    reason = Text(
        id=f"{what.id} mungkin ada di {where.id} (keyakinan {sure} %): {why.id}. Bukalah halaman itu dan putuskan.",
        en=f"{what.en} may be at {where.en} (confidence {sure} %): {why.en}. Open that page and decide.",
    )
    if candidate.barrier:
        barrier = barrier_text(candidate)
        reason = join([reason, Text(id=f"Yang meragukan: {barrier.id}.", en=f"What makes it doubtful: {barrier.en}.")])
    return replace(
        finding,
        publication=Publication.UNOBSERVED,
        channels=finding.channels | {Channel.WEBSITE.value: Publication.UNOBSERVED},
        confidence=candidate.confidence,
        reason=reason,
        near_misses=((candidate.url, note), *[n for n in finding.near_misses if n[0] != candidate.url])[:_MAX_NEAR],
        manual=True,
    )


def _unmeasured(finding: Finding) -> Finding:
    """This topic is not recognised well enough, as far as that was measured: its absence is not held against the village."""
    said = Text(
        id="Pengenalannya belum cukup terukur, jadi manusia yang memutuskan.",
        en="How well it is recognised is not measured well enough, so a person decides.",
    )
    return replace(finding, manual=True, confidence=0.5, reason=join([finding.reason, said]))


def dated(best: Judged, what: Text, rule: YearRule, unseen: list[Candidate], as_of: date) -> tuple[Publication, Text]:
    """What a disclosure comes to under its year rule, with the sentence."""
    text = found_text(best, what, rule, as_of)
    if best.state is YearState.CURRENT:
        return Publication.PUBLISHED, text
    if best.state is YearState.MISSING:
        return Publication.PARTIAL, join(
            [
                text,
                Text(
                    id=f"Tahunnya tidak dapat dipastikan; yang diminta: {rule.title.id}.",
                    en=f"Its year cannot be told; asked for: {rule.title.en}.",
                ),
            ]
        )
    if best.state is YearState.AHEAD:
        return Publication.PARTIAL, join(
            [
                text,
                Text(
                    id=f"Tahunnya belum berlaku; yang diminta: {rule.title.id}.",
                    en=f"Its year has not come yet; asked for: {rule.title.en}.",
                ),
            ]
        )
    newer = [c for c in unseen if _may_be_newer(c, best.disclosure)]
    if newer:
        stopped = stopped_text(newer)
        return Publication.UNOBSERVED, join(
            [
                text,
                Text(
                    id=f"Itu tahun lama, tetapi ada yang belum dapat kami baca dan mungkin lebih baru: {stopped.id}.",
                    en=f"That is an old year, but something that may be newer could not be read: {stopped.en}.",
                ),
            ]
        )
    return Publication.OUTDATED, join(
        [
            text,
            Text(
                id=f"Tahunnya sudah lewat; yang diminta: {rule.title.id}.",
                en=f"Its year has passed; asked for: {rule.title.en}.",
            ),
        ]
    )


def _may_be_newer(candidate: Candidate, shown: Disclosure) -> bool:
    """Whether an unread place could hold a later year: it names one, or names none."""
    years = [int(y) for y in re.findall(r"(?<!\d)20\d\d(?!\d)", f"{candidate.text} {candidate.url}")]
    return not years or max(years) > max(shown.years, default=0)


def missing(
    site: SiteView,
    what: Text,
    unseen: list[Candidate],
    urls: tuple[str, ...],
    near: tuple[tuple[str, Text], ...],
    channels: dict[str, Publication],
) -> Finding:
    """The verdict where nothing was found: not published only if all that could show it was seen."""
    if unseen:
        stopped = stopped_text(unseen)
        reason = Text(
            id=f"{what.id} tidak ditemukan di halaman yang terbaca, tetapi ini belum dapat dibaca: {stopped.id}. Perlu dilihat manusia.",
            en=f"{what.en} was not found on the pages read, but this could not be read: {stopped.en}. A person should look.",
        )
        publication = Publication.UNOBSERVED
    elif not site.covered:
        why = access_text(site.facts.home, site.facts.home_detail)
        if site.facts.home.value in {"ok", "truncated"}:
            why = Text(
                id="menu situs tidak terbaca (dimuat JavaScript?)",
                en="the site's menu could not be read (filled by JavaScript?)",
            )
        reason = Text(
            id=f"{what.id} tidak dapat diperiksa: {why.id}.",
            en=f"{what.en} could not be checked: {why.en}.",
        )
        publication = Publication.UNOBSERVED
    else:
        reason = Text(
            id=f"{what.id} tidak ditemukan pada {site.pages} halaman yang dibaca, dan tidak ada tautan lain yang mengarah ke sana.",
            en=f"{what.en} was not found on the {site.pages} pages read, and no other link leads to it.",
        )
        if near:
            reason = join([reason, Text(id=f"Yang paling dekat: {near[0][1].id}.", en=f"Nearest: {near[0][1].en}.")])
        publication = Publication.NOT_PUBLISHED
    return Finding(
        publication=publication,
        reason=reason,
        confidence=0.8 if publication is Publication.NOT_PUBLISHED else 0.5,
        channels=channels | {Channel.WEBSITE.value: publication},
        looked_at=urls,
        near_misses=near,
    )


def unobserved(reason: Text) -> Finding:
    """Could not be seen, for the given reason."""
    return Finding(
        publication=Publication.UNOBSERVED,
        reason=reason,
        confidence=0.5,
        channels={Channel.WEBSITE.value: Publication.UNOBSERVED},
    )


def fact(publication: Publication, reason: Text, *urls: str) -> Finding:
    """A plain fact about the site."""
    return Finding(
        publication=publication,
        reason=reason,
        confidence=0.95,
        channels={Channel.WEBSITE.value: publication},
        looked_at=urls,
    )
