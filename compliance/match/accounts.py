"""Accounts that a site claims: linked outside its articles, in its data for machines, or on several of its pages."""

from __future__ import annotations

import re
from dataclasses import replace

from compliance.match.social import HOST_WORDS, classify
from compliance.match.social.dates import post_date
from compliance.match.social.kinds import SocialLink, Verdict
from compliance.model.document import Document, Link
from compliance.model.site import AccountSeen
from compliance.model.status import Channel, Region

#: The kind of an account that only a short link names.
SHORT = "short"
#: Ways of linking that claim nothing: a form's target, a feed's address.
_NO_CLAIM = frozenset({"form", "feed"})
#: A link inside an article is a claim of the site's where so many pages repeat it.
_REPEATED = 2


def social_link(link: Link) -> SocialLink | None:
    """What a link to a platform is, or None where it leads to none."""
    lowered = link.url.lower()
    if link.tag in _NO_CLAIM or not any(word in lowered for word in HOST_WORDS):
        return None
    found = classify(link.url)
    return None if found.verdict is Verdict.NEGATIVE and not found.platform else found


def account_of(link: Link) -> AccountSeen | None:
    """The account that a link leads to, or None (share button, post, vendor, placeholder, other site)."""
    found = social_link(link)
    if found is not None and found.verdict is Verdict.RESOLVE and found.platform and found.canonical_id:
        # What is behind a short link nobody knows before it is opened; that there may be an account, everybody sees.
        return AccountSeen(Channel(found.platform), link.url, link.region.value, SHORT, found.canonical_id)
    if found is None or found.verdict is not Verdict.ACCOUNT:
        return None
    return AccountSeen(Channel(found.platform), link.url, link.region.value, found.kind, found.canonical_id)


def key_of(account: AccountSeen) -> tuple[str, str]:
    """What makes two links one account: platform and id; Facebook takes no notice of dots in names."""
    identity = account.canonical_id
    return account.channel.value, identity.replace(".", "") if account.channel is Channel.FACEBOOK else identity


def accounts_in(documents: list[Document]) -> tuple[AccountSeen, ...]:
    """The accounts that a site claims: linked outside articles, or on two pages at least. One each, in order."""
    found: dict[tuple[str, str], AccountSeen] = {}
    pages: dict[tuple[str, str], set[str]] = {}
    for document in documents:
        for link in document.links:
            account = account_of(link)
            if account is None:
                continue
            key = key_of(account)
            pages.setdefault(key, set()).add(document.url)
            known = found.get(key)
            if known is None or known.where == Region.MAIN.value:
                found[key] = account
    kept = [
        a
        for key, a in found.items()
        if a.where != Region.MAIN.value or len(pages[key]) >= _REPEATED or len(documents) == 1
    ]
    posts = _posts(documents)
    kept = [replace(a, last_post=day) if (day := posts.get((a.channel.value, a.canonical_id))) else a for a in kept]
    order = list(Channel)
    return tuple(sorted(kept, key=lambda a: (order.index(a.channel), a.canonical_id)))


def _posts(documents: list[Document]) -> dict[tuple[str, str], str]:
    """The newest day of the posts that a site links, by platform and owner; their addresses tell it."""
    found: dict[tuple[str, str], str] = {}
    for document in documents:
        for link in document.links:
            if any(word in link.url for word in ("/status", "/video/", "/photo/", "/p/", "/reel")):
                post = post_date(link.url)
                if post is not None and post.owner:
                    key = (post.platform, post.owner)
                    found[key] = max(found.get(key, ""), post.day.isoformat())
    return found


#: "IG: @desa_x", "Facebook : Desa Sukamaju": an account that is written and not linked.
_WRITTEN = re.compile(
    r"\b(?i:(fb|facebook|ig|instagram|tiktok|tik tok|twitter|youtube|yt|telegram))\b\s*[:：]\s*"
    r"(@[\w.]{3,30}|(?:Pemdes|Pemerintah|Desa|Kalurahan|Kelurahan|Nagari|Gampong|Kampung|Pekon|Lembang)(?: [A-Z][\w.]+){1,3}|(?:pem)?des[\w.]{3,30}"
    r"|[a-z][a-z.]*[._\d][\w.]{1,30})"
)
_SHORT_NAMES = {"fb": "facebook", "ig": "instagram", "tik tok": "tiktok", "twitter": "x", "yt": "youtube"}
#: What follows a platform's name and is no account.
_NO_NAME = frozenset({"http", "https", "www", "link", "klik", "disini", "resmi", "desa", "kami", "akun", "dan", "atau"})


def written_in(documents: list[Document], claimed: tuple[AccountSeen, ...]) -> tuple[tuple[str, str, str], ...]:
    """Accounts that the site's frame writes without linking them, on platforms of which it links none: (platform, text,
    page), once each. Weak candidates: nobody can open them with a click, and their address is a guess."""
    linked = {a.channel.value for a in claimed}
    found: dict[tuple[str, str], tuple[str, str, str]] = {}
    for document in documents:
        for block in document.blocks:
            if block.region is Region.MAIN or len(block.text) > _LONG:
                continue
            for match in _WRITTEN.finditer(block.text):
                name = match[1].lower()
                platform, text = _SHORT_NAMES.get(name, name), match[2].strip(".")
                if platform not in linked and text.lower().lstrip("@") not in _NO_NAME and "/" not in match[0]:
                    found.setdefault((platform, text.lower()), (platform, text, document.url))
    return tuple(found.values())[:_MOST_WRITTEN]


#: A longer block of a frame is no line of contacts; so many written accounts are told at most.
_LONG, _MOST_WRITTEN = 300, 6


def broken_in(documents: list[Document]) -> tuple[tuple[str, SocialLink, str], ...]:
    """Links to platforms that lead nowhere because a part is missing: (address, what it is, page), once each."""
    found: dict[str, tuple[str, SocialLink, str]] = {}
    for document in documents:
        for link in document.links:
            judged = social_link(link)
            if judged is not None and judged.kind == "broken" and link.url not in found:
                found[link.url] = (link.url, judged, document.url)
    return tuple(found.values())
