"""From words with places to lines, rows and columns: one way for PDF text, scans and posters.

Coordinates grow to the right and downwards; their unit does not matter, since all distances are taken in heights of
the text itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from compliance.model.document import Block
from compliance.model.status import Region
from compliance.read.rupiah import is_amount

#: Two words belong to one cell while the gap between them is below this share of the text's height.
_CELL_GAP = 1.15
#: A heading is set in letters this much larger than the page's usual ones.
_HEADING = 1.35
_SIGN = re.compile(r"[A-Za-z0-9%]")
_LETTER = re.compile(r"[A-Za-z]")
#: A label and its amount in one cell.
_TOLD = re.compile(r"^(\D*?[A-Za-z)]\D*?)\s*((?:[-(]?R[pP]\.?\s*)?[-(]?\d{1,3}(?:[.,]\d{3})+(?:,\d\d)?\)?)$")
_RP = re.compile(r"^[-(]?(?:R[pP]|RP|IDR)[.:]?$")
#: A word that is a whole amount begins a cell of its own.
#: A number of a column: an amount, a bare zero; not a year.
_NUMBER = re.compile(r"^[-(]{0,2}(?:R[pP][.:]?)?-?\(?(?:\d[\d.,]*[.,]\d+|0|\d{5,})\)?%?$")
_WHOLE = re.compile(r"^[-(]{0,2}(?:R[pP][.:]?)?-?\(?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{2})?\)?$|^-?\d{1,3},\d{2}%?$")
#: Recognition may join two columns: 1.234,005.678,00.
_JOINED = re.compile(r"(?<=\.\d{3},\d\d)(?=[-(]?\d{1,3}\.\d{3}|0,00)|(?<=,\d{3}\.\d\d)(?=[-(]?\d{1,3},\d{3})")
_MARKER = re.compile(r"^(?:[-*•·o>»✓✔]|\(?[0-9a-zA-Z]{1,2}[.)])$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box. `trust` (0–1) is how sure the recognition was; text of a file is sure."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    trust: float = 1.0

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """Vertical middle."""
        return (self.y0 + self.y1) / 2


@dataclass(slots=True)
class _Cell:
    words: list[Word]

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def x0(self) -> float:
        return min(w.x0 for w in self.words)

    @property
    def x1(self) -> float:
        return max(w.x1 for w in self.words)

    @property
    def y0(self) -> float:
        return min(w.y0 for w in self.words)

    @property
    def y1(self) -> float:
        return max(w.y1 for w in self.words)

    @property
    def height(self) -> float:
        return median(w.height for w in self.words)

    @property
    def trust(self) -> float:
        return min(w.trust for w in self.words)

    @property
    def amount(self) -> bool:
        return is_amount(self.text)

    def over(self, other: _Cell) -> float:
        """Share of the narrower cell that stands above or below the other."""
        both = min(self.x1, other.x1) - max(self.x0, other.x0)
        return both / max(1e-6, min(self.x1 - self.x0, other.x1 - other.x0))


@dataclass(slots=True)
class _Line:
    cells: list[_Cell]
    used: bool = False

    @property
    def y0(self) -> float:
        return min(c.y0 for c in self.cells)

    @property
    def y1(self) -> float:
        return max(c.y1 for c in self.cells)

    @property
    def height(self) -> float:
        return median(c.height for c in self.cells)

    @property
    def amounts(self) -> list[_Cell]:
        return [c for c in self.cells if c.amount]

    @property
    def labels(self) -> list[_Cell]:
        return [c for c in self.cells if not c.amount and _LETTER.search(c.text) and not _RP.match(c.text)]


def _apart(words: list[Word]) -> list[Word]:
    """Words that hold two amounts, taken apart; empty ones left out."""
    found = []
    for word in words:
        if not word.text.strip() or word.height <= 0:
            continue
        pieces = [p for p in _JOINED.split(word.text) if p]
        step = (word.x1 - word.x0) / max(1, len(word.text))
        x = word.x0
        for piece in pieces:
            end = x + step * len(piece)
            found.append(replace(word, text=piece, x0=x, x1=end - (0.2 * step if piece is not pieces[-1] else 0)))
            x = end
    return found


def straightened(words: list[Word]) -> list[Word]:
    """The words of a turned page as though it had been laid straight: the slope of neighbours is taken out."""
    slopes: list[float] = []
    by_x = sorted(words, key=lambda w: w.x0)
    for index, word in enumerate(by_x):
        for other in by_x[index + 1 : index + 40]:
            gap = other.x0 - word.x1
            if 0 <= gap < 1.5 * word.height and abs(other.middle - word.middle) < 0.5 * word.height:
                run = (other.x0 + other.x1 - word.x0 - word.x1) / 2
                if 0.8 < other.height / word.height < 1.25 and run > word.height:
                    slopes.append((other.y1 - word.y1) / run)
                break
    if len(slopes) < 8 or abs(median(slopes)) < 0.002:
        return words
    slope = median(slopes)
    return [replace(w, y0=w.y0 - slope * (w.x0 + w.x1) / 2, y1=w.y1 - slope * (w.x0 + w.x1) / 2) for w in words]


def lines_of(words: list[Word]) -> list[_Line]:
    """The printed lines, top to bottom; a line may slope, since each word is put behind its nearest left neighbour."""
    open_lines: list[list[Word]] = []
    for word in sorted(straightened(_apart(words)), key=lambda w: (w.x0, w.y0)):
        best, best_gap = None, 0.0
        for line in open_lines:
            last = line[-1]
            low = min(last.height, word.height)
            shared = min(last.y1, word.y1) - max(last.y0, word.y0)
            far = abs(last.middle - word.middle)
            if shared < 0.45 * low or far > 0.6 * max(last.height, word.height) or word.x0 < last.x1 - 0.6 * low:
                continue
            gap = far + 0.02 * (word.x0 - last.x1)
            if best is None or gap < best_gap:
                best, best_gap = line, gap
        if best is None:
            open_lines.append([word])
        else:
            best.append(word)
    edges = _edges(open_lines)
    lines = [_Line(cells) for line in open_lines if (cells := [c for c in _cells(line, edges) if _SIGN.search(c.text)])]
    return sorted(lines, key=lambda line: (round((line.y0 + line.y1) / 2, 1), line.cells[0].x0))


def _edges(lines: list[list[Word]]) -> list[tuple[float, float]]:
    """Where columns of amounts end on the right (place, width of a letter): three amounts or more end there."""
    ends = sorted((w.x1, w.height) for line in lines for w in line if _WHOLE.match(w.text))
    groups: list[list[tuple[float, float]]] = []
    for end in ends:
        if groups and end[0] - groups[-1][-1][0] < 0.5 * end[1]:
            groups[-1].append(end)
        else:
            groups.append([end])
    return [(median(e[0] for e in g), median(e[1] for e in g)) for g in groups if len(g) >= 3]


def _in_column(word: Word, edges: list[tuple[float, float]]) -> bool:
    return _NUMBER.match(word.text) is not None and any(abs(word.x1 - x) < 0.8 * size for x, size in edges)


def _cells(words: list[Word], edges: list[tuple[float, float]]) -> list[_Cell]:
    cells = [_Cell([words[0]])]
    for place, (before, word) in enumerate(pairwise(words), 2):
        height = median([before.height, word.height])
        gap = word.x0 - before.x1
        alone = _RP.match(before.text) is not None and word.text[:1].isdigit()
        marker = _MARKER.match(cells[-1].text) is not None and gap < 3 * height
        parted = _WHOLE.match(word.text) is not None and _WHOLE.match(before.text) is not None
        # "Rp" goes with the amount behind it, which ends its column.
        heads = _RP.match(word.text) is not None and place < len(words) and _in_column(words[place], edges)
        if parted or heads or (_in_column(word, edges) and not _RP.match(before.text)):
            cells.append(_Cell([word]))
        elif gap < _CELL_GAP * height or (alone and gap < 12 * height) or marker:
            cells[-1].words.append(word)
        else:
            cells.append(_Cell([word]))
    return cells


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
            lines = _joined(lines)
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


def _line_blocks(line: _Line, columns: list[tuple[float, float]], table: int, usual: float) -> list[Block]:
    amounts, labels = line.amounts, line.labels
    if len(line.cells) == 1:
        text = line.cells[0].text
        large = line.height > _HEADING * usual and _LETTER.search(text) is not None and len(text) < 160
        return [Block("heading" if large else "text", text, Region.MAIN, level=3 if large else 0)]
    told = [_TOLD.match(c.text) for c in line.cells]
    if sum(t is not None for t in told) >= 2 and all(
        t is not None or not _LETTER.search(c.text) for t, c in zip(told, line.cells, strict=True)
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


def _side_by_side(line: _Line) -> list[tuple[tuple[str, ...], float]]:
    """Rows that stand next to each other on one line: label, amount, label, amount."""
    rows: list[tuple[list[str], float]] = []
    current: list[str] = []
    trust = 1.0
    seen = False
    for cell in line.cells:
        if seen and not cell.amount and _LETTER.search(cell.text) and not _RP.match(cell.text):
            rows.append((current, trust))
            current, trust, seen = [], 1.0, False
        current.append(cell.text)
        trust = min(trust, cell.trust)
        seen = seen or cell.amount
    rows.append((current, trust))
    complete = [r for r, _ in rows if any(is_amount(c) for c in r) and any(_LETTER.search(c) for c in r)]
    return [(tuple(r), t) for r, t in rows] if len(complete) >= 2 else []


def _over(labels: list[_Cell], amount: _Cell) -> _Cell | None:
    """The label that stands over or under an amount."""
    best = max(labels, key=amount.over, default=None)
    return best if best is not None and best.over(amount) > 0.3 else None


def _paired(lines: list[_Line]) -> dict[int, list[tuple[_Cell, _Cell]]]:
    """Labels and the amounts over or under them, by the line at which they are shown. Marks the lines as used."""
    found = _staggered(lines)
    for index, line in enumerate(lines):
        amounts = line.amounts
        if line.used or not amounts or len(amounts) != len(line.cells):
            continue
        best: tuple[float, int, list[tuple[_Cell, _Cell]]] | None = None
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


def _staggered(lines: list[_Line]) -> dict[int, list[tuple[_Cell, _Cell]]]:
    """Two blocks of label over amount that stand a line apart: the amount of one is level with the label of the other."""
    found: dict[int, list[tuple[_Cell, _Cell]]] = {}
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


def _columns(lines: list[_Line]) -> list[tuple[float, float]]:
    """The columns of amounts, left to right, each from its left to its right: three amounts or more stand in it."""
    cells = sorted(
        (
            (c.x0, c.x1)
            for line in lines
            if not line.used and len(line.amounts) >= 2 and len(line.labels) <= 1
            for c in line.amounts
            if _WHOLE.match(c.text.replace(" ", ""))
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


def _one_column(lines: list[_Line]) -> bool:
    """Whether a page is a table with one column of amounts: most of its lines end in one, right under each other."""
    ends = [line.amounts[-1] for line in lines if len(line.amounts) == 1 and line.amounts[0] is line.cells[-1]]
    if len(ends) < 5 or len(ends) < 0.4 * len(lines):
        return False
    left, right = median(c.x0 for c in ends), median(c.x1 for c in ends)
    near = [(abs(c.x0 - left) < 0.5 * c.height, abs(c.x1 - right) < 0.5 * c.height) for c in ends]
    return max(sum(n[0] for n in near), sum(n[1] for n in near)) > 0.8 * len(ends)


def _aligned(line: _Line, columns: list[tuple[float, float]]) -> tuple[str, ...]:
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


def _over_columns(cell: _Cell, columns: list[tuple[float, float]]) -> list[_Cell]:
    """A cell of words that reaches over several columns (headings set close together), taken apart by column."""
    reached = [c for c in columns if min(cell.x1, c[1]) - max(cell.x0, c[0]) > 0.2 * (c[1] - c[0])]
    if len(reached) < 2 or len(cell.words) < 2:
        return [cell]
    parts: dict[int, list[Word]] = {}
    for word in cell.words:
        middle = (word.x0 + word.x1) / 2
        nearest = min(range(len(columns)), key=lambda i: max(columns[i][0] - middle, middle - columns[i][1], 0.0))
        parts.setdefault(nearest, []).append(word)
    return [_Cell(parts[i]) for i in sorted(parts)]


def _distance(cell: _Cell, column: tuple[float, float]) -> float:
    """How far a cell stands from a column; overlapping, the less the more they share."""
    shared = min(cell.x1, column[1]) - max(cell.x0, column[0])
    return -shared


#: These begin a part of a poster; they are no part of the label under them.
_OPENER = re.compile(
    r"(?:rincian|sumber|prioritas|ringkasan|daftar|lampiran|page|halaman|sheet|kecamatan|kabupaten|pemerintah desa|desa \w+ kecamatan)\b",
    re.I,
)
_SECTION = re.compile(r"(?:pendapatan|belanja|pembiayaan)$", re.I)
_CODE = re.compile(r"^\d(?:\.\d+)*\.?$|^\d+$")


def _joined(lines: list[_Line]) -> list[_Line]:
    """Lines of a table with the parts of a label that wrap around them: each part goes to the nearer row.

    Where both rows are equally near, the page decides by those that are not; else the row below takes it, as
    spreadsheets set amounts at the foot of a cell.
    """
    rows = [bool(line.amounts) and not line.used for line in lines]
    loose = [not line.used and not line.amounts and _wraps(line) for line in lines]
    plans: list[tuple[list[int], int, int, int]] = []
    index = 0
    while index < len(lines):
        if not loose[index]:
            index += 1
            continue
        end = index
        while end + 1 < len(lines) and loose[end + 1] and end - index < 5:
            end += 1
        above = index - 1 if index and rows[index - 1] else -1
        below = end + 1 if end + 1 < len(lines) and rows[end + 1] else -1
        plans.append((list(range(index, end + 1)), above, below, _nearer(lines, index, end, above, below)))
        index = end + 1
    votes = sum(p[3] for p in plans)
    for chain, above, below, way in plans:
        way = way or (1 if votes >= 0 else -1)
        target = below if way > 0 else above
        if target < 0:
            continue
        _attach(lines[target], [lines[i] for i in chain], before=way > 0)
    return lines


def _wraps(line: _Line) -> bool:
    """Whether a line may be a part of a label: short, one cell, no code of its own."""
    if len(line.cells) != 1:
        return False
    words = line.cells[0].text.split()
    if _OPENER.match(line.cells[0].text):
        return False
    return len(words) <= 6 and not _CODE.match(words[0]) and not any(c.isdigit() for c in line.cells[0].text)


def _nearer(lines: list[_Line], first: int, last: int, above: int, below: int) -> int:
    """1 where the row below is clearly nearer, -1 where the row above is, 0 where nothing tells."""
    if above < 0 and below < 0:
        return 0
    up = lines[first].y0 - lines[above].y1 if above >= 0 else float("inf")
    down = lines[below].y0 - lines[last].y1 if below >= 0 else float("inf")
    height = lines[first].height
    row = lines[below if down < up else above].height
    if not 0.8 < height / row < 1.25:
        return 0
    if min(up, down) > 0.9 * height or abs(up - down) < 0.15 * height:
        return 0
    return 1 if down < up else -1


def _attach(row: _Line, parts: list[_Line], *, before: bool) -> None:
    words = [w for p in parts for c in p.cells for w in c.words]
    label = next((c for c in row.cells if not c.amount and _LETTER.search(c.text) and not _RP.match(c.text)), None)
    if before and label is not None and len(label.words) > 1 and _SECTION.match(parts[-1].cells[0].text):
        # A heading over the first row of its section: the row has its whole label.
        return
    if label is not None and (min(w.x0 for w in words) > label.x1 or max(w.x1 for w in words) < label.x0):
        return
    if label is None:
        first = next((i for i, c in enumerate(row.cells) if c.amount), 0)
        row.cells.insert(first, _Cell(words))
    else:
        code = [w for w in label.words[:1] if _CODE.match(w.text)] if before else []
        own = label.words[len(code) :]
        label.words = [*code, *words, *own] if before else [*own, *words]
    for part in parts:
        part.cells = []
