"""From a site view and criteria to the Result. No network, no clock: equal inputs give equal bytes."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from urllib.parse import urlsplit

from checks import check
from checks.explain import access_text
from compliance import __version__
from compliance.archive.snapshot import Snapshot
from compliance.criteria import Criteria
from compliance.match.budgets import consistent
from compliance.match.features import is_store
from compliance.model.base import Text
from compliance.model.budget import BIDANG, TOTALS, Budget, Key
from compliance.model.criteria import EvidenceItem, Indicator
from compliance.model.evidence import Candidate, Disclosure, Finding
from compliance.model.result import (
    Account,
    BudgetResult,
    ComponentResult,
    DisclosureResult,
    Evidence,
    FixText,
    IndicatorResult,
    InstrumentInfo,
    Interval,
    ItemLinks,
    ItemResult,
    LegalBasis,
    NearMiss,
    NoticeResult,
    Result,
    Score,
    SnapshotSummary,
    SumResult,
    ToolInfo,
    Unseen,
)
from compliance.model.site import SiteView
from compliance.model.status import Access, Channel, Outcome, Publication, Verdict
from compliance.read.personal import mask, mask_ids
from compliance.read.sums import sums_of
from compliance.run.account_words import account_result
from compliance.score import Points, indicator_items, outcome_of, publishable, rounded, total, verdict

_OPEN = {Outcome.MANUAL, Outcome.UNOBSERVED}
_MAX_UNSEEN, _MAX_DISCLOSURES, _MAX_BUDGETS = 60, 200, 40
_ZERO = Interval(proven=0, possible=0)


def judge(view: SiteView, criteria: Criteria, snapshot: Snapshot, period: str | None = None) -> Result:
    """One village judged by one instrument. A site that could not be read is not scored: `assessable` is False."""
    instrument = criteria.instrument
    applies = view.village.kind in instrument.kinds
    assessable = view.assessable and applies
    components: list[ComponentResult] = []
    weighed: list[tuple[Fraction, Interval]] = []
    items: list[tuple[EvidenceItem, ItemResult]] = []
    for component in instrument.components:
        indicators = [_indicator(i, view, criteria, applies) for i in component.indicators]
        components.append(
            ComponentResult(
                id=component.id,
                title=component.title,
                weight=component.weight,
                score=Interval(
                    proven=sum(i.score.proven for i in indicators),
                    possible=sum(i.score.possible for i in indicators),
                ),
                indicators=indicators,
            )
        )
        for source, judged in zip(component.indicators, indicators, strict=True):
            items += list(zip(source.items, judged.items, strict=True))
            if any(i.outcome is not Outcome.NOT_APPLICABLE for i in judged.items):
                weighed.append((Fraction(str(source.weight)), judged.score))
    score = total(weighed)
    counted = [(e, r) for e, r in items if publishable(e) and r.outcome is not Outcome.NOT_APPLICABLE]
    return Result(
        tool=ToolInfo(name="desa-compliance", version=__version__),
        instrument=InstrumentInfo(
            id=instrument.id,
            version=instrument.version,
            title=instrument.title,
            sha256=criteria.sha256,
            weights=instrument.weights.status,
            weights_note=instrument.weights.note,
            pass_mark=instrument.pass_mark,
        ),
        village=view.village,
        period=period,
        as_of=view.as_of.isoformat(),
        collected_at=snapshot.info.started_at,
        assessable=assessable,
        reason=_reason(view, criteria, applies),
        snapshot=_summary(snapshot),
        score=Score(
            proven=score.proven,
            possible=score.possible,
            total=100,
            verdict=verdict(score, instrument.pass_mark) if assessable else Verdict.NOT_ASSESSED,
            published=sum(r.publication is Publication.PUBLISHED for _, r in counted),
            publishable=len(counted),
            observed_items=sum(
                r.publication not in {Publication.UNOBSERVED, Publication.NOT_APPLICABLE} for _, r in counted
            ),
            items=len(items),
        ),
        components=components,
        accounts=_accounts(view),
        budgets=[_budget(b) for b in view.budgets[:_MAX_BUDGETS]],
        notices=[
            NoticeResult(kind=n.kind, severity=n.severity, message=n.message, url=mask_ids(n.url), excerpt=n.excerpt)
            for n in view.notices
        ],
        disclosures=_disclosures(view),
        unseen=_unseen(view),
        topic_titles={t: view.topics[t].title for t in sorted(view.topics)},
    )


def _reason(view: SiteView, criteria: Criteria, applies: bool) -> Text:
    if not applies:
        return Text(
            id=f"Kelurahan tidak memiliki APBDes; {criteria.instrument.title.id} tidak berlaku. Gunakan kriteria situs, atau --kind desa bila deteksi ini keliru.",
            en=f"A kelurahan has no village budget; {criteria.instrument.title.en} does not apply. Use the criteria situs, or --kind desa if this was detected wrongly.",
        )
    if not view.assessable:
        why = access_text(view.facts.home, view.facts.home_detail)
        return Text(id=f"Situs tidak dapat dinilai: {why.id}.", en=f"The site cannot be assessed: {why.en}.")
    return Text(id="Dinilai dari halaman dan dokumen yang terbaca.", en="Assessed from the pages and documents read.")


def _finding(item: EvidenceItem, view: SiteView, applies: bool) -> Finding:
    if not applies or not item.applies:
        return Finding(
            publication=Publication.NOT_APPLICABLE,
            reason=Text(id="Tidak berlaku menurut kriteria.", en="Does not apply under the criteria."),
        )
    if not view.assessable and item.check.kind not in {"manual", "reachable", "https", "village_domain"}:
        why = access_text(view.facts.home, view.facts.home_detail)
        return Finding(
            publication=Publication.UNOBSERVED,
            reason=Text(id=f"Situs tidak dapat dibuka: {why.id}.", en=f"The site could not be opened: {why.en}."),
            confidence=0.5,
        )
    module = check(item.check.kind)
    return module.judge(module.Params.model_validate(item.check.params), item, view)


def _indicator(indicator: Indicator, view: SiteView, criteria: Criteria, applies: bool) -> IndicatorResult:
    findings = {i.code: _finding(i, view, applies) for i in indicator.items}
    outcomes = {i.code: outcome_of(findings[i.code], i, criteria.instrument) for i in indicator.items}
    exact = indicator_items(indicator, outcomes, criteria.instrument)
    summed = Points(
        sum((p.proven for p in exact.values()), Fraction(0)),
        sum((p.possible for p in exact.values()), Fraction(0)),
    )
    return IndicatorResult(
        number=indicator.number,
        title=indicator.title,
        weight=indicator.weight,
        score=rounded(summed) if exact else _ZERO,
        items=[
            _item(i, findings[i.code], outcomes[i.code], exact.get(i.code), view, criteria) for i in indicator.items
        ],
    )


def _item(
    item: EvidenceItem,
    finding: Finding,
    outcome: Outcome,
    points: Points | None,
    view: SiteView,
    criteria: Criteria,
) -> ItemResult:
    guide = criteria.instrument.guides[item.guide]
    evidence = [_evidence(d, view) for d in finding.evidence]
    fix = None
    if outcome not in {Outcome.MET, Outcome.NOT_APPLICABLE}:
        text = criteria.fix(item)
        platform = view.village.platform or ""
        fix = FixText(
            text=getattr(text, platform, text.general) if platform in {"opensid", "wordpress"} else text.general,
            platform=platform or "general",
        )
    seen = [e.url for e in evidence] + [n[0] for n in finding.near_misses]
    return ItemResult(
        code=item.code,
        title=item.title,
        web=item.web,
        share=item.share,
        points=Interval(
            proven=round(float(points.proven), 4) if points else 0,
            possible=round(float(points.possible), 4) if points else 0,
        ),
        publication=finding.publication,
        channels=finding.channels,
        outcome=outcome,
        automatic_outcome=outcome,
        confidence=round(finding.confidence, 2),
        reason=_masked(finding.reason),
        success=item.success or guide.success,
        cannot_see=item.cannot_see or guide.cannot_see,
        legal=[
            LegalBasis(title=criteria.instrument.sources[s].title, status=criteria.instrument.sources[s].status.value)
            for s in item.legal
        ],
        looked_at=[mask_ids(u) for u in finding.looked_at],
        evidence=evidence,
        links=ItemLinks(
            website=[
                u
                for u in dict.fromkeys(e.url for e in evidence if e.channel == Channel.WEBSITE.value)
                if not is_store(u)
            ],
            social=list(dict.fromkeys(e.url for e in evidence if e.channel != Channel.WEBSITE.value)),
            drive=[u for u in dict.fromkeys(seen) if is_store(u)],
        ),
        near_misses=[
            NearMiss(url=mask_ids(u), title=mask(r.id.split(":")[0].strip('"'))[:120], reason=_masked(r))
            for u, r in finding.near_misses
        ],
        fix=fix,
    )


def _masked(text: Text) -> Text:
    return Text(id=mask(text.id), en=mask(text.en))


def _evidence(disclosure: Disclosure, view: SiteView) -> Evidence:
    record = view.records.get(disclosure.url) or next(
        (r for r in view.records.values() if r.final_url == disclosure.url), None
    )
    return Evidence(
        url=mask_ids(disclosure.url),
        channel=disclosure.channel.value,
        medium=disclosure.medium,
        title=mask(disclosure.title)[:200],
        fiscal_years=list(disclosure.years),
        excerpt=mask(disclosure.excerpt),
        matched=[mask(r.phrase) for r in disclosure.why if r.what in {"name", "mark"}][:8],
        why=[f"{r.what}: {mask(r.phrase)} ({r.place})" for r in disclosure.why],
        sha256=record.sha256 if record else None,
        fetched_at=record.started_at if record else None,
        method=record.method if record else "http",
        locator=f"record {record.seq}" if record else "",
        ocr=disclosure.ocr,
    )


def _summary(snapshot: Snapshot) -> SnapshotSummary:
    records = {r.url: r for r in snapshot.records}
    kinds = Counter(r.access.value for r in records.values() if r.role in {"page", "home"})
    read = [r for r in records.values() if r.role in {"page", "home"} and r.sha256 is not None]
    pages = [r for r in read if "html" in r.content_type.lower()]
    return SnapshotSummary(
        sha256=snapshot.sha256(),
        pages=len(pages),
        documents=len(read) - len(pages),
        requests=sum(
            1 + len(r.redirects)
            for r in snapshot.records
            if r.status is not None
            or r.access not in {Access.BUDGET_SKIPPED, Access.TRAP_SKIPPED, Access.ROBOTS_DENIED, Access.UNREADABLE}
        ),
        bytes=sum(r.bytes for r in snapshot.records),
        access=dict(sorted(kinds.items())),
        complete=snapshot.info.complete,
    )


def _accounts(view: SiteView) -> list[Account]:
    return [account_result(a) for a in view.accounts]


def _budget(budget: Budget) -> BudgetResult:
    def whole(key: Key) -> int | None:
        amount = budget.amount(key)
        return int(amount) if amount is not None else None

    return BudgetResult(
        fiscal_year=budget.fiscal_year,
        column=budget.column.value,
        url=mask_ids(budget.where),
        medium=budget.medium,
        ocr=budget.ocr,
        totals={k.value: whole(k) for k in TOTALS},
        dana_desa=whole(Key.DANA_DESA),
        add=whole(Key.ADD),
        fields={k.value: whole(k) for k in BIDANG},
        consistent=consistent(budget),
        sums=[
            SumResult(
                account=s.key.value,
                column=s.column.value,
                printed=int(s.printed),
                expected=int(s.expected),
                difference=int(s.difference),
            )
            for c in budget.columns()
            for s in sums_of(budget, c)
            if not s.holds
        ],
    )


def _disclosures(view: SiteView) -> list[DisclosureResult]:
    found = [
        DisclosureResult(
            topic=d.topic, url=mask_ids(d.url), strength=d.strength, disclosed=d.disclosed, fiscal_years=list(d.years)
        )
        for topic in sorted({*view.disclosures, *view.near})
        for d in [
            *view.disclosures.get(topic, []),
            *[n for n in view.near.get(topic, []) if any(r.place in {"title", "heading"} for r in n.why)],
        ]
    ]
    return found[:_MAX_DISCLOSURES]


def _unseen(view: SiteView) -> list[Unseen]:
    topics: dict[str, list[str]] = {}
    first: dict[str, Candidate] = {}
    for topic in sorted(view.unseen):
        for candidate in view.unseen[topic]:
            topics.setdefault(candidate.url, []).append(topic)
            first.setdefault(candidate.url, candidate)
    return [
        Unseen(
            url=mask_ids(u),
            text=mask(first[u].text)[:160] or urlsplit(u).path,
            access=first[u].access.value,
            detail=access_text(first[u].access, first[u].detail),
            topics=topics[u],
        )
        for u in sorted(first, key=lambda u: (-len(topics[u]), u))
    ][:_MAX_UNSEEN]
