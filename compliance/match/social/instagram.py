"""Instagram: profiles; posts, reels and stories; pages of the platform."""

from __future__ import annotations

import re

from compliance.match.social.address import Address
from compliance.match.social.kinds import SocialLink, account, content, negative, resolve

PLATFORM = "instagram"
HOSTS = frozenset({"instagram.com", "instagr.am", "ig.me", "l.instagram.com"})
_NAME = re.compile(r"^[a-z0-9._]{1,30}$", re.I)
_POSTS = frozenset({"p", "reel", "reels", "tv"})
_PAGES = frozenset({
    "accounts", "about", "developer", "legal", "direct", "web", "press", "api", "privacy", "terms", "oauth", "embed.js", "static", "graphql",
    "login", "signup", "create", "explore", "your_activity", "settings", "help", "reels", "shop", "shopping", "qr", "invites", "lite", "blog", "support",
    "emails", "challenge", "session", "directory", "topics", "locations", "download", "nametag", "push",
})  # fmt: skip


def judge(a: Address) -> SocialLink | str:
    """What an address of Instagram is; a text is another address to be judged in its place."""
    if a.app:
        return _named(a.first("username")) if a.first("username") else negative("page")
    if a.full_host == "l.instagram.com":
        return a.first("u") or negative("redirector")
    first = a.part(0)
    if not first:
        return negative("placeholder")
    if a.host == "ig.me":
        return _named(a.raw(1)) if first == "m" and a.raw(1) else negative("placeholder")
    if first in _POSTS:
        return content(PLATFORM, "post", a.raw(1)) if a.raw(1) else negative("page")
    if first == "s":
        return resolve(PLATFORM, a.raw(1))
    if first == "stories":
        return content(PLATFORM, "story", a.raw(1).lower()) if a.raw(1) else negative("page")
    if first == "explore":
        return negative("hashtag" if a.part(1) == "tags" else "page")
    if first in _PAGES or first == "sharer":
        return negative("share" if first == "sharer" else "page")
    if first == "_u":
        return _named(a.raw(1)) if a.raw(1) else negative("placeholder")
    if a.part(1) in _POSTS and len(a.parts) > 2:
        return content(PLATFORM, "post", a.raw(2))
    return _named(a.raw(0))


def _named(name: str) -> SocialLink:
    name = name.lstrip("@")
    return account(PLATFORM, "profile", name.lower()) if _NAME.match(name) else negative("broken", PLATFORM)
