"""Telegram: public names, previews, invites; posts; share buttons."""

from __future__ import annotations

import re

from compliance.match.social.address import Address
from compliance.match.social.kinds import SocialLink, account, content, negative
from compliance.match.social.whatsapp import number_of

PLATFORM = "telegram"
HOSTS = frozenset({"t.me", "telegram.me", "telegram.dog", "telegram.org", "web.telegram.org"})
_NAME = re.compile(r"^[a-z]\w{2,31}$", re.I | re.A)
_CODE = re.compile(r"^[\w-]{8,}$", re.A)
_PAGES = frozenset({
    "addstickers", "addemoji", "addlist", "proxy", "socks", "iv", "login", "bg", "setlanguage", "addtheme", "invoice", "confirmphone", "boost",
    "giftcode", "auth", "contact", "stickers", "c",
})  # fmt: skip


def subdomain(host: str) -> str:
    """The name in "name.t.me", or ''."""
    name = host.removesuffix(".t.me")
    return name if name != host and _NAME.match(name) and name not in {"www", "web"} else ""


def judge(a: Address) -> SocialLink | str:
    """What an address of Telegram is."""
    if a.app:
        if a.first("invite"):
            return _invite(a.first("invite"))
        return _named(a.first("domain")) if a.first("domain") else negative("share" if a.full_host == "msg" else "page")
    if a.full_host.endswith("telegram.org"):
        name = a.fragment.lstrip("/#").removeprefix("im?p=")
        return _named(name) if a.full_host.startswith("web.") and name.startswith("@") else negative("placeholder")
    if own := subdomain(a.full_host):
        return content(PLATFORM, "post", own.lower()) if a.part(0).isdecimal() else _named(own)
    first = a.part(0)
    if not first:
        return negative("placeholder")
    if first in {"share", "msg"}:
        return negative("share")
    if first == "joinchat":
        return _invite(a.raw(1))
    if first.startswith("+"):
        digits = first[1:]
        if not digits.isdecimal():
            return _invite(a.raw(0)[1:])
        number = number_of(digits)
        return account(PLATFORM, "number", number) if number else negative("broken", PLATFORM)
    if first == "s":
        if a.part(2).isdecimal():
            return content(PLATFORM, "post", a.part(1).lstrip("@"))
        return _named(a.raw(1)) if a.raw(1) else negative("placeholder")
    if first in _PAGES:
        return negative("page")
    if a.part(1).isdecimal():
        return content(PLATFORM, "post", first.lstrip("@"))
    return _named(a.raw(0))


def _invite(code: str) -> SocialLink:
    return account(PLATFORM, "invite", f"+{code}") if _CODE.match(code) else negative("broken", PLATFORM)


def _named(name: str) -> SocialLink:
    name = name.lstrip("@")
    return account(PLATFORM, "username", name.lower()) if _NAME.match(name) else negative("broken", PLATFORM)
