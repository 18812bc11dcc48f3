"""Reading what is only a picture: one engine first, a second look where the sums do not come out.

Measured on the documents of `make accuracy-documents`: Tesseract keeps words apart and is three times as fast,
RapidOCR loses fewer figures; together they read more totals than either (figures in ARCHITECTURE.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compliance.model.budget import Budget, Column, Key
from compliance.model.document import Block
from compliance.read.budget import budgets_in
from compliance.read.layout import Layout
from compliance.read.ocr import Engine, OcrError, prepared
from compliance.read.sums import soundness, sums_of

if TYPE_CHECKING:
    from PIL.Image import Image

Pages = Callable[[], Iterator[tuple[int, "Image"]]]
#: Fewer trusted words than this are a photograph or a logo, or a failure to read.
_FEW_WORDS = 12
_TRUSTED = 0.5
#: Longest side in pixels of the last look at a picture in which nothing was found.
_SMALLER = 1000
#: A short text may have lost its heading, which is all that names it.
_SHORT = 90
_BUDGET = re.compile(r"apb|anggaran|realisasi|pendapatan|belanja|dana\s?desa", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine made of a document: its blocks, the budgets in them, and its name."""

    engine: str
    blocks: tuple[Block, ...]
    budgets: tuple[Budget, ...]

    @property
    def words(self) -> int:
        """Words that were recognised with some trust."""
        return sum(len(b.text.split()) for b in self.blocks if b.trust >= _TRUSTED)

    @property
    def settled(self) -> bool:
        """Whether a second look is not worth its time: enough text, and every sum of a budget comes out."""
        if self.words < _FEW_WORDS:
            return False
        if not _BUDGET.search(" ".join(b.text for b in self.blocks)):
            return self.words >= _SHORT
        sums = [s for b in self.budgets for c in b.columns() for s in sums_of(b, c)]
        named = {s.key for s in sums if s.holds}
        return bool(sums) and all(s.holds for s in sums) and {Key.PENDAPATAN, Key.BELANJA} <= named


def recognise(pages: Pages, engines: list[Engine], *, title: str = "") -> Reading:
    """The better reading of a document's pages (numbers from 0). Raises OcrError where no engine could read it."""
    readings: list[Reading] = []
    error: OcrError | None = None
    for engine in engines:
        try:
            readings.append(_read(pages, engine, title))
        except OcrError as failed:
            error = failed
            continue
        if readings[-1].settled:
            return readings[-1]
    if not readings:
        raise error or OcrError("no engine for recognition is installed")
    if not any(r.words for r in readings):
        # Letters as high as a hand are found by no engine until they are made smaller.
        with suppress(OcrError):
            smaller = _read(pages, engines[-1], title, _SMALLER)
            if smaller.words:
                return smaller
    best = max(readings, key=_worth)
    for other in readings:
        if other is not best:
            best = mended(best, other, title)
    return best


def _read(pages: Pages, engine: Engine, title: str, side: int | None = None) -> Reading:
    layout = Layout()
    blocks: list[Block] = []
    for number, picture in pages():
        ready = prepared(picture)
        if side is not None:
            ready.thumbnail((side, side))
        blocks += layout.page(engine.words(ready), number + 1)
    return Reading(engine.name, tuple(blocks), tuple(budgets_in(blocks, title=title, ocr=True)))


def _worth(reading: Reading) -> tuple[tuple[int, int, int], int]:
    # Two words more or less are no reason to give up the better spacing of the first.
    return soundness(reading.budgets), reading.words // 3


def mended(best: Reading, other: Reading, title: str) -> Reading:
    """A reading with single figures taken from another one, where a sum then comes out that did not before.

    A row that only the other one found is added, if both know the budget it belongs to.
    """
    theirs = {(b.fiscal_year, b.column): b for b in other.budgets}
    blocks = list(best.blocks)
    for budget in best.budgets:
        match = theirs.get((budget.fiscal_year, budget.column)) or (
            other.budgets[0] if len(other.budgets) == 1 else None
        )
        if match is None:
            continue
        for column in budget.columns():
            for key in Key:
                blocks = _mend(blocks, budget, match, key, column, other)
    found = tuple(budgets_in(blocks, title=title, ocr=True))
    if blocks == list(best.blocks) or soundness(found) < soundness(best.budgets):
        return best
    return Reading(f"{best.engine} + {other.engine}", tuple(blocks), found)


def _mend(blocks: list[Block], mine: Budget, theirs: Budget, key: Key, column: Column, other: Reading) -> list[Block]:
    own, their = mine.figure(key, column), theirs.figure(key, column)
    if their is None or (own is not None and own.amount == their.amount):
        return blocks
    if own is None:
        if column is not mine.column or their.line >= len(other.blocks):
            return blocks
        return [*blocks, other.blocks[their.line]]
    block = blocks[own.line]
    if own.printed not in block.text:
        return blocks
    changed = replace(
        block,
        text=block.text.replace(own.printed, their.printed, 1),
        cells=tuple(c.replace(own.printed, their.printed, 1) for c in block.cells),
    )
    tried = [*blocks[: own.line], changed, *blocks[own.line + 1 :]]
    before, after = soundness([mine]), soundness(budgets_in(tried, title=mine.title, ocr=True))
    return tried if after[0] > before[0] else blocks
