"""HTML becomes blocks in reading order, links with their place, and what the page says of itself."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from compliance.model.document import Block, Document, Link
from compliance.model.status import Access, Region
from compliance.read.dates import date_in_url, find_date
from compliance.read.regions import REGION_TAGS, region_of
from compliance.read.sniff import decode

_SKIP = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "object",
    "canvas",
    "head",
    "title",
    "meta",
    "link",
    "base",
    "s",
    "del",
    "strike",
}
_BLOCKS = {
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main", "aside", "header", "footer", "nav",
    "blockquote", "pre", "figure", "figcaption", "form", "fieldset", "details", "summary", "table", "tbody", "thead",
    "tfoot", "tr", "td", "th", "caption", "address", "center", "hr", "body", "legend", "progress", "marquee",
    "h1", "h2", "h3", "h4", "h5", "h6", "label", "option", "select", "iframe", "video", "dialog",
}  # fmt: skip
_MAY_TITLE = {"h1", "h2", "h3", "h4", "h5", "h6", "div", "span", "p", "strong"}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LAYOUT = {"table", "ul", "ol", "h1", "h2", "h3", "h4", "form", "article", "section", "nav"}
_ONCLICK = re.compile(
    r"""(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|window\.open\()\s*['"]([^'"]+)['"]"""
)
_TITLE_CLASS = re.compile(r"(?:^|[-_ ])(?:title|titile|judul|heading|head|header)(?:$|[-_ ])", re.I)
_NO_TARGET = re.compile(r"^(?:#.*|javascript:.*|\s*|about:blank|tel:\s*|mailto:\s*)$", re.I)
_NON_WORD = re.compile(r"[^a-z0-9]+")
#: Nesting that is walked; real pages stay under 60, and Python's own stack bounds it.
MAX_DEPTH = 180
_MAX_SPAN = 20
#: Characters of markup that are parsed; the tree takes some forty times as much memory.
MAX_TEXT = 1_500_000
_DATA_URI = re.compile(r"data:[\w/+.-]*;base64,[A-Za-z0-9+/=\s]{200,}")
_FILLS = re.compile(r"DataTable\s*\(|ajax|fetch\(|axios", re.I)
#: A button of this name shows a document; these calls show none.
_OPENS = re.compile(r"\b(?:lihat|unduh|buka|download|view|baca|berkas|dokumen|file|pdf)\b", re.I)
_HARMLESS = re.compile(r"^\s*(?:alert|window\.scroll|scrollTo|window\.print|print|history\.|toggle|return false)", re.I)
_FETCHES = re.compile(r"\bfetch\s*\(|XMLHttpRequest|\$\.(?:ajax|get|getJSON|post)\b|\baxios\b|\.load\(")
_WRITES = re.compile(r"innerHTML|appendChild|\.append\(|\.html\(|insertAdjacentHTML|textContent|\.load\(")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|tiff?)(?:$|\?)", re.I)
_BOUND = frozenset({":href", "x-bind:href", "v-bind:href", "ng-href", "[href]"})
_SHELL = re.compile(r"""id=["'](?:root|app|__next|__nuxt)["']""", re.I)


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
        text = _DATA_URI.sub("", text)
        truncated = truncated or len(text) > MAX_TEXT
        text = text[:MAX_TEXT]
    if not text.strip():
        return Document(url=url, kind="html", title="", access=Access.EMPTY, truncated=truncated)
    root = _tree(text)
    if root is None:
        return Document(url=url, kind="html", title="", access=Access.EMPTY, truncated=truncated)
    walker = _Walker(url, root, aside_headings, rewrite)
    walker.run()
    document = walker.document(truncated)
    if _has_empty_list(text, document):
        document.meta["empty_list"] = "1"
    loads = _loads(root)
    if loads:
        document.meta["loads"] = loads
    if not any(b.text for b in document.blocks) and not document.links:
        scripts = len(root.findall(".//script"))
        access = Access.NEEDS_JAVASCRIPT if scripts else Access.EMPTY
        return _with(document, access)
    if _is_shell(text, root, document):
        return _with(document, Access.NEEDS_JAVASCRIPT)
    return document


def _tree(text: str) -> Any:
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
        elif tag in _BLOCKS:
            self.out.append("<br>")

    def handle_data(self, data: str) -> None:
        if not self.hidden and data.strip():
            self.out.append(escape(data))


def _with(document: Document, access: Access) -> Document:
    return Document(
        url=document.url, kind=document.kind, title=document.title, blocks=document.blocks, links=document.links,
        access=access, site_title=document.site_title, posted=document.posted, meta=document.meta,
        truncated=document.truncated,
    )  # fmt: skip


def _is_hidden(attributes: Any) -> bool:
    """Whether nobody sees the element. A form may wait hidden in a dialog: the caller asks."""
    return "hidden" in attributes or ("style" in attributes and bool(_HIDDEN.search(attributes["style"])))


def _is_shell(text: str, root: Any, document: Document) -> bool:
    """Whether the page is a frame that scripts must fill: little text, and a mount point or many scripts."""
    words = sum(len(b.text.split()) for b in document.blocks if b.region is Region.MAIN and b.kind != "image")
    if words > 30:
        return False
    if _SHELL.search(text) and words < 12:
        return True
    return words < 4 and sum(1 for s in root.iter("script") if s.get("src")) >= 3


def _loads(root: Any) -> str:
    """A mark of the page's own scripts that fetch something and write it into the page; '' where there are none."""
    texts = [s.text for s in root.iter("script") if s.text and not s.get("src")]
    found = [t for t in texts if _FETCHES.search(t) and _WRITES.search(t)]
    return hashlib.sha256("\n".join(found).encode("utf-8", "replace")).hexdigest()[:16] if found else ""


def _has_empty_list(text: str, document: Document) -> bool:
    """Whether a table has a heading row, no data, and a script that fills it (the lists of OpenSID)."""
    rows: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.kind == "row" and block.region is Region.MAIN:
            rows.setdefault(block.table, []).append(block)
    return any(len(found) == 1 and len(found[0].cells) >= 3 for found in rows.values()) and bool(_FILLS.search(text))


def squeeze(text: str) -> str:
    """Runs of white space become one blank."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """Lower case, letters and digits only, single blanks: for comparing headings."""
    return _NON_WORD.sub(" ", text.lower()).strip()


class _Walker:
    """One walk over the tree. Kept as a class because blocks, links and the text being gathered belong together."""

    def __init__(self, url: str, root: Any, aside_headings: frozenset[str], rewrite: Callable[[str], str]) -> None:
        self.url = url
        self.root = root
        self.aside = aside_headings
        self.rewrite = rewrite
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.buffer: list[str] = []
        self.heading = ""
        self.tables = 0
        base = root.find(".//base[@href]")
        self.base = (_resolve(url, base.get("href").strip()) if base is not None else None) or url
        self.root_url = urljoin(self.base, "/")
        self.depth = 0

    def run(self) -> None:
        body = self.root.find("body")
        head = self.root.find("head")
        # A page without <html> and <body> comes out of the parser with its content in the head.
        if head is not None and any(child.tag in _BLOCKS for child in head):
            self._children(head, Region.MAIN, False, "text")
            self._flush(Region.MAIN, "text")
        if body is not None or head is None:
            self._children(body if body is not None else self.root, Region.MAIN, False, "text")
        self._flush(Region.MAIN, "text")
        self._head()

    # -- the walk ---------------------------------------------------------------------------------

    def _children(self, element: Any, region: Region, in_content: bool, kind: str) -> None:
        if self.depth >= MAX_DEPTH:
            self._flat(element, region)
            return
        self.depth += 1
        if element.text:
            self.buffer.append(element.text)
        boxed: Region | None = None
        for child in element:
            tag = child.tag
            if isinstance(tag, str):
                if tag in _MAY_TITLE and self._begins_aside(child, tag):
                    boxed = Region.ASIDE
                elif boxed is not None and tag in _HEADINGS:
                    boxed = None
                self._element(
                    child,
                    tag,
                    boxed if boxed is not None and region is Region.MAIN else region,
                    in_content,
                    kind,
                )
            if child.tail:
                self.buffer.append(child.tail)
        self.depth -= 1

    def _flat(self, element: Any, region: Region) -> None:
        """Below the deepest nesting that is walked: the text and the links, without their structure."""
        self.buffer.append(" ".join(t for t in element.itertext() if t))
        for anchor in element.iter("a"):
            self._link(anchor.get("href") or "", squeeze("".join(anchor.itertext())), region, "a")

    def _begins_aside(self, child: Any, tag: str) -> bool:
        """A heading such as "Artikel Terkini" begins a sidebar box that reaches to the next heading."""
        if tag not in _HEADINGS and not (
            tag in {"div", "span", "p", "strong"} and len(child) <= 2 and _TITLE_CLASS.search(child.get("class") or "")
        ):
            return False
        return plain("".join(child.itertext())) in self.aside

    def _element(self, element: Any, tag: str, region: Region, in_content: bool, kind: str) -> None:
        if tag in _SKIP:
            return
        if tag == "br":
            if kind != "cell":
                self._flush(region, kind)
            else:
                self.buffer.append(" ")
            return
        # Most elements carry nothing that could name a region.
        attributes = element.attrib
        if (
            ("style" in attributes or "hidden" in attributes)
            and _is_hidden(attributes)
            and next(element.iter("form", "textarea"), None) is None
        ):
            return
        if region is Region.MAIN and (attributes or tag in REGION_TAGS):
            inner = region_of(element, region, in_content)
        else:
            inner = region
        content = in_content or tag in {"main", "article"}
        if tag == "a":
            self._anchor(element, inner, content, kind)
            return
        if "onclick" in attributes:
            self._clicked(
                attributes["onclick"], squeeze("".join(element.itertext())) or element.get("title") or "", inner
            )
        if tag == "img":
            self._image(element, inner)
            return
        if tag in {"iframe", "embed", "area", "video", "source"}:
            self._embedded(element, tag, inner)
            return
        if tag in {"input", "textarea", "button"} and element.get("type") not in {"hidden", "radio", "checkbox"}:
            self.buffer.append(f" {element.get('placeholder') or element.get('value') or ''} ")
        if tag == "tr" and not self._is_layout(element):
            self._row(element, inner, content)
            return
        if tag not in _BLOCKS:
            self._children(element, inner, content, kind)
            return
        if kind == "cell":
            self.buffer.append(" ")
            self._children(element, inner, content, kind)
            self.buffer.append(" ")
            return
        self._flush(region, kind)
        if tag == "table":
            self.tables += 1
        if tag == "form" and element.get("action"):
            self._link(element.get("action"), self.heading, inner, "form")
        inner_kind = tag if tag in _HEADINGS or tag == "pre" else "item" if tag in {"li", "dt", "dd"} else "text"
        self._children(element, inner, content, inner_kind)
        self._flush(inner, inner_kind)

    def _flush(self, region: Region, kind: str) -> None:
        if not self.buffer:
            return
        raw = "".join(self.buffer)
        self.buffer.clear()
        if kind == "pre":
            self.blocks += [Block(kind="text", text=squeeze(t), region=region) for t in raw.splitlines() if t.strip()]
            return
        text = squeeze(raw)
        if not text:
            return
        level = _HEADINGS.get(kind, 0)
        if level:
            self.heading = text
        self.blocks.append(Block(kind="heading" if level else kind, text=text, region=region, level=level))

    def _row(self, element: Any, region: Region, content: bool) -> None:
        self._flush(region, "text")
        cells: list[str] = []
        first_link = len(self.links)
        for cell in element:
            if cell.tag in {"td", "th"}:
                if not len(cell):
                    cells.append(squeeze(cell.text or ""))
                else:
                    self._children(cell, region, content, "cell")
                    cells.append(squeeze("".join(self.buffer)))
                    self.buffer.clear()
                wide = cell.get("colspan", "")
                if wide.isdigit() and 1 < int(wide) <= _MAX_SPAN:
                    # Amounts stay under the heading of their column.
                    cells += [""] * (int(wide) - 1)
        text = " | ".join(c for c in cells if c)
        if text:
            self.blocks.append(Block(kind="row", text=text, region=region, cells=tuple(cells), table=self.tables))
            # A link that says only "Unduh" is named by its row.
            self.links[first_link:] = [
                Link(
                    link.url,
                    link.text,
                    link.region,
                    link.tag,
                    f"{self.heading} {text}"[:300],
                    len(self.blocks) - 1,
                )
                for link in self.links[first_link:]
            ]

    @staticmethod
    def _is_layout(row: Any) -> bool:
        """Whether a table row is page layout rather than data: it holds other blocks."""
        return any(len(cell) and next(cell.iter(*_LAYOUT), None) is not None for cell in row)

    # -- links ------------------------------------------------------------------------------------

    def _anchor(self, element: Any, region: Region, content: bool, kind: str) -> None:
        start = len(self.blocks)
        before = len(self.buffer)
        if len(element):
            self._children(element, region, content, kind)
            text = squeeze(
                " ".join([b.text for b in self.blocks[start:] if b.kind != "image"] + ["".join(self.buffer[before:])])
            )
        else:
            text = squeeze(element.text or "")
            self.buffer.append(text)
        if not text:
            image = next(element.iter("img"), None)
            text = (
                element.get("aria-label")
                or element.get("title")
                or (image.get("alt") if image is not None else "")
                or ""
            )
        target = element.get("href")
        if len(self.blocks) > start and not _PICTURE.search(target or ""):
            # A picture that leads to a page is a button or thumbnail, not the thing itself.
            self.blocks[start:] = [replace(b, level=1) if b.kind == "image" else b for b in self.blocks[start:]]
        onclick = element.get("onclick")
        if (target is None or _NO_TARGET.match(target)) and onclick and self._clicked(onclick, text, region):
            return
        self._link(target or "", text, region, "a")

    def _clicked(self, onclick: str, text: str, region: Region) -> bool:
        """What a click leads to: an address, or something that only a script can show. False where it is neither."""
        found = _ONCLICK.search(onclick)
        if found:
            self._link(found[1], text, region, "onclick")
        elif region is Region.MAIN and _OPENS.search(text) and not _HARMLESS.search(onclick):
            above = next((b.text for b in reversed(self.blocks[-3:]) if b.kind != "image"), "")
            self.links.append(Link("", text, region, "script", f"{self.heading} {above}"[:300], len(self.blocks)))
        else:
            return False
        return True

    def _link(self, target: str, text: str, region: Region, tag: str) -> None:
        target = target.strip()
        if _NO_TARGET.match(target):
            if tag == "a" and text.strip():
                self.links.append(Link("", squeeze(text), region, "label", self.heading, len(self.blocks)))
            return
        url = _resolve(self.root_url if target[:1] == "/" != target[1:2] else self.base, target)
        if url is None:
            return
        self.links.append(Link(self.rewrite(url), squeeze(text), region, tag, self.heading, len(self.blocks)))

    def _image(self, element: Any, region: Region) -> None:
        source = element.get("src") or element.get("data-src") or ""
        if not source or source.startswith("data:"):
            return
        name = unquote(urlsplit(source).path.rsplit("/", 1)[-1]) if "://[" not in source else ""
        text = squeeze(f"{element.get('alt') or ''} {element.get('title') or ''}")
        try:
            url = self.rewrite(urljoin(self.base, source.strip()))
        except ValueError:
            return
        size = (element.get("width") or "", element.get("height") or "")
        self.blocks.append(Block(kind="image", text=text, region=region, cells=(url, name, *size)))

    def _embedded(self, element: Any, tag: str, region: Region) -> None:
        target = element.get("src") or element.get("data-src") or element.get("href") or ""
        self._link(target, element.get("title") or element.get("alt") or self.heading, region, tag)

    # -- what the head says -----------------------------------------------------------------------

    def _head(self) -> None:
        for node in self.root.iter("script"):
            if (node.get("type") or "").lower() == "application/ld+json" and node.text:
                for target in _same_as(node.text):
                    self._link(target, "sameAs", Region.HEADER, "jsonld")
        for node in self.root.iter("link"):
            relation = (node.get("rel") or "").lower()
            if "alternate" in relation and "xml" in (node.get("type") or "") and node.get("href"):
                self._link(node.get("href"), node.get("title") or "feed", Region.HEADER, "feed")
        for node in self.root.iter("meta"):
            if (node.get("http-equiv") or "").lower() == "refresh" and (
                found := re.search(r"url\s*=\s*['\"]?([^'\";]+)", node.get("content") or "", re.I)
            ):
                self._link(found[1], "", Region.MAIN, "refresh")

    def document(self, truncated: bool) -> Document:
        meta: dict[str, str] = {}
        for node in self.root.iter("meta"):
            name = (node.get("name") or node.get("property") or "").lower()
            if name and node.get("content") is not None:
                meta.setdefault(name, squeeze(node.get("content"))[:500])
        page_title = squeeze("".join(self.root.findtext(".//title") or ""))
        meta["title"] = page_title
        if any(_BOUND & set(node.attrib) for node in self.root.iter("a")):
            meta["scripted_links"] = "1"
        title = next(
            (b.text for b in self.blocks if b.kind == "heading" and b.level == 1 and b.region is Region.MAIN),
            "",
        )
        return Document(
            url=self.url,
            kind="html",
            title=title or page_title,
            blocks=tuple(self.blocks),
            links=tuple(self.links),
            site_title=meta.get("og:site_name", ""),
            posted=self._posted(meta),
            meta=meta,
            truncated=truncated,
        )

    def _posted(self, meta: dict[str, str]) -> Any:
        found = date_in_url(self.url) or find_date(meta.get("article:published_time", ""))
        if found:
            return found
        for block in self.blocks[:200]:
            if block.region is Region.MAIN and len(block.text) <= 90 and "hari ini" not in block.text.lower():
                found = find_date(block.text)
                if found and len(plain(block.text).split()) <= 12:
                    return found
        return None


@lru_cache(maxsize=20_000)
def _resolve(base: str, target: str) -> str | None:
    """The absolute address of a link, or None where it is none that can be followed. Menus repeat: kept in memory."""
    try:
        url = urljoin(base, target.replace("\\", "/")) if ":" not in target[:8] or target[:4] == "http" else target
        scheme = urlsplit(url).scheme
    except ValueError:
        return None
    return url if scheme in {"http", "https", "mailto", "tel"} else None


def _same_as(text: str) -> Iterator[str]:
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
