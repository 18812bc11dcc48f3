"""Instagram: Business Discovery, with one professional account of the office for all villages. No page is asked for.

Source: Business Discovery reference; only business and creator accounts are returned, so its refusal (110 / 2207013)
says what kind the account is and not that it is missing. robots.txt of instagram.com disallows everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from compliance.collect.social.facebook import refused
from compliance.collect.social.routes import (
    Ask,
    Keys,
    Reply,
    dig,
    links_in,
    listed,
    moment,
    number,
    said,
    unknown,
    with_posts,
)
from compliance.model.accounts import Exists, Observed, Post, Why
from compliance.model.site import AccountSeen
from compliance.model.status import Channel

PLATFORM = Channel.INSTAGRAM
_ROUTE = "instagram.discovery"
_MEDIA = 50


def step(account: AccountSeen, replies: Sequence[Reply], keys: Keys, since: datetime) -> Ask | None:
    """One question."""
    if replies or "instagram" not in keys.tokens or not keys.instagram_operator or account.kind != "profile":
        return None
    wanted = (
        f"business_discovery.username({account.canonical_id}){{username,name,biography,website,followers_count,"
        f"media_count,media.limit({_MEDIA}){{caption,timestamp,permalink,media_type,media_url}}}}"
    )
    operator = quote(keys.instagram_operator, safe="")
    return Ask(
        f"https://graph.facebook.com/v25.0/{operator}?fields={quote(wanted, safe='')}",
        _ROUTE,
        token="instagram",
        robots=False,
    )


def tell(account: AccountSeen, replies: Sequence[Reply], since: datetime) -> Observed:
    """What the API says. It never says that an account is missing in a way that a personal account could not cause."""
    if not replies:
        return unknown(Why.TOKEN_MISSING, "api")
    why = Why.PARSE_CHANGED
    for reply in replies:
        refusal = refused(reply)
        if refusal is not None:
            why = Why.PERMISSION_MISSING if refusal is Why.NOT_FOUND else refusal
            continue
        shown = dig(reply.data(), "business_discovery")
        if said(shown, "username").lower() != account.canonical_id.lower():
            continue
        about, site = said(shown, "biography"), said(shown, "website")
        count = number(dig(shown, "media_count"))
        observed = Observed(
            Exists.YES,
            Why.OK,
            "api",
            name=said(shown, "name") or said(shown, "username"),
            about=about,
            links=tuple(dict.fromkeys([*links_in(site), *links_in(about)])),
            followers=number(dig(shown, "followers_count")),
            count=count,
        )
        items = listed(shown, "media", "data")
        posts = _posts(items)
        more = count is None or len(posts) < count
        return with_posts(observed, posts, since, more=more)
    return unknown(why, "api")


def _posts(items: list[Any]) -> list[Post]:
    found = []
    for item in items:
        url, picture = said(item, "permalink"), said(item, "media_url")
        if url:
            still = bool(picture) and said(item, "media_type") in {"IMAGE", "CAROUSEL_ALBUM"}
            found.append(
                Post(
                    url,
                    said(item, "caption"),
                    moment(dig(item, "timestamp")),
                    pictures=(picture,) if still else (),
                    carries=not still,
                )
            )
    return found
