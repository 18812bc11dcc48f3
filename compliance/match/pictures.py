"""Which pictures of a page may be the disclosure itself: a poster, a scan of a charter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from compliance.match.links import LinkScorer
from compliance.model.document import Block, Document

#: A page with fewer words than this beside its picture leaves the saying to the picture.
POSTER_PAGE_WORDS = 40
_SMALL = 150
#: Pictures without a name that are looked at on one page.
_MAX_NAMELESS = 4
_ICON = re.compile(
    r"logo|icon|ikon|button|loader|loading|no-?(?:image|photo)|not-?found|avatar|placeholder|favicon|spinner|banner|\.(?:gif|svg|ico)$",
    re.I,
)
#: What cameras, messengers and upload forms call a picture.
_NAMELESS = re.compile(
    r"(?:whatsapp|image|img|foto|photo|pict?|gambar|picture|screenshot|dsc|dcim|scan|cam ?scanner|at|pm|am|scaled|copy|jpe?g|png|webp|[0-9a-f]{8,}|[^\W\d]?\d+\w?|\W|_)*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may show topics: its address, what it is called, and the topics it is called by.

    `perhaps`: topics that only the page around it names, beside text of its own: it may be their poster, or a photograph.
    """

    url: str
    text: str
    topics: frozenset[str]
    perhaps: frozenset[str] = frozenset()


def pictures_of(document: Document, scorer: LinkScorer, *, home: bool = False) -> list[Picture]:
    """The candidates of a page.

    A picture counts when its own name says a topic, or when it is nearly all that a page named for the topic holds.
    Posters of the budget are also looked for among pictures without a name: on pages named for the budget, for
    infographics or for transparency, and on the home page.
    """
    blocks = document.main_blocks()
    words = sum(len(b.text.split()) for b in blocks if b.kind not in {"image", "heading"})
    titles = _titles(document, blocks)
    topics = frozenset[str]().union(*(scorer.score_text(t) for t in titles))
    if any(scorer.names_group(t, "poster") for t in titles):
        topics |= scorer.posters
    found = []
    nameless = 0
    for block in blocks:
        if block.kind != "image" or block.level != 0 or not _may_be_poster(block):
            continue
        name = f"{block.text} | {re.sub(r'[-_+.]', ' ', block.cells[1])}"
        named = frozenset(scorer.poster_topics(name)) | (topics if words < POSTER_PAGE_WORDS else frozenset())
        perhaps: frozenset[str] = frozenset()
        if not named and _NAMELESS.fullmatch(f"{block.text} {block.cells[1]}") and (home or topics & scorer.posters):
            nameless += 1
            if nameless > _MAX_NAMELESS:
                continue
            perhaps = scorer.posters if home else topics & scorer.posters
        if named or perhaps:
            found.append(Picture(block.cells[0], block.text or document.title or block.cells[1], named, perhaps))
    return found


def _titles(document: Document, blocks: list[Block]) -> list[str]:
    """The title, the first headings and the address of a page."""
    path = re.sub(r"[-_/+.]", " ", urlsplit(document.url).path)
    return [document.title, path, *[b.text for b in blocks if b.kind == "heading"][:5]]


def _may_be_poster(picture: Block) -> bool:
    """Whether a picture is large enough, and not furniture of the site by its name."""
    if _ICON.search(picture.cells[1]):
        return False
    sizes = [int(m[0]) for c in picture.cells[2:4] if (m := re.match(r"\d+", c))]
    return not sizes or min(sizes) >= _SMALL
