"""PDF text with PDFium."""

from __future__ import annotations

from threading import Lock

from compliance.model.document import Block, Document
from compliance.model.status import Access, Region

#: PDFium is not safe to call from two threads at once.
_lock = Lock()
MAX_PAGES = 200
#: Fewer characters a page than this is a stamp or page number on a scan, not text.
MIN_TEXT = 40


def read_pdf(url: str, body: bytes, *, title: str = "", truncated: bool = False) -> Document:
    """A PDF as a Document, one block a printed line.

    Access: encrypted (needs a password), unreadable (damaged, or pictures only: kind pdf-scan).
    At most MAX_PAGES pages are read; `truncated` says when there were more.
    """
    import pypdfium2

    with _lock:
        try:
            pdf = pypdfium2.PdfDocument(body)
        except pypdfium2.PdfiumError as error:
            locked = "password" in str(error).lower()
            return Document(
                url=url,
                kind="pdf-text",
                title=title,
                access=Access.ENCRYPTED if locked else Access.UNREADABLE,
                detail="password" if locked else "damaged",
                truncated=truncated,
            )
        try:
            count = len(pdf)
            texts = [_page_text(pdf, index) for index in range(min(count, MAX_PAGES))]
        finally:
            pdf.close()
    blocks = [
        Block(kind="text", text=" ".join(line.split()), region=Region.MAIN, table=index)
        for index, text in enumerate(texts)
        for line in text.splitlines()
        if line.strip()
    ]
    scan = sum(len(t.strip()) for t in texts) < MIN_TEXT * max(1, min(len(texts), 3))
    return Document(
        url=url,
        kind="pdf-scan" if scan else "pdf-text",
        title=title,
        blocks=tuple(blocks),
        access=Access.UNREADABLE if scan else Access.OK,
        detail="scan" if scan else "",
        pages=count,
        truncated=truncated or count > MAX_PAGES,
    )


def _page_text(pdf: object, index: int) -> str:
    import pypdfium2

    try:
        page = pdf[index]  # type: ignore[index]
        textpage = page.get_textpage()
        try:
            return str(textpage.get_text_range())
        finally:
            textpage.close()
            page.close()
    except pypdfium2.PdfiumError:
        return ""
