"""Which pictures of a page may be the disclosure itself: a poster, a scan of a charter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from compliance.match.links import LinkScorer
from compliance.match.site import words_beside_headings
from compliance.model.document import Block, Document

#: A page with fewer words than this beside its picture leaves the saying to the picture.
POSTER_PAGE_WORDS = 40
#: From so many words on a page is an article, whose pictures are photographs unless their name says nothing.
_ARTICLE_WORDS = 150
_SMALL = 150
_FURNITURE = re.compile(
    r"logo|icon|ikon|button|loader|loading|no-?(?:image|photo)|not-?found|avatar|k?user|pengguna|profile-?pic|placeholder|favicon|spinner|banner|\.(?:gif|svg|ico)$",
    re.I,
)
#: What cameras, messengers and upload forms call a picture.
_NAMELESS = re.compile(
    r"(?:whatsapp|image|img|foto|photo|pict?|gambar|picture|screenshot|dsc|dcim|scan|cam|scanner|camscanner|at|pm|am|wa|fb|scaled|copy|jpe?g|png|webp"
    r"|[0-9a-f]{8,}|[a-z]?\d+[a-z]?|[a-z])",
    re.I,
)
#: Letters and numbers run together ("IMG20260312", "DSC0001"): each run is looked at by itself.
_RUNS = re.compile(r"\d+|[^\W\d_]+")
_PIECES = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may show topics: its address, what it is called, and the topics it is called by.

    `perhaps`: topics that only the page around it names, beside text of its own: it may be their poster, or a photograph.
    `own`: its own name says a topic.
    """

    url: str
    text: str
    topics: frozenset[str]
    perhaps: frozenset[str] = frozenset()
    own: bool = False


def pictures_of(document: Document, scorer: LinkScorer, *, home: bool = False, called: str = "") -> list[Picture]:
    """The candidates of a page; `called` is what the link to it says.

    A picture counts when its own name says a topic, or when it is nearly all that a page named for the topic holds.
    Posters of the budget are also looked for among other pictures: on pages named for the budget, for infographics or
    for transparency, and, where their name says nothing, in articles and on the home page.
    """
    blocks = document.main_blocks()
    if not any(b.kind == "image" for b in blocks):
        return []
    words = words_beside_headings(document)
    topics = page_topics(document, scorer, called)
    found = []
    for block in blocks:
        if block.kind != "image" or block.level != 0 or not _large(block):
            continue
        name = f"{block.text} | {re.sub(r'[-_+.]', ' ', block.cells[1])}"
        own = frozenset(scorer.poster_topics(name))
        if _FURNITURE.search(block.cells[1]) and not own:
            continue
        named = own | (topics if words < POSTER_PAGE_WORDS else frozenset())
        perhaps: frozenset[str] = frozenset()
        nameless = _nameless(f"{block.text} {block.cells[1]}")
        if not named and (words < _ARTICLE_WORDS or nameless):
            perhaps = topics & scorer.posters
        if named or perhaps or (home and nameless):
            found.append(
                Picture(block.cells[0], block.text or document.title or block.cells[1], named, perhaps, bool(own))
            )
    return found


def _nameless(name: str) -> bool:
    """Whether a name says nothing: every word of it, or each run of letters and digits in it, is a camera's or a form's."""
    return all(
        _NAMELESS.fullmatch(piece) or all(_NAMELESS.fullmatch(run) for run in _RUNS.findall(piece))
        for piece in _PIECES.findall(name)
    )


def page_topics(document: Document, scorer: LinkScorer, called: str = "") -> frozenset[str]:
    """The topics that a page's title, first headings and address name; all of the budget's for a page of posters."""
    headings = [b.text for b in document.main_blocks() if b.kind == "heading"]
    path = re.sub(r"[-_/+.]", " ", urlsplit(document.url).path)
    titles = [document.title, path, *headings[:5], *([called] if not headings else [])]
    topics = frozenset[str]().union(*(scorer.score_text(t) for t in titles))
    return topics | scorer.posters if any(scorer.names_group(t, "poster") for t in titles) else topics


def _large(picture: Block) -> bool:
    """Whether a picture is large enough to be read; its size may not be told."""
    sizes = [int(m[1]) for c in picture.cells[2:4] if (m := re.fullmatch(r"\s*(\d{1,6})(?:\.\d+)?(?:px)?\s*", c))]
    return not sizes or min(sizes) >= _SMALL
