"""TikTok: profiles begin with "@" (a program that strips it breaks the link); videos; short hosts."""

from __future__ import annotations

import re

from compliance.match.social.address import Address
from compliance.match.social.kinds import SocialLink, account, content, negative, resolve

PLATFORM = "tiktok"
HOSTS = frozenset({"tiktok.com", "vt.tiktok.com", "vm.tiktok.com", "ads.tiktok.com", "analytics.tiktok.com"})
_NAME = re.compile(r"^[\w.]{2,24}$", re.A)
_PAGES = frozenset({
    "foryou", "explore", "discover", "login", "signup", "about", "legal", "live", "upload", "following", "i18n", "embed.js", "oembed", "community-guidelines",
    "business", "creators", "safety", "download", "feedback", "setting", "messages", "api", "auth", "passport", "node", "pixel", "search",
})  # fmt: skip


def judge(a: Address) -> SocialLink | str:
    """What an address of TikTok is."""
    first = a.part(0)
    if a.full_host in {"vt.tiktok.com", "vm.tiktok.com"}:
        return resolve(PLATFORM, a.raw(0)) if first else negative("placeholder")
    if a.full_host in {"ads.tiktok.com", "analytics.tiktok.com"}:
        return negative("tracking")
    if not first:
        return negative("placeholder")
    if first.startswith("@"):
        return _profile(a, 0)
    if first == "t":
        return resolve(PLATFORM, a.raw(1)) if a.raw(1) else negative("page")
    if first == "embed":
        return _profile(a, 1) if a.part(1).startswith("@") else _embedded(a)
    if first in {"tag", "music", "channel"}:
        return negative("hashtag" if first == "tag" else "page")
    if first in {"share", "sharer"}:
        return negative("share")
    if first in {"v", "h5"} and a.raw(1):
        return content(PLATFORM, "post", a.parts[-1].removesuffix(".html"))
    return negative("page") if first in _PAGES else negative("broken", PLATFORM)


def _profile(a: Address, index: int) -> SocialLink:
    name = a.raw(index)[1:]
    if not _NAME.match(name):
        return negative("broken", PLATFORM)
    if a.part(index + 1) in {"video", "photo"} and a.raw(index + 2):
        return content(PLATFORM, "post", name.lower())
    return account(PLATFORM, "profile", name.lower())


def _embedded(a: Address) -> SocialLink:
    post = next((p for p in reversed(a.parts) if p.isdecimal()), "")
    return content(PLATFORM, "post", post) if post else negative("page")
