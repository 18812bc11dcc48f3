"""Where links and pictures lead to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

ONCLICK = re.compile(
    r"""(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|window\.open\()\s*['"]([^'"]+)['"]"""
)
NO_TARGET = re.compile(r"^(?:#.*|javascript:.*|\s*|about:blank|tel:\s*|mailto:\s*)$", re.I)
#: A button of this name shows a document; these calls show none.
OPENS = re.compile(r"\b(?:lihat|unduh|buka|download|view|baca|berkas|dokumen|file|pdf)\b", re.I)
HARMLESS = re.compile(r"^\s*(?:alert|window\.scroll|scrollTo|window\.print|print|history\.|toggle|return false)", re.I)


@lru_cache(maxsize=20_000)
def resolve(base: str, target: str) -> str | None:
    """The absolute address of a link, or None where it is none that can be followed. Menus repeat: kept in memory."""
    try:
        url = urljoin(base, target.replace("\\", "/")) if ":" not in target[:8] or target[:4] == "http" else target
        scheme = urlsplit(url).scheme
    except ValueError:
        return None
    return url if scheme in {"http", "https", "mailto", "tel"} else None


#: Where themes put the address of a picture that is loaded when it comes into view.
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-large_image", "data-full-url")
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*url\(\s*['\"]?([^'\")]+)", re.I)
#: Pages that show a file whose address stands in their query.
_VIEWER = frozenset({"file", "url", "src", "pdf", "document", "doc", "path"})
_WRITTEN = re.compile(r"https?://[^\s<>\"']{4,300}")
_DRIVE = re.compile(r"https?://(?:drive|docs)\.google\.com/")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|jpe?g|png|webp)$", re.I)


def picture_source(attributes: Any) -> str:
    """The address of a picture: what is shown once it has come into view, the largest where several are offered."""
    for name in (*_LAZY, *(n for n in attributes if n.startswith("data-") and _FILE.search(attributes[n]))):
        if attributes.get(name):
            return str(attributes[name])
    source = str(attributes.get("src") or "")
    for name in _SETS:
        largest = _largest(attributes.get(name) or "")
        if largest and (not source or source.startswith("data:")):
            return largest
    return source


def _largest(offered: str) -> str:
    """The picture of a srcset with the greatest width or density."""
    best, size = "", -1.0
    for entry in re.split(r",\s+", offered.strip()):
        parts = entry.split()
        if not parts:
            continue
        found = re.match(r"([\d.]{1,9})[wx]$", parts[1]) if len(parts) > 1 else None
        try:
            width = float(found[1]) if found else 1.0
        except ValueError:
            width = 1.0
        if width > size:
            best, size = parts[0], width
    return best


def background_of(style: str) -> str:
    """The address of the picture that a style lays behind an element, or ''."""
    found = _BACKGROUND.search(style)
    return found[1].strip() if found else ""


def background_of_all(style: str) -> list[str]:
    """The addresses of all pictures that a style sheet lays behind elements."""
    return [u.strip() for u in _BACKGROUND.findall(style) if _FILE.search(u.strip().partition("?")[0])]


def unwrapped(url: str) -> str:
    """The address of the file that a viewer page shows, or the address itself."""
    parts = urlsplit(url)
    if "." not in parts.query and "." not in parts.fragment:
        return url
    shown = [v for n, v in parse_qsl(parts.query) if n.lower() in _VIEWER] + [parts.fragment.removeprefix("page=")]
    for value in shown:
        if _FILE.search(value.partition("?")[0]):
            return resolve(url, value) or url
    return url


def addresses_in(text: str) -> list[str]:
    """The addresses of files and of Google Drive that a text writes out instead of linking them."""
    found = [u.rstrip(".,;:)") for u in _WRITTEN.findall(text)]
    return [u for u in found if _DRIVE.match(u) or _FILE.search(u.partition("?")[0])]


def same_as(text: str) -> Iterator[str]:
    """The addresses that a JSON-LD text names as the same thing elsewhere."""
    try:
        stack: list[Any] = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            value = node.get("sameAs")
            yield from (v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str))
            stack.extend(v for v in node.values() if isinstance(v, dict | list))
        elif isinstance(node, list):
            stack.extend(node)
