"""Accounts that a site links: recognised by address; share buttons and bare platform addresses are none."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from compliance.model.document import Document, Link
from compliance.model.site import AccountSeen
from compliance.model.status import Channel, Region

_HOSTS = {
    "facebook.com": Channel.FACEBOOK, "fb.com": Channel.FACEBOOK, "fb.me": Channel.FACEBOOK,
    "instagram.com": Channel.INSTAGRAM, "tiktok.com": Channel.TIKTOK,
    "youtube.com": Channel.YOUTUBE, "t.me": Channel.TELEGRAM, "telegram.me": Channel.TELEGRAM,
    "wa.me": Channel.WHATSAPP, "whatsapp.com": Channel.WHATSAPP,
    "twitter.com": Channel.X, "x.com": Channel.X, "threads.net": Channel.THREADS, "threads.com": Channel.THREADS,
    "line.me": Channel.LINE,
}  # fmt: skip
_SHARE = re.compile(
    r"/(?:sharer|share|dialog|intent|plugins|tr|hashtag|search|explore|policy|policies|privacy|login|watch|embed|p|reel|status|vi|results|playlist|msg)(?:[/.?]|$)|[?&](?:text|u|url)=",
    re.I,
)
_VENDOR = re.compile(r"opensid|opendesa|combine", re.I)
_PREFIX = re.compile(r"^(?:www|m|mobile|web|id-id|api|chat|l)\.")
_EMPTY = {"", "#", "/", "home", "profile", "username", "youraccount", "akun", "you", "user"}


def account_of(link: Link) -> AccountSeen | None:
    """The account that a link leads to, or None (share button, post, vendor, placeholder, other site)."""
    if not any(host in link.url for host in _HOSTS):
        return None
    try:
        parts = urlsplit(link.url)
        host = _PREFIX.sub("", (parts.hostname or "").lower())
    except ValueError:
        return None
    channel = _HOSTS.get(host)
    if channel is None or link.tag in {"form", "feed"} or _VENDOR.search(link.url):
        return None
    path = parts.path.strip("/")
    if channel is Channel.WHATSAPP and (path == "send" or host == "wa.me"):
        number = re.sub(r"\D", "", path if path != "send" else parts.query)
        return AccountSeen(channel, link.url, link.region.value) if len(number) >= 9 else None
    if channel is Channel.FACEBOOK and path == "profile.php" and "id=" in parts.query:
        return AccountSeen(channel, link.url, link.region.value)
    if path.lower() in _EMPTY or _SHARE.search(parts.path + ("?" + parts.query if parts.query else "")):
        return None
    return AccountSeen(channel, link.url.split("?")[0], link.region.value)


def accounts_in(documents: list[Document]) -> tuple[AccountSeen, ...]:
    """The accounts that a site claims: linked outside articles, or on two pages at least. One each, in order."""
    found: dict[str, AccountSeen] = {}
    counts: dict[str, set[str]] = {}
    for document in documents:
        for link in document.links:
            if not link.url.startswith("http"):
                continue
            account = account_of(link)
            if account is None:
                continue
            counts.setdefault(account.url, set()).add(document.url)
            known = found.get(account.url)
            if known is None or known.where == Region.MAIN.value:
                found[account.url] = account
    kept = [
        a for url, a in found.items() if a.where != Region.MAIN.value or len(counts[url]) >= 2 or len(documents) == 1
    ]
    order = list(Channel)
    return tuple(sorted(kept, key=lambda a: (order.index(a.channel), a.url)))
