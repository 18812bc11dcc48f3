"""Social accounts: present, the village's own, active, linking back, of the village's name, disclosing a topic.

Source: social accounts, rules of ownership and activity; the district's list names the platforms.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from checks import channels, kit
from compliance.model.accounts import WINDOW_DAYS, Completeness, Exists, Ownership
from compliance.model.base import Frozen, Text
from compliance.model.criteria import EvidenceItem
from compliance.model.evidence import Finding
from compliance.model.naming import PLATFORM_NAMES
from compliance.model.site import AccountView, SiteView
from compliance.model.status import Channel, Publication

Aspect = Literal["present", "owned", "active", "links_back", "same_name", "discloses", "answered"]
Platform = Literal["facebook", "instagram", "tiktok", "youtube", "telegram", "whatsapp", "x", "threads", "line"]


class Params(Frozen):
    """`aspect`: what is asked. `platforms`: of which accounts (default all); one that has it is enough. `days`: a post may
    be this old (active). `topic`: what a post must disclose (discloses)."""

    aspect: Aspect
    platforms: tuple[Platform, ...] = ()
    days: int = Field(default=WINDOW_DAYS, ge=1)
    topic: str | None = None

    @model_validator(mode="after")
    def _topic_where_disclosed(self) -> Params:
        if (self.topic is not None) != (self.aspect == "discloses"):
            raise ValueError("topic belongs to aspect discloses, and to no other")
        return self


def judge(params: Params, item: EvidenceItem, site: SiteView) -> Finding:
    """Published where one account has it; not published only where every account was seen and none has it."""
    wanted = {Channel(p) for p in params.platforms} or {c for c in Channel if c is not Channel.WEBSITE}
    accounts = [a for a in site.accounts if a.channel in wanted]
    what = item.title
    if params.aspect == "present":
        return _present(accounts, wanted, what, site)
    counted = [a for a in accounts if a.counts]
    if not counted:
        return kit.unobserved(
            Text(
                id=f"{what.id}: situs tidak menautkan akun {_named(wanted, params)} milik desa, jadi tidak ada yang dapat diperiksa.",
                en=f"{what.en}: the site links no account of the village on {_named(wanted, params)}, so there was nothing to check.",
            )
        )
    if params.aspect == "discloses":
        topic = site.topics[params.topic or ""]
        nothing = kit.fact(
            Publication.NOT_PUBLISHED,
            Text(
                id=f"{what.id} tidak ditemukan pada kiriman yang terbaca.", en=f"{what.en} was not found in the posts."
            ),
            *(a.url for a in counted),
        )
        return channels.with_accounts(site, nothing, what, (topic.id,), site.rules[item.year or topic.year])
    answers = {a.url: _has(a, params, site.as_of) for a in counted}
    yes = [a for a in counted if answers[a.url]]
    no = [a for a in counted if answers[a.url] is False]
    if yes:
        return _said(Publication.PUBLISHED, yes, params, what)
    if len(no) == len(counted):
        return _said(Publication.NOT_PUBLISHED, no, params, what)
    return _said(Publication.UNOBSERVED, [a for a in counted if answers[a.url] is None], params, what)


def _present(accounts: list[AccountView], wanted: set[Channel], what: Text, site: SiteView) -> Finding:
    """An account that the site links is present unless the platform says that it is not there."""
    named = ", ".join(PLATFORM_NAMES[c] for c in Channel if c in wanted) if len(wanted) <= 3 else "media sosial"
    there = [a for a in accounts if a.counts]
    if there:
        shown = "; ".join(f"{PLATFORM_NAMES[a.channel]} {a.url}" for a in there[:4])
        seen = [a for a in there if a.observed.exists is Exists.YES]
        id_ = "terlihat di platformnya" if seen else "ditautkan situs, keberadaannya belum dapat dilihat"
        en = "seen on its platform" if seen else "linked by the site, not yet seen on its platform"
        return kit.fact(
            Publication.PUBLISHED,
            Text(id=f"{what.id}: {shown} ({id_}).", en=f"{what.en}: {shown} ({en})."),
            *(a.url for a in there),
        )
    if accounts:
        return kit.fact(
            Publication.NOT_PUBLISHED,
            Text(
                id=f"{what.id}: akun {named} yang ditautkan tidak ada lagi atau milik pihak lain.",
                en=f"{what.en}: the linked accounts are gone or somebody else's.",
            ),
            *(a.url for a in accounts),
        )
    if not site.covered:
        return kit.unobserved(
            Text(
                id=f"{what.id}: beranda atau menu situs tidak terbaca seluruhnya.",
                en=f"{what.en}: home page or menu were not read whole.",
            )
        )
    return kit.fact(
        Publication.NOT_PUBLISHED,
        Text(
            id=f"{what.id}: tidak ada tautan akun {named} di kepala, kaki, atau halaman kontak situs.",
            en=f"{what.en}: no account is linked in header, footer or contact page.",
        ),
    )


def _has(account: AccountView, params: Params, as_of: date) -> bool | None:
    """Whether an account has what is asked; None where it was not seen."""
    if params.aspect == "owned":
        proven = account.ownership is Ownership.PROVEN
        return True if proven else (False if account.links_back is False else None)
    if params.aspect == "links_back":
        return account.links_back
    if params.aspect == "same_name":
        return account.same_name
    if params.aspect == "answered":
        seen = account.attested
        return seen.answered if seen is not None and seen.result == "ada" else None
    if account.last_post is not None and 0 <= (as_of - date.fromisoformat(account.last_post)).days <= params.days:
        return True
    # Silence is known only where the whole window was seen, and the window is no shorter than what is asked.
    whole = account.completeness is Completeness.FULL and params.days <= WINDOW_DAYS
    return False if whole or account.observed.whole else None


def _said(publication: Publication, accounts: list[AccountView], params: Params, what: Text) -> Finding:
    shown = "; ".join(f"{PLATFORM_NAMES[a.channel]} {a.url}{_detail(a, params)}" for a in accounts[:4])
    words = {
        Publication.PUBLISHED: Text(id="ya", en="yes"),
        Publication.NOT_PUBLISHED: Text(id="tidak", en="no"),
        Publication.UNOBSERVED: Text(
            id="belum dapat dilihat mesin; perlu manusia", en="a machine cannot see it; a person should look"
        ),
    }[publication]
    finding = kit.fact(
        publication,
        Text(id=f"{what.id}: {words.id} — {shown}.", en=f"{what.en}: {words.en} — {shown}."),
        *(a.url for a in accounts),
    )
    return finding if publication is not Publication.UNOBSERVED else kit.unobserved(finding.reason)


def _detail(account: AccountView, params: Params) -> str:
    if params.aspect == "active" and account.last_post:
        return f" ({account.last_post})"
    return f" ({account.observed.name})" if params.aspect == "same_name" and account.observed.name else ""


def _named(wanted: set[Channel], params: Params) -> str:
    return ", ".join(PLATFORM_NAMES[Channel(p)] for p in params.platforms) if params.platforms else "media sosial"
