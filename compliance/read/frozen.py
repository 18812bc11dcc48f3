"""A Document as JSON: how a file's text is handed over by the reading process and kept in a snapshot."""

from __future__ import annotations

import json

from compliance.model.document import Block, Document
from compliance.model.status import Access, Region

SCHEMA = "compliance-extract/1"


def freeze(document: Document) -> bytes:
    """The Document without address and title, which belong to the link and not to the file. Equal files, equal bytes."""
    kept = {
        "schema": SCHEMA,
        "kind": document.kind,
        "access": document.access.value,
        "detail": document.detail,
        "pages": document.pages,
        "truncated": document.truncated,
        "engine": document.engine,
        "files": list(document.files),
        "meta": document.meta,
        "blocks": [_block(b) for b in document.blocks],
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _block(block: Block) -> list[object]:
    return [block.kind, block.text, block.level, list(block.cells), block.table, block.page, round(block.trust, 3)]


def thaw(body: bytes, url: str = "", title: str = "") -> Document:
    """The Document of kept bytes, for a link. Raises ValueError where they are of another kind."""
    kept = json.loads(body)
    if not isinstance(kept, dict) or kept.get("schema") != SCHEMA:
        raise ValueError(f"expected {SCHEMA}")
    return Document(
        url=url,
        kind=str(kept["kind"]),
        title=title,
        blocks=tuple(
            Block(kind, text, Region.MAIN, level, tuple(cells), table, page, trust)
            for kind, text, level, cells, table, page, trust in kept["blocks"]
        ),
        access=Access(kept["access"]),
        detail=str(kept["detail"]),
        meta={str(k): str(v) for k, v in kept["meta"].items()},
        pages=int(kept["pages"]),
        truncated=bool(kept["truncated"]),
        engine=str(kept["engine"]),
        files=tuple(kept["files"]),
    )
