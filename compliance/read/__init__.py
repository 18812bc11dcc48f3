"""Bytes become a Document: pages are read here, files in a process of their own (`isolated`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from compliance.model.document import Document
from compliance.model.status import Access
from compliance.read.frozen import thaw
from compliance.read.html import read_html
from compliance.read.sniff import sniff

if TYPE_CHECKING:
    from compliance.read.isolated import Extractor

__all__ = ["Reader", "read", "sniff"]

_PAGES = {"html", "empty"}


def read(
    url: str,
    body: bytes,
    *,
    charset: str = "",
    title: str = "",
    truncated: bool = False,
    aside_headings: frozenset[str] = frozenset(),
    rewrite: Callable[[str], str] = str,
) -> Document:
    """A page as a Document. A file of another kind comes back with access unreadable and its kind as detail."""
    kind = sniff(body)
    if kind == "empty":
        return Document(url=url, kind="html", title=title, access=Access.EMPTY, truncated=truncated)
    if kind == "html":
        return read_html(
            url, body, charset=charset, truncated=truncated, aside_headings=aside_headings, rewrite=rewrite
        )
    return Document(url=url, kind="other", title=title, access=Access.UNREADABLE, detail=kind, truncated=truncated)


class Reader:
    """Reads each body once: the crawl needs a page's links, the judgement its text.

    `rewrite` turns the addresses of a copy into those of the site that it stands for. The texts of files are kept
    by the sha256 of the file: what a snapshot holds is given by `keep`; what it does not hold is read by the
    extractor, without recognition of scans.
    """

    def __init__(
        self,
        aside_headings: frozenset[str],
        rewrite: Callable[[str], str] = str,
        extractor: Extractor | None = None,
    ) -> None:
        self._aside = aside_headings
        self._rewrite = rewrite
        self._known: dict[tuple[str, str], Document] = {}
        self._files: dict[str, bytes] = {}
        self.extractor = extractor

    def read(
        self,
        url: str,
        sha256: str,
        body: bytes,
        *,
        charset: str = "",
        title: str = "",
        truncated: bool = False,
    ) -> Document:
        """The Document of a body, from memory where it was read before."""
        known = self.known(url, sha256, title)
        if known is not None:
            return known
        if sniff(body) in _PAGES:
            document = read(
                url,
                body,
                charset=charset,
                title=title,
                truncated=truncated,
                aside_headings=self._aside,
                rewrite=self._rewrite,
            )
            self._known[url, sha256] = document
            return document
        return self.file(url, sha256, body, charset=charset, title=title, truncated=truncated)

    def file(
        self,
        url: str,
        sha256: str,
        body: bytes,
        *,
        charset: str = "",
        title: str = "",
        truncated: bool = False,
        ocr: bool = False,
    ) -> Document:
        """The Document of a file. `ocr`: read it (again), recognising scans."""
        from compliance.read.extract import Job
        from compliance.read.frozen import freeze
        from compliance.read.isolated import Extractor

        if ocr or sha256 not in self._files:
            if self.extractor is None:
                self.extractor = Extractor()
            job = Job(title=title, ocr=ocr, charset=charset, truncated=truncated)
            found = self.extractor.extract(body, job)
            if ocr and found.access in {Access.TIMEOUT, Access.TOO_LARGE} and sha256 in self._files:
                # What the text alone gave stays.
                return thaw(self._files[sha256], url, title)
            self._files[sha256] = freeze(found)
        return thaw(self._files[sha256], url, title)

    def frozen(self, sha256: str) -> bytes:
        """The kept text of a file that was read."""
        return self._files[sha256]

    def keep(self, sha256: str, frozen: bytes) -> None:
        """Gives the text of a file that was read before. Raises ValueError where it is no such text."""
        thaw(frozen)
        self._files[sha256] = frozen

    def has(self, sha256: str) -> bool:
        """Whether the text of a file is known."""
        return sha256 in self._files

    def known(self, url: str, sha256: str, title: str) -> Document | None:
        """The Document, if it was read before: then its body need not be fetched from the archive."""
        page = self._known.get((url, sha256))
        if page is not None:
            return page if not title or page.title else replace(page, title=title)
        kept = self._files.get(sha256)
        return thaw(kept, url, title) if kept is not None else None

    def close(self) -> None:
        """Ends the reading process, if there is one."""
        if self.extractor is not None:
            self.extractor.close()
            self.extractor = None
