"""What the matcher looks at in one document: computed once, asked by every topic."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from compliance.match.figures import FigureGroup, figure_groups
from compliance.match.lexicon import NAME, WEAK, Automaton, Hit, Hits, normal, normal_lines
from compliance.match.recipients import recipient_rows
from compliance.match.years import clean_lines
from compliance.model.budget import Budget
from compliance.model.document import Block, Document, Link
from compliance.model.status import Region
from compliance.read.budget import budgets_in

_DOCUMENT_END = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|csv|zip|rar|jpe?g|png|webp)(?:$|[?#])", re.I)
_DOCUMENT_PATH = re.compile(
    r"(?:unduh|download|dokumen_web|lihat[-_]?(?:dokumen|file|berkas)|/berkas/|/files?/|attachment|/uploads?/)",
    re.I,
)
_STORES = (
    "drive.google.com",
    "docs.google.com",
    "dropbox.com",
    "1drv.ms",
    "onedrive.live.com",
    "scribd.com",
    "s.id",
    "bit.ly",
)
_GENERIC = re.compile(
    r"^(?:(?:unduh|download|lihat|buka|klik|tekan|baca|akses|cek|silakan|silahkan|pada|link|tautan|di ?sini|berikut|ini|pdf|file|berkas|dokumen|lampiran"
    r"|selengkapnya|selanjutnya|detail|view|preview|here|click|open|google|drive|gdrive|folder|untuk|melihat|mengunduh|[^\w\s])\s*)+$",
    re.I,
)
_REGULATION = re.compile(
    r"\b(peraturan|keputusan|qanun|surat keputusan|perdes|perkades|sk|reusam|pararem|perarem) ?(?:kepala |bersama )?[a-z ]{0,60}?\b(?:nomor|no) [\w ]{1,30}? ?(?:(?:tahun (?:19|20)\d\d)? ?tentang\b|tahun (?:19|20)\d\d)"
)
_CLAUSES = (
    "menimbang",
    "mengingat",
    "memutuskan",
    "menetapkan",
    "pasal",
    "ditetapkan di",
    "diundangkan",
    "bab i",
    "kesatu",
    "lembaran desa",
)
_HEADLINE_WORDS = 18
#: So many topics behind links make an index; fewer may be the newest articles.
_INDEXED = 4
#: The name of the village was never filled in.
_UNFILLED = re.compile(
    r"\b(?:desa|kalurahan|nagari|gampong|kampung|lembang|pekon|tiyuh)\s*[:.]?\s*(?:\.{4,}|_{3,}|…{2,})", re.I
)
#: Blocks that say first what a document is.
_TOP = 12
#: A normalised line without words is two blanks.
_EMPTY = 2
#: A row or item of so many words says something.
_SAYS = 2
#: Blocks that are read for a year.
_BODY = 120
#: The first lines of a file, and the first headings of a page, say what it is.
_HEADS = 5


def is_document_link(link: Link) -> bool:
    """Whether a link leads to a file or a file store rather than to a page."""
    return (
        bool(link.url) and link.tag not in {"form", "label", "feed", "jsonld", "refresh"} and is_document_url(link.url)
    )


@lru_cache(maxsize=50_000)
def is_document_url(url: str) -> bool:
    """Whether an address is that of a file or a file store."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        return False
    host = (parts.hostname or "").removeprefix("www.")
    if host in _STORES:
        return True
    return bool(_DOCUMENT_END.search(parts.path + ("?" if parts.query else "")) or _DOCUMENT_PATH.search(parts.path))


def says_nothing(link: Link) -> bool:
    """Whether a link has no name of its own: "Klik di sini", a frame, an address written out."""
    return (
        not link.text.strip()
        or bool(_GENERIC.match(link.text.strip()))
        or link.tag in {"iframe", "embed", "object", "text"}
    )


def is_store(url: str) -> bool:
    """Whether an address is Google Drive or Docs."""
    return (urlsplit(url).hostname or "") in {"drive.google.com", "docs.google.com"}


def name_of(link: Link) -> str:
    """What a link says its file is: its text, its row, and the name of the file."""
    text = "" if _GENERIC.match(link.text.strip()) else link.text
    path = unquote(urlsplit(link.url).path)
    name = path.rsplit("/", 1)[-1] if _DOCUMENT_END.search(path) else ""
    around = link.heading if (not text or link.heading.endswith(link.text)) else ""
    return " ".join(p for p in (text, around, re.sub(r"[-_+.]", " ", name)) if p)


