"""HTML becomes blocks in reading order, links with their place, and what the page says of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from compliance.model.document import Document
from compliance.model.status import Access, Region
from compliance.read.dates import date_in_url, find_date
from compliance.read.offers import WRITTEN
from compliance.read.plain import plain, squeeze
from compliance.read.sniff import decode
from compliance.read.tree import fetches, has_empty_list, is_shell, loads_of, scripts_of, tree_of
from compliance.read.walker import Walker

#: Characters of markup that are parsed; the tree takes some forty times as much memory.
MAX_TEXT = 1_500_000
_BOUND = frozenset({":href", "x-bind:href", "v-bind:href", "ng-href", "[href]"})
_DATA_URI = re.compile(r"data:[\w/+.-]*;base64,[A-Za-z0-9+/=\s]{200,}")


def read_html(
    url: str,
    body: bytes,
    *,
    charset: str = "",
    truncated: bool = False,
    aside_headings: frozenset[str] = frozenset(),
    rewrite: Callable[[str], str] = str,
) -> Document:
    """A page as a Document. Never raises on bad markup; a page without any text has access empty.

    `aside_headings` are headings (lower case, single blanks) that begin a sidebar box.
    """
    text, _ = decode(body, charset)
    text = text.replace("\x00", "")
    if len(text) > MAX_TEXT:
        # Pictures written into the page are most of a huge page; a tree of the rest is bounded.
        text = _DATA_URI.sub(f"data:{'-' * WRITTEN}", text) if text.count("data:") < 20 else _DATA_URI.sub("", text)
        truncated = truncated or len(text) > MAX_TEXT
        text = text[:MAX_TEXT]
    if not text.strip():
        return Document(url=url, kind="html", title="", access=Access.EMPTY, truncated=truncated)
    root = tree_of(text)
    if root is None:
        return Document(url=url, kind="html", title="", access=Access.EMPTY, truncated=truncated)
    walker = Walker(url, root, aside_headings, rewrite)
    walker.run()
    document = document_of(walker, truncated)
    if has_empty_list(text, document):
        document.meta["empty_list"] = "1"
    loads = loads_of(root)
    if loads:
        document.meta["loads"] = loads
    if fetches(root):
        document.meta["fetches"] = "1"
    scripts = scripts_of(root)
    if scripts:
        document.meta["scripts"] = scripts
    if not any(b.text or b.kind == "image" for b in document.blocks) and not document.links:
        access = Access.NEEDS_JAVASCRIPT if root.find(".//script") is not None else Access.EMPTY
        return _with(document, access)
    if is_shell(text, root, document):
        return _with(document, Access.NEEDS_JAVASCRIPT)
    return document


def _with(document: Document, access: Access) -> Document:
    return Document(
        url=document.url, kind=document.kind, title=document.title, blocks=document.blocks, links=document.links,
        access=access, site_title=document.site_title, posted=document.posted, meta=document.meta,
        truncated=document.truncated,
    )  # fmt: skip


def document_of(page: Walker, truncated: bool) -> Document:
    """The walked page with what it says of itself: title, meta elements, day of posting."""
    meta: dict[str, str] = {}
    for node in page.root.iter("meta"):
        name = (node.get("name") or node.get("property") or "").lower()
        if name and node.get("content") is not None:
            meta.setdefault(name, squeeze(node.get("content"))[:500])
    page_title = squeeze("".join(page.root.findtext(".//title") or ""))
    meta["title"] = page_title
    if any(_BOUND & set(node.attrib) for node in page.root.iter("a")):
        meta["scripted_links"] = "1"
    rows = Counter(b.table for b in page.blocks if b.kind == "row" and b.region is Region.MAIN)
    if page.bare or 1 in rows.values():
        meta["bare"] = "1"
    if page.canvas:
        meta["canvas"] = "1"
    title = next(
        (b.text for b in page.blocks if b.kind == "heading" and b.level == 1 and b.region is Region.MAIN),
        "",
    )
    return Document(
        url=page.offers.url,
        kind="html",
        title=title or page_title,
        blocks=tuple(page.blocks),
        links=tuple(page.links),
        site_title=meta.get("og:site_name", ""),
        posted=_posted(page, meta),
        meta=meta,
        truncated=truncated,
    )


def _posted(page: Walker, meta: dict[str, str]) -> Any:
    found = date_in_url(page.offers.url) or find_date(meta.get("article:published_time", ""))
    if found:
        return found
    for block in page.blocks[:200]:
        if block.region is Region.MAIN and len(block.text) <= 90 and "hari ini" not in block.text.lower():
            found = find_date(block.text)
            if found and len(plain(block.text).split()) <= 12:
                return found
    return None
