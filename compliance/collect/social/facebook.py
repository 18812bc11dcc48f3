"""Facebook: the Graph API with a page's or a reviewed app's token. Its pages forbid machines, and are never asked for.

Source: Graph API reference (Page, published_posts), error codes 4, 10, 17, 32, 100, 190, 200, 613, 803; robots.txt of
facebook.com disallows everything.
"""

from __future__ import annotations

import re
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
from compliance.model.accounts import Exists, Observed, Post, Why
from compliance.model.site import AccountSeen
from compliance.model.status import Channel

PLATFORM = Channel.FACEBOOK
_API = "https://graph.facebook.com/v25.0/"
_NODE, _NODE_PUBLIC, _POSTS = "facebook.node", "facebook.node.public", "facebook.posts"
_KINDS = frozenset({"page_or_profile", "id"})
#: What the Graph API calls its refusals.
LIMITED = frozenset({4, 17, 32, 341, 613, 80001, 80002})
_TOKEN = frozenset({102, 190, 463, 467})
_PERMISSION = frozenset({3, 10, 100, 200, 210, 299})


def step(account: AccountSeen, replies: Sequence[Reply], keys: Keys, since: datetime) -> Ask | None:
    """The page's node, then its posts since the window began."""
    if "facebook" not in keys.tokens or account.kind not in _KINDS:
        return None
    name = quote(account.canonical_id, safe=".")
    if not replies:
        fields = "id,name,username,about,description,website,link,fan_count,is_published"
        # What a reviewed app's token does not find is not there; another's may only not see it.
        route = _NODE_PUBLIC if keys.public_access else _NODE
        return Ask(f"{_API}{name}?fields={fields}", route, token="facebook", robots=False)
    if len(replies) == 1 and (node := replies[0].data()) is not None and _is_asked(node, account):
        asked = f"fields=message,created_time,permalink_url,full_picture&since={int(since.timestamp())}&limit=100"
        return Ask(
            f"{_API}{quote(said(node, 'id'), safe='')}/published_posts?{asked}", _POSTS, token="facebook", robots=False
        )
    return None


def tell(account: AccountSeen, replies: Sequence[Reply], since: datetime) -> Observed:
    """What the API says. Groups and personal profiles have none."""
    if account.kind not in _KINDS:
        return unknown(Why.KIND_UNSUPPORTED, "api")
    if not replies:
        return unknown(Why.TOKEN_MISSING, "api")
    missing = Missing()
    why = Why.NOT_ASKED
    shown: Observed | None = None
    posts: list[Post] = []
    more, node = True, ""
    for reply in replies:
        if (refusal := refused(reply)) is not None:
            if refusal is Why.NOT_FOUND and reply.route == _NODE_PUBLIC:
                missing.add(reply)
            # An account's posts may be closed although it exists.
            why = Why.PERMISSION_MISSING if refusal is Why.NOT_FOUND else refusal
            continue
        data = reply.data()
        if reply.route == _POSTS:
            items = listed(data, "data")
            posts += _posts(items, node)
            more = len(posts) < len(items) or bool(said(data, "paging", "next")) or dig(data, "data") is None
        elif said(data, "name") and _is_asked(data, account):
            shown, node = _page(data), said(data, "id")
        else:
            why = Why.PARSE_CHANGED
    if shown is not None:
        return with_posts(shown, posts, since, more=more, bounded=True)
    return missing.observed("api") if missing.looks else unknown(why, "api")


def refused(reply: Reply) -> Why | None:
    """What an error of the Graph API means; `not_found` for its own "do not exist". None where it is no error."""
    data = reply.data()
    told = code(data, "error", "code")
    if told is None:
        if (stop := stopped(reply)) is not None:
            return stop
        return Why.PARSE_CHANGED if reply.status != 200 or data is None else None
    if told == 803:
        return Why.NOT_FOUND if reply.status in {400, 404} else Why.NETWORK
    if code(data, "error", "error_subcode") == 2207013 or told == 110:
        return Why.KIND_UNSUPPORTED
    if told in LIMITED:
        return Why.RATE_LIMITED
    if told in _TOKEN:
        return Why.TOKEN_INVALID
    return Why.PERMISSION_MISSING if told in _PERMISSION else Why.PARSE_CHANGED


def _is_asked(data: object, account: AccountSeen) -> bool:
    """Whether a node is the one asked for: its id, or its name without the dots that Facebook takes no notice of."""
    identity, name = said(data, "id"), said(data, "username")
    if account.kind == "id":
        return identity == account.canonical_id
    return bool(identity) and (
        not name or name.lower().replace(".", "") == account.canonical_id.lower().replace(".", "")
    )


def _page(data: object) -> Observed:
    about = "\n".join(x for x in (said(data, "about"), said(data, "description")) if x)
    website = said(data, "website")
    return Observed(
        Exists.YES,
        Why.OK,
        "api",
        name=said(data, "name"),
        about=about,
        links=tuple(dict.fromkeys([*links_in(website), *links_in(about)])),
        followers=number(dig(data, "fan_count")),
    )


def _posts(items: list[Any], node: str) -> list[Post]:
    """The posts of a node; one of another node, which a page may share, is not its own."""
    found = []
    for item in items:
        identity = said(item, "id")
        url = said(item, "permalink_url") or _permalink(identity)
        if url and identity.split("_")[0] == node:
            picture = said(item, "full_picture")
            found.append(
                Post(
                    url,
                    said(item, "message"),
                    moment(dig(item, "created_time")),
                    pictures=(picture,) if picture else (),
                )
            )
    return found


def _permalink(identity: str) -> str:
    match = re.fullmatch(r"(\d+)_(\d+)", identity)
    return f"https://www.facebook.com/{match[1]}/posts/{match[2]}" if match else ""
