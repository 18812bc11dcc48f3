"""X: API v2 with an app's bearer token, paid by what is read. No page is asked for: robots.txt disallows everything.

Source: prices of 2026 (a user $0.010, a post $0.005); a missing user is answered with 404, or with 200 and an error
titled "Not Found Error".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from compliance.collect.social.routes import (
    Ask,
    Keys,
    Missing,
    Reply,
    code,
    dig,
    links_in,
    listed,
    moment,
    number,
    said,
    stopped,
    unknown,
    with_posts,
)
from compliance.model.accounts import Completeness, Exists, Observed, Post, Why
from compliance.model.site import AccountSeen
from compliance.model.status import Channel

PLATFORM = Channel.X
_API = "https://api.x.com/2/"
_USER, _TIMELINE = "x.user", "x.tweets"
_USER_PRICE, _POST_PRICE, _POSTS_ASKED = 0.010, 0.005, 20


def step(account: AccountSeen, replies: Sequence[Reply], keys: Keys, since: datetime) -> Ask | None:
    """The user, then its posts since the window began, unless it has none or is protected."""
    if "x" not in keys.tokens or account.kind not in {"user", "id"}:
        return None
    if not replies:
        fields = "user.fields=created_at,description,entities,protected,public_metrics,url"
        name = quote(account.canonical_id, safe="")
        path = f"users/{name}" if account.kind == "id" else f"users/by/username/{name}"
        return Ask(f"{_API}{path}?{fields}", _USER, token="x", robots=False, dollars=_USER_PRICE)
    user = dig(replies[0].data(), "data")
    if len(replies) > 1 or not said(user, "id") or dig(user, "protected") is True:
        return None
    if dig(user, "public_metrics", "tweet_count") == 0:
        return None
    begin = since.strftime("%Y-%m-%dT%H:%M:%SZ")
    asked = f"max_results={_POSTS_ASKED}&exclude=replies,retweets&start_time={begin}&tweet.fields=created_at"
    return Ask(
        f"{_API}users/{quote(said(user, 'id'), safe='')}/tweets?{asked}",
        _TIMELINE,
        token="x",
        robots=False,
        dollars=_POSTS_ASKED * _POST_PRICE,
    )


def tell(account: AccountSeen, replies: Sequence[Reply], since: datetime) -> Observed:
    """What the API says."""
    if account.kind not in {"user", "id"}:
        return unknown(Why.KIND_UNSUPPORTED, "api")
    if not replies:
        return unknown(Why.TOKEN_MISSING, "api")
    missing = Missing()
    why = Why.NOT_ASKED
    shown: Observed | None = None
    posts: list[Post] = []
    more = True
    name = account.canonical_id
    for reply in replies:
        refusal = _refused(reply)
        if refusal in {Why.NOT_FOUND, Why.SUSPENDED} and reply.route == _USER:
            missing.add(reply, refusal)
        elif refusal is not None:
            why = refusal
        elif reply.route == _TIMELINE:
            data = reply.data()
            posts += _posts(listed(data, "data"), name)
            more = bool(said(data, "meta", "next_token")) or code(data, "meta", "result_count") != len(posts)
        else:
            user = dig(reply.data(), "data")
            if said(user, "id" if account.kind == "id" else "username").lower() != account.canonical_id.lower():
                why = Why.PARSE_CHANGED
                continue
            name = said(user, "username")
            shown = _user(user)
    if shown is not None:
        if shown.why is Why.PRIVATE:
            return shown
        if shown.count == 0:
            more = False
        # Replies and what was posted before the window were not asked for.
        return with_posts(shown, posts, since, more=more, bounded=shown.count != 0)
    return missing.observed("api") if missing.looks else unknown(why, "api")


def _refused(reply: Reply) -> Why | None:
    data = reply.data()
    title = said(data, "errors", 0, "title") or said(data, "title")
    kind = said(data, "errors", 0, "resource_type")
    if title == "Not Found Error" and kind == "user" and dig(data, "data") is None and reply.status in {200, 404}:
        return Why.NOT_FOUND
    closed = title == "Forbidden" and "suspended" in said(data, "errors", 0, "detail").lower()
    if closed and kind == "user" and dig(data, "data") is None and reply.status in {200, 403, 404}:
        return Why.SUSPENDED
    if reply.status == 401:
        return Why.TOKEN_INVALID
    if reply.status in {402, 403}:
        return Why.PERMISSION_MISSING
    if (stop := stopped(reply)) is not None:
        return stop
    if reply.status != 200 or data is None:
        return Why.PARSE_CHANGED
    if reply.route == _USER and not said(data, "data", "id"):
        return Why.PARSE_CHANGED
    return None


def _user(user: object) -> Observed:
    about = said(user, "description")
    urls = [
        said(u, "expanded_url")
        for place in ("url", "description")
        for u in listed(user, "entities", place, "urls")
        if said(u, "expanded_url")
    ]
    private = dig(user, "protected") is True
    return Observed(
        Exists.YES,
        Why.PRIVATE if private else Why.OK,
        "api",
        name=said(user, "name"),
        about=about,
        links=tuple(dict.fromkeys([*links_in(*urls), *links_in(about)])),
        followers=number(dig(user, "public_metrics", "followers_count")),
        count=number(dig(user, "public_metrics", "tweet_count")),
        complete=Completeness.NONE,
    )


def _posts(items: list[Any], name: str) -> list[Post]:
    return [
        Post(f"https://x.com/{name}/status/{said(i, 'id')}", said(i, "text"), moment(dig(i, "created_at")))
        for i in items
        if said(i, "id")
    ]
