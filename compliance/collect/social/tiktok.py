"""TikTok: the profile's page and its data; oEmbed where the page holds none. Neither tells posts or days.

Source: forms of the page in 2026 (status codes 0, 10221, 10222, 10204, 10231 of `webapp.user-detail`); /embed is
disallowed by robots.txt and never asked for. A page with code 10221 may hold names of suggested accounts: nothing but
the code counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from compliance.collect.social.routes import (
    Ask,
    Keys,
    Missing,
    Reply,
    code,
    dig,
    json_object,
    links_in,
    number,
    said,
    stopped,
    unknown,
)
from compliance.model.accounts import Completeness, Exists, Observed, Why
from compliance.model.site import AccountSeen
from compliance.model.status import Channel

PLATFORM = Channel.TIKTOK
_PAGE, _OEMBED = "tiktok.page", "tiktok.oembed"
_DATA = "__UNIVERSAL_DATA_FOR_REHYDRATION__"
_MISSING, _PRIVATE = 10221, 10222
_CODES = {10204: Why.GEO_BLOCKED, 10231: Why.GEO_BLOCKED}


def step(account: AccountSeen, replies: Sequence[Reply], keys: Keys, since: datetime) -> Ask | None:
    """The page; oEmbed as a second way where the page is a challenge."""
    if account.kind != "profile":
        return None
    address = f"https://www.tiktok.com/@{quote(account.canonical_id, safe='')}"
    if not replies:
        return Ask(address, _PAGE)
    if (
        len(replies) == 1
        and replies[0].route == _PAGE
        and _from_page(replies[0], account) in {Why.CHALLENGE, Why.PARSE_CHANGED}
    ):
        return Ask(f"https://www.tiktok.com/oembed?url={quote(address, safe='')}", _OEMBED)
    return None


def tell(account: AccountSeen, replies: Sequence[Reply], since: datetime) -> Observed:
    """What page and oEmbed say. Only the page's own code says that an account is missing; a refusal of oEmbed does not."""
    if account.kind != "profile":
        return unknown(Why.KIND_UNSUPPORTED)
    missing = Missing()
    why = Why.NOT_ASKED
    shown: Observed | None = None
    for reply in replies:
        found = _from_oembed(reply, account) if reply.route == _OEMBED else _from_page(reply, account)
        if isinstance(found, Observed):
            shown = shown or found
        elif found is Why.NOT_FOUND:
            missing.add(reply)
        elif found is not None:
            why = found
    if shown is not None:
        return shown
    return missing.observed("public_page") if missing.looks else unknown(why)


def _embedded(text: str) -> str | None:
    """The data that the page's script element holds, or None where there is none: the page is a challenge."""
    at = text.find(f'id="{_DATA}"')
    start = text.find(">", at) + 1 if at >= 0 else 0
    end = text.find("</script>", start) if start else -1
    return text[start:end] if end >= 0 else None


def _from_page(reply: Reply, account: AccountSeen) -> Observed | Why:
    if (stop := stopped(reply)) is not None:
        return stop
    data = _embedded(reply.text())
    if data is None:
        return Why.CHALLENGE
    detail = dig(json_object(data), "__DEFAULT_SCOPE__", "webapp.user-detail")
    status = code(detail, "statusCode")
    user, stats = dig(detail, "userInfo", "user"), dig(detail, "userInfo", "stats")
    if status == _MISSING and reply.status == 200:
        return Why.NOT_FOUND
    if status in _CODES:
        return _CODES[status]
    if status not in {0, _PRIVATE} or said(user, "uniqueId").lower() != account.canonical_id.lower():
        return Why.PARSE_CHANGED
    about, link = said(user, "signature"), said(user, "bioLink", "link")
    private = status == _PRIVATE or dig(user, "privateAccount") is True or dig(user, "secret") is True
    return Observed(
        Exists.YES,
        Why.PRIVATE if private else Why.OK,
        name=said(user, "nickname"),
        about=about,
        links=tuple(dict.fromkeys([*links_in(link), *links_in(about)])),
        followers=number(dig(stats, "followerCount")),
        count=number(dig(stats, "videoCount")),
        complete=Completeness.NONE,
    )


def _from_oembed(reply: Reply, account: AccountSeen) -> Observed | Why | None:
    """200 with the account's own address: it exists. Anything else says nothing, for private accounts are refused too."""
    if stopped(reply) is not None or reply.status != 200:
        return None
    data = reply.data()
    own = said(data, "author_url").lower().rstrip("/")
    if not own.endswith(f"/@{account.canonical_id.lower()}"):
        return None
    return Observed(Exists.YES, Why.OK, name=said(data, "author_name"))
