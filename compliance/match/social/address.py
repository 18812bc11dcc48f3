"""An address as people leave it on a site, made whole: scheme, host, path pieces, query."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

_JUNK_BEFORE = " \t\r\n\f\v\u00a0\u200b\u200e\u200f\ufeff\"'<([{“‘«"
_JUNK_AFTER = _JUNK_BEFORE + "\"'>)]},;”’»….:!"
#: A longer text is no address that a person left.
_LONGEST = 4_096
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.I)
#: "fb.com/x", "www.facebook.com/x": a host that only lacks its scheme.
_HOSTLIKE = re.compile(r"^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[:/?#]|$)", re.I)
#: "https//x", "htpp://x", "http:x", "intent://x": what was meant is plain.
_SLOPPY = re.compile(r"^(?:h{1,2}t{1,3}p{1,2}s{0,2}(?:[:;.,]{0,2}/{1,4}|[:;])|intent:/+)(?=[a-z0-9])", re.I)
#: "https://web.facebook.com/https://www.facebook.com/x": programs put a host before what is whole already.
_DOUBLED = re.compile(r"^[^?#]*?(?:^|/)(?=https?:/)", re.I)
_PREFIX = re.compile(r"^(?:www\d?|m|p|d|0|mobile|mobi|touch|mbasic|web|free|id|en|[a-z]{2,3}-[a-z]{2})\.")
#: "profile.php&id=1": the first "&" of a path without "?" begins the query.
_QUERY = re.compile(r"(?:%3f|&(?:amp;)?)(?=[\w.]+=)", re.I)
#: Programs of the platforms that an address may open.
_APPS = frozenset({"whatsapp", "tg", "fb", "instagram", "twitter", "line", "vnd.youtube"})
#: Marks of a template that nobody filled in.
_TEMPLATE = re.compile(r"/@?(?:\{[^}/]*\}|<[^>/]*>|\[[^\]/]*\]|\$\w+|%s)")


@dataclass(frozen=True, slots=True)
class Address:
    """`app`: the scheme where it opens a program; `host` without www, m and the like; `full_host` as written;
    `parts`: the pieces of the path, decoded; `query`: the first value of each key; `fragment`: what follows "#";
    `unfilled`: whether a piece of the path is a template's ("{username}", "<nama>")."""

    app: str
    host: str
    full_host: str
    parts: tuple[str, ...]
    query: dict[str, str]
    fragment: str
    unfilled: bool = False

    def part(self, index: int) -> str:
        """A piece of the path in lower case, or ''."""
        return self.parts[index].lower() if index < len(self.parts) else ""

    def raw(self, index: int) -> str:
        """A piece of the path as written, or ''."""
        return self.parts[index] if index < len(self.parts) else ""

    def first(self, *keys: str) -> str:
        """The first of some query keys that holds something."""
        return next((v for k in keys if (v := self.query.get(k, "").strip().rstrip("/"))), "")


def address_of(text: str) -> Address | None:
    """The parts of an address, or None where it is none that leads anywhere ("#", "javascript:", an empty string)."""
    if len(text) > _LONGEST:
        return None
    url = unescape(text).strip(_JUNK_BEFORE).rstrip(_JUNK_AFTER).replace("\\", "/")
    if not url.isascii():
        url = unicodedata.normalize("NFKC", url)
    url = re.sub(r"[\t\r\n\f\v\u200b\u200e\u200f\ufeff]", "", url)
    if re.match(r"^https?%3a", url, re.I):
        url = unquote(url)
    url = _SLOPPY.sub("https://", _DOUBLED.sub("", url))
    if url.startswith("//"):
        url = f"https:{url}"
    elif not _SCHEME.match(url) or _HOSTLIKE.match(url):
        if not _HOSTLIKE.match(url):
            return None
        url = f"https://{url}"
    if "?" not in url:
        url = _QUERY.sub("?", url, count=1)
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").lower()
        query = parse_qs(parts.query.replace(";", "&"), keep_blank_values=True, max_num_fields=60)
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in {"http", "https"} | _APPS or not host:
        return None
    bare = host
    while (shorter := _PREFIX.sub("", bare)) != bare and "." in shorter:
        bare = shorter
    pieces = tuple(p for p in (unquote(piece).strip(_JUNK_AFTER) for piece in parts.path.split("/")) if p)
    return Address(
        app="" if scheme in {"http", "https"} else scheme,
        host=bare,
        full_host=host,
        parts=pieces,
        query={k.lower().removeprefix("amp;"): v[0] for k, v in query.items() if v},
        fragment=unquote(parts.fragment),
        unfilled=bool(_TEMPLATE.search(unquote(text).split("?")[0])),
    )
