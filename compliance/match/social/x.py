"""X (Twitter): users, follow intents; posts; share buttons, whose `via` names the theme's author."""

from __future__ import annotations

import re

from compliance.match.social.address import Address
from compliance.match.social.kinds import SocialLink, account, content, negative, resolve

PLATFORM = "x"
HOSTS = frozenset({"twitter.com", "x.com", "t.co", "platform.twitter.com", "pic.twitter.com", "platform.x.com"})
_NAME = re.compile(r"^\w{1,15}$", re.A)
_PAGES = frozenset({
    "home", "login", "signup", "settings", "explore", "privacy", "tos", "i", "about", "download", "messages", "notifications", "compose", "jobs",
    "widgets", "search-advanced", "hashtag", "share", "tweet", "help", "business", "articles", "communities", "premium_sign_up", "logout", "account", "oauth", "widgets.js", "who_to_follow", "personalization", "rules", "ads", "en", "id",
})  # fmt: skip


def judge(a: Address) -> SocialLink | str:
    """What an address of X is."""
    if a.host == "t.co":
        return resolve(PLATFORM, a.raw(0)) if a.parts else negative("placeholder")
    if a.full_host in {"platform.twitter.com", "platform.x.com"}:
        return negative("tracking")
    if a.full_host == "pic.twitter.com":
        return resolve(PLATFORM, a.raw(0))
    if a.app:
        return _named(a.first("screen_name")) if a.first("screen_name") else negative("page")
    first = a.part(0)
    if not first:
        # Old addresses keep the name behind "#!".
        name = a.fragment.removeprefix("!").strip("/").split("/")[0]
        return _named(name) if a.fragment.startswith("!") and name else negative("placeholder")
    if first in {"share", "intent"}:
        name = a.first("screen_name", "user_id") if a.part(1) in {"follow", "user"} else ""
        return _named(name) if name else negative("share")
    if first == "hashtag":
        return negative("hashtag")
    if first == "search":
        return negative("search")
    if first == "i" and a.part(1) == "web" and a.part(2) == "status":
        return content(PLATFORM, "post", a.raw(3))
    if first == "i" and a.part(1) == "user" and a.raw(2).isdecimal():
        return account(PLATFORM, "id", a.raw(2))
    if first in _PAGES:
        return negative("page")
    if a.part(1) in {"status", "statuses"} and a.raw(2):
        return content(PLATFORM, "post", a.raw(0).lstrip("@").lower())
    return _named(a.raw(0))


def _named(name: str) -> SocialLink:
    name = name.lstrip("@")
    return account(PLATFORM, "user", name.lower()) if _NAME.match(name) else negative("broken", PLATFORM)
