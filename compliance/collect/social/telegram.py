"""Telegram: the public preview of a channel (t.me/s/name), and its page (t.me/name) where there is none.

Source: forms of the pages in 2026; the preview shows the newest posts with full text and time, and pages backwards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from compliance.collect.social.routes import (
    Ask,
    Keys,
    Missing,
    Reply,
    links_in,
    moment,
    number,
    path_of,
    soup_of,
    stopped,
    unknown,
    with_posts,
)
from compliance.model.accounts import Completeness, Exists, Observed, Post, Why
from compliance.model.site import AccountSeen
from compliance.model.status import Channel

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

PLATFORM = Channel.TELEGRAM
_PREVIEW = "telegram.preview"
_INVITE = "telegram.invite"
#: Pages of the preview that are asked for at most.
_PAGES = 3
_BACKGROUND = re.compile(r"background-image:\s*url\(['\"]?(https?://[^'\")]+)")


def step(account: AccountSeen, replies: Sequence[Reply], keys: Keys, since: datetime) -> Ask | None:
    """The preview, then older pages of it while the window is not filled."""
    name = account.canonical_id
    if account.kind == "invite":
        return None if replies else Ask(f"https://t.me/{name}", _INVITE)
    if account.kind != "username":
        return None
    if not replies:
        return Ask(f"https://t.me/s/{name}", _PREVIEW)
    page = _preview(replies[-1], name)
    if page is None or len(replies) >= _PAGES:
        return None
    older, posts = _older(page), _posts(page, name)
    oldest = min((p.posted for p in posts if p.posted), default=None)
    if not older or oldest is None or oldest < since:
        return None
    return Ask(f"https://t.me/s/{name}?before={older}", _PREVIEW)


def tell(account: AccountSeen, replies: Sequence[Reply], since: datetime) -> Observed:
    """What the pages say. "Not found" is said by the page of a name that nobody has, and by nothing else."""
    if account.kind not in {"username", "invite"}:
        return unknown(Why.KIND_UNSUPPORTED)
    missing = Missing()
    shown: Observed | None = None
    posts: list[Post] = []
    more = True
    why = Why.NOT_ASKED
    for reply in replies:
        if (stop := stopped(reply)) is not None:
            why = stop
            continue
        page = _preview(reply, account.canonical_id) if account.kind == "username" else None
        if page is not None:
            found = _channel(page)
            if found is None:
                why = Why.PARSE_CHANGED
                continue
            here = _posts(page, account.canonical_id)
            shown, posts = found, [*posts, *here]
            # Nothing more is to be had only behind posts that were understood, and without any link to older ones.
            # The newest posts stand last: a page cut short lacks just those.
            cut = "</html>" not in reply.text()[-200:].lower()
            more = cut or not here or page.select_one(".tme_messages_more") is not None
            continue
        other = _page(reply, account)
        if other is None:
            if _nobody(reply, account.canonical_id):
                missing.add(reply)
            why = Why.PARSE_CHANGED
        elif shown is None:
            shown, more = other, True
    if shown is not None:
        if shown.why is not Why.OK:
            return shown
        return with_posts(shown, posts, since, more=more)
    return missing.observed("public_page") if missing.looks else unknown(why)


def _preview(reply: Reply, name: str) -> BeautifulSoup | None:
    """The preview, where the answer is one: no redirect led away from it."""
    if reply.status != 200 or path_of(reply.final_url) != f"/s/{name.lower()}":
        return None
    soup = soup_of(reply)
    return soup if soup.select_one(".tgme_channel_info") is not None else None


def _text(tag: Tag | None) -> str:
    return tag.get_text(" ", strip=True) if tag is not None else ""


def _channel(page: BeautifulSoup) -> Observed | None:
    name = _text(page.select_one(".tgme_channel_info_header_title"))
    if not name:
        return None
    about = page.select_one(".tgme_channel_info_description")
    linked = [str(a["href"]) for a in about.select("a[href^=http]")] if about is not None else []
    followers = None
    for counter in page.select(".tgme_channel_info_counter"):
        if _text(counter.select_one(".counter_type")).lower().startswith(("subscriber", "member", "pelanggan", "anggota")):  # fmt: skip
            followers = number(_text(counter.select_one(".counter_value")))
    return Observed(
        Exists.YES,
        Why.OK,
        name=name,
        about=_text(about),
        links=tuple(dict.fromkeys([*linked, *links_in(_text(about))])),
        followers=followers,
        complete=Completeness.PARTIAL,
    )


#: Line breaks of a post that are kept.
_BREAKS = 1_000
#: What a post carries beside text: its content is not read.
_CARRIED = (
    ", ".join(
        f".tgme_widget_message_{part}"
        for part in (
            "document",
            "video_wrap",
            "video_player",
            "roundvideo",
            "voice",
            "audio",
            "poll",
            "link_preview",
            "sticker_wrap",
            "invoice",
            "location",
        )
    )
    + ", .message_media_not_supported"
)
#: A post that says little more than where to read on.
_ELSEWHERE = re.compile(r"https?://\S+")
_SAYS_LITTLE = 20


def _posts(page: BeautifulSoup, name: str) -> list[Post]:
    """The posts of the channel itself; what a page shows of another channel is not its own."""
    found = []
    for message in page.select(".tgme_widget_message[data-post]"):
        if str(message["data-post"]).lower().split("/")[0] != name.lower():
            continue
        when = message.select_one("a.tgme_widget_message_date time[datetime]")
        # A reply repeats what it answers, and a forward another's text: neither is the channel's own word.
        texts = [
            t
            for t in message.select(".tgme_widget_message_text")
            if t.find_parent(class_="tgme_widget_message_reply") is None
        ]
        forwarded = message.select_one(".tgme_widget_message_forwarded_from") is not None
        body = texts[0] if texts and not forwarded else None
        if body is not None:
            for line in body.find_all("br", limit=_BREAKS):
                line.replace_with("\n")
        text = "\n".join(" ".join(x.split()) for x in body.get_text().split("\n")).strip() if body is not None else ""
        named = _text(message.select_one(".tgme_widget_message_document_title"))
        pictures = [
            m[1]
            for tag in message.select(".tgme_widget_message_photo_wrap[style]")
            if (m := _BACKGROUND.search(str(tag["style"])))
        ]
        unseen = len(pictures) < len(message.select(".tgme_widget_message_photo_wrap"))
        pointing = bool(_ELSEWHERE.search(text)) and len(_ELSEWHERE.sub("", text).strip()) < _SAYS_LITTLE
        found.append(
            Post(
                f"https://t.me/{message['data-post']}",
                "\n".join(x for x in (text, named) if x),
                moment(when["datetime"]) if when is not None else None,
                pictures=tuple(pictures),
                carries=forwarded or unseen or pointing or message.select_one(_CARRIED) is not None,
            )
        )
    return found


def _older(page: BeautifulSoup) -> str:
    """The number before which the next page begins, or ''."""
    more = page.select_one("a.tme_messages_more[data-before]")
    before = str(more["data-before"]) if more is not None else ""
    return before if before.isdecimal() else ""


_MEMBERS = re.compile(r"(\d[\d .,]{0,14}[KM]?) ?(?:subscribers?|members?|pelanggan|anggota)", re.I)


def _page(reply: Reply, account: AccountSeen) -> Observed | None:
    """A page that shows somebody: a channel without preview, a group, a person or a bot; None where it shows nobody, or
    somebody else."""
    if reply.status != 200 or path_of(reply.final_url) != f"/{account.canonical_id.lower()}":
        return None
    soup = soup_of(reply)
    name, extra = _text(soup.select_one(".tgme_page_title")), _text(soup.select_one(".tgme_page_extra"))
    if not name:
        return None
    counted = _MEMBERS.search(" ".join(extra.split())[:200])
    about = _text(soup.select_one(".tgme_page_description"))
    return Observed(
        Exists.YES,
        Why.PREVIEW_DISABLED,
        name=name,
        about=about,
        links=links_in(about),
        followers=number(counted[1]) if counted else None,
    )


def _nobody(reply: Reply, name: str) -> bool:
    """Whether a page says that nobody has a name: it may not be indexed, its title is the bare "Contact", it offers to
    contact the name, and it shows nobody. Source: markers of the missing page, all four together."""
    if reply.status != 200:
        return False
    soup = soup_of(reply)
    robots = soup.select_one('meta[name="robots"]')
    title = soup.select_one('meta[property="og:title"], meta[name="twitter:title"]')
    said = str(title.get("content", "")) if title is not None else ""
    return (
        robots is not None
        and "noindex" in str(robots.get("content", "")).lower()
        and said.lower() == f"telegram: contact @{name.lower()}"
        and "you can contact" in _text(soup.select_one(".tgme_page_description")).lower()
        and soup.select_one(".tgme_page_title, .tgme_page_extra, .tgme_channel_info") is None
    )
