"""YouTube: handles, channel ids, custom and user names, uploads playlists; videos."""

from __future__ import annotations

import re

from compliance.match.social.address import Address
from compliance.match.social.kinds import SocialLink, account, content, negative

PLATFORM = "youtube"
HOSTS = frozenset(
    {"youtube.com", "youtube-nocookie.com", "youtu.be", "music.youtube.com", "gaming.youtube.com", "studio.youtube.com"}
)
_CHANNEL = re.compile(r"^UC[\w-]{22}$")
_VIDEO = re.compile(r"^[\w-]{6,}$")
#: A channel's id, as it also stands behind /c/, /user/ and "@" where a program put it there.
_NAME = re.compile(r"^[\w.·-]{2,60}$")
_VIDEOS = frozenset({"shorts", "live", "v", "clip", "post"})
_PAGES = frozenset({
    "about", "premium", "feed", "gaming", "t", "howyoutubeworks", "ads", "creators", "account", "signin", "intl", "kids", "trending", "s", "yts",
    "iframe_api", "api", "static", "subscription_manager", "attribution_link", "oembed", "youtubei", "player_api", "audiolibrary", "upload",
    "movies", "music", "news", "sports", "learning", "podcasts", "storefront", "shopping", "fashion", "playables", "live_chat", "live_dashboard",
    "reporthistory", "testtube", "new", "jobs", "yt", "img", "vi", "logout", "get_video_info", "error", "sw.js", "manifest.webmanifest", "ptracking",
})  # fmt: skip


def judge(a: Address) -> SocialLink | str:
    """What an address of YouTube is; a text is another address to be judged in its place."""
    first = a.part(0)
    if a.host == "youtu.be":
        if first.startswith("@"):
            return _handle(a.raw(0))
        return content(PLATFORM, "video", a.raw(0)) if first else negative("placeholder")
    if not first:
        return negative("placeholder")
    if first == "redirect":
        return a.first("q") or negative("redirector")
    if first.startswith("@"):
        return _handle(a.raw(0))
    if first == "channel":
        return _channel(a.raw(1))
    if first in {"c", "user"}:
        name = a.raw(1)
        if _CHANNEL.match(name):
            return _channel(name)
        if name.startswith("@"):
            return _handle(name)
        kind = "custom" if first == "c" else "user"
        return account(PLATFORM, kind, f"{first}/{name.lower()}") if _NAME.match(name) else negative("broken", PLATFORM)
    if first == "feeds":
        if a.first("channel_id"):
            return _channel(a.first("channel_id"))
        if a.first("user"):
            return account(PLATFORM, "user", f"user/{a.first('user').lower()}")
        return _playlist(a.first("playlist_id"))
    if first == "watch":
        return content(PLATFORM, "video", a.first("v")) if a.first("v") else negative("page")
    if first == "embed":
        return _embedded(a)
    if first in {"playlist", "videoseries"}:
        return _playlist(a.first("list"))
    if first in _VIDEOS:
        return content(PLATFORM, "video", a.raw(1)) if a.raw(1) else negative("page")
    if first == "subscription_center":
        name = a.first("add_user")
        return account(PLATFORM, "user", f"user/{name.lower()}") if name else negative("page")
    if first == "subscribe_embed":
        if a.first("channelid"):
            return _channel(a.first("channelid"))
        name = a.first("channel")
        return account(PLATFORM, "user", f"user/{name.lower()}") if _NAME.match(name) else negative("page")
    if first == "results":
        return negative("search")
    if first == "hashtag":
        return negative("hashtag")
    if first == "share":
        return negative("share")
    if first in _PAGES:
        return negative("page")
    name = a.raw(0)
    if _CHANNEL.match(name):
        return _channel(name)
    return account(PLATFORM, "custom", f"c/{name.lower()}") if _NAME.match(name) else negative("broken", PLATFORM)


def _handle(text: str) -> SocialLink:
    name = text.lstrip("@")
    if _CHANNEL.match(name):
        return _channel(name)
    return account(PLATFORM, "handle", f"@{name.lower()}") if _NAME.match(name) else negative("broken", PLATFORM)


def _channel(identity: str) -> SocialLink:
    return account(PLATFORM, "channel_id", identity) if _CHANNEL.match(identity) else negative("broken", PLATFORM)


def _playlist(identity: str) -> SocialLink:
    """The list of a channel's uploads names the channel; another list is content."""
    if identity.startswith("UU") and _CHANNEL.match(f"UC{identity[2:]}"):
        return account(PLATFORM, "channel_id", f"UC{identity[2:]}")
    return content(PLATFORM, "playlist", identity) if identity else negative("page")


def _embedded(a: Address) -> SocialLink:
    what = a.part(1)
    if what == "live_stream":
        return _channel(a.first("channel"))
    if what == "videoseries":
        return _playlist(a.first("list"))
    if a.first("listtype") == "user_uploads" and a.first("list"):
        return account(PLATFORM, "user", f"user/{a.first('list').lower()}")
    return content(PLATFORM, "video", a.raw(1)) if _VIDEO.match(a.raw(1)) else negative("page")
