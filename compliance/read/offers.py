"""What the elements of a page lead to: links, pictures, files, buttons."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from compliance.model.document import Block, Link
from compliance.model.status import Region
from compliance.read.plain import squeeze
from compliance.read.targets import (
    HARMLESS,
    NO_TARGET,
    ONCLICK,
    OPENS,
    addresses_in,
    background_of_all,
    picture_source,
    resolve,
    same_as,
    unwrapped,
)

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|csv|zip)$", re.I)
_CARRIERS = "//*[@*[(starts-with(name(), 'data-') or name() = 'source') and contains(., '.')]]"
_MUTE = frozenset({"hidden", "submit", "button", "image", "reset"})
_POINTS = re.compile(r"^\W*(?:unduh|download|lihat|buka|klik|di ?sini|link|tautan|berkas|file|pdf)\b", re.I)
_MAX_BACKGROUNDS = 5
#: A line of at most so many characters names the links in it.
TELLING = 200
#: Characters from which on a picture written into a page is more than an icon.
WRITTEN = 12_000
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|tiff?)(?:$|\?)", re.I)


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


#: Who publishes the page, by its head.
_PUBLISHER = frozenset({"twitter:site", "article:publisher"})
#: Attributes in which widgets of platforms name what they show.
_WIDGETS = {
    "data-href": "{}",
    "cite": "{}",
    "data-instgrm-permalink": "{}",
    "data-telegram-post": "https://t.me/{}",
}
#: Attributes that name an account only on an element of this class.
_MARKED = {"data-href": "fb-", "cite": "tiktok"}


class Offers:
    """The blocks and links of one page, gathered in reading order by the walk over it."""

    def __init__(self, url: str, root: Any, rewrite: Callable[[str], str]) -> None:
        self.url = url
        self.root = root
        self.rewrite = rewrite
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.heading = ""
        base = root.find(".//base[@href]")
        self.base = (resolve(url, base.get("href").strip()) if base is not None else None) or url
        self.root_url = resolve(self.base, "/") or self.base
        #: Elements that name a file in an attribute which only scripts read.
        self.carriers = {e: v for e in root.xpath(_CARRIERS) if (v := _carried(e)) is not None}

    def linked(self, picture: Block, target: str) -> Block:
        """A picture inside a link: the small form of the one that it leads to, or a button to a page."""
        if not _PICTURE.search(target):
            return replace(picture, level=1)
        url = resolve(self.root_url if target[:1] == "/" != target[1:2] else self.base, target.strip())
        if url is None:
            return picture
        name = unquote(urlsplit(url).path.rsplit("/", 1)[-1])
        return replace(picture, cells=(self.rewrite(url), name, "", ""))

    def clicked(self, onclick: str, text: str, region: Region) -> bool:
        """What a click leads to: an address, or something that only a script can show. False where it is neither."""
        found = ONCLICK.search(onclick)
        if found:
            self.link(found[1], text, region, "onclick")
        elif region is Region.MAIN and OPENS.search(text) and not HARMLESS.search(onclick):
            above = next((b.text for b in reversed(self.blocks[-3:]) if b.kind != "image"), "")
            self.links.append(Link("", text, region, "script", f"{self.heading} {above}"[:300], len(self.blocks)))
        else:
            return False
        return True

    def link(self, target: str, text: str, region: Region, tag: str) -> None:
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

    def image(self, source: str, element: Any, region: Region) -> None:
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

    def embedded(self, element: Any, tag: str, region: Region) -> None:
        target = next((v for a in ("src", "data-src", "href", "data") if (v := element.get(a))), "")
        self.link(target, element.get("title") or element.get("alt") or self.heading, region, tag)

    def media(self, element: Any, region: Region) -> None:
        """The pictures and files of an element whose text is not read."""
        for inner in element.iter("img", "iframe", "embed", "object", "a"):
            if inner.tag == "img":
                self.image(picture_source(inner.attrib), inner, region)
            elif inner.tag != "a" or _DOCUMENT.search((inner.get("href") or "").partition("?")[0]):
                self.embedded(inner, inner.tag, region)

    def drawn(self, element: Any, region: Region) -> None:
        """What a drawing in the page shows: its words, and pictures in it."""
        for inner in element.iter("image"):
            self.image(
                inner.get("href") or inner.get("{http://www.w3.org/1999/xlink}href") or inner.get("xlink:href") or "",
                inner,
                region,
            )
        for inner in element.iter("text"):
            text = squeeze(" ".join(inner.itertext()))
            if text:
                self.blocks.append(Block(kind="text", text=text, region=region))

    def carrier(self, element: Any, region: Region) -> None:
        """An element that names a file for a script to show."""
        target = self.carriers[element]
        if _PICTURE.search(target):
            self.image(target, element, region)
        else:
            self.link(target, squeeze("".join(element.itertext())) or self.heading, region, "data")

    def form(self, element: Any, region: Region, before: str) -> None:
        """A form without a field to write in, whose button fetches a document."""
        if (
            next((e for e in element.iter("input", "textarea", "select") if e.get("type", "text") not in _MUTE), None)
            is not None
        ):
            return
        said = [squeeze("".join(element.itertext())), *(e.get("value") or "" for e in element.iter("input"))]
        text = next((t for t in said if OPENS.search(t)), "")
        if text and region is Region.MAIN:
            above = " ".join([*(b.text for b in self.blocks[-2:] if b.kind != "image"), squeeze(before)])
            self.links.append(Link("", text[:100], region, "script", f"{self.heading} {above}"[:300], len(self.blocks)))

    def name_links(self, text: str) -> None:
        block, place = len(self.blocks) - 1, len(self.links)
        while place and self.links[place - 1].block == block and self.links[place - 1].heading == self.heading:
            place -= 1
        if not self.blocks[block].level:
            said = f"{self.heading} {text}"[:300]
            self.links[place:] = [replace(k, heading=said) if _POINTS.search(k.text) else k for k in self.links[place:]]

    def written(self, text: str, region: Region) -> None:
        linked = {link.url for link in self.links[-5:]}
        for address in addresses_in(text):
            if address not in linked:
                self.link(address, text.replace(address, " "), region, "text")

    def head(self) -> None:
        """What style sheets, JSON-LD, feeds and refreshes of the page lead to."""
        for node in self.root.iter("style"):
            for source in background_of_all(node.text or "")[:_MAX_BACKGROUNDS]:
                self.image(source, node, Region.MAIN)
        for node in self.root.iter("script"):
            if (node.get("type") or "").lower() == "application/ld+json" and node.text:
                for target in same_as(node.text):
                    self.link(target, "sameAs", Region.HEADER, "jsonld")
        for node in self.root.iter("link"):
            relation = (node.get("rel") or "").lower()
            if "alternate" in relation and "xml" in (node.get("type") or "") and node.get("href"):
                self.link(node.get("href"), node.get("title") or "feed", Region.HEADER, "feed")
        for node in self.root.iter("meta"):
            if (node.get("http-equiv") or "").lower() == "refresh" and (
                found := re.search(r"url\s*=\s*['\"]?([^'\";]+)", node.get("content") or "", re.I)
            ):
                self.link(found[1], "", Region.MAIN, "refresh")
            elif (node.get("name") or node.get("property") or "").lower() in _PUBLISHER and node.get("content"):
                said = node.get("content").strip()
                self.link(
                    f"https://twitter.com/{said[1:]}" if said.startswith("@") else said, "", Region.HEADER, "meta"
                )
        self.widgets()

    def widgets(self) -> None:
        """Accounts and posts that a platform's script shows: the page names them in an attribute, not in a link."""
        for node in self.root.iter("div", "blockquote", "script", "section"):
            for name, form in _WIDGETS.items():
                value, marked = (node.get(name) or "").strip(), node.get("class") or ""
                if value and (name not in _MARKED or _MARKED[name] in marked):
                    # A page's own plugin claims the account; a quoted post is content.
                    region = Region.ASIDE if name == "data-href" else Region.MAIN
                    self.link(form.format(value.lstrip("@")), "", region, "widget")
