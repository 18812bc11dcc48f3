"""An item that the website or an account may satisfy: what each channel shows of it, and which of them meets it."""

from __future__ import annotations

from dataclasses import replace

from checks import kit
from compliance.match.years import YearState
from compliance.model.base import Text, join
from compliance.model.criteria import YearRule
from compliance.model.evidence import Disclosure, Finding
from compliance.model.site import AccountView, SiteView
from compliance.model.status import Publication

_RANK = [
    Publication.NOT_PUBLISHED,
    Publication.UNOBSERVED,
    Publication.OUTDATED,
    Publication.PARTIAL,
    Publication.PUBLISHED,
]


def with_accounts(
    site: SiteView, finding: Finding, what: Text, topics: tuple[str, ...], rule: YearRule, parts: tuple[str, ...] = ()
) -> Finding:
    """An item that the website or an account may satisfy: the better of the two meets it, and "not published" is said only
    where every channel that the village has was seen whole. Source: the instrument's "website atau media sosial".
    """
    channels = dict(finding.channels)
    having = [d for t in topics for d in site.posts.get(t, []) if not parts or set(parts) <= set(d.parts)]
    for account in site.accounts:
        said = _on(account, having, rule, site)
        before = channels.setdefault(account.channel.value, said)
        if said is not Publication.NOT_APPLICABLE and (
            before is Publication.NOT_APPLICABLE or _RANK.index(said) > _RANK.index(before)
        ):
            channels[account.channel.value] = said
    asked = [a for a in site.accounts if a.counts]
    unread = sorted({a.channel.value for a in asked if not a.read_whole})
    shown = kit.judged(having, rule, site)
    if shown:
        best = shown[0]
        publication, reason = kit.dated(best, what, rule, [], site.as_of)
        # An old post settles nothing while a newer one may stand where nobody could look.
        settles = publication is not Publication.OUTDATED or not (
            unread or finding.publication is Publication.UNOBSERVED
        )
        if settles and _RANK.index(publication) > _RANK.index(finding.publication):
            return replace(
                finding,
                publication=publication,
                channels=channels,
                reason=reason,
                confidence=best.disclosure.confidence,
                evidence=(*(j.disclosure for j in shown[: kit.MAX_EVIDENCE]), *finding.evidence)[: kit.MAX_EVIDENCE],
                manual=False,
            )
        finding = replace(finding, evidence=(*finding.evidence, *(j.disclosure for j in shown))[: kit.MAX_EVIDENCE])
    if finding.publication is not Publication.NOT_PUBLISHED or not asked:
        return replace(finding, channels=channels)
    names = ", ".join(unread or sorted({a.channel.value for a in asked}))
    if not unread:
        seen = Text(
            id=f"Semua kiriman akun desa ({names}) juga terbaca dan tidak memuatnya.",
            en=f"All posts of the village's accounts ({names}) were read too and do not show it.",
        )
        return replace(finding, channels=channels, reason=join([finding.reason, seen]))
    return replace(
        finding,
        publication=Publication.UNOBSERVED,
        confidence=0.5,
        channels=channels,
        reason=join(
            [
                finding.reason,
                Text(
                    id=f"Akun media sosial desa ({names}) juga boleh memenuhinya dan belum terbaca seluruhnya, jadi belum dapat dinyatakan tidak terbit.",
                    en=f"The village's accounts ({names}) may satisfy it too and were not read whole, so it cannot be called not published.",
                ),
            ]
        ),
    )


def _on(account: AccountView, having: list[Disclosure], rule: YearRule, site: SiteView) -> Publication:
    """What one account shows of an item."""
    if not account.counts:
        return Publication.NOT_APPLICABLE
    shown = kit.judged([d for d in having if d.channel is account.channel], rule, site)
    if not shown:
        return Publication.NOT_PUBLISHED if account.read_whole else Publication.UNOBSERVED
    state = shown[0].state
    if state is YearState.CURRENT:
        return Publication.PUBLISHED
    return Publication.OUTDATED if state is YearState.OUTDATED else Publication.PARTIAL
