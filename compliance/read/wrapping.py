"""Labels of a table that run over several lines: which row each part belongs to."""

from __future__ import annotations

import re

from compliance.read.lines import LETTER, RUPIAH, Cell, Line

#: These begin a part of a poster; they are no part of the label under them.
_OPENER = re.compile(
    r"(?:rincian|sumber|prioritas|ringkasan|daftar|lampiran|page|halaman|sheet|kecamatan|kabupaten|pemerintah desa|desa \w+ kecamatan)\b",
    re.I,
)
_SECTION = re.compile(r"(?:pendapatan|belanja|pembiayaan)$", re.I)
_CODE = re.compile(r"^\d(?:\.\d+)*\.?$|^\d+$")


def joined(lines: list[Line]) -> list[Line]:
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


def _wraps(line: Line) -> bool:
    """Whether a line may be a part of a label: short, one cell, no code of its own."""
    if len(line.cells) != 1:
        return False
    words = line.cells[0].text.split()
    if _OPENER.match(line.cells[0].text):
        return False
    return len(words) <= 6 and not _CODE.match(words[0]) and not any(c.isdigit() for c in line.cells[0].text)


def _nearer(lines: list[Line], first: int, last: int, above: int, below: int) -> int:
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


def _attach(row: Line, parts: list[Line], *, before: bool) -> None:
    words = [w for p in parts for c in p.cells for w in c.words]
    label = next((c for c in row.cells if not c.amount and LETTER.search(c.text) and not RUPIAH.match(c.text)), None)
    if before and label is not None and len(label.words) > 1 and _SECTION.match(parts[-1].cells[0].text):
        # A heading over the first row of its section: the row has its whole label.
        return
    if label is not None and (min(w.x0 for w in words) > label.x1 or max(w.x1 for w in words) < label.x0):
        return
    if label is None:
        first = next((i for i, c in enumerate(row.cells) if c.amount), 0)
        row.cells.insert(first, Cell(words))
    else:
        code = [w for w in label.words[:1] if _CODE.match(w.text)] if before else []
        own = label.words[len(code) :]
        label.words = [*code, *words, *own] if before else [*own, *words]
    for part in parts:
        part.cells = []
