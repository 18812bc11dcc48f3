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
#: Words beside its headings that a page has at least when no script is needed to read it; more where an element waits
#: to be filled; and fewer than any page has that shows something.
_LITTLE, _ENOUGH, _NOTHING = 60, 150, 12


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


def filled_by_script(page: Document, marks: Counter[str]) -> bool:
    """Whether a script of its own may bring a page's content. `marks`: how many pages carry each script (`marks_of`).

    A script that stands on three pages or more is the frame's: a counter, a menu.
    """
    waits = words_beside_headings(page) < (_ENOUGH if "bare" in page.meta else _LITTLE)
    own = page.meta.get("loads", "")
    if own and marks[own] < MIN_PAGES and ("fetches" in page.meta or waits):
        return True
    return waits and any(marks[s] < MIN_PAGES for s in page.meta.get("scripts", "").split())


def shows_nothing(page: Document) -> bool:
    """Whether a page with scripts shows next to nothing: one of the frame's scripts may be what fills it."""
    linked = any(link.text.strip() for link in page.links_in(Region.MAIN))
    return words_beside_headings(page) < _NOTHING and not linked and bool(marks_of(page))


def words_beside_headings(page: Document) -> int:
    """The words of a page's own content, headings left out."""
    return sum(len(b.text.split()) for b in page.main_blocks() if b.kind not in {"image", "heading"})


def marks_of(page: Document) -> set[str]:
    """The scripts of a page that may write into it."""
    return {m for m in (page.meta.get("loads", ""), *page.meta.get("scripts", "").split()) if m}


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
