"""WhatsApp: numbers, channels, group invites; share buttons without a number."""

from __future__ import annotations

import re

from compliance.match.social.address import Address
from compliance.match.social.kinds import SocialLink, account, negative, resolve

PLATFORM = "whatsapp"
HOSTS = frozenset({"wa.me", "whatsapp.com", "api.whatsapp.com", "chat.whatsapp.com", "web.whatsapp.com", "wa.link"})
#: Codes of channels begin with 0029; those of invites are about 22 letters and digits.
_CODES = {
    "channel": re.compile(r"^0029[A-Za-z0-9]{12,28}$"),
    "group_invite": re.compile(r"^[A-Za-z0-9_-]{18,28}$", re.A),
}
#: Digits behind the country's 62, by which a number can be one of a person or an office.
_LEAST, _MOST = 8, 13
_FOREIGN = (10, 15)


def number_of(text: str) -> str:
    """A telephone number in international form, or '' where it is none: `0812 3456 7890` gives `+6281234567890`."""
    digits = re.sub(r"\D", "", text)
    if re.search(r"[a-z]", text, re.I):
        return ""
    digits = digits.removeprefix("00")
    if digits.startswith("6262") and len(digits) > _MOST:
        digits = digits[2:]
    if digits.startswith("620"):
        digits = "62" + digits[3:]
    elif digits.startswith("0"):
        digits = "62" + digits[1:]
    elif digits.startswith("8") and len(digits) <= _MOST:
        digits = "62" + digits
    if digits.startswith("62"):
        return f"+{digits}" if _LEAST <= len(digits) - 2 <= _MOST else ""
    return f"+{digits}" if _FOREIGN[0] <= len(digits) <= _FOREIGN[1] and not digits.startswith("0") else ""


def judge(a: Address) -> SocialLink | str:
    """What an address of WhatsApp is."""
    first = a.part(0)
    if a.app:
        if a.full_host == "chat" or a.first("code"):
            return _coded("group_invite", a.first("code"))
        return _number(a.first("phone"))
    if a.host == "wa.link":
        return resolve(PLATFORM, a.raw(0)) if first else negative("placeholder")
    if a.full_host == "chat.whatsapp.com":
        code = a.raw(1) if first == "invite" else a.raw(0)
        return _coded("group_invite", code) if code else negative("placeholder")
    if a.host == "wa.me":
        if first in {"c", "catalog"}:
            return _number(a.raw(1))
        if first == "channel":
            return _coded("channel", a.raw(1))
        if first in {"send", "send.php"}:
            return _number(a.first("phone"))
        if first in {"message", "qr"}:
            return resolve(PLATFORM, a.raw(1)) if a.raw(1) else negative("placeholder")
        return _number(a.raw(0) or a.first("phone"))
    if first in {"send", "send.php", "message"}:
        return _number(a.first("phone") or (a.raw(1) if len(a.parts) > 1 else ""))
    if first == "channel":
        return _coded("channel", a.raw(1))
    if first in {"catalog", "c"}:
        return _number(a.raw(1))
    return negative("page" if first else "placeholder")


def _number(text: str) -> SocialLink:
    if not re.sub(r"\W", "", text):
        return negative("share")
    number = number_of(text)
    return account(PLATFORM, "number", number) if number else negative("broken", PLATFORM)


def _coded(kind: str, code: str) -> SocialLink:
    return account(PLATFORM, kind, code) if _CODES[kind].match(code) else negative("broken", PLATFORM)
