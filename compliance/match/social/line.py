"""LINE: official accounts by their id; share buttons."""

from __future__ import annotations

import re

from compliance.match.social.address import Address
from compliance.match.social.kinds import SocialLink, account, negative, resolve

PLATFORM = "line"
HOSTS = frozenset({"line.me", "page.line.me", "lin.ee", "social-plugins.line.me", "liff.line.me", "lineit.line.me"})
_NAME = re.compile(r"^[\w.-]{2,40}$", re.A)


def judge(a: Address) -> SocialLink | str:
    """What an address of LINE is."""
    if a.full_host in {"social-plugins.line.me", "lineit.line.me"}:
        return negative("share")
    if a.host == "lin.ee":
        return resolve(PLATFORM, a.raw(0)) if a.parts else negative("placeholder")
    if a.full_host == "page.line.me":
        return _named(a.raw(0)) if a.parts else negative("placeholder")
    parts = [p for p in a.parts if p.lower() != "r"]
    lowered = [p.lower() for p in parts]
    if not parts:
        return negative("placeholder")
    if lowered[0] in {"msg", "share"}:
        return negative("share")
    if lowered[0] == "oamessage" and len(parts) > 1:
        return _named(parts[2] if lowered[1] == "p" and len(parts) > 2 else parts[1])
    if lowered[:2] == ["ti", "p"] and len(parts) > 2:
        # "~name" and bare codes are of persons; official accounts begin with "@".
        own = parts[2]
        if own.startswith("@"):
            return _named(own)
        return account(PLATFORM, "personal", own) if _NAME.match(own.lstrip("~")) else negative("broken", PLATFORM)
    return negative("page")


def _named(name: str) -> SocialLink:
    bare = name.lstrip("@~")
    return account(PLATFORM, "official", f"@{bare.lower()}") if _NAME.match(bare) else negative("broken", PLATFORM)
