"""From words with places to headings, lines and rows with columns: one way for PDF text, scans and posters."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from statistics import median

from compliance.model.document import Block
from compliance.model.status import Region
from compliance.read.lines import LETTER, RUPIAH, WHOLE, Cell, Line, Word, lines_of
from compliance.read.rupiah import is_amount
from compliance.read.wrapping import joined

#: A heading is set in letters this much larger than the page's usual ones.
_HEADING = 1.35
#: A label and its amount in one cell.
_TOLD = re.compile(r"^(\D*?[A-Za-z)]\D*?)\s*((?:[-(]?R[pP]\.?\s*)?[-(]?\d{1,3}(?:[.,]\d{3})+(?:,\d\d)?\)?)$")


class Layout:
    """Pages of one document, one after the other: a table goes on over the page with the columns it had."""

    def __init__(self) -> None:
        self._columns: list[tuple[float, float]] = []
        self._table = False

    def page(self, words: list[Word], number: int = 1) -> list[Block]:
        """The words of one page as blocks: headings, text lines, and rows with cells in columns.

        An amount under or over its label (a card of a poster) becomes a row of both; cards side by side are taken
        apart; columns of amounts are aligned over the page, so that an empty cell does not shift its neighbours.
        """
        lines = lines_of(words)
        if not lines:
            return []
        usual = median([w.height for w in words if w.text.strip()] or [1.0])
        pairs = _paired(lines)
        columns = _columns(lines)
        if not columns and any(line.amounts and not line.used for line in lines[:8]):
            columns = self._columns
        self._columns = columns
        self._table = bool(columns) or _one_column(lines) or (self._table and any(line.amounts for line in lines[:8]))
        if self._table:
            lines = joined(lines)
        blocks: list[Block] = []
        for index, line in enumerate(lines):
            trust = min((c.trust for c in line.cells), default=1.0)
            for label, amount in pairs.get(index, ()):
                cells = (label.text, amount.text)
                row = Block("row", " | ".join(cells), Region.MAIN, cells=cells, table=number, page=number)
                blocks.append(replace(row, trust=amount.trust))
            if line.used or not line.cells:
                continue
            for block in _line_blocks(line, columns, number, usual):
                blocks.append(replace(block, page=number, trust=min(block.trust, trust)))
        return blocks


def _line_blocks(line: Line, columns: list[tuple[float, float]], table: int, usual: float) -> list[Block]:
    amounts, labels = line.amounts, line.labels
    if len(line.cells) == 1:
        text = line.cells[0].text
        large = line.height > _HEADING * usual and LETTER.search(text) is not None and len(text) < 160
        return [Block("heading" if large else "text", text, Region.MAIN, level=3 if large else 0)]
    told = [_TOLD.match(c.text) for c in line.cells]
    if sum(t is not None for t in told) >= 2 and all(
        t is not None or not LETTER.search(c.text) for t, c in zip(told, line.cells, strict=True)
    ):
        pairs = [(t[1].strip(" :="), t[2]) for t in told if t is not None]
        return [Block("row", " | ".join(p), Region.MAIN, cells=p, table=table) for p in pairs]
    if amounts and len(labels) >= 2:
        split = _side_by_side(line)
        if split:
            return [
                Block("row", " | ".join(cells), Region.MAIN, cells=cells, table=table, trust=trust)
                for cells, trust in split
            ]
    if len(columns) >= 2:
        cells = _aligned(line, columns)
    else:
        cells = tuple(c.text for c in line.cells)
    return [Block("row", " | ".join(c for c in cells if c), Region.MAIN, cells=cells, table=table)]


def _side_by_side(line: Line) -> list[tuple[tuple[str, ...], float]]:
    """Rows that stand next to each other on one line: label, amount, label, amount."""
    rows: list[tuple[list[str], float]] = []
    current: list[str] = []
    trust = 1.0
    seen = False
    for cell in line.cells:
        if seen and not cell.amount and LETTER.search(cell.text) and not RUPIAH.match(cell.text):
            rows.append((current, trust))
            current, trust, seen = [], 1.0, False
        current.append(cell.text)
        trust = min(trust, cell.trust)
        seen = seen or cell.amount
    rows.append((current, trust))
    complete = [r for r, _ in rows if any(is_amount(c) for c in r) and any(LETTER.search(c) for c in r)]
    return [(tuple(r), t) for r, t in rows] if len(complete) >= 2 else []


def _over(labels: list[Cell], amount: Cell) -> Cell | None:
    """The label that stands over or under an amount."""
    best = max(labels, key=amount.over, default=None)
    return best if best is not None and best.over(amount) > 0.3 else None


def _paired(lines: list[Line]) -> dict[int, list[tuple[Cell, Cell]]]:
    """Labels and the amounts over or under them, by the line at which they are shown. Marks the lines as used."""
    found = _staggered(lines)
    for index, line in enumerate(lines):
        amounts = line.amounts
        if line.used or not amounts or len(amounts) != len(line.cells):
            continue
        best: tuple[float, int, list[tuple[Cell, Cell]]] | None = None
        for other_index in range(max(0, index - 3), min(len(lines), index + 4)):
            other = lines[other_index]
            if other_index == index or other.used or other.amounts:
                continue
            gap = (line.y0 - other.y1) if other_index < index else (other.y0 - line.y1)
            if gap > 1.6 * line.height or gap < -0.7 * line.height:
                continue
            matched = [(label, a) for a in amounts if (label := _over(other.labels, a)) is not None]
            if len(matched) != len(amounts) or len({id(m[0]) for m in matched}) != len(matched):
                continue
            if any(len(m[0].text.split()) > 9 for m in matched):
                continue
            if best is None or gap < best[0]:
                best = (gap, other_index, matched)
        if best is None:
            continue
        _, other_index, matched = best
        rest = [c for c in lines[other_index].cells if all(c is not m[0] for m in matched)]
        line.used = True
        lines[other_index].used = not rest
        lines[other_index].cells = rest or lines[other_index].cells
        found.setdefault(min(index, other_index), []).extend(matched)
    return found


def _staggered(lines: list[Line]) -> dict[int, list[tuple[Cell, Cell]]]:
    """Two blocks of label over amount that stand a line apart: the amount of one is level with the label of the other."""
    found: dict[int, list[tuple[Cell, Cell]]] = {}
    for index, line in enumerate(lines):
        if (
            len(line.cells) != 2
            or line.cells[0].amount
            or not line.cells[1].amount
            or not index
            or index + 1 >= len(lines)
        ):
            continue
        label, amount = line.cells
        above, below = lines[index - 1], lines[index + 1]
        if amount.x0 - label.x1 < 2.5 * label.height or above.amounts or len(below.amounts) != len(below.cells):
            continue
        over = next((c for c in above.labels if abs(c.x0 - amount.x0) < 1.5 * c.height), None)
        under = next((c for c in below.amounts if abs(c.x0 - label.x0) < 1.5 * c.height), None)
        if over is None or under is None or len(above.cells) + len(below.cells) > 2:
            continue
        for used in (line, above, below):
            used.used = True
        found[index - 1] = [(over, amount), (label, under)]
    return found


def _columns(lines: list[Line]) -> list[tuple[float, float]]:
    """The columns of amounts, left to right, each from its left to its right: three amounts or more stand in it."""
    cells = sorted(
        (
            (c.x0, c.x1)
            for line in lines
            if not line.used and len(line.amounts) >= 2 and len(line.labels) <= 1
            for c in line.amounts
            if WHOLE.match(c.text.replace(" ", ""))
        ),
        key=lambda c: c[1],
    )
    columns: list[list[tuple[float, float]]] = []
    for cell in cells:
        for column in columns:
            left, right = median(c[0] for c in column), median(c[1] for c in column)
            if min(cell[1], right) - max(cell[0], left) > 0.3 * min(cell[1] - cell[0], right - left):
                column.append(cell)
                break
        else:
            columns.append([cell])
    found = [(min(c[0] for c in g), max(c[1] for c in g)) for g in columns if len(g) >= 3]
    found.sort()
    return found if all(a[1] < b[1] and a[0] < b[0] for a, b in pairwise(found)) else []


def _one_column(lines: list[Line]) -> bool:
    """Whether a page is a table with one column of amounts: most of its lines end in one, right under each other."""
    ends = [line.amounts[-1] for line in lines if len(line.amounts) == 1 and line.amounts[0] is line.cells[-1]]
    if len(ends) < 5 or len(ends) < 0.4 * len(lines):
        return False
    left, right = median(c.x0 for c in ends), median(c.x1 for c in ends)
    near = [(abs(c.x0 - left) < 0.5 * c.height, abs(c.x1 - right) < 0.5 * c.height) for c in ends]
    return max(sum(n[0] for n in near), sum(n[1] for n in near)) > 0.8 * len(ends)


def _aligned(line: Line, columns: list[tuple[float, float]]) -> tuple[str, ...]:
    """The cells of a line: what stands before the amounts, then one cell a column."""
    slots = [""] * len(columns)
    before: list[str] = []
    gap = columns[1][0] - columns[0][1]
    for cell in [part for c in line.cells for part in _over_columns(c, columns)]:
        near = min(range(len(columns)), key=lambda i: _distance(cell, columns[i]))
        left = cell.x1 < columns[0][0] - max(0.0, 0.5 * gap) or (
            not cell.amount and cell.x0 < columns[0][0] - 4 * cell.height
        )
        if left and not (cell.amount and _distance(cell, columns[near]) <= 0):
            before.append(cell.text)
        else:
            slots[near] = f"{slots[near]} {cell.text}".strip()
    return (" ".join(before), *slots)


def _over_columns(cell: Cell, columns: list[tuple[float, float]]) -> list[Cell]:
    """A cell of words that reaches over several columns (headings set close together), taken apart by column."""
    reached = [c for c in columns if min(cell.x1, c[1]) - max(cell.x0, c[0]) > 0.2 * (c[1] - c[0])]
    if len(reached) < 2 or len(cell.words) < 2:
        return [cell]
    parts: dict[int, list[Word]] = {}
    for word in cell.words:
        middle = (word.x0 + word.x1) / 2
        nearest = min(range(len(columns)), key=lambda i: max(columns[i][0] - middle, middle - columns[i][1], 0.0))
        parts.setdefault(nearest, []).append(word)
    return [Cell(parts[i]) for i in sorted(parts)]


def _distance(cell: Cell, column: tuple[float, float]) -> float:
    """How far a cell stands from a column; overlapping, the less the more they share."""
    shared = min(cell.x1, column[1]) - max(cell.x0, column[0])
    return -shared
