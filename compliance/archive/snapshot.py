"""Writing and reading a snapshot.

A snapshot is a folder: `snapshot.json` (the head), `manifest.jsonl` (a record a line, with the place of its body),
`records.warc.gz` (WARC/1.1). The body goes to the WARC first and its line to the manifest after, both flushed, so a
killed run loses at most the record in flight; opening for resumption cuts what the manifest does not know.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from pydantic import ValidationError
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from compliance.archive.atomic import write_atomic
from compliance.errors import Exit, UserError
from compliance.model.evidence import Record, SnapshotInfo

_LEVEL = 1
HEAD, MANIFEST, WARC = "snapshot.json", "manifest.jsonl", "records.warc.gz"
#: Headers that no longer describe the body as we keep it (unpacked, unchunked).
_CHANGED = {"content-encoding", "transfer-encoding", "content-length"}


class SnapshotWriter:
    """Appends records to a snapshot. Use as a context manager."""

    def __init__(self, folder: Path, info: SnapshotInfo) -> None:
        self.folder = folder
        self.info = info
        self.records: list[Record] = []
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / MANIFEST).exists():
            raise UserError(f"{folder}: a snapshot is here already. Give another folder, or --resume to go on with it.")
        self._warc: IO[bytes] = (folder / WARC).open("ab")
        self._manifest: IO[bytes] = (folder / MANIFEST).open("ab")
        _private(folder / WARC)
        self._writer = WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")
        self._save()
        self._write(
            self._writer.create_warcinfo_record(
                WARC, {"software": info.tool, "http-header-user-agent": info.user_agent, "robots": "obey"}
            )
        )

    @classmethod
    def resume(cls, folder: Path) -> SnapshotWriter:
        """Opens an interrupted snapshot: keeps what the manifest names, cuts what it does not."""
        snapshot = Snapshot(folder)
        if snapshot.info.complete:
            raise UserError(
                f"{folder}: this snapshot is complete; there is nothing to resume. Use `compliance judge {folder}`."
            )
        writer = cls.__new__(cls)
        writer.folder, writer.info = folder, snapshot.info
        writer.records = list(snapshot.records)
        manifest = b"".join(_line(r) for r in writer.records)
        end = max(
            (r.offset + r.length for r in writer.records if r.offset is not None and r.length is not None),
            default=0,
        )
        write_atomic(folder / MANIFEST, manifest)
        writer._warc = (folder / WARC).open("r+b")
        writer._warc.truncate(end)
        writer._warc.seek(end)
        writer._manifest = (folder / MANIFEST).open("ab")
        writer._writer = WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")
        return writer

    def add(
        self,
        record: Record,
        body: bytes,
        headers: list[tuple[str, str]],
        request: list[tuple[str, str]] | None = None,
        verb: str = "GET",
    ) -> Record:
        """Keeps a record and its body; returns it with sha256, size and place. `verb`: how it was asked for."""
        offset: int | None = None
        length: int | None = None
        digest: str | None = None
        if record.role == "derived":
            digest = hashlib.sha256(body).hexdigest()
            offset = self._warc.tell()
            self._write(
                self._writer.create_warc_record(
                    record.final_url,
                    "conversion",
                    payload=io.BytesIO(body),
                    warc_content_type=record.content_type,
                    warc_headers_dict={"WARC-Refers-To-Target-URI": record.final_url, "WARC-Date": record.started_at},
                )
            )
            self._warc.flush()
            length = self._warc.tell() - offset
        elif record.status is not None:
            digest = hashlib.sha256(body).hexdigest() if body else None
            offset = self._warc.tell()
            kept = [(f"X-Archive-Orig-{k}" if k.lower() in _CHANGED else k, v) for k, v in headers]
            kept.append(("Content-Length", str(len(body))))
            response = self._writer.create_warc_record(
                record.final_url,
                "response",
                payload=io.BytesIO(body),
                http_headers=StatusAndHeaders(f"{record.status} -", kept, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": record.started_at} if record.started_at else {},
            )
            self._write(response)
            if request is not None:
                path = "/" + record.final_url.split("/", 3)[-1] if record.final_url.count("/") >= 3 else "/"
                asked = self._writer.create_warc_record(
                    record.final_url,
                    "request",
                    http_headers=StatusAndHeaders(f"{verb} {path} HTTP/1.1", request, is_http_request=True),
                    warc_headers_dict={"WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")},
                )
                self._write(asked)
            self._warc.flush()
            length = self._warc.tell() - offset
        kept_record = record.model_copy(
            update={
                "seq": len(self.records),
                "sha256": digest,
                "bytes": len(body),
                "offset": offset,
                "length": length,
            }
        )
        self._manifest.write(_line(kept_record))
        self._manifest.flush()
        self.records.append(kept_record)
        return kept_record

    def _write(self, record: ArcWarcRecord) -> None:
        """Writes a record as one gzip member. warcio packs at level 9, which costs more than fetching the page."""
        plain = io.BytesIO()
        self._writer.out = plain
        self._writer.write_record(record)
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
        self._warc.write(packer.compress(plain.getvalue()) + packer.flush())

    def update(self, **changes: object) -> None:
        """Changes the head and saves it."""
        self.info = self.info.model_copy(update=changes)
        self._save()

    def _save(self) -> None:
        write_atomic(self.folder / HEAD, self.info.model_dump_json(by_alias=True, indent=1))

    def close(self) -> None:
        """Flushes to the disk and closes."""
        for file in (self._warc, self._manifest):
            if not file.closed:
                file.flush()
                os.fsync(file.fileno())
                file.close()

    def __enter__(self) -> SnapshotWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _private(path: Path) -> None:
    """Bodies may hold personal data: only the owner reads them (where the system knows such modes)."""
    if os.name == "posix":
        path.chmod(0o600)


def _line(record: Record) -> bytes:
    return record.model_dump_json(exclude_defaults=True).encode("utf-8") + b"\n"


class Snapshot:
    """A snapshot as kept: head, records, and bodies on demand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / HEAD).is_file():
            raise UserError(f"{folder}: no snapshot is here (expected a folder with {HEAD}, {MANIFEST} and {WARC}).")
        try:
            self.info = SnapshotInfo.model_validate_json((folder / HEAD).read_bytes())
            urlsplit(self.info.site_url), urlsplit(self.info.start_url)
            datetime.fromisoformat(self.info.started_at.replace("Z", "+00:00"))
        except (OSError, ValidationError, ValueError) as error:
            raise UserError(
                f"{folder / HEAD}: this head of a snapshot cannot be read ({_first(error)}).", Exit.INTEGRITY
            ) from error
        self.records = list(self._read())

    def _read(self) -> Iterator[Record]:
        path = self.folder / MANIFEST
        try:
            lines = path.read_bytes().split(b"\n")
        except OSError as error:
            raise UserError(f"{path}: the manifest cannot be read ({error}).", Exit.INTEGRITY) from error
        for number, line in enumerate(lines, 1):
            if not line:
                continue
            try:
                record = Record.model_validate_json(line)
                urlsplit(record.url), urlsplit(record.final_url)
                yield record
            except (ValidationError, ValueError) as error:
                if number >= len(lines) - 1 and not self.info.complete:
                    return  # the record in flight when the run was killed
                raise UserError(f"{path}:{number}: this line is damaged ({_first(error)}).", Exit.INTEGRITY) from error

    def derived(self) -> dict[str, Record]:
        """The newest derived record of each body, by the sha256 of what it was made from."""
        return {r.source: r for r in self.records if r.role == "derived"}

    def sha256(self) -> str:
        """The sha256 of the manifest, which names every body by its own."""
        return hashlib.sha256(b"".join(_line(r) for r in self.records)).hexdigest()

    def headers(self, record: Record) -> list[tuple[str, str]]:
        """The headers of a record's answer; none where there was no answer."""
        if record.offset is None:
            return []
        with (self.folder / WARC).open("rb") as file:
            file.seek(record.offset)
            found = next(iter(ArchiveIterator(file)), None)
            return list(found.http_headers.headers) if found is not None and found.http_headers is not None else []

    def body(self, record: Record) -> bytes:
        """The body of a record. Raises UserError (integrity) when it is not what the manifest says."""
        if record.offset is None or record.sha256 is None:
            return b""
        path = self.folder / WARC
        try:
            with path.open("rb") as file:
                file.seek(record.offset)
                found = next(iter(ArchiveIterator(file)), None)
                body = found.content_stream().read() if found is not None else b""
        except (OSError, ValueError, EOFError, zlib.error, ArchiveLoadFailed) as error:
            raise UserError(
                f"{path}: record {record.seq} at byte {record.offset} cannot be read ({error}).",
                Exit.INTEGRITY,
            ) from error
        if hashlib.sha256(body).hexdigest() != record.sha256:
            raise UserError(
                f"{path}: record {record.seq} ({record.url}) is not what the manifest says: its sha256 differs.",
                Exit.INTEGRITY,
            )
        return bytes(body)


def _first(error: Exception) -> str:
    return json.dumps(str(error).splitlines()[0], ensure_ascii=False)
