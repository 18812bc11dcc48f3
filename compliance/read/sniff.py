"""What a body is, by its bytes: neither extension nor header is believed."""

from __future__ import annotations

import codecs
import re

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""", re.I)
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|div|p|table|title|h1|article|main|section)\b", re.I)
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*")


def sniff(body: bytes) -> str:
    """One of empty, pdf, zip, ole, image, xml, json, html, text, binary."""
    head = body[:4096]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not stripped:
        return "empty" if not body.strip(b"\xef\xbb\xbf \t\r\n\x00") else "binary"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "ole"
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    lowered = stripped[:400].lower()
    if lowered.startswith(b"<?xml") and b"<html" not in lowered:
        return "xml"
    if lowered.startswith((b"<urlset", b"<sitemapindex", b"<rss", b"<feed", b"<svg")):
        return "image" if lowered.startswith(b"<svg") else "xml"
    if _HTML.search(head):
        return "html"
    if stripped[:1] in b"{[":
        return "json"
    if b"\x00" in head:
        return "binary"
    return "html" if stripped[:1] == b"<" else "text"


def decode(body: bytes, header_charset: str = "") -> tuple[str, str]:
    """The body as text, and the charset that was used.

    Order: byte order mark, HTTP header, meta element, UTF-8 where it fits, windows-1252 (never fails: bytes
    that it leaves undefined are replaced).
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), name
    meta = _META_CHARSET.search(body[:4096])
    for name in (header_charset, meta.group(1).decode("ascii") if meta else "", "utf-8"):
        if not name:
            continue
        try:
            return body.decode(name), name.lower()
        except (LookupError, UnicodeError, ValueError):
            continue
    try:
        # A body cut off in the middle of a character is still UTF-8.
        return body[:-3].decode("utf-8") + body[-3:].decode("utf-8", "replace"), "utf-8"
    except UnicodeDecodeError:
        return body.decode("windows-1252", "replace"), "windows-1252"
