"""Which pictures of a page may be the disclosure itself: a poster, a scan of a charter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from compliance.match.links import LinkScorer
from compliance.model.document import Block, Document

#: A page with fewer words than this beside its picture leaves the saying to the picture.
POSTER_PAGE_WORDS = 40
_SMALL = 150
_ICON = re.compile(
    r"logo|icon|ikon|button|loader|loading|no-?image|avatar|placeholder|favicon|spinner|banner|\.(?:gif|svg|ico)$", re.I
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may show topics: its address, what it is called, and the topics it is called by."""

    url: str
    text: str
    topics: frozenset[str]


def pictures_of(document: Document, topics: frozenset[str], scorer: LinkScorer) -> list[Picture]:
    """The candidates of a page whose title or headings name `topics`.

    A picture counts when its own name says a topic, or when it is nearly all that the page holds.
    """
    blocks = document.main_blocks()
    words = sum(len(b.text.split()) for b in blocks if b.kind not in {"image", "heading"})
    found = []
    for block in blocks:
        if block.kind != "image" or block.level != 0 or not _may_be_poster(block):
            continue
        name = f"{block.text} | {re.sub(r'[-_+.]', ' ', block.cells[1])}"
        named = frozenset(scorer.poster_topics(name)) | (topics if words < POSTER_PAGE_WORDS else frozenset())
        if named:
            found.append(Picture(block.cells[0], block.text or document.title or block.cells[1], named))
    return found


def titled_topics(document: Document, scorer: LinkScorer) -> frozenset[str]:
    """The topics that a page's title and headings name."""
    texts = [document.title, *(b.text for b in document.main_blocks() if b.kind == "heading")]
    return frozenset().union(*(scorer.score_text(t) for t in texts[:6]))


def _may_be_poster(picture: Block) -> bool:
    """Whether a picture is large enough, and not furniture of the site by its name."""
    if _ICON.search(picture.cells[1]):
        return False
    sizes = [int(m[0]) for c in picture.cells[2:4] if (m := re.match(r"\d+", c))]
    return not sizes or min(sizes) >= _SMALL
