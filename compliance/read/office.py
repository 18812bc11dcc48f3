"""Word, spreadsheet and presentation files as Documents."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from compliance.model.document import Block, Document
from compliance.model.status import Access, Region
from compliance.read.layout import Layout
from compliance.read.lines import Word
from compliance.read.sniff import decode

if TYPE_CHECKING:
    from docx.table import Table
    from pptx.slide import Slide

#: A file of more rows, sheets or slides than this is read as far as this, and says so.
MAX_ROWS, MAX_SHEETS, MAX_CELLS, MAX_SLIDES = 5000, 20, 60, 100
_FAILURES = (
    ValueError,
    KeyError,
    IndexError,
    AttributeError,
    OSError,
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
)


def read_office(kind: str, body: bytes, title: str = "") -> Document:
    """An office file by its kind: docx, xlsx, xls, ods, pptx. Access: unreadable (damaged), encrypted, empty."""
    from lxml.etree import LxmlError

    try:
        if kind == "docx":
            blocks, cut = list(_docx(body)), False
        elif kind == "pptx":
            blocks, cut = _pptx(body)
        else:
            blocks, cut = _sheets(body)
    except (*_FAILURES, LxmlError) as error:
        locked = "password" in str(error).lower() or "encrypt" in str(error).lower()
        access = Access.ENCRYPTED if locked else Access.UNREADABLE
        return Document("", kind, title, access=access, detail="password" if locked else "damaged")
    access = Access.OK if blocks else Access.EMPTY
    return Document("", kind, title, blocks=tuple(blocks), access=access, truncated=cut)


def read_csv(body: bytes, charset: str = "", title: str = "") -> Document | None:
    """Text with columns as rows; None where it is not in columns."""
    text, _ = decode(body, charset)
    lines = [line for line in text.splitlines() if line.strip()][:MAX_ROWS]
    if len(lines) < 3:
        return None
    for mark in (";", "\t", "|", ","):
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=counts.count)
        if usual >= 1 and counts.count(usual) > 0.6 * len(lines) and not (mark == "," and usual < 2):
            rows = csv.reader(io.StringIO("\n".join(lines)), delimiter=mark)
            try:
                blocks = [b for row in rows if (b := _row(row, 0)) is not None]
            except csv.Error:
                return None
            return Document("", "csv", title, blocks=tuple(blocks), access=Access.OK if blocks else Access.EMPTY)
    return None


def _row(cells: list[str], table: int) -> Block | None:
    kept = tuple(" ".join(c.split())[:400] for c in cells[:MAX_CELLS])
    filled = [c for c in kept if c]
    if not filled:
        return None
    if len(filled) == 1:
        return Block("text", filled[0], Region.MAIN, table=table)
    return Block("row", " | ".join(filled), Region.MAIN, cells=kept, table=table)


def _docx(body: bytes) -> Iterator[Block]:
    from docx import Document as open_docx
    from docx.table import Table

    table = 0
    for part in open_docx(io.BytesIO(body)).iter_inner_content():
        if isinstance(part, Table):
            table += 1
            yield from _docx_table(part, table)
            continue
        text = " ".join(part.text.split())
        if text:
            style = (part.style.name or "").lower() if part.style is not None else ""
            heading = style.startswith(("heading", "title", "judul"))
            yield Block("heading" if heading else "text", text, Region.MAIN, level=2 if heading else 0)


def _docx_table(part: Table, table: int) -> Iterator[Block]:
    for row in part.rows[:MAX_ROWS]:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            # Merged cells are given once for each column that they cover.
            cells.append("" if cell._tc is last else cell.text)
            last = cell._tc
        block = _row(cells, table)
        if block is not None:
            yield block


def _sheets(body: bytes) -> tuple[list[Block], bool]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    except PasswordError as error:
        raise ValueError("password") from error
    except CalamineError as error:
        raise ValueError(str(error)) from error
    blocks: list[Block] = []
    cut = len(book.sheet_names) > MAX_SHEETS
    for number, name in enumerate(book.sheet_names[:MAX_SHEETS], 1):
        try:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=True, nrows=MAX_ROWS)
        except CalamineError as error:
            raise ValueError(str(error)) from error
        cut = cut or len(rows) >= MAX_ROWS
        found = [b for row in rows if (b := _row([_value(v) for v in row[:MAX_CELLS]], number)) is not None]
        if found and len(book.sheet_names) > 1:
            blocks.append(Block("heading", name, Region.MAIN, level=3, table=number))
        blocks += found
    return blocks, cut


def _value(value: object) -> str:
    """A cell as an Indonesian reader sees it: 1234567.5 is 1.234.567,50."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, (int, float)):
        if isinstance(value, int) or value.is_integer():
            whole = int(value)
            return f"{whole:,}".replace(",", ".") if abs(whole) >= 10_000 else str(whole)
        return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    if isinstance(value, (date, datetime)):
        return value.strftime("%d/%m/%Y")
    return str(value)


def _pptx(body: bytes) -> tuple[list[Block], bool]:
    from pptx import Presentation

    slides = list(Presentation(io.BytesIO(body)).slides)
    layout = Layout()
    blocks: list[Block] = []
    for number, slide in enumerate(slides[:MAX_SLIDES], 1):
        blocks += layout.page(list(_boxes(slide)), number)
        for shape in slide.shapes:
            if shape.has_table:
                rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
                blocks += [b for row in rows if (b := _row(row, 1000 + number)) is not None]
    return blocks, len(slides) > MAX_SLIDES


def _boxes(slide: Slide) -> Iterator[Word]:
    """The paragraphs of a slide with their places: a label over its amount is then seen as such."""
    from pptx.shapes.autoshape import Shape

    for shape in slide.shapes:
        if not isinstance(shape, Shape) or None in (shape.left, shape.top, shape.width, shape.height):
            continue
        lines = [p.text.strip() for p in shape.text_frame.paragraphs if p.text.strip()]
        step = shape.height / max(1, len(lines))
        high = min(step, 360_000.0)
        for index, line in enumerate(lines):
            top = shape.top + index * step
            yield Word(line, float(shape.left), top, float(shape.left + shape.width), top + high)
