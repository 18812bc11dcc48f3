"""A file that is no web page, as a Document. Runs in a process of its own (see `isolated`): files may be hostile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compliance.model.document import Block, Document
from compliance.model.status import Access, Region
from compliance.read.sniff import decode, sniff

if TYPE_CHECKING:
    from compliance.read.ocr import Engine
    from compliance.read.scan import Pages

#: Bounds of an archive: files, bytes of one, bytes of all (as unpacked).
MAX_FILES, MAX_FILE, MAX_ALL = 60, 30 * 1024 * 1024, 120 * 1024 * 1024
#: A picture of more pixels is not opened: 60 megapixels are 180 MB.
MAX_PICTURE = 60_000_000
#: Fewer words in a picture are a photograph, a logo or a stamp.
_FEW_WORDS = 6
_SURE = 0.8
#: A picture smaller than this (pixels), or longer in this relation, shows no document.
_MIN_SIDE, _MAX_RATIO = 24, 40
#: Bytes of plain text that are read.
_MAX_TEXT = 5_000_000


@dataclass(frozen=True, slots=True)
class Job:
    """How a file is to be read. `ocr`: recognise scans and pictures. `title`: what its link called it."""

    title: str = ""
    ocr: bool = False
    charset: str = ""
    truncated: bool = False
    max_pages: int = 0


def extract(body: bytes, job: Job, *, depth: int = 0) -> Document:
    """The Document of a file by what its bytes are; its url is empty.

    Access: ok, empty, encrypted, unreadable (detail: damaged, scan, image, or the kind that cannot be read),
    too_large (detail: pixels, unpacked, files).
    """
    kind = file_kind(body)
    title = job.title
    if kind == "empty":
        return Document("", "other", title, access=Access.EMPTY, truncated=job.truncated)
    if kind == "pdf":
        found = _pdf(body, job)
    elif kind == "image":
        found = _image(body, job)
    elif kind in {"docx", "xlsx", "xls", "ods", "pptx"}:
        found = _office(kind, body, job)
    elif kind == "zip":
        found = _zip(body, job, depth)
    elif kind == "encrypted":
        found = Document("", "office", title, access=Access.ENCRYPTED, detail="password")
    elif kind in {"text", "json", "xml"}:
        found = _text(body, job)
    elif kind == "html":
        found = Document("", "html", title, access=Access.UNREADABLE, detail="html instead of a document")
    else:
        found = Document("", "other", title, access=Access.UNREADABLE, detail=kind)
    if job.truncated and found.access is Access.UNREADABLE and found.detail == "damaged":
        found = replace(found, access=Access.TRUNCATED, detail="cut off")
    return replace(found, truncated=found.truncated or job.truncated)


def file_kind(body: bytes) -> str:
    """What `sniff` says, with office files told apart: docx, xlsx, xls, ods, pptx, odt, doc, ppt, encrypted."""
    kind = sniff(body)
    if kind == "zip":
        try:
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                names = archive.namelist()
                if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                    kind_named = archive.read("mimetype").decode("ascii", "replace")
                    for suffix, name in (("spreadsheet", "ods"), ("opendocument.text", "odt"), ("presentation", "odp")):
                        if suffix in kind_named:
                            return name
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
            return "zip"
        for prefix, name in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
            if "[Content_Types].xml" in names and any(n.startswith(prefix) for n in names):
                return name
        return "zip"
    if kind == "ole":
        head = body[: 2 * 1024 * 1024]
        for name, found in (
            ("EncryptedPackage", "encrypted"),
            ("WordDocument", "doc"),
            ("PowerPoint Document", "ppt"),
            ("Workbook", "xls"),
            ("Book", "xls"),
        ):
            if name.encode("utf-16-le") in head:
                return found
        return "doc"
    return kind


def engines() -> list[Engine]:
    """The engines of recognition that are installed, the first choice first (see `scan`)."""
    from importlib.util import find_spec

    from compliance.read.ocr import Rapid, tesseract

    found: list[Engine] = []
    first = tesseract()
    if first is not None:
        found.append(first)
    if find_spec("rapidocr_onnxruntime") is not None:
        found.append(Rapid())
    return found


def _pdf(body: bytes, job: Job) -> Document:
    from compliance.read.pdf import pictures, read_pdf

    document, scans = read_pdf("", body, title=job.title, truncated=job.truncated)
    if not scans or not job.ocr:
        return document
    read = _recognised(lambda: pictures(body, scans), job)
    if read is None:
        return document
    engine, blocks = read
    if not blocks and not document.blocks:
        return replace(document, access=Access.UNREADABLE, detail="no text", engine=engine)
    merged = sorted([*document.blocks, *blocks], key=lambda b: b.page)
    return replace(document, blocks=tuple(merged), access=Access.OK, detail="", engine=engine)


def _image(body: bytes, job: Job) -> Document:
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None
    empty = Document("", "image", job.title)
    try:
        picture = Image.open(io.BytesIO(body))
        width, height = picture.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return replace(empty, access=Access.UNREADABLE, detail="damaged")
    if min(width, height) < _MIN_SIDE or max(width, height) > _MAX_RATIO * min(width, height):
        # A line or a dot: no engine reads it, and some break on it.
        return replace(empty, access=Access.EMPTY, detail="caption", meta={"size": f"{width}x{height}"})
    if width * height > MAX_PICTURE:
        return replace(empty, access=Access.TOO_LARGE, detail="pixels", meta={"size": f"{width}x{height}"})
    sized = replace(empty, meta={"size": f"{width}x{height}"})
    if not job.ocr:
        return replace(sized, access=Access.UNREADABLE, detail="image")
    try:
        picture.load()
    except (OSError, ValueError, SyntaxError, EOFError):
        return replace(sized, access=Access.UNREADABLE, detail="damaged")
    read = _recognised(lambda: iter([(0, picture)]), job)
    if read is None:
        return replace(sized, access=Access.UNREADABLE, detail="image")
    engine, blocks = read
    words = sum(len(b.text.split()) for b in blocks)
    if words < _FEW_WORDS:
        # A few words that were read surely are a button or label; none, or doubtful ones, may be a poster that we
        # could not read.
        sure = bool(blocks) and all(b.trust >= _SURE for b in blocks)
        access, detail = (Access.EMPTY, "caption") if sure else (Access.UNREADABLE, "no text")
        return replace(sized, access=access, detail=detail, engine=engine, blocks=tuple(blocks))
    return replace(sized, blocks=tuple(blocks), engine=engine)


def _recognised(pages: Pages, job: Job) -> tuple[str, list[Block]] | None:
    from compliance.read.ocr import OcrError
    from compliance.read.scan import recognise

    found = engines()
    if not found:
        return None
    try:
        reading = recognise(pages, found, title=job.title)
    except OcrError:
        return None
    return reading.engine, list(reading.blocks)


def _office(kind: str, body: bytes, job: Job) -> Document:
    from compliance.read.office import read_office

    if kind != "xls" and _unpacked(body) > MAX_ALL:
        return Document("", kind, job.title, access=Access.TOO_LARGE, detail="unpacked")
    document = read_office(kind, body, job.title)
    if document.access is Access.EMPTY and kind in {"docx", "pptx"}:
        media = [b for n, b in _members(body) if "/media/" in n and sniff(b) == "image"][:4]
        found = [_image(b, job) for b in media]
        blocks = tuple(replace(b, page=i) for i, d in enumerate(found, 1) for b in d.blocks)
        if blocks:
            return replace(document, blocks=blocks, access=Access.OK, engine=found[0].engine)
        if media:
            return replace(document, access=Access.UNREADABLE, detail="scan")
    return document


def _unpacked(body: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return sum(i.file_size for i in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return 0


def _members(body: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of an archive within its bounds; what is damaged or locked is left out."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for info in archive.infolist()[:2000]:
            if info.is_dir() or info.file_size > MAX_FILE or info.flag_bits & 1:
                continue
            try:
                yield info.filename, archive.read(info)
            except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
                continue


def _zip(body: bytes, job: Job, depth: int) -> Document:
    shell = Document("", "zip", job.title)
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            infos = [i for i in archive.infolist() if not i.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return replace(shell, access=Access.UNREADABLE, detail="damaged")
    names = tuple(i.filename for i in infos[:MAX_FILES])
    shell = replace(shell, files=names)
    if not infos:
        return replace(shell, access=Access.EMPTY)
    if sum(i.file_size for i in infos) > MAX_ALL:
        return replace(shell, access=Access.TOO_LARGE, detail="unpacked")
    if all(i.flag_bits & 1 for i in infos):
        return replace(shell, access=Access.ENCRYPTED, detail="password")
    if depth:
        return replace(shell, access=Access.UNREADABLE, detail="archive inside an archive")
    blocks: list[Block] = []
    engine = ""
    cut = len(infos) > MAX_FILES
    unread = 0
    for count, (name, inside) in enumerate(_members(body)):
        if count >= MAX_FILES:
            break
        document = extract(inside, replace(job, title=name), depth=1)
        if document.access is not Access.OK:
            unread += 1
            continue
        engine = engine or document.engine
        label = name.rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("_", " ").replace("-", " ")
        blocks.append(Block("heading", label, Region.MAIN, level=2))
        offset = 100 * count
        blocks += [replace(b, table=b.table + offset if b.table >= 0 else b.table) for b in document.blocks]
    if not blocks:
        return replace(shell, access=Access.UNREADABLE, detail="archive")
    return replace(shell, blocks=tuple(blocks), engine=engine, truncated=cut or unread > 0)


def _text(body: bytes, job: Job) -> Document:
    from compliance.read.office import read_csv

    cut = len(body) > _MAX_TEXT
    body = body[:_MAX_TEXT]
    table = read_csv(body, job.charset, job.title)
    if table is not None:
        return replace(table, truncated=table.truncated or cut)
    text, _ = decode(body, job.charset)
    lines = tuple(
        Block(kind="text", text=" ".join(line.split()), region=Region.MAIN)
        for line in text.splitlines()
        if line.strip()
    )
    access = Access.OK if lines else Access.EMPTY
    return Document("", "text", job.title, blocks=lines, access=access, truncated=cut)
