"""Threads: profiles begin with "@"; posts."""

from __future__ import annotations

import re

from compliance.match.social.address import Address
from compliance.match.social.kinds import SocialLink, account, content, negative

PLATFORM = "threads"
HOSTS = frozenset({"threads.net", "threads.com"})
_NAME = re.compile(r"^[a-z0-9._]{1,30}$", re.I)


def judge(a: Address) -> SocialLink | str:
    """What an address of Threads is."""
    first = a.part(0)
    if not first:
        return negative("placeholder")
    if first.startswith("@"):
        name = first[1:]
        if not _NAME.match(name):
            return negative("broken", PLATFORM)
        return (
            content(PLATFORM, "post", name) if a.part(1) == "post" and a.raw(2) else account(PLATFORM, "profile", name)
        )
    if first == "t":
        return content(PLATFORM, "post", a.raw(1)) if a.raw(1) else negative("page")
    if first in {"intent", "share"}:
        return negative("share")
    return (
        negative("search")
        if first == "search"
        else negative("page")
        if first in {"login", "about"}
        else negative("broken", PLATFORM)
    )