@dataclass(slots=True)
class Features:
    """One document as the topics see it."""

    document: Document
    blocks: list[Block]
    lines: list[str]
    hits: Hits
    strong: Hits
    strong_text: list[str]
    strong_years: list[str]
    strong_lines: set[int]
    strong_at: list[int]
    #: Which strong texts say what the whole document is: titles, a page's first headings, a file's first lines.
    heads: set[int]
    groups: list[tuple[FigureGroup, Hits]]
    figures: int
    files: list[tuple[Link, str, Hits]]
    words: int
    clauses: int
    regulation: str
    subject: str
    budgets: list[Budget] = field(default_factory=list)
    letters: set[str] = field(default_factory=set)
    stranger: str | None = None
    #: Lines that name recipients of aid: never quoted.
    people: frozenset[int] = frozenset()
    #: Whether its first blocks leave the name of the village blank.
    unfilled: bool = False
    #: Words of each line.
    counts: list[int] = field(default_factory=list)
    #: Lines that are table rows or list items of two words or more.
    listed: frozenset[int] = frozenset()
    _body_years: list[str] | None = None

    def body_years(self) -> list[str]:
        """The text prepared for reading years, computed at the first call."""
        if self._body_years is None:
            self._body_years = clean_lines([b.text for b in self.blocks[:_BODY] if b.kind != "image"])
        return self._body_years

    def head(self, count: int = 80) -> str:
        """The first words of title and content, normalised."""
        words: list[str] = " ".join(self.strong_text[:2]).split()
        for line in self.lines:
            words += line.split()
            if len(words) >= count:
                break
        return " " + " ".join(words[:count]) + " "


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of a document that is about a topic: all of it, or the sections under its headings."""

    features: Features
    lines: frozenset[int] | None

    def __contains__(self, line: int) -> bool:
        return self.lines is None or line in self.lines

    def distinct(self, hits: list[Hit]) -> set[str]:
        """The different phrases of hits inside the scope."""
        lines = self.lines
        return {h.phrase for h in hits} if lines is None else {h.phrase for h in hits if h.line in lines}

    @property
    def words(self) -> int:
        """Words inside the scope."""
        if self.lines is None:
            return self.features.words
        counts = self.features.counts
        return sum(counts[i] for i in self.lines)

    @property
    def rows(self) -> int:
        """Table rows and list items of two words or more inside the scope."""
        listed = self.features.listed
        return len(listed) if self.lines is None else len(listed & self.lines)


def section(blocks: list[Block], line: int) -> range:
    """The lines under a heading: to the next heading of its level or above; a line that only acts as one reaches to
    the next heading of any level."""
    level = blocks[line].level if blocks[line].kind == "heading" else 7
    for end in range(line + 1, len(blocks)):
        if blocks[end].kind == "heading" and blocks[end].level <= level:
            return range(line, end)
    return range(line, len(blocks))


def scope_of(features: Features, strong: list[Hit], body: list[Hit]) -> Scope | None:
    """Where a document is about a topic, from its name's hits in titles and headings (else, in the text).

    The whole document when the title names it; else the sections whose headings do; else, with `body`, the
    sections in which the text does. None where it is not named.
    """
    if any(features.strong_at[h.line] < 0 for h in strong):
        return Scope(features, None)
    lines: set[int] = set()
    for hit in strong:
        lines.update(section(features.blocks, features.strong_at[hit.line]))
    if not strong:
        for hit in body:
            start = hit.line
            while start > 0 and features.blocks[start].kind != "heading":
                start -= 1
            lines.update(section(features.blocks, start))
    return Scope(features, frozenset(lines)) if lines else None


def slug_of(url: str) -> str:
    """The words of the last part of an address that says something."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    parts = [p for p in re.split(r"[/]", path) if re.search(r"[a-zA-Z]{3}", p)]
    return re.sub(r"\.(?:html?|php|aspx?)$", "", parts[-1]) if parts else ""


