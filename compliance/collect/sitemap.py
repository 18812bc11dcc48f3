"""Sitemaps and feeds: addresses that no menu shows."""

from __future__ import annotations

import gzip
import warnings
import zlib

MAX_ADDRESSES = 2000
#: Bytes that are parsed: some ten thousand addresses, more than are taken.
_MAX_UNPACKED = 2 * 1024 * 1024


def addresses(body: bytes) -> tuple[list[str], list[str]]:
    """(page addresses, further sitemaps) of a sitemap, sitemap index, RSS or Atom body; each in document order."""
    # Imported here: many sites have no sitemap, and start-up counts.
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

    if body[:2] == b"\x1f\x8b":
        try:
            body = zlib.decompressobj(31).decompress(body, _MAX_UNPACKED)
        except (zlib.error, gzip.BadGzipFile):
            return [], []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(body[:_MAX_UNPACKED], "xml")
    further = [loc.get_text(strip=True) for node in soup.find_all("sitemap") if (loc := node.find("loc"))]
    pages = [loc.get_text(strip=True) for node in soup.find_all("url") if (loc := node.find("loc"))]
    for item in soup.find_all(["item", "entry"]):
        link = item.find("link")
        if link is not None:
            pages.append(str(link.get("href") or link.get_text(strip=True)))
    return [p for p in pages if p][:MAX_ADDRESSES], [f for f in further if f][:20]
