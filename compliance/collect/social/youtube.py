"""YouTube: the Data API where a key is there (2 units an account), else the channel's page; its feed only when opted into.

Source: quota table of the Data API v3 (channels.list and playlistItems.list cost one unit each); robots.txt of
youtube.com disallows /feeds/videos.xml; a feed that answers 404 or 500 says nothing of the channel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

from compliance.collect.social.routes import (
    Ask,
    Keys,
    Missing,
    Reply,
    dig,
    json_object,
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
from compliance.model.status import Access, Channel

PLATFORM = Channel.YOUTUBE
_API = "https://www.googleapis.com/youtube/v3/"
_CHANNELS, _ITEMS, _PAGE, _FEED = "youtube.channels", "youtube.items", "youtube.page", "youtube.feed"
_ID = re.compile(r"^UC[\w-]{22}$")
_GONE = ("this channel does not exist", "this account has been terminated", "this channel was removed")
_SUSPENDED = ("terminated", "removed because it violated", "community guidelines")
_WALL = ("before you continue to youtube", "unusual traffic")


def step(account: AccountSeen, replies: Sequence[Reply], keys: Keys, since: datetime) -> Ask | None:
    """API: the channel, then its uploads. Without a key: the page, then (opted into) the feed."""
    if "youtube" in keys.tokens:
        return _by_api(account, replies)
    if not replies:
        return _page_of(account)
    if keys.rss and not any(r.route == _FEED for r in replies) and (identity := _identity(account, replies)):
        # Feed readers commonly do not apply robots.txt to a feed that their user names.
        return Ask(f"https://www.youtube.com/feeds/videos.xml?channel_id={identity}", _FEED, robots=False)
    return None


def _page_of(account: AccountSeen) -> Ask:
    name = quote(account.canonical_id, safe="@/")
    path = f"channel/{name}" if account.kind == "channel_id" else name
    return Ask(f"https://www.youtube.com/{path}", _PAGE)


def _by_api(account: AccountSeen, replies: Sequence[Reply]) -> Ask | None:
    def api(what: str, route: str) -> Ask:
        return Ask(f"{_API}{what}", route, token="youtube", header="X-Goog-Api-Key", robots=False, units=1)

    parts = "part=snippet,contentDetails,statistics"
    asked = {r.route for r in replies}
    if _CHANNELS not in asked:
        if account.kind == "custom":
            # The API has no parameter for /c/ names: the page tells the id, once.
            if _PAGE not in asked:
                return _page_of(account)
            identity = _identity(account, replies)
            return api(f"channels?{parts}&id={identity}", _CHANNELS) if identity else None
        value = quote(account.canonical_id.removeprefix("user/"), safe="")
        key = {"channel_id": "id", "user": "forUsername"}.get(account.kind, "forHandle")
        return api(f"channels?{parts}&{key}={value}", _CHANNELS)
    if _item(replies) is None:
        # Where the API knows no such channel, the page is a second route that may say so too.
        told = next(r for r in replies if r.route == _CHANNELS)
        return _page_of(account) if _PAGE not in asked and _channel(told, account) is Why.NOT_FOUND else None
    uploads = said(_item(replies), "contentDetails", "relatedPlaylists", "uploads")
    if uploads and _ITEMS not in asked:
        return api(
            f"playlistItems?part=snippet,contentDetails&maxResults=50&playlistId={quote(uploads, safe='')}", _ITEMS
        )
    return None


def _item(replies: Sequence[Reply]) -> Any:
    for reply in replies:
        if reply.route == _CHANNELS and (found := dig(reply.data(), "items", 0)) is not None:
            return found
    return None


def _identity(account: AccountSeen, replies: Sequence[Reply]) -> str:
    """The channel's id, as the account or its page tells it, or ''."""
    if account.kind == "channel_id":
        return account.canonical_id
    for reply in replies:
        found = said(_metadata(reply), "externalId") if reply.route == _PAGE else ""
        if _ID.match(found):
            return found
    return ""


