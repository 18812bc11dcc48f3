"""The tree of a page, and what its scripts tell of it: a shell, an empty list, content that is loaded later."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from typing import Any

from lxml import etree

from compliance.model.document import Block, Document
from compliance.model.status import Region

BLOCKS = {
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main", "aside", "header", "footer", "nav",
    "blockquote", "pre", "figure", "figcaption", "form", "fieldset", "details", "summary", "table", "tbody", "thead",
    "tfoot", "tr", "td", "th", "caption", "address", "center", "hr", "body", "legend", "progress", "marquee",
    "h1", "h2", "h3", "h4", "h5", "h6", "label", "option", "select", "iframe", "video", "dialog",
}  # fmt: skip
_FILLS = re.compile(r"DataTable\s*\(|ajax|fetch\(|axios", re.I)
_FETCHES = re.compile(r"\bfetch\s*\(|XMLHttpRequest|\$\.(?:ajax|get|getJSON|post)\b|\baxios\b|\.load\(")
_WRITES = re.compile(
    r"innerHTML|appendChild|\.append\(|\.html\(|insertAdjacentHTML|textContent|\.load\(|new Chart|Highcharts|ApexCharts|echarts"
)
_LIBRARY = re.compile(
    r"jquery|bootstrap|popper|wp-includes|wp-emoji|googletag|analytics|gtag|adsbygoogle|recaptcha|font-?awesome|leaflet|swiper|slick|owl|aos|sweetalert"
    r"|lightbox|fancybox|modernizr|polyfill|cookie|facebook|twitter|translate|disqus|histats|statcounter|maps\.",
    re.I,
)
_SHELL = re.compile(r"""id=["'](?:root|app|__next|__nuxt)["']""", re.I)


def tree_of(text: str) -> Any:
    """The tree of a page, or None where there is none. Plain elements: lxml.html's own classes cost a look-up each."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        # As bytes, since a text with an encoding declaration of its own is refused.
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    last = parser.error_log.last_error
    if last is None or last.type_name != "ERR_RESOURCE_LIMIT":
        return tree
    # Nested deeper than libxml2 allows, and cut there: text and links are kept, structure is not.
    flat = _Flattener()
    flat.feed(text)
    return etree.fromstring(
        "".join(["<html><body>", *flat.out, "</body></html>"]).encode(), etree.HTMLParser(encoding="utf-8")
    )


class _Flattener(HTMLParser):
    """A page as one run of text and links."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden = tag in {"script", "style"}
        target = dict(attrs).get("href")
        if tag == "a" and target:
            self.out.append(f'<a href="{escape(target)}">')

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False
        if tag == "a":
            self.out.append("</a>")
        elif tag in BLOCKS:
            self.out.append("<br>")

    def handle_data(self, data: str) -> None:
        if not self.hidden and data.strip():
            self.out.append(escape(data))


def is_shell(text: str, root: Any, document: Document) -> bool:
    """Whether the page is a frame that scripts must fill: little text, and a mount point or many scripts."""
    words = sum(len(b.text.split()) for b in document.blocks if b.region is Region.MAIN and b.kind != "image")
    if words > 30:
        return False
    if _SHELL.search(text) and words < 12:
        return True
    return words < 4 and sum(1 for s in root.iter("script") if s.get("src")) >= 3


def loads_of(root: Any) -> str:
    """A mark of the page's own scripts that write into the page; '' where there are none."""
    found = [t for t in _inline(root) if _does(t)[0]]
    return hashlib.sha256("\n".join(found).encode("utf-8", "replace")).hexdigest()[:16] if found else ""


def fetches(root: Any) -> bool:
    """Whether a script written in the page fetches something and writes it into the page."""
    return any(all(_does(t)) for t in _inline(root))


def _inline(root: Any) -> list[str]:
    return [s.text for s in root.iter("script") if s.text and not s.get("src")]


@lru_cache(maxsize=512)
def _does(script: str) -> tuple[bool, bool]:
    """Whether a script writes into the page, and whether it fetches something. Themes repeat theirs: kept in memory."""
    writes = _WRITES.search(script) is not None
    return writes, writes and _FETCHES.search(script) is not None


def scripts_of(root: Any) -> str:
    """The addresses of the scripts that a page brings along, without what every site uses and what shows nothing."""
    return " ".join(sorted({v for s in root.iter("script") if (v := s.get("src")) and not _LIBRARY.search(v)}))


def has_empty_list(text: str, document: Document) -> bool:
    """Whether a table has a heading row, no data, and a script that fills it (the lists of OpenSID)."""
    rows: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.kind == "row" and block.region is Region.MAIN:
            rows.setdefault(block.table, []).append(block)
    return any(len(found) == 1 and len(found[0].cells) >= 3 for found in rows.values()) and bool(_FILLS.search(text))