def features_of(document: Document, blocks: list[Block], machine: Automaton, *, slug: bool = True) -> Features:
    """The features of a document whose own content are `blocks` (frame removed)."""
    texts = [b.text for b in blocks]
    lines = normal_lines(["" if b.kind == "image" else b.text for b in blocks])
    strong_lines = {i for i, b in enumerate(blocks) if b.kind == "heading"}
    seen = 0
    for index, block in enumerate(blocks):
        if block.kind == "image" or not block.text:
            continue
        if (seen < (3 if document.kind == "html" else 10) and len(lines[index].split()) <= _HEADLINE_WORDS) or _shouts(
            block.text
        ):
            strong_lines.add(index)
        seen += 1
    page_title = document.meta.get("title", "")
    own_title = re.split(r"\s[-–—|]\s", page_title)[0] if page_title else ""
    titles = [document.title] + ([own_title] if own_title and own_title != document.title else [])
    strong_raw = (
        titles
        + ([slug_of(document.url)] if slug and document.kind == "html" else [])
        + [texts[i] for i in sorted(strong_lines)]
    )
    strong_text = [normal(t) for t in strong_raw]
    strong_at = [-1] * (len(strong_raw) - len(strong_lines)) + sorted(strong_lines)
    first = sorted(strong_lines)[:_HEADS]
    near = first[0] + _HEADS if first else 0
    heads = {
        i
        for i, at in enumerate(strong_at)
        if at < 0
        or (
            at in first
            and at <= near
            and (document.kind != "html" or (blocks[at].kind == "heading" and blocks[at].level == 1))
        )
    }
    groups = [
        (g, machine.find([normal(line) for line in g.caption.split("\n")])) for g in figure_groups(blocks, strong_lines)
    ]
    links = [k for k in document.links if k.region is Region.MAIN and is_document_link(k)]
    targets: dict[str, set[str]] = {}
    for link in links:
        targets.setdefault(link.url, set()).add(link.text)
    files = []
    for link in links:
        # One folder or file offered under several names proves none of them.
        if len(targets[link.url]) >= 3:
            continue
        name = name_of(link)
        files.append((link, name, machine.find([normal(name)])))
    strong = machine.find(strong_text)
    if any(strong.of("antikorupsi", role) for role in (NAME, WEAK)) or strong.group("index"):
        # An index of evidence: each item that leads to a page of its own is shown there.
        own = [k for k in document.links if k.region is Region.MAIN and k.tag == "a" and _leads(k, document.url)]
        listed = [(k, k.text, machine.find([normal(k.text)])) for k in own if k.url not in targets]
        if len({t for _, _, h in listed for t in h.topics()}) >= _INDEXED:
            files += listed
    joined = " ".join(lines)
    counts = [line.count(" ") - 1 if len(line) > _EMPTY else 0 for line in lines]
    regulation = _REGULATION.search(joined[:6000])
    return Features(
        document=document,
        blocks=blocks,
        lines=lines,
        hits=machine.find(lines),
        strong=strong,
        strong_text=strong_text,
        strong_years=clean_lines(strong_raw),
        strong_lines=strong_lines,
        strong_at=strong_at,
        heads=heads,
        groups=groups,
        figures=sum(len(g.rows) for g, _ in groups),
        files=files,
        words=sum(counts),
        counts=counts,
        unfilled=bool(_UNFILLED.search("\n".join(texts[:_TOP]))),
        listed=frozenset(i for i, b in enumerate(blocks) if counts[i] >= _SAYS and b.kind in {"row", "item"}),
        clauses=_clauses(joined),
        regulation=regulation[0] if regulation else "",
        subject=_subject(joined, regulation.end()) if regulation else "",
        budgets=budgets_in(blocks, title=document.title, medium=document.kind) if document.kind != "html" else [],
        people=recipient_rows(blocks, document.title),
    )


def _clauses(joined: str) -> int:
    """How many different parts of a regulation's text stand there; numbered articles and dictums count as they go on."""
    articles = len(set(_ARTICLES.findall(joined)))
    dictums = sum(f" {word} " in joined for word in _DICTUMS)
    return sum(f" {c} " in joined for c in _CLAUSES) + min(max(articles, dictums) - 1, 3) * (max(articles, dictums) > 1)


_ARTICLES = re.compile(r" pasal (\d+|[ivx]+) ")
_DICTUMS = ("kesatu", "kedua", "ketiga", "keempat", "pertama")


def _subject(joined: str, start: int) -> str:
    """What a regulation is about: the words after "tentang", up to its first clause."""
    words = joined[start : start + 400].split()
    end = next(
        (i for i, w in enumerate(words) if w in {"menimbang", "dengan", "mengingat", "memutuskan", "ditetapkan"}), 30
    )
    return " " + " ".join(words[: min(end, 30)]) + " "


def _leads(link: Link, here: str) -> bool:
    """Whether a link leads to another page: not to the page itself, a place on it, or nowhere."""
    return bool(link.url) and link.url.startswith("http") and link.url.split("#")[0] not in {here, here + "/"}


def _shouts(text: str) -> bool:
    """A line in capitals: a heading that no markup names."""
    if len(text) > 220 or text[1:8].islower():
        return False
    upper, lower = len(_UPPER.findall(text)), len(_LOWER.findall(text))
    return _SHORTEST <= upper + lower <= _LONGEST and upper > _LOUD * (upper + lower)


_UPPER, _LOWER = re.compile(r"[A-Z]"), re.compile(r"[a-z]")
#: Letters of a heading in capitals, and the share of them that are.
_SHORTEST, _LONGEST, _LOUD = 6, 160, 0.85
