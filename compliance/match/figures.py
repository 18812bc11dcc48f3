"""Rows of labelled amounts: the mark of a real budget, whatever markup carries it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from compliance.model.document import Block
from compliance.read.rupiah import amounts, cell_amounts, is_amount

_LETTERS = re.compile(r"[a-zA-Z]{2,}")
_FIRST_AMOUNT = re.compile(r"(?<![A-Za-z])Rp|\d{1,3}(?:[.,]\d{3}){2,}", re.I)
_CODE = re.compile(r"^[\d.\s|]+")
#: A labelled amount is a line; in a longer paragraph amounts are told, not listed.
_LINE = 400
_MANY_DIGITS = re.compile(r"\d{2}")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A label with its amounts in rupiah, in the order of the columns. `line`: index of the block."""

    label: str
    values: tuple[Decimal, ...]
    line: int
    table: int


def figure_rows(blocks: list[Block]) -> list[FigureRow]:
    """The labelled amounts of a document, from tables, text lines, and label-then-amount pairs."""
    rows: list[FigureRow] = []
    label, label_line = "", -10
    for line, block in enumerate(blocks):
        text = block.text
        if block.kind == "image":
            continue
        if block.kind == "row":
            found = _table_row(block, line)
            if found:
                rows.append(found)
            continue
        if not _MANY_DIGITS.search(text):
            if len(text) <= 80:
                label, label_line = text, line
            continue
        values = amounts(text) if len(text) <= _LINE else []
        if not values:
            continue
        match = _FIRST_AMOUNT.search(text)
        before = _CODE.sub("", text[: match.start()] if match else "").strip(" :|-")
        if _LETTERS.search(before):
            if len(before) <= 120:
                rows.append(FigureRow(before, tuple(values), line, block.table))
        elif line - label_line <= 2 and label:
            rows.append(FigureRow(label, tuple(values), line, block.table))
    return rows


def _table_row(block: Block, line: int) -> FigureRow | None:
    if not _MANY_DIGITS.search(block.text):
        return None
    label = ""
    values: list[Decimal] = []
    for cell in block.cells:
        if is_amount(cell):
            values += cell_amounts(cell) or [Decimal(0)]
        elif not label and _LETTERS.search(cell):
            inside = amounts(cell)
            label = cell
            values += inside
    if not label or not any(values):
        return None
    return FigureRow(label[:160], tuple(values), line, block.table)


_CAPTION_WORDS = 24
_NEAR = 4
_SAYS_REALISED = re.compile(r"\b(?:realisasi|terealisasi|pelaksanaan|penyerapan|serapan|pertanggungjawaban)\b", re.I)


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Rows that belong together: a table, or a run of labelled amounts, with the words that stand over it.

    `realised`: True where a realisation is shown with amounts, False where its column is all zero, None where
    there is none.
    """

    rows: tuple[FigureRow, ...]
    caption: str
    realised: bool | None


def figure_groups(blocks: list[Block], strong_lines: set[int]) -> list[FigureGroup]:
    """The figures of a document, grouped. `strong_lines`: indices of headings and lines that act as such."""
    rows = figure_rows(blocks)
    runs: list[list[FigureRow]] = []
    for row in rows:
        last = runs[-1][-1] if runs else None
        tabled = blocks[row.line].kind == "row"
        together = last is not None and (
            blocks[last.line].kind == "row" and last.table == row.table
            if tabled
            else blocks[last.line].kind != "row"
            and not any(
                blocks[i].kind == "heading" and blocks[i].level <= 4 and i not in (row.line - 1,)
                for i in range(last.line + 1, row.line)
            )
        )
        if together:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [_group(blocks, run, strong_lines) for run in runs]


def _group(blocks: list[Block], run: list[FigureRow], strong_lines: set[int]) -> FigureGroup:
    first, last = run[0].line, run[-1].line
    table = run[0].table if blocks[first].kind == "row" else -1
    lines = {row.line for row in run}
    caption: list[str] = []
    headers: list[Block] = []
    index = first - 1
    while index >= 0 and blocks[index].kind == "row" and blocks[index].table == table and table >= 0:
        index -= 1
    for line in range(index + 1, last + 1):
        if line not in lines and blocks[line].kind == "row" and len(blocks[line].text.split()) <= _CAPTION_WORDS:
            headers.append(blocks[line])
    taken = 0
    while index >= 0 and taken < _NEAR:
        block = blocks[index]
        if block.kind == "row" and table >= 0:
            break
        if block.kind != "image" and len(block.text.split()) <= _CAPTION_WORDS:
            caption.insert(0, block.text)
        taken += 1
        if index in strong_lines and (block.kind == "heading" or taken > 1):
            break
        index -= 1
    caption += [h.text for h in headers[:6]]
    text = " \n ".join(caption)
    return FigureGroup(tuple(run), text, _realised(run, headers, text, blocks, table))


def _realised(run: list[FigureRow], headers: list[Block], caption: str, blocks: list[Block], table: int) -> bool | None:
    for header in headers:
        column = next(
            (i for i, c in enumerate(header.cells) if "realisasi" in c.lower() and len(c) < 60 and i > 0),
            None,
        )
        if column is not None and len(header.cells) > 2:
            return _column_filled(blocks, table, column)
    if not _SAYS_REALISED.search(caption):
        return None
    if not re.search(r"realisasi|terealisasi", caption, re.I) and all(len(r.values) < 2 for r in run):
        return None
    pairs = [r.values for r in run if len(r.values) >= 2]
    return not (pairs and (all(p[0] == 0 for p in pairs) or all(p[1] == 0 for p in pairs)))


def _column_filled(blocks: list[Block], table: int, column: int) -> bool:
    seen = False
    for block in blocks:
        if block.kind != "row" or block.table != table or len(block.cells) <= column:
            continue
        cell = block.cells[column]
        if is_amount(cell):
            seen = True
            if any(cell_amounts(cell)):
                return True
    return not seen
