"""Bytes become a Document: `read` looks at the bytes and calls the reader that fits."""

from __future__ import annotations

from collections.abc import Callable

from compliance.model.document import Block, Document
from compliance.model.status import Access, Region
from compliance.read.html import read_html
from compliance.read.sniff import decode, sniff

__all__ = ["Reader", "read", "sniff"]


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
    """A body as a Document, by what its bytes are.

    `title` is what linked to it (the name of a file is often only there). Kinds that this version cannot
    read (office files, pictures) come back with access unreadable and a detail that names the kind.
    """
    kind = sniff(body)
    if kind == "empty":
        return Document(url=url, kind="html", title=title, access=Access.EMPTY, truncated=truncated)
    if kind == "html":
        return read_html(
            url, body, charset=charset, truncated=truncated, aside_headings=aside_headings, rewrite=rewrite
        )
    if kind == "pdf":
        from compliance.read.pdf import read_pdf

        return read_pdf(url, body, title=title, truncated=truncated)
    if kind == "text":
        text, _ = decode(body, charset)
        lines = tuple(
            Block(kind="text", text=" ".join(line.split()), region=Region.MAIN)
            for line in text.splitlines()
            if line.strip()
        )
        return Document(url=url, kind="text", title=title, blocks=lines, truncated=truncated)
    if kind in {"zip", "ole"}:
        return Document(
            url=url,
            kind="office",
            title=title,
            access=Access.UNREADABLE,
            detail="office",
            truncated=truncated,
        )
    if kind == "image":
        return Document(
            url=url, kind="image", title=title, access=Access.UNREADABLE, detail="image", truncated=truncated
        )
    return Document(url=url, kind="other", title=title, access=Access.UNREADABLE, detail=kind, truncated=truncated)


class Reader:
    """Reads each body once: the crawl needs a page's links, the judgement its text.

    `rewrite` turns the addresses of a copy into those of the site that it stands for.
    """

    def __init__(self, aside_headings: frozenset[str], rewrite: Callable[[str], str] = str) -> None:
        self._aside = aside_headings
        self._rewrite = rewrite
        self._known: dict[tuple[str, str, str], Document] = {}

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
        key = (url, sha256, title)
        document = self._known.get(key)
        if document is None:
            document = read(
                url,
                body,
                charset=charset,
                title=title,
                truncated=truncated,
                aside_headings=self._aside,
                rewrite=self._rewrite,
            )
            self._known[key] = document
        return document

    def known(self, url: str, sha256: str, title: str) -> Document | None:
        """The Document, if it was read before: then its body need not be fetched from the archive."""
        return self._known.get((url, sha256, title))
