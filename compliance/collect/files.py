"""The texts of files, kept beside them in the snapshot: judging never opens a file again.

Text is read as files come in. Scans and pictures are recognised at the end of a collection, the likeliest first,
within a budget.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from compliance.archive.snapshot import SnapshotWriter
from compliance.collect.settings import Settings
from compliance.model.document import Document
from compliance.model.evidence import Record
from compliance.read import Reader

_UNREAD = frozenset({"scan", "image"})
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class _Scan:
    worth: int
    record: Record


class Files:
    """Keeps the text of each file once, whatever its addresses."""

    def __init__(
        self, writer: SnapshotWriter, settings: Settings, reader: Reader, body: Callable[[Record], bytes]
    ) -> None:
        self.writer = writer
        self.settings = settings
        self.reader = reader
        self.body = body
        self._kept = {r.source: r for r in writer.records if r.role == "derived"}
        self._scans: dict[str, _Scan] = {}
        for source, record in self._kept.items():
            reader.keep(source, body(record))

    def keep(self, record: Record, document: Document, worth: int) -> None:
        """Keeps the text of a file that was read; a scan waits for recognition. `worth`: the score of its link."""
        source = record.sha256
        if source is None or document.kind == "html":
            return
        if source not in self._kept:
            self._write(record, document)
        engine = self._kept[source].engine
        unread = document.detail in _UNREAD or document.meta.get("scans")
        if unread and not engine and (source not in self._scans or self._scans[source].worth < worth):
            self._scans[source] = _Scan(worth, record)

    def recognise(self, progress: Progress) -> None:
        """Recognises the waiting scans, within the budget of files and seconds. What is left stays unread, and says so."""
        from compliance.read.extract import engines

        if not self._scans or not self.settings.max_ocr or not engines():
            return
        waiting = sorted(self._scans.values(), key=lambda s: (-s.worth, s.record.url))
        started = time.monotonic()
        # What an interrupted run recognised counts too.
        left = self.settings.max_ocr - sum(bool(r.engine) for r in self._kept.values())
        for done, scan in enumerate(waiting[: max(0, left)]):
            if time.monotonic() - started > self.settings.max_ocr_seconds:
                return
            progress(done, len(waiting) - done, f"OCR {scan.record.url}")
            record = scan.record
            assert record.sha256 is not None, "only files that were kept wait for recognition"
            before = self._kept[record.sha256]
            found = self.reader.file(
                record.final_url,
                record.sha256,
                self.body(record),
                title=record.link_text,
                truncated=record.truncated,
                ocr=True,
            )
            if found.engine or found.access is not before.access:
                self._write(record, found)

    def _write(self, record: Record, document: Document) -> None:
        source = record.sha256
        assert source is not None
        kept = self.writer.add(
            Record(
                seq=0,
                url=f"urn:sha256:{source}",
                final_url=record.final_url,
                role="derived",
                method="derived",
                access=document.access,
                detail=document.detail,
                started_at=record.started_at,
                content_type="application/json",
                source=source,
                engine=document.engine,
            ),
            self.reader.frozen(source),
            [],
        )
        self._kept[source] = kept
