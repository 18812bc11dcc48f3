"""The walk over a page's tree: blocks in reading order, and links with their place."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from compliance.model.document import Block, Link
from compliance.model.status import Region
from compliance.read.offers import TELLING, Offers
from compliance.read.plain import plain, squeeze
from compliance.read.regions import REGION_TAGS, lists_pages, region_of
from compliance.read.targets import (
    NO_TARGET,
    background_of,
    picture_source,
)
from compliance.read.tree import BLOCKS

_SKIP = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
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
_MAY_TITLE = {"h1", "h2", "h3", "h4", "h5", "h6", "div", "span", "p", "strong"}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LAYOUT = {"table", "ul", "ol", "h1", "h2", "h3", "h4", "form", "article", "section", "nav"}
_TITLE_CLASS = re.compile(r"(?:^|[-_ ])(?:title|titile|judul|heading|head|header)(?:$|[-_ ])", re.I)
#: Nesting that is walked; real pages stay under 60, and Python's own stack bounds it.
MAX_DEPTH = 180
_MAX_SPAN = 20
#: Stands for a line break inside a cell while the cell is gathered; to others it is white space; so many lines in every cell make rows.
_BREAK, _STACKED = "\x1f", 3
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def _is_hidden(attributes: Any) -> bool:
    """Whether nobody sees the element. A form may wait hidden in a dialog: the caller asks."""
    return "hidden" in attributes or ("style" in attributes and bool(_HIDDEN.search(attributes["style"])))


class Walker:
    """One walk over the tree. Kept as a class because blocks, links and the text being gathered belong together."""

    def __init__(self, url: str, root: Any, aside_headings: frozenset[str], rewrite: Callable[[str], str]) -> None:
        self.root = root
        self.aside = aside_headings
        self.offers = Offers(url, root, rewrite)
        #: Shared with the offers: both are in reading order.
        self.blocks = self.offers.blocks
        self.links = self.offers.links
        self.buffer: list[str] = []
        self.tables = 0
        self.depth = 0
        #: Whether the content has an element that waits to be filled, and one that scripts draw on.
        self.bare = self.canvas = False

    def run(self) -> None:
        body = self.root.find("body")
        head = self.root.find("head")
        # A page without <html> and <body> comes out of the parser with its content in the head.
        if head is not None and any(child.tag in BLOCKS for child in head):
            self._children(head, Region.MAIN, False, "text")
            self._flush(Region.MAIN, "text")
        if body is not None or head is None:
            self._children(body if body is not None else self.root, Region.MAIN, False, "text")
        self._flush(Region.MAIN, "text")
        self.offers.head()

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
            self.offers.link(anchor.get("href") or "", squeeze("".join(anchor.itertext())), region, "a")

    def _begins_aside(self, child: Any, tag: str) -> bool:
        """A heading such as "Artikel Terkini" begins a sidebar box that reaches to the next heading."""
        if tag not in _HEADINGS and not (
            tag in {"div", "span", "p", "strong"} and len(child) <= 2 and _TITLE_CLASS.search(child.get("class") or "")
        ):
            return False
        return plain("".join(child.itertext())) in self.aside

    def _element(self, element: Any, tag: str, region: Region, in_content: bool, kind: str) -> None:
        if self.offers.carriers and element in self.offers.carriers:
            self.offers.carrier(element, region)
        if tag in _SKIP:
            if tag == "canvas" and region is Region.MAIN:
                self.bare = self.canvas = True
            if tag == "noscript":
                self.offers.media(element, region)
            elif tag == "svg":
                self.offers.drawn(element, region)
            return
        if tag == "br":
            if kind != "cell":
                self._flush(region, kind)
            else:
                self.buffer.append(_BREAK)
            return
        # Most elements carry nothing that could name a region.
        attributes = element.attrib
        if (
            ("style" in attributes or "hidden" in attributes)
            and _is_hidden(attributes)
            and next(element.iter("form", "textarea"), None) is None
        ):
            # Its text is not shown; a picture or file in it waits for a click.
            self.offers.media(element, region)
            return
        if region is Region.MAIN and (attributes or tag in REGION_TAGS):
            inner = region_of(element, region, in_content)
        elif region is Region.MAIN and tag == "ul" and self._may_be_menu(in_content):
            inner = Region.MENU if lists_pages(element) else region
        else:
            inner = region
        content = in_content or tag in {"main", "article"}
        if tag == "a":
            self._anchor(element, inner, content, kind)
            return
        if "onclick" in attributes:
            self.offers.clicked(
                attributes["onclick"], squeeze("".join(element.itertext())) or element.get("title") or "", inner
            )
        if tag == "img" or (tag == "source" and ("srcset" in attributes or "data-srcset" in attributes)):
            self.offers.image(picture_source(attributes), element, inner)
            # The parser does not know that a source holds nothing.
            self._children(element, inner, content, kind)
            return
        if tag in {"iframe", "embed", "area", "video", "source", "object"}:
            self.offers.embedded(element, tag, inner)
            if tag != "object":
                return
        if tag == "form":
            self.offers.form(element, inner, "".join(self.buffer))
        if "style" in attributes and "url(" in attributes["style"]:
            self.offers.image(background_of(attributes["style"]), element, inner)
        if tag in {"input", "textarea", "button"} and element.get("type") not in {"hidden", "radio", "checkbox"}:
            self.buffer.append(f" {element.get('placeholder') or element.get('value') or ''} ")
        if tag == "tr" and not self._is_layout(element):
            self._row(element, inner, content)
            return
        if "-" in tag:
            self.bare = True
        if tag not in BLOCKS:
            self._children(element, inner, content, kind)
            return
        if kind == "cell":
            self.buffer.append(_BREAK)
            self._children(element, inner, content, kind)
            self.buffer.append(_BREAK)
            return
        self._flush(region, kind)
        if tag == "table":
            self.tables += 1
        elif region is Region.MAIN and not len(element) and "id" in attributes and not (element.text or "").strip():
            self.bare = True
        if tag == "form" and element.get("action"):
            self.offers.link(element.get("action"), self.offers.heading, inner, "form")
        inner_kind = tag if tag in _HEADINGS or tag == "pre" else "item" if tag in {"li", "dt", "dd"} else "text"
        self._children(element, inner, content, inner_kind)
        self._flush(inner, inner_kind)

    def _may_be_menu(self, in_content: bool) -> bool:
        """Before the first heading and outside what the markup calls content."""
        return not in_content and not any(b.region is Region.MAIN and b.kind == "heading" for b in self.blocks)

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
            self.offers.heading = text
        self.blocks.append(Block(kind="heading" if level else kind, text=text, region=region, level=level))
        if self.links and self.links[-1].block == len(self.blocks) - 1 and len(text) <= TELLING:
            # A link that says only "Unduh" is named by its line.
            self.offers.name_links(text)
        if "://" in text:
            self.offers.written(text, region)

    def _row(self, element: Any, region: Region, content: bool) -> None:
        self._flush(region, "text")
        cells: list[str] = []
        stacked: list[list[str]] = []
        first_link = len(self.links)
        for cell in element:
            if cell.tag in {"td", "th"}:
                if not len(cell):
                    cells.append(squeeze(cell.text or ""))
                else:
                    self._children(cell, region, content, "cell")
                    lines = [t for t in map(squeeze, "".join(self.buffer).split(_BREAK)) if t]
                    stacked.append(lines)
                    cells.append(" ".join(lines))
                    self.buffer.clear()
                wide = cell.get("colspan", "")
                if wide.isdecimal() and 1 < int(wide) <= _MAX_SPAN:
                    # Amounts stay under the heading of their column.
                    cells += [""] * (int(wide) - 1)
        text = " | ".join(c for c in cells if c)
        if "://" in text:
            self.offers.written(text, region)
        if self._stacked(stacked, cells):
            # One cell holds a whole column, its lines broken: each line is a row.
            for line in zip(*stacked, strict=True):
                self.blocks.append(
                    Block(kind="row", text=" | ".join(line), region=region, cells=line, table=self.tables)
                )
            return
        if text:
            self.blocks.append(Block(kind="row", text=text, region=region, cells=tuple(cells), table=self.tables))
            # A link that says only "Unduh" is named by its row.
            self.links[first_link:] = [
                Link(
                    link.url,
                    link.text,
                    link.region,
                    link.tag,
                    f"{self.offers.heading} {text}"[:300],
                    len(self.blocks) - 1,
                )
                for link in self.links[first_link:]
            ]

    @staticmethod
    def _stacked(stacked: list[list[str]], cells: list[str]) -> bool:
        heights = {len(lines) for lines in stacked}
        whole = len(stacked) >= 2 and len(stacked) == len([c for c in cells if c])
        return whole and len(heights) == 1 and max(heights) >= _STACKED

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
        if len(self.blocks) > start:
            self.blocks[start:] = [
                self.offers.linked(b, target or "") if b.kind == "image" else b for b in self.blocks[start:]
            ]
        onclick = element.get("onclick")
        if (target is None or NO_TARGET.match(target)) and onclick and self.offers.clicked(onclick, text, region):
            return
        self.offers.link(target or "", text, region, "a")
