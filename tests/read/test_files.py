"""Files of every kind, and files made to hurt: read in a process of its own, refused in bounded time and memory."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from compliance.model.budget import Key
from compliance.model.status import Access
from compliance.read.budget import budgets_in
from compliance.read.extract import Job, file_kind
from compliance.read.frozen import freeze, thaw
from compliance.read.isolated import Extractor, Limits
from tests.documents.accuracy import KEPT
from tests.documents.make import Press


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor() as opened:
        yield opened


@pytest.mark.parametrize(
    "name", ["teks-0.pdf", "berkas-7.docx", "berkas-9.xlsx", "berkas-11.ods", "tabel.csv", "arsip.zip"]
)
def test_text_of_each_kind(extractor: Extractor, name: str) -> None:
    found = extractor.extract((KEPT / name).read_bytes(), Job())
    assert found.access is Access.OK
    assert found.kind.startswith(name.rsplit(".", 1)[1])
    assert "JUMLAH PENDAPATAN" in found.main_text()
    assert thaw(freeze(found)) == found, "kept and taken out again it is the same"


def test_scan_without_recognition_says_so(extractor: Extractor) -> None:
    found = extractor.extract((KEPT / "pindai-0.pdf").read_bytes(), Job())
    assert (found.kind, found.access, found.detail) == ("pdf-scan", Access.UNREADABLE, "scan")


def test_scan_and_picture_are_recognised(extractor: Extractor) -> None:
    scan = extractor.extract((KEPT / "pindai-2.pdf").read_bytes(), Job(ocr=True))
    assert scan.access is Access.OK and scan.engine
    assert "ANGGARAN PENDAPATAN DAN BELANJA DESA" in scan.main_text().upper()
    poster = extractor.extract((KEPT / "poster-0.jpg").read_bytes(), Job(ocr=True))
    assert poster.access is Access.OK and poster.ocr
    assert any(b.kind == "row" and b.cells[0] == "Dana Desa" for b in poster.blocks)


def _pdf(body: bytes, pages: int = 1) -> bytes:
    kids = " ".join(f"{3 + i} 0 R" for i in range(pages))
    packed = zlib.compress(body, 9)
    content = 3 + pages
    out = io.BytesIO(b"")
    offsets = []
    out.write(b"%PDF-1.4\n")

    def add(number: int, text: bytes) -> None:
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + text + b"\nendobj\n")

    add(1, b"<< /Type /Catalog /Pages 2 0 R >>")
    add(2, f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode())
    for index in range(pages):
        add(
            3 + index,
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>".encode(),
        )
    add(content, f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream")
    start = out.tell()
    table = "".join(f"{o:010d} 00000 n \n" for o in offsets)
    out.write(
        f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(offsets) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    )
    return out.getvalue()


def _zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for index in range(20):
            archive.writestr(f"a{index}.txt", b"0" * 20_000_000)
    return out.getvalue()


def _huge_picture() -> bytes:
    """A PNG whose head claims 30,000 by 30,000 pixels."""
    out = io.BytesIO()
    Image.new("1", (8, 8)).save(out, "PNG")
    body = bytearray(out.getvalue())
    body[16:24] = (30_000).to_bytes(4, "big") * 2
    body[29:33] = zlib.crc32(bytes(body[12:29])).to_bytes(4, "big")
    return bytes(body)


@pytest.mark.parametrize(
    ("body", "access", "detail"),
    [
        (_zip_bomb(), Access.TOO_LARGE, "unpacked"),
        (_huge_picture(), Access.TOO_LARGE, "pixels"),
        (b"%PDF-1.4 broken", Access.UNREADABLE, "damaged"),
        (b"PK\x03\x04 broken", Access.UNREADABLE, "damaged"),
        (b"\xff\xd8\xff\xe0 not a picture", Access.UNREADABLE, "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600 + "EncryptedPackage".encode("utf-16-le"), Access.ENCRYPTED, "password"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600 + "WordDocument".encode("utf-16-le"), Access.UNREADABLE, "doc"),
        (b"<html><body>Silakan masuk</body></html>", Access.UNREADABLE, "html instead of a document"),
        (b"", Access.EMPTY, ""),
    ],
)
def test_refused_by_name(extractor: Extractor, body: bytes, access: Access, detail: str) -> None:
    found = extractor.extract(body, Job(ocr=True))
    assert (found.access, found.detail) == (access, detail)


def test_page_count_is_bounded(extractor: Extractor) -> None:
    started = time.monotonic()
    found = extractor.extract(
        _pdf(b"BT /F 12 Tf 50 700 Td (Anggaran desa tahun 2026 sebesar Rp1.000.000 dan lain lain) Tj ET", 20_000), Job()
    )
    assert (found.pages, found.truncated) == (20_000, True)
    assert time.monotonic() - started < 60


def test_bomb_in_a_pdf_is_ended() -> None:
    """Two hundred megabytes of drawing packed into 200 kB: ended by time or memory, and the next file is read."""
    line = b"BT /F 12 Tf 50 700 Td (xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx) Tj ET\n"
    with Extractor(Limits(text_seconds=6, text_memory=400 * 1024 * 1024)) as small:
        started = time.monotonic()
        found = small.extract(_pdf(line * 3_200_000), Job())
        assert time.monotonic() - started < 30
        assert found.access in {Access.TIMEOUT, Access.TOO_LARGE, Access.OK}
        assert small.peak < 700 * 1024 * 1024
        assert small.extract((KEPT / "teks-0.pdf").read_bytes(), Job()).access is Access.OK


def test_reader_that_dies_is_replaced(extractor: Extractor) -> None:
    assert extractor.extract(b"a;b\n1;2\n3;4\n", Job()).kind == "csv"
    process = extractor._process
    assert process is not None
    process.kill()
    process.wait()
    assert extractor.extract(b"a;b\n1;2\n3;4\n", Job()).kind == "csv"


def test_kind_is_by_content_not_by_name() -> None:
    assert file_kind((KEPT / "berkas-9.xlsx").read_bytes()) == "xlsx"
    assert file_kind((KEPT / "arsip.zip").read_bytes()) == "zip"
    assert file_kind((KEPT / "poster-0.jpg").read_bytes()) == "image"


def test_damaged_office_files_are_said_to_be_so(extractor: Extractor, tmp_path: Path) -> None:
    for name in ("berkas-7.docx", "berkas-9.xlsx", "berkas-11.ods", "teks-0.pdf"):
        body = (KEPT / name).read_bytes()
        found = extractor.extract(body[: len(body) // 2], Job())
        assert found.access in {Access.UNREADABLE, Access.OK}, name
        if found.access is Access.UNREADABLE:
            assert found.detail == "damaged"


def test_table_over_several_printed_pages_is_read_whole(extractor: Extractor) -> None:
    """PDFium breaks lines behind every letter of such pages; the budget's last rows stand on the third."""
    rows = [("Pendapatan", "900.000.000"), ("Dana Desa", "700.000.000"), ("Alokasi Dana Desa", "200.000.000")]
    rows += [(f"Kegiatan nomor {i} bidang pembangunan", "8.000.000") for i in range(110)]
    rows += [("Belanja", "880.000.000"), ("Surplus", "20.000.000")]
    cells = "".join(f"<tr><td>{a}</td><td align=right>{b}</td></tr>" for a, b in rows)
    press = Press()
    try:
        body = press.pdf(f"<h1>APBDes Tahun Anggaran 2026</h1><table width=100%>{cells}</table>")
    finally:
        press.close()
    found = extractor.extract(body, Job())
    assert found.pages >= 3
    (budget,) = budgets_in(list(found.blocks), title="APBDes 2026")
    assert (budget.amount(Key.PENDAPATAN), budget.amount(Key.BELANJA)) == (900_000_000, 880_000_000)
    assert budget.amount(Key.SURPLUS) == 20_000_000
    assert "Kegiatan nomor 109 bidang pembangunan" in found.main_text()


def test_a_line_or_dot_is_no_document(extractor: Extractor) -> None:
    for size in ((65_000, 2), (1, 1)):
        packed = io.BytesIO()
        Image.new("L", size).save(packed, "PNG")
        found = extractor.extract(packed.getvalue(), Job(ocr=True))
        assert (found.access, found.detail) == (Access.EMPTY, "caption")