def tell(account: AccountSeen, replies: Sequence[Reply], since: datetime) -> Observed:
    """What API, page and feed say together: the channel from the first that shows it, the posts from all."""
    missing = Missing()
    shown: Observed | None = None
    posts: list[Post] = []
    owner = ""
    why, method = Why.NOT_ASKED, "public_page"
    for reply in replies:
        method = "api" if reply.route in {_CHANNELS, _ITEMS} else "public_page"
        if reply.route == _FEED:
            posts += _feed(reply)
            continue
        if (stop := _stopped(reply)) is not None:
            why = stop
            continue
        if reply.route == _CHANNELS:
            found = _channel(reply, account)
            owner = said(reply.data(), "items", 0, "id")
        elif reply.route == _ITEMS:
            posts += _uploads(reply, owner)
            continue
        else:
            found = _from_page(reply, account)
            posts += _titles(reply) if isinstance(found, Observed) else []
        if isinstance(found, Observed):
            shown = shown or found
        elif found in {Why.NOT_FOUND, Why.SUSPENDED}:
            missing.add(reply, found)
        else:
            why = found
    if shown is not None:
        # Whole is only what is as many as the platform counts.
        more = shown.count is None or len({p.url for p in posts}) < shown.count
        return with_posts(shown, posts, since, more=more)
    return missing.observed(method) if missing.looks else unknown(why, method)


def _stopped(reply: Reply) -> Why | None:
    data = reply.data() if reply.route in {_CHANNELS, _ITEMS} else None
    if data is not None and "error" in data:
        reasons = {said(e, "reason") for e in listed(data, "error", "errors")}
        if reasons & {"quotaExceeded", "rateLimitExceeded", "dailyLimitExceeded"}:
            return Why.RATE_LIMITED
        if reasons & {"keyInvalid", "badRequest", "keyExpired"} or reply.status == 400:
            return Why.TOKEN_INVALID
        return Why.PERMISSION_MISSING if reply.status == 403 else Why.PARSE_CHANGED
    stop = stopped(reply)
    if stop is not None:
        return stop
    head = reply.text()[:20_000].lower()
    if reply.route == _PAGE and "ytinitialdata" not in head and any(w in head for w in _WALL):
        return Why.CONSENT if _WALL[0] in head else Why.CHALLENGE
    return None


def _channel(reply: Reply, account: AccountSeen) -> Observed | Why:
    """channels.list: an item, or an answer without items, which is its way of saying "none"."""
    data = reply.data()
    if reply.status != 200 or data is None or said(data, "kind") != "youtube#channelListResponse":
        return Why.PARSE_CHANGED
    item = dig(data, "items", 0)
    if item is None:
        return Why.NOT_FOUND if dig(data, "pageInfo", "totalResults") == 0 else Why.PARSE_CHANGED
    about = said(item, "snippet", "description")
    name = said(item, "snippet", "title")
    if not name or (account.kind == "channel_id" and said(item, "id") != account.canonical_id):
        return Why.PARSE_CHANGED
    return Observed(
        Exists.YES,
        Why.OK,
        "api",
        name=name,
        about=about,
        links=links_in(about),
        followers=number(dig(item, "statistics", "subscriberCount")),
        count=number(dig(item, "statistics", "videoCount")),
    )


def _uploads(reply: Reply, owner: str) -> list[Post]:
    """The uploads of a channel; what another channel uploaded is not its own."""
    found = []
    for item in listed(reply.data(), "items"):
        if said(item, "snippet", "channelId") not in {"", owner}:
            continue
        video = said(item, "contentDetails", "videoId") or said(item, "snippet", "resourceId", "videoId")
        when = moment(dig(item, "contentDetails", "videoPublishedAt")) or moment(dig(item, "snippet", "publishedAt"))
        if video:
            text = f"{said(item, 'snippet', 'title')}\n{said(item, 'snippet', 'description')}".strip()
            found.append(
                Post(
                    f"https://www.youtube.com/watch?v={video}",
                    text,
                    when,
                    title=said(item, "snippet", "title"),
                    carries=True,
                )
            )
    return found


_DATA = re.compile(r"(?:var\s+ytInitialData|window\[\"ytInitialData\"\])\s*=\s*(\{)")


