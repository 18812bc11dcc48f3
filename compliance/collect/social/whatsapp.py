"""WhatsApp: the public pages of channels and group invites. A number can only be called: that is for a person.

Source: forms of the pages in 2026; they tell name and description, and no days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from compliance.collect.social.routes import Ask, Keys, Missing, Reply, links_in, number, soup_of, stopped, unknown
from compliance.model.accounts import Completeness, Exists, Observed, Why
from compliance.model.site import AccountSeen
from compliance.model.status import Channel

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

PLATFORM = Channel.WHATSAPP
_CHANNEL, _INVITE = "whatsapp.channel", "whatsapp.invite"
#: A page of an invite is at least so long (bytes); a shorter one is an error or a wall.
_WHOLE = 5_000
_TAIL = re.compile(r"\s*(?:-\s*WhatsApp channel|\|\s*WhatsApp Channel)\s*$", re.I)
_NAMELESS = re.compile(r'<meta property="og:title" content="(?:WhatsApp Group Invite)?"\s*/?>')
_FOLLOWERS = re.compile(r"(?:Channel|Saluran)\s*[•|]\s*(\d[\d., ]{0,14}[KM]?) ?(?:followers|pengikut)", re.I)


def step(account: AccountSeen, replies: Sequence[Reply], keys: Keys, since: datetime) -> Ask | None:
    """One page."""
    if replies:
        return None
    if account.kind == "channel":
        return Ask(f"https://www.whatsapp.com/channel/{account.canonical_id}", _CHANNEL)
    if account.kind == "group_invite":
        return Ask(f"https://chat.whatsapp.com/{account.canonical_id}", _INVITE)
    return None


def tell(account: AccountSeen, replies: Sequence[Reply], since: datetime) -> Observed:
    """What the page says."""
    if account.kind not in {"channel", "group_invite"}:
        return unknown(Why.KIND_UNSUPPORTED)
    missing = Missing()
    why = Why.NOT_ASKED
    shown: Observed | None = None
    for reply in replies:
        found = _channel(reply, account) if account.kind == "channel" else _invite(reply)
        if isinstance(found, Observed):
            shown = shown or found
        elif found is Why.NOT_FOUND:
            missing.add(reply)
        else:
            why = found
    if shown is not None:
        return shown
    return missing.observed("public_page") if missing.looks else unknown(why)


def _meta(soup: BeautifulSoup, name: str) -> str:
    tag = soup.select_one(f'meta[property="{name}"]')
    return " ".join(str(tag.get("content", "")).split()) if tag is not None else ""


def _channel(reply: Reply, account: AccountSeen) -> Observed | Why:
    if (stop := stopped(reply)) is not None:
        return stop
    soup = soup_of(reply)
    heading = soup.select_one("h1, h3")
    said = " ".join(heading.get_text(" ").split()) if heading is not None else ""
    if "just a moment" in reply.text()[:3_000].lower():
        return Why.CHALLENGE
    if not _meta(soup, "og:url").rstrip("/").endswith(f"/channel/{account.canonical_id}") or reply.status != 200:
        # The general page of channels, or an error: it does not speak of this one.
        return Why.PARSE_CHANGED
    if said.lower() == "this channel is not available":
        return Why.NOT_FOUND
    name = _TAIL.sub("", _meta(soup, "og:title"))
    if not name or name.lower() in {"whatsapp channels", "whatsapp channel", "whatsapp"}:
        return Why.PARSE_CHANGED
    texts = []
    for tag in soup.select("h1, h2, h3, h4, h5"):
        text = " ".join(tag.get_text(" ").split())
        if text.lower() in {"latest updates", "pembaruan terbaru"}:
            break
        texts.append(text[:500])
    followers = next((number(m[1]) for t in texts if (m := _FOLLOWERS.search(t))), None)
    about = next((t for t in texts if t != name and not _FOLLOWERS.search(t)), "")
    return Observed(
        Exists.YES,
        Why.OK,
        name=name,
        about=about,
        links=links_in(about),
        followers=followers,
        complete=Completeness.NONE,
    )


def _invite(reply: Reply) -> Observed | Why:
    """A group's page: its name, or the bare title where the invite was reset. The address does not name the group again."""
    if (stop := stopped(reply)) is not None:
        return stop
    soup = soup_of(reply)
    title = soup.select_one('meta[property="og:title"]')
    if (
        reply.status != 200
        or len(reply.body) < _WHOLE
        or title is None
        or _meta(soup, "og:site_name") != "WhatsApp.com"
    ):
        return Why.PARSE_CHANGED
    name = " ".join(str(title.get("content", "")).split())
    page = soup.title.get_text(strip=True) if soup.title is not None else ""
    if page != "WhatsApp Group Invite":
        return Why.PARSE_CHANGED
    if not name or name == "WhatsApp Group Invite":
        # A reset invite shows WhatsApp's own picture; a page that lost its title in some other way says nothing.
        reset = _NAMELESS.search(reply.text()) and "static.whatsapp.net" in _meta(soup, "og:image")
        return Why.NOT_FOUND if reset and "pps.whatsapp.net" not in reply.text() else Why.PARSE_CHANGED
    return Observed(Exists.YES, Why.OK, name=name)
