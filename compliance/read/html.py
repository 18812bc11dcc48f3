"""HTML becomes blocks in reading order, links with their place, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from compliance.model.document import Document
from compliance.model.status import Access
from compliance.read.sniff import decode
from compliance.read.tree import fetches, has_empty_list, is_shell, loads_of, scripts_of, tree_of
from compliance.read.walker import WRITTEN, Walker

#: Characters of markup that are parsed; the tree takes some forty times as much memory.
MAX_TEXT = 1_500_000
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
    document = walker.document(truncated)
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
