"""Lists of people who receive aid, with what makes each of them known: personal data under UU 27/2022."""

from __future__ import annotations

import re

from compliance.model.document import Block

#: Fewer rows are an example or an extract.
LIST_ROWS = 3
_NAME = re.compile(r"^(?:nama|penerima|kpm)\b", re.I)
_DETAIL = re.compile(
    r"\b(?:alamat|nik|no\.? ?kk|nomor kk|kartu keluarga|lahir|umur|usia|rt|rw|dusun|rekening|pekerjaan)\b", re.I
)
_AID = re.compile(r"\b(?:penerima|kpm|blt|pkh|bpnt|bansos|bantuan|bedah rumah|rtlh|santunan)\b", re.I)
#: A table none of whose rows says one of these names no recipients.
_ROOTS = re.compile(r"nama|penerima|kpm", re.I)
_LETTERS = re.compile(r"[A-Za-z]{3}")
#: Blocks over a table that may say what it lists.
_OVER = 8


def recipient_rows(blocks: list[Block], title: str) -> frozenset[int]:
    """The indices of rows that name a recipient of aid beside an address, number, age or birth.

    A list of officials or of activities has none: the words of aid stand over the table, in its header or in `title`.
    """
    rows = [b for b in blocks if b.kind == "row"]
    if len(rows) < LIST_ROWS or not any(_ROOTS.search(b.text) for b in rows):
        return frozenset()
    found: list[int] = []
    header: tuple[int, int, frozenset[int]] | None = None
    for line, block in enumerate(blocks):
        if block.kind != "row":
            continue
        if header is not None and block.table != header[0]:
            header = None
        if header is None:
            header = _header(blocks, line, title) if _ROOTS.search(block.text) else None
            continue
        _, name, details = header
        cells = block.cells
        if (
            name < len(cells)
            and _LETTERS.search(cells[name])
            and any(i < len(cells) and cells[i].strip() for i in details)
        ):
            found.append(line)
    return frozenset(found)


def _header(blocks: list[Block], line: int, title: str) -> tuple[int, int, frozenset[int]] | None:
    """(table, column of names, columns of details) of a row that heads such a list, or None."""
    cells = blocks[line].cells
    name = next((i for i, c in enumerate(cells) if _NAME.search(c.strip())), None)
    details = frozenset(i for i, c in enumerate(cells) if i != name and len(c) < 60 and _DETAIL.search(c))
    if name is None or not details:
        return None
    over = [b.text for b in blocks[max(0, line - _OVER) : line + 1] if b.kind != "image"]
    if not any(_AID.search(text) for text in (title, *over)):
        return None
    return blocks[line].table, name, details