def _initial(reply: Reply) -> dict[str, Any] | None:
    """The data that the page's script begins with. The object ends where JSON ends, whatever follows."""
    import json

    text = reply.text()
    match = _DATA.search(text)
    if not match:
        return json_object(text)
    try:
        found, _ = json.JSONDecoder().raw_decode(text, match.start(1))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _metadata(reply: Reply) -> Any:
    return dig(_initial(reply), "metadata", "channelMetadataRenderer")


def _from_page(reply: Reply, account: AccountSeen) -> Observed | Why:
    data = _initial(reply)
    for alert in listed(data, "alerts"):
        if said(alert, "alertRenderer", "type") == "ERROR":
            words = (
                said(alert, "alertRenderer", "text", "simpleText")
                or said(alert, "alertRenderer", "text", "runs", 0, "text")
            ).lower()
            if any(words.startswith(w) for w in _GONE):
                return Why.SUSPENDED if any(w in words for w in _SUSPENDED) else Why.NOT_FOUND
    shown = dig(data, "metadata", "channelMetadataRenderer")
    if isinstance(shown, dict) and said(shown, "title"):
        if account.kind == "channel_id" and said(shown, "externalId") != account.canonical_id:
            return Why.PARSE_CHANGED
        about = said(shown, "description")
        return Observed(Exists.YES, Why.OK, name=said(shown, "title"), about=about, links=links_in(about))
    # The channel page's own 404 is a statement of the platform; that of a proxy or feed is none.
    if reply.status == 404 and reply.access in {Access.NOT_FOUND, Access.GONE} and _is_page(reply):
        return Why.NOT_FOUND
    return Why.PARSE_CHANGED


def _is_page(reply: Reply) -> bool:
    head = reply.text()[:5_000].lower()
    return (
        (urlsplit(reply.final_url).hostname or "").endswith("youtube.com")
        and "<html" in head
        and "404 not found" in head
        and "youtube" in head
    )


def _titles(reply: Reply) -> list[Post]:
    """The videos that a channel's page shows as its own: titles, without days. A shelf may show another channel's, which
    names its owner."""
    found: dict[str, Post] = {}
    data = _initial(reply)
    own = said(data, "metadata", "channelMetadataRenderer", "externalId")
    for node in _walk(data):
        owners = {said(node, k, "runs", 0, "navigationEndpoint", "browseEndpoint", "browseId") for k in _OWNERS} - {""}
        if owners - {own}:
            continue
        video = said(node, "videoId")
        title = said(node, "title", "runs", 0, "text") or said(node, "title", "simpleText")
        if not video and said(node, "contentType").startswith("LOCKUP_CONTENT_TYPE_VIDEO"):
            video, title = (
                said(node, "contentId"),
                said(node, "metadata", "lockupMetadataViewModel", "title", "content"),
            )
        if video and title:
            found.setdefault(
                video, Post(f"https://www.youtube.com/watch?v={video}", title, None, title=title, carries=True)
            )
    return list(found.values())[:60]


_OWNERS = ("ownerText", "shortBylineText", "longBylineText")


def _walk(data: object) -> Iterator[dict[str, Any]]:
    waiting: list[object] = [data]
    seen = 0
    while waiting and seen < 200_000:
        node = waiting.pop()
        seen += 1
        if isinstance(node, dict):
            yield node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node


_ATOM = {
    "a": "http://www.w3.org/2005/Atom",
    "y": "http://www.youtube.com/xml/schemas/2015",
    "m": "http://search.yahoo.com/mrss/",
}


def _feed(reply: Reply) -> list[Post]:
    """The entries of a feed; none where the answer is no feed (an outage says nothing of the channel)."""
    if reply.status != 200 or b"<!DOCTYPE" in reply.body[:2_000] or b"<!ENTITY" in reply.body:
        return []
    try:
        root = ElementTree.fromstring(reply.body)
    except (ElementTree.ParseError, LookupError, ValueError):
        return []
    found = []
    for entry in root.findall("a:entry", _ATOM):
        video = entry.findtext("y:videoId", "", _ATOM)
        title = entry.findtext("a:title", "", _ATOM)
        about = entry.findtext("m:group/m:description", "", _ATOM)
        if video:
            text = f"{title}\n{about}".strip()
            when = moment(entry.findtext("a:published", "", _ATOM))
            found.append(Post(f"https://www.youtube.com/watch?v={video}", text, when, title=title, carries=True))
    return found
