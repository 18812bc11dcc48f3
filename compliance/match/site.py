"""What repeats over a site's pages is its frame, not a page's content."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from compliance.match.features import is_document_link
from compliance.model.document import Block, Document
from compliance.model.status import Region

#: A block on at least this share of the pages (and on three pages at least) belongs to the frame.
SHARE = 0.3
MIN_PAGES = 3


@dataclass(frozen=True)
class Frame:
    """The texts that repeat over a site's pages, and the site-wide blocks worth judging once."""

    repeated: frozenset[str]

    def content(self, document: Document) -> list[Block]:
        """The main blocks of a page without what repeats. The page's own headings and title always stay."""
        main = document.main_blocks()
        if document.kind != "html" or not self.repeated:
            return main
        kept = [b for b in main if _key(b) not in self.repeated or (b.kind == "heading" and b.text == document.title)]
        return kept if kept else []


def frame_of(documents: list[Document]) -> Frame:
    """The frame of a site's HTML pages. With fewer than three pages only the markup tells, and nothing repeats."""
    pages = [d for d in documents if d.kind == "html" and d.blocks]
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_key(b) for b in page.blocks if b.region is Region.MAIN and b.text})
    least = max(MIN_PAGES, int(len(pages) * SHARE) + 1)
    return Frame(frozenset(k for k, n in counts.items() if n >= least))


def loads_of_its_own(page: Document, pages: list[Document]) -> bool:
    """Whether a page's own script loads content: one that stands on three pages or more is the frame's (a counter)."""
    mark = page.meta.get("loads", "")
    return bool(mark) and sum(p.meta.get("loads") == mark for p in pages) < MIN_PAGES


def menu_seen(document: Document) -> bool:
    """Whether a page shows a menu, or links enough to stand for one."""
    framed = any(
        link.region in {Region.MENU, Region.HEADER} and link.tag in {"a", "label", "onclick"} for link in document.links
    )
    inner = [link for link in document.links if link.tag in {"a", "onclick"} and not is_document_link(link)]
    return framed or len(inner) >= 5


def _key(block: Block) -> str:
    return f"{block.kind}|{block.text}"


def site_segments(document: Document, frame: Frame) -> list[list[Block]]:
    """The runs of frame blocks on a page, each begun by a heading: widgets, footers, sidebars."""
    segments: list[list[Block]] = []
    current: list[Block] = []
    for block in document.blocks:
        framed = (block.region is not Region.MAIN and block.region is not Region.MENU) or (
            block.region is Region.MAIN and _key(block) in frame.repeated
        )
        if not framed:
            if current:
                segments.append(current)
            current = []
            continue
        if block.kind == "heading" and any(b.kind != "heading" for b in current):
            segments.append(current)
            current = []
        current.append(block)
    if current:
        segments.append(current)
    return segments
