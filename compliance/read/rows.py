"""Rows of labelled amounts, from tables and from lines of text, with what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from compliance.model.document import Block
from compliance.read.columns import order_of
from compliance.read.rupiah import signed_amount

AMOUNT = re.compile(
    r"[-(]?(?:(?<![A-Za-z])(?:Rp|IDR)\.?\s*)?[-(]?\s*(?:Rp\.?\s*)?\d{1,3}(?:[.,]\d{3}){1,8}(?:[.,]\d{1,2})?\)?(?![\d.]{0,40}\d)"
    r"|(?<![A-Za-z])Rp\.?\s*[-(]?\d[\d.,]*(?:\s*(?:miliar|milyar|juta|ribu|M|jt)\b)?\)?(?:,-)?",
    re.I,
)
_BARE_CODE = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?$")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_PERCENT = re.compile(r"(?<![\d.,])(-?\d{1,3}(?:[.,]\d{1,2})?)\s*%")
_LINE, _LABEL = 260, 130


@dataclass(slots=True)
class Row:
    """A label with its amounts by column of the table."""

    label: str
    values: list[tuple[int, Decimal, str]]
    line: int
    page: int
    trust: float
    table: int
    percent: Decimal | None = None
    tabled: bool = False


def walk(blocks: list[Block], scale: int = 1) -> Iterator[Row | tuple[int, Block]]:
    """Rows with amounts, and the blocks between them (index, block). `scale`: what the amounts are counted in (rupiah)."""
    label, label_line = "", -10
    for line, block in enumerate(blocks):
        if block.kind == "image" or not block.text:
            continue
        if block.kind == "row":
            row = _table_row(block, line, scale)
        else:
            rows = _text_rows(block, line, scale)
            if rows and not rows[0].label and line - label_line <= 2 and label:
                rows[0].label = label
            elif rows and not rows[0].label:
                after = blocks[line + 1] if line + 1 < len(blocks) else None
                if after is not None and len(after.text) < _LABEL and not AMOUNT.search(after.text):
                    rows[0].label = after.text
            rows = [r for r in rows if r.label]
            yield from rows
            if rows:
                label_line = -10
                continue
            row = None
        if row is not None:
            yield row
            continue
        if len(block.text) <= _LABEL and _LETTERS.search(block.text) and not order_of(block.text):
            label, label_line = block.text, line
        yield line, block


def _table_row(block: Block, line: int, scale: int) -> Row | None:
    label = ""
    values: list[tuple[int, Decimal, str]] = []
    percent: Decimal | None = None
    for index, cell in enumerate(block.cells):
        text = cell.strip()
        if not text:
            continue
        pieces = [text] if signed_amount(text) is not None and AMOUNT.search(text) else AMOUNT.findall(text)
        if _LETTERS.search(AMOUNT.sub(" ", text)) and not re.fullmatch(r"(?i)rp\.?", text):
            words = AMOUNT.split(text)[0].strip() if pieces else text
            label = f"{label} {words}".strip() if not values else label
        elif not values and _BARE_CODE.match(text) and not (index and label):
            label = f"{label} {text}".strip()
            continue
        for piece in pieces:
            value = signed_amount(piece)
            if value is not None:
                values.append((index, value, piece.strip()))
        if not pieces:
            value = signed_amount(text)
            least = 1000 if scale == 1 else Decimal("0.001")
            if value is not None and (value == 0 or abs(value) >= least) and not text.endswith("%"):
                values.append((index, value, text))
        found = _PERCENT.search(text)
        percent = _decimal(found[1]) if found else percent
    if not values or not _LETTERS.search(label):
        return None
    if all(v == 0 for _, v, _ in values) and len(values) < 2 and len(block.cells) < 2:
        return None
    values = [(i, v * scale, t) for i, v, t in values]
    return Row(label[:_LABEL], values, line, block.page, block.trust, block.table, percent, tabled=True)


def _text_rows(block: Block, line: int, scale: int) -> list[Row]:
    """The labelled amounts of a line: label, amount (, amount …), label, amount."""
    text = block.text
    if len(text) > _LINE or not any(c.isdigit() for c in text):
        return []
    rows: list[Row] = []
    end = 0
    for match in AMOUNT.finditer(text):
        value = signed_amount(match[0])
        if value is None:
            continue
        words = text[end : match.start()].strip(" |:;=,-\u2013")
        end = match.end()
        if not rows or _LETTERS.search(_PERCENT.sub("", words)):
            if len(words) > _LABEL:
                words = ""
            rows.append(Row(words, [], line, block.page, block.trust, block.table))
        told = 1 if re.search(r"[a-z]{4}", match[0], re.I) else scale
        rows[-1].values.append((len(rows[-1].values), value * told, match[0].strip()))
    found = _PERCENT.search(text)
    if rows and found:
        rows[-1].percent = _decimal(found[1])
    return rows


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
