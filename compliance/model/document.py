"""A document as read: blocks in reading order, links, and what the page says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from compliance.model.status import Access, Region


@dataclass(frozen=True, slots=True)
class Link:
    """A link. `tag` is a, area, iframe, embed, onclick, form, feed, jsonld, sitemap or refresh.

    Without a target (`url` is empty): label, menu text that leads nowhere; script, a button that opens by script.
    """

    url: str
    text: str
    region: Region
    tag: str = "a"
    heading: str = ""
    block: int = -1


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text in reading order. `kind`: heading, text, item, row, image or label (menu text without target).

    For an image, `cells` are address, file name, width, height; `level` 1 says that it is a link to a page.
    `page` counts from 1 in paged documents. `trust` (0–1) is how sure the recognition of a scan was.
    """

    kind: str
    text: str
    region: Region
    level: int = 0
    cells: tuple[str, ...] = ()
    table: int = -1
    page: int = 0
    trust: float = 1.0


@dataclass(frozen=True, slots=True)
class Document:
    """One page or file, read.

    `kind` is html, pdf-text, pdf-scan, image, docx, xlsx, xls, ods, pptx, csv, text, zip or other. `access` tells what reading found:
    ok, empty, unreadable, encrypted, needs_javascript or soft_404. `posted` is the posting date, never
    a fiscal year. Blocks of the PDF kind carry one printed line each. `engine` names what recognised a scan ("" for
    text); `files` are the names inside an archive.
    """

    url: str
    kind: str
    title: str
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    access: Access = Access.OK
    detail: str = ""
    site_title: str = ""
    posted: date | None = None
    meta: dict[str, str] = field(default_factory=dict)
    pages: int = 1
    truncated: bool = False
    engine: str = ""
    files: tuple[str, ...] = ()

    def main_blocks(self) -> list[Block]:
        """The blocks of the main content."""
        return [b for b in self.blocks if b.region is Region.MAIN]

    def main_text(self) -> str:
        """The main content as text, a block a line."""
        return "\n".join(b.text for b in self.blocks if b.region is Region.MAIN)

    @property
    def ocr(self) -> bool:
        """Whether the text was recognised in a picture, and may hold misreadings."""
        return bool(self.engine)

    def links_in(self, *regions: Region) -> list[Link]:
        """The links that stand in the given regions."""
        return [link for link in self.links if link.region in regions]
