"""PDF with PDFium: words with their places, and pages as pictures where there are no words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import byref
from threading import Lock
from typing import TYPE_CHECKING

from compliance.model.document import Block, Document
from compliance.model.status import Access
from compliance.read.layout import Layout
from compliance.read.lines import Word

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

#: PDFium is not safe to call from two threads at once.
_lock = Lock()
MAX_PAGES = 200
#: Pages of pictures that are recognised; a scanned regulation has its figures among the first.
MAX_SCANS = 12
#: Fewer characters a page than this is a stamp or page number on a scan, not text.
MIN_TEXT = 40
_MAX_CHARS = 40_000
_SCAN_DPI = 200
_MAX_SIDE = 4000
_VOWEL = re.compile(r"[aeiouAEIOU]")
_SPACES = "\x00 \t\r\n\u00a0\ufffe\u0002"
#: Heights of the text between two words that PDFium took apart by a line break of its own.
_BROKEN_GAP = 0.12


def open_pdf(body: bytes) -> tuple[PdfDocument | None, Access, str]:
    """The PDF, or None with what stands in the way: encrypted (needs a password) or unreadable (damaged)."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(body), Access.OK, ""
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        return None, Access.ENCRYPTED if locked else Access.UNREADABLE, "password" if locked else "damaged"


def read_pdf(url: str, body: bytes, *, title: str = "", truncated: bool = False) -> tuple[Document, list[int]]:
    """A PDF as a Document, and the pages (from 0) that hold pictures instead of text.

    Access: encrypted, unreadable (damaged; or pictures only, kind pdf-scan), empty (no page shows anything). At most
    MAX_PAGES pages are read; `truncated` says when there were more.
    """
    with _lock:
        pdf, access, detail = open_pdf(body)
        if pdf is None:
            return Document(url, "pdf-text", title, access=access, detail=detail, truncated=truncated), []
        try:
            count = len(pdf)
            blocks: list[Block] = []
            scans: list[int] = []
            layout = Layout()
            for index, (words, pictured) in enumerate(_pages(pdf, min(count, MAX_PAGES))):
                written = sum(len(w.text) for w in words)
                if pictured and (written < MIN_TEXT or _garbled(words)):
                    scans.append(index)
                elif not _garbled(words):
                    blocks += layout.page(words, index + 1)
                else:
                    scans.append(index)
        finally:
            pdf.close()
    scan = bool(scans) and not blocks
    if not blocks and not scans:
        access, detail = Access.EMPTY, "no text"
    elif scan:
        access, detail = Access.UNREADABLE, "scan"
    meta = {"scans": str(len(scans))} if scans else {}
    return (
        Document(
            url,
            "pdf-scan" if scan else "pdf-text",
            title,
            blocks=tuple(blocks),
            access=access,
            detail=detail,
            meta=meta,
            pages=count,
            truncated=truncated or count > MAX_PAGES,
        ),
        scans,
    )


def _pages(pdf: PdfDocument, count: int) -> Iterator[tuple[list[Word], bool]]:
    import pypdfium2

    for index in range(count):
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError:
            yield [], False
            continue
        try:
            words = _words(page)
            pictured = len(words) < 60 and any(
                o.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for o in page.get_objects(max_depth=3)
            )
        except pypdfium2.PdfiumError:
            words, pictured = [], False
        finally:
            page.close()
        yield words, pictured


def _words(page: PdfPage) -> list[Word]:
    """The words of a page, from its characters and their boxes; the origin is the upper left of the page as shown."""
    import pypdfium2.raw as raw
    from pypdfium2 import PdfiumError

    width, height = page.get_size()
    rotation = page.get_rotation()
    try:
        textpage = page.get_textpage()
    except PdfiumError:
        return []
    words: list[Word] = []
    text: list[str] = []
    box = (0.0, 0.0, 0.0, 0.0)
    broken = False

    def finish() -> None:
        if text:
            words.append(Word("".join(text), *box))
            text.clear()

    try:
        rect = raw.FS_RECTF()
        for index in range(min(textpage.count_chars(), _MAX_CHARS)):
            code = raw.FPDFText_GetUnicode(textpage.raw, index)
            char = chr(code) if 0 < code < 0x110000 else " "
            if char in "\r\n" and raw.FPDFText_IsGenerated(textpage.raw, index) == 1:
                # PDFium may put one behind every letter of a page; where the next letter stands tells.
                broken = True
                continue
            if char in _SPACES or char.isspace() or not raw.FPDFText_GetLooseCharBox(textpage.raw, index, byref(rect)):
                finish()
                continue
            found = _turned(rect.left, rect.top, rect.right, rect.bottom, rotation, width, height)
            if text:
                size = max(1.0, box[3] - box[1])
                apart = found[0] - box[2]
                if (
                    apart > (_BROKEN_GAP if broken else 0.35) * size
                    or apart < -1.2 * size
                    or abs(found[3] - box[3]) > 0.5 * size
                ):
                    finish()
            if text:
                box = (min(box[0], found[0]), min(box[1], found[1]), max(box[2], found[2]), max(box[3], found[3]))
            else:
                box = found
            text.append(char)
            broken = False
        finish()
    finally:
        textpage.close()
    return words


def _turned(
    left: float, top: float, right: float, bottom: float, rotation: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """A box of PDF space (origin lower left, before rotation) as x0, y0, x1, y1 of the page as shown."""
    if rotation == 90:
        return bottom, left, top, right
    if rotation == 180:
        return width - right, bottom, width - left, top
    if rotation == 270:
        return width - top, height - right, width - bottom, height - left
    return left, height - top, right, height - bottom


def _garbled(words: list[Word]) -> bool:
    """Text without a table of characters comes out as signs, or as letters without vowels."""
    text = "".join(w.text for w in words)
    letters = [c for c in text if c.isalpha()]
    if len(text) < MIN_TEXT:
        return False
    strange = sum(not (c.isascii() and c.isprintable()) for c in text)
    if strange > 0.4 * len(text):
        return True
    return len(letters) > 80 and len(_VOWEL.findall(text)) < 0.15 * len(letters)


def pictures(body: bytes, pages: list[int]) -> Iterator[tuple[int, Image]]:
    """The given pages (from 0) drawn as grey pictures, at most MAX_SCANS."""
    with _lock:
        pdf, _, _ = open_pdf(body)
        if pdf is None:
            return
        try:
            for index in [p for p in pages if p < len(pdf)][:MAX_SCANS]:
                page = pdf[index]
                width, height = page.get_size()
                scale = min(_SCAN_DPI / 72, _MAX_SIDE / max(width, height, 1.0))
                picture = page.render(scale=scale, grayscale=True).to_pil()
                page.close()
                yield index, picture
        finally:
            pdf.close()
