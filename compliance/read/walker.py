"""The walk over a page's tree: blocks in reading order, and links with their place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from compliance.model.document import Block, Document, Link
from compliance.model.status import Region
from compliance.read.dates import date_in_url, find_date
from compliance.read.plain import plain, squeeze
from compliance.read.regions import REGION_TAGS, region_of
from compliance.read.targets import (
    HARMLESS,
    NO_TARGET,
    ONCLICK,
    OPENS,
    addresses_in,
    background_of,
    background_of_all,
    picture_source,
    resolve,
    same_as,
    unwrapped,
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
#: Characters from which on a picture written into a page is more than an icon.
WRITTEN = 12_000
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|tiff?)(?:$|\?)", re.I)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|csv|zip)$", re.I)
_CARRIERS = "//*[@*[(starts-with(name(), 'data-') or name() = 'source') and contains(., '.')]]"
_MUTE = frozenset({"hidden", "submit", "button", "image", "reset"})
_POINTS = re.compile(r"^\W*(?:unduh|download|lihat|buka|klik|di ?sini|link|tautan|berkas|file|pdf)\b", re.I)
_MAX_BACKGROUNDS = 5
#: A line of at most so many characters names the links in it.
_TELLING = 200
_BOUND = frozenset({":href", "x-bind:href", "v-bind:href", "ng-href", "[href]"})


def _carried(element: Any) -> str | None:
    """The file that an element names in an attribute for scripts, or None."""
    if element.tag in {"img", "source", "iframe", "embed"}:
        return None
    for name, value in element.attrib.items():
        if (name.startswith("data-") or name == "source") and (
            _DOCUMENT.search(value.partition("?")[0]) or _PICTURE.search(value)
        ):
            return str(value)
    return None


def _stem(url: str) -> str:
    """The address of a picture without its format: one picture is often offered in two."""
    return re.sub(r"\.\w{3,4}$", "", url)


def _is_hidden(attributes: Any) -> bool:
    """Whether nobody sees the element. A form may wait hidden in a dialog: the caller asks."""
    return "hidden" in attributes or ("style" in attributes and bool(_HIDDEN.search(attributes["style"])))


class Walker:
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
        self.base = (resolve(url, base.get("href").strip()) if base is not None else None) or url
        self.root_url = urljoin(self.base, "/")
        self.depth = 0
        #: Whether the content has an element that waits to be filled, and one that scripts draw on.
        self.bare = self.canvas = False
        #: Elements that name a file in an attribute which only scripts read.
        self.carriers = {e: v for e in root.xpath(_CARRIERS) if (v := _carried(e)) is not None}

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
        if self.carriers and element in self.carriers:
            self._carrier(element, region)
        if tag in _SKIP:
            if tag == "canvas" and region is Region.MAIN:
                self.bare = self.canvas = True
            if tag == "noscript":
                self._media(element, region)
            elif tag == "svg":
                self._drawn(element, region)
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
            # Its text is not shown; a picture or file in it waits for a click.
            self._media(element, region)
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
        if tag == "img" or (tag == "source" and ("srcset" in attributes or "data-srcset" in attributes)):
            self._image(picture_source(attributes), element, inner)
            # The parser does not know that a source holds nothing.
            self._children(element, inner, content, kind)
            return
        if tag in {"iframe", "embed", "area", "video", "source", "object"}:
            self._embedded(element, tag, inner)
            if tag != "object":
                return
        if tag == "form":
            self._form(element, inner)
        if "style" in attributes and "url(" in attributes["style"]:
            self._image(background_of(attributes["style"]), element, inner)
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
            self.buffer.append(" ")
            self._children(element, inner, content, kind)
            self.buffer.append(" ")
            return
        self._flush(region, kind)
        if tag == "table":
            self.tables += 1
        elif region is Region.MAIN and not len(element) and "id" in attributes and not (element.text or "").strip():
            self.bare = True
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
        if self.links and self.links[-1].block == len(self.blocks) - 1 and len(text) <= _TELLING:
            # A link that says only "Unduh" is named by its line.
            self._name_links(text)
        if "://" in text:
            self._written(text, region)

    def _name_links(self, text: str) -> None:
        block, place = len(self.blocks) - 1, len(self.links)
        while place and self.links[place - 1].block == block and self.links[place - 1].heading == self.heading:
            place -= 1
        if not self.blocks[block].level:
            said = f"{self.heading} {text}"[:300]
            self.links[place:] = [replace(k, heading=said) if _POINTS.search(k.text) else k for k in self.links[place:]]

    def _written(self, text: str, region: Region) -> None:
        linked = {link.url for link in self.links[-5:]}
        for address in addresses_in(text):
            if address not in linked:
                self._link(address, text.replace(address, " "), region, "text")

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
        if "://" in text:
            self._written(text, region)
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
        if len(self.blocks) > start:
            self.blocks[start:] = [
                self._linked(b, target or "") if b.kind == "image" else b for b in self.blocks[start:]
            ]
        onclick = element.get("onclick")
        if (target is None or NO_TARGET.match(target)) and onclick and self._clicked(onclick, text, region):
            return
        self._link(target or "", text, region, "a")

    def _linked(self, picture: Block, target: str) -> Block:
        """A picture inside a link: the small form of the one that it leads to, or a button to a page."""
        if not _PICTURE.search(target):
            return replace(picture, level=1)
        url = resolve(self.root_url if target[:1] == "/" != target[1:2] else self.base, target.strip())
        if url is None:
            return picture
        name = unquote(urlsplit(url).path.rsplit("/", 1)[-1])
        return replace(picture, cells=(self.rewrite(url), name, "", ""))

    def _clicked(self, onclick: str, text: str, region: Region) -> bool:
        """What a click leads to: an address, or something that only a script can show. False where it is neither."""
        found = ONCLICK.search(onclick)
        if found:
            self._link(found[1], text, region, "onclick")
        elif region is Region.MAIN and OPENS.search(text) and not HARMLESS.search(onclick):
            above = next((b.text for b in reversed(self.blocks[-3:]) if b.kind != "image"), "")
            self.links.append(Link("", text, region, "script", f"{self.heading} {above}"[:300], len(self.blocks)))
        else:
            return False
        return True

    def _link(self, target: str, text: str, region: Region, tag: str) -> None:
        target = target.strip()
        if NO_TARGET.match(target):
            if tag == "a" and text.strip():
                self.links.append(Link("", squeeze(text), region, "label", self.heading, len(self.blocks)))
            return
        url = resolve(self.root_url if target[:1] == "/" != target[1:2] else self.base, target)
        if url is None:
            return
        self.links.append(
            Link(self.rewrite(unwrapped(url)), squeeze(text), region, tag, self.heading, len(self.blocks))
        )

    def _image(self, source: str, element: Any, region: Region) -> None:
        text = squeeze(f"{element.get('alt') or ''} {element.get('title') or ''}")
        size = (element.get("width") or "", element.get("height") or "")
        if not source or source.startswith("data:"):
            if len(source) >= WRITTEN:
                # A picture written into the page has no address of its own, and cannot be asked for.
                url = f"{self.url}#gambar-{len(self.blocks)}"
                self.blocks.append(Block(kind="image", text=text, region=region, cells=(url, "", *size)))
            return
        try:
            name = unquote(urlsplit(source).path.rsplit("/", 1)[-1])
            url = self.rewrite(urljoin(self.base, source.strip()))
        except ValueError:
            return
        if self.blocks and self.blocks[-1].kind == "image" and _stem(self.blocks[-1].cells[0]) == _stem(url):
            return
        self.blocks.append(Block(kind="image", text=text, region=region, cells=(url, name, *size)))

    def _embedded(self, element: Any, tag: str, region: Region) -> None:
        target = next((v for a in ("src", "data-src", "href", "data") if (v := element.get(a))), "")
        self._link(target, element.get("title") or element.get("alt") or self.heading, region, tag)

    def _media(self, element: Any, region: Region) -> None:
        """The pictures and files of an element whose text is not read."""
        for inner in element.iter("img", "iframe", "embed", "object", "a"):
            if inner.tag == "img":
                self._image(picture_source(inner.attrib), inner, region)
            elif inner.tag != "a" or _DOCUMENT.search((inner.get("href") or "").partition("?")[0]):
                self._embedded(inner, inner.tag, region)

    def _drawn(self, element: Any, region: Region) -> None:
        """What a drawing in the page shows: its words, and pictures in it."""
        for inner in element.iter("image"):
            self._image(
                inner.get("href") or inner.get("{http://www.w3.org/1999/xlink}href") or inner.get("xlink:href") or "",
                inner,
                region,
            )
        for inner in element.iter("text"):
            self.buffer.append(" ".join(inner.itertext()))
            self._flush(region, "text")

    def _carrier(self, element: Any, region: Region) -> None:
        """An element that names a file for a script to show."""
        target = self.carriers[element]
        if _PICTURE.search(target):
            self._image(target, element, region)
        else:
            self._link(target, squeeze("".join(element.itertext())) or self.heading, region, "data")

    def _form(self, element: Any, region: Region) -> None:
        """A form without a field to write in, whose button fetches a document."""
        if (
            next((e for e in element.iter("input", "textarea", "select") if e.get("type", "text") not in _MUTE), None)
            is not None
        ):
            return
        said = [squeeze("".join(element.itertext())), *(e.get("value") or "" for e in element.iter("input"))]
        text = next((t for t in said if OPENS.search(t)), "")
        if text and region is Region.MAIN:
            above = " ".join([*(b.text for b in self.blocks[-2:] if b.kind != "image"), squeeze("".join(self.buffer))])
            self.links.append(Link("", text[:100], region, "script", f"{self.heading} {above}"[:300], len(self.blocks)))

    # -- what the head says -----------------------------------------------------------------------

    def _head(self) -> None:
        for node in self.root.iter("style"):
            for source in background_of_all(node.text or "")[:_MAX_BACKGROUNDS]:
                self._image(source, node, Region.MAIN)
        for node in self.root.iter("script"):
            if (node.get("type") or "").lower() == "application/ld+json" and node.text:
                for target in same_as(node.text):
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
        rows = Counter(b.table for b in self.blocks if b.kind == "row" and b.region is Region.MAIN)
        if self.bare or 1 in rows.values():
            meta["bare"] = "1"
        if self.canvas:
            meta["canvas"] = "1"
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
