"""Accounts on social platforms, recognised by address alone: no request is made.

One module per platform says what its addresses mean; `classify` finds the module, unwraps redirectors, and takes out
vendors and samples (`criteria/accounts.yaml`). Source: shared table of address forms in use on village sites, 2026.
"""

from __future__ import annotations

import re
from types import ModuleType

from compliance.criteria import load_account_words
from compliance.match.social import facebook, instagram, line, telegram, threads, tiktok, whatsapp, x, youtube
from compliance.match.social.address import Address, address_of
from compliance.match.social.kinds import SocialLink, Verdict, negative, resolve

PLATFORMS: tuple[ModuleType, ...] = (facebook, instagram, youtube, x, tiktok, telegram, whatsapp, threads, line)
_MODULES = {host: module for module in PLATFORMS for host in module.HOSTS}
#: One of these stands in every address of a platform.
HOST_WORDS: tuple[str, ...] = (
    "facebook", "fb.", "m.me", "messenger.com", "instagr", "ig.me", "youtu", "twitter", "//x.com", ".x.com", "t.co/", "tiktok", "t.me", "telegram",
    "tg:", "wa.me", "whatsapp", "wa.link", "threads.", "line.me", "lin.ee",
)  # fmt: skip
_APPS = {"whatsapp": whatsapp, "tg": telegram, "instagram": instagram, "twitter": x, "fb": facebook}
#: Shorteners that any account may hide behind.
_SHORT = frozenset(
    {
        "bit.ly",
        "s.id",
        "tinyurl.com",
        "goo.gl",
        "cutt.ly",
        "rb.gy",
        "shorturl.at",
        "is.gd",
        "ow.ly",
        "rebrand.ly",
        "lnk.to",
    }
)
#: Addresses that lead on to the one in their query.
_REDIRECTORS = {
    "out.reddit.com": ("url",),
    "exit.sc": ("url",),
    "slack-redir.net": ("url",),
}
_GOOGLE = re.compile(r"^google(?:\.[a-z]{2,3}){1,2}$")
#: A redirector whose whole query is the target.
_BARE_REDIRECT = re.compile(r"^https?://(?:www\.)?(?:href\.li|anonym\.to|nullrefer\.com)/\?(?=https?:)", re.I)
_DEPTH = 3


def classify(text: str) -> SocialLink:
    """What a link is. Never raises: what cannot be read names no account."""
    for _ in range(_DEPTH):
        address = address_of(_BARE_REDIRECT.sub("", text.strip()))
        if address is None:
            return negative("placeholder" if _empty(text) else "other")
        judged = _judge(address)
        if isinstance(judged, SocialLink):
            return _known(judged, address)
        text = judged
    return negative("redirector")


def _empty(text: str) -> bool:
    bare = text.strip().lower()
    return not bare or bare.startswith(("#", "javascript:", "about:")) or bare in {"/", "-", "null", "undefined"}


def _judge(address: Address) -> SocialLink | str:
    if address.app:
        module = _APPS.get(address.app)
        return module.judge(address) if module else negative("page")
    module = _MODULES.get(address.full_host) or _MODULES.get(address.host)
    if module is None and telegram.subdomain(address.full_host):
        module = telegram
    if module is not None and (inner := _doubled(address)):
        return inner
    if module is not None and address.unfilled:
        return negative("placeholder", module.PLATFORM)
    if module is not None:
        judged: SocialLink | str = module.judge(address)
        # A redirector is judged by its target; a website behind it is no account.
        return _behind(judged) if isinstance(judged, str) else judged
    if address.host in _SHORT and address.parts:
        return resolve("", address.raw(0))
    keys = ("q", "url") if _GOOGLE.match(address.host) else _REDIRECTORS.get(address.host, ())
    if target := address.first(*keys):
        return _behind(target)
    return negative("other")


def _doubled(address: Address) -> str:
    """What follows a host that stands twice ("facebook.com/www.facebook.com/x"), or ''."""
    first = address_of(address.part(0)) if "." in address.part(0) else None
    if first is None or first.parts or first.query or first.host not in _MODULES:
        return ""
    return "https://" + "/".join(address.parts)


def _behind(target: str) -> SocialLink | str:
    inner = address_of(target)
    if inner is None:
        return negative("redirector")
    known = (
        inner.app or _MODULES.get(inner.full_host) or _MODULES.get(inner.host) or telegram.subdomain(inner.full_host)
    )
    return target if known else negative("redirector")


def _known(link: SocialLink, address: Address) -> SocialLink:
    """A vendor's account or a sample is none of the village's."""
    if link.verdict not in {Verdict.ACCOUNT, Verdict.CONTENT}:
        # OpenSID writes any text behind /channel/: its own vendor's too.
        return negative("vendor", link.platform) if link.kind == "broken" and _vendor(address) else link
    words = load_account_words()
    bare = re.sub(r"[^a-z0-9]", "", link.canonical_id.lower())
    if link.kind == "number":
        made_up = bare in words.sample_numbers or _MADE_UP.search(bare)
        return negative("placeholder", link.platform) if made_up else link
    if _vendor(address):
        return negative("vendor", link.platform)
    if address.part(0) in _SHARE:
        return negative("share")
    name = re.sub(r"[^a-z0-9]", "", re.sub(r"^(?:c|user)/", "", link.canonical_id.lower()))
    if link.kind not in {"invite", "group_invite", "channel"} and name in words.samples:
        return negative("placeholder", link.platform)
    return link


#: Numbers that nobody has: all zeros, all ones.
_MADE_UP = re.compile(r"0{7}|^(?:62)?(\d)\1{6,}$")
#: Share buttons under names that any platform's own rules do not know.
_SHARE = frozenset({"sharer", "sharer.php", "share", "share.php", "tweet", "tweetbutton", "widgets"})


def _vendor(address: Address) -> bool:
    words = load_account_words()
    said = [re.sub(r"[^a-z0-9]", "", p.lower()) for p in (*address.parts, address.full_host)]
    return any(v in s for s in said for v in words.vendors) or any(s in words.vendor_names for s in said)
