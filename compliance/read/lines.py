"""From words with places to printed lines and their cells.

Coordinates grow to the right and downwards; their unit does not matter, since all distances are taken in heights of
the text itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from compliance.read.rupiah import is_amount

#: Two words belong to one cell while the gap between them is below this share of the text's height.
_CELL_GAP = 1.15
RUPIAH = re.compile(r"^[-(]?(?:R[pP]|RP|IDR)[.:]?$")
#: A number of a column: an amount, a bare zero; not a year.
_NUMBER = re.compile(r"^[-(]{0,2}(?:R[pP][.:]?)?-?\(?(?:\d[\d.,]*[.,]\d+|0|\d{5,})\)?%?$")
WHOLE = re.compile(r"^[-(]{0,2}(?:R[pP][.:]?)?-?\(?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{2})?\)?$|^-?\d{1,3},\d{2}%?$")
#: Recognition may join two columns: 1.234,005.678,00.
_JOINED = re.compile(r"(?<=\.\d{3},\d\d)(?=[-(]?\d{1,3}\.\d{3}|0,00)|(?<=,\d{3}\.\d\d)(?=[-(]?\d{1,3},\d{3})")
_MARKER = re.compile(r"^(?:[-*•·o>»✓✔]|\(?[0-9a-zA-Z]{1,2}[.)])$")
_SIGN = re.compile(r"[A-Za-z0-9%]")
LETTER = re.compile(r"[A-Za-z]")


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
class Cell:
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

    def over(self, other: Cell) -> float:
        """Share of the narrower cell that stands above or below the other."""
        both = min(self.x1, other.x1) - max(self.x0, other.x0)
        return both / max(1e-6, min(self.x1 - self.x0, other.x1 - other.x0))


@dataclass(slots=True)
class Line:
    cells: list[Cell]
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
    def amounts(self) -> list[Cell]:
        return [c for c in self.cells if c.amount]

    @property
    def labels(self) -> list[Cell]:
        return [c for c in self.cells if not c.amount and LETTER.search(c.text) and not RUPIAH.match(c.text)]


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


def lines_of(words: list[Word]) -> list[Line]:
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
    lines = [Line(cells) for line in open_lines if (cells := [c for c in _cells(line, edges) if _SIGN.search(c.text)])]
    return sorted(lines, key=lambda line: (round((line.y0 + line.y1) / 2, 1), line.cells[0].x0))


def _edges(lines: list[list[Word]]) -> list[tuple[float, float]]:
    """Where columns of amounts end on the right (place, width of a letter): three amounts or more end there."""
    ends = sorted((w.x1, w.height) for line in lines for w in line if WHOLE.match(w.text))
    groups: list[list[tuple[float, float]]] = []
    for end in ends:
        if groups and end[0] - groups[-1][-1][0] < 0.5 * end[1]:
            groups[-1].append(end)
        else:
            groups.append([end])
    return [(median(e[0] for e in g), median(e[1] for e in g)) for g in groups if len(g) >= 3]


def _in_column(word: Word, edges: list[tuple[float, float]]) -> bool:
    return _NUMBER.match(word.text) is not None and any(abs(word.x1 - x) < 0.8 * size for x, size in edges)


def _cells(words: list[Word], edges: list[tuple[float, float]]) -> list[Cell]:
    cells = [Cell([words[0]])]
    for place, (before, word) in enumerate(pairwise(words), 2):
        height = median([before.height, word.height])
        gap = word.x0 - before.x1
        alone = RUPIAH.match(before.text) is not None and word.text[:1].isdigit()
        marker = _MARKER.match(cells[-1].text) is not None and gap < 3 * height
        parted = WHOLE.match(word.text) is not None and WHOLE.match(before.text) is not None
        # "Rp" goes with the amount behind it, which ends its column.
        heads = RUPIAH.match(word.text) is not None and place < len(words) and _in_column(words[place], edges)
        if parted or heads or (_in_column(word, edges) and not RUPIAH.match(before.text)):
            cells.append(Cell([word]))
        elif gap < _CELL_GAP * height or (alone and gap < 12 * height) or marker:
            cells[-1].words.append(word)
        else:
            cells.append(Cell([word]))
    return cells
