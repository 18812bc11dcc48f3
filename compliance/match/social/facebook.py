"""Facebook: vanity names, numeric ids, groups, plugins; posts and share buttons. Source: address forms in use in 2026."""

from __future__ import annotations

import re
from dataclasses import replace

from compliance.match.social.address import Address
from compliance.match.social.kinds import SocialLink, account, content, negative, resolve

PLATFORM = "facebook"
HOSTS = frozenset({"facebook.com", "fb.com", "fb.me", "fb.watch", "m.me", "messenger.com", "l.facebook.com", "lm.facebook.com"})  # fmt: skip
_NAME = re.compile(r"^[a-z0-9.]{2,60}$", re.I)
_VERSION = re.compile(r"^v\d+\.\d+$")
_SLUG_ID = re.compile(r"^.+-(\d{9,})$")
_ID = re.compile(r"^\d{5,}$")
_SHARE = frozenset({"sharer", "sharer.php", "share.php", "dialog", "send"})
_PAGES = frozenset({
    "login", "login.php", "help", "policies", "policy.php", "policy", "privacy", "legal", "terms", "terms.php", "business", "ads", "adsmanager",
    "marketplace", "gaming", "home.php", "friends", "settings", "recover", "r.php", "reg", "signup", "about", "careers", "directory", "games",
    "messages", "notifications", "bookmarks", "saved", "memories", "fundraisers", "weather", "public", "lite", "mobile", "security", "checkpoint",
    "me", "pages", "profile", "photos", "create", "people", "find-friends", "events", "settings.php", "hashtags", "watchparty", "jobs", "offers", "local",
    "checkpoint.php", "unsupportedbrowser", "badges", "apps", "v2.0", "connect", "ajax", "api", "images", "rsrc.php", "cookie", "translations", "campaign",
})  # fmt: skip
#: Plugins that show an account; the others share.
_SHOWING = frozenset({"page.php", "post.php", "video.php", "group.php", "group", "likebox.php", "follow.php", "fan.php", "page", "likebox"})  # fmt: skip
_POSTS = frozenset({"posts", "videos", "photos", "reels", "events", "permalink", "notes", "albums"})
_BARE_POSTS = frozenset({"reel", "watch", "events", "photo", "photo.php", "video.php", "stories", "media", "notes", "live", "story.php", "permalink.php"})  # fmt: skip


def judge(a: Address) -> SocialLink | str:
    """What an address of Facebook is; a text is another address to be judged in its place."""
    if a.full_host in {"l.facebook.com", "lm.facebook.com"} or a.part(0) in {"l.php", "flx"}:
        return a.first("u") or negative("redirector")
    if a.host == "fb.watch":
        return content(PLATFORM, "video", a.raw(0)) if a.parts else negative("placeholder")
    if _VERSION.match(a.part(0)):
        # "/v19.0/dialog/share": the version of its interface.
        a = replace(a, parts=a.parts[1:])
    if a.app:
        return _opened(a)
    if not a.parts and a.fragment.startswith("!"):
        # Old addresses keep the name behind "#!".
        return f"https://facebook.com/{a.fragment.lstrip('!/')}"
    first = a.part(0)
    if a.host in {"m.me", "messenger.com"}:
        name = a.raw(1) if first == "t" else a.raw(0)
        return _named(name) if name else negative("placeholder")
    if not first:
        return negative("placeholder")
    if first == "plugins":
        if a.part(1) in _SHOWING and a.first("href"):
            return a.first("href")
        shown = a.first("id", "page_id") if a.part(1) in _SHOWING else ""
        return account(PLATFORM, "id", shown) if _ID.match(shown) else negative("share")
    if first in _SHARE:
        return negative("share")
    if first == "share":
        return resolve(PLATFORM, a.parts[-1]) if len(a.parts) > 1 else negative("share")
    if first == "2008":
        return negative("xmlns")
    if first == "tr":
        return negative("tracking")
    if first == "hashtag":
        return negative("hashtag")
    if first == "search":
        return negative("search")
    if first == "groups":
        return _group(a)
    if first == "profile.php":
        return account(PLATFORM, "id", a.first("id")) if _ID.match(a.first("id")) else negative("broken", PLATFORM)
    if first in {"people", "p"} or (first == "pages" and len(a.parts) > 1):
        return _numbered(a.parts)
    if first in _BARE_POSTS:
        owner = a.first("id") if first in {"story.php", "permalink.php"} else ""
        post = owner or a.first("v", "fbid", "story_fbid", "set") or (a.raw(1) if len(a.parts) > 1 else "")
        return content(PLATFORM, "post", post) if post else negative("page")
    if first == "pg":
        return _named(a.raw(1)) if a.raw(1) else negative("placeholder")
    if first in _PAGES:
        return negative("page")
    if a.part(1) in _POSTS and len(a.parts) > 2:
        return content(PLATFORM, "post", a.raw(0).lower())
    return _named(a.raw(0))


def _opened(a: Address) -> SocialLink | str:
    """What an address opens in Facebook's own program: fb://page/123, fb://facewebmodal/f?href=…"""
    if a.first("href"):
        return a.first("href")
    name = a.raw(0) or a.first("id")
    if a.full_host in {"page", "profile"} and _ID.match(name):
        return account(PLATFORM, "id", name)
    return account(PLATFORM, "group", name) if a.full_host == "group" and _ID.match(name) else negative("page")


def _group(a: Address) -> SocialLink:
    name = a.raw(1).lower()
    if not name or name in {"feed", "discover", "create", "joins", "browse", "category", "search", "categories"}:
        return negative("page")
    if a.part(2) in {"posts", "permalink"} and a.raw(3):
        return content(PLATFORM, "post", name)
    return account(PLATFORM, "group", name)


def _numbered(parts: tuple[str, ...]) -> SocialLink:
    for piece in reversed(parts[1:]):
        slug = _SLUG_ID.match(piece)
        if _ID.match(piece) or slug:
            return account(PLATFORM, "id", slug[1] if slug else piece)
    return negative("broken", PLATFORM)


def _named(name: str) -> SocialLink:
    name = name.lstrip("@")
    slug = _SLUG_ID.match(name)
    if slug:
        return account(PLATFORM, "id", slug[1])
    if _ID.match(name):
        return account(PLATFORM, "id", name)
    if not _NAME.match(name) or name.lower().endswith(".php"):
        return negative("broken", PLATFORM)
    return account(PLATFORM, "page_or_profile", name.lower())
