"""The budgets of a document, from whatever carries them: tables, lines, cards, widgets, scans."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from compliance.model.budget import Account, Budget, Column, Figure, Key
from compliance.model.document import Block
from compliance.read.accounts import key_of, section_of, section_of_code
from compliance.read.columns import learn, order_of, scale_of, years_of_columns
from compliance.read.dates import ANY_DATE, with_years
from compliance.read.rows import AMOUNT, Row, walk

_CODE = re.compile(r"^\s*(\d(?:\.\d{1,2})*)\.?(?=\s|$|[A-Za-z])")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_OF_YEAR = re.compile(
    r"(?:tahun anggaran|t\.?\s?a\.?|tahun|thn|apb\w{0,20}(?:\s?desa)?)\s*:?\s*(20[0-4]\d)(?!\d)", re.I
)
_BUDGET_YEAR = re.compile(r"tahun anggaran\s*:?\s*(20[0-4]\d)(?!\d)", re.I)
#: The year in a regulation's own number is not the year of its budget.
_NUMBERED = re.compile(r"\b(?:nomor|no\.?)\s*:?\s*[\w./-]{1,20}\s+tahun\s+20\d\d", re.I)
_SPEAKS = re.compile(r"apb|anggaran|realisasi|lra|pendapatan dan belanja", re.I)
_REALISED = re.compile(r"\b(?:ter)?realisasi|pertanggung\s?jawaban|\blra\b|\blpj\b|pelaksanaan apb|penyerapan", re.I)
_CHANGED = re.compile(r"\bperubahan\b|apbdes-?p\b|\bp-?apbdes", re.I)
#: A longer line is prose: it may tell of another year than the figures under it.
_CAPTION = 120
_MAX_ACCOUNTS = 4000
#: Blocks at the beginning that may say what the amounts are counted in.
_SCALE_LINES = 40


@dataclass(slots=True)
class _Draft:
    """A budget while it is read."""

    title: str
    year: int | None
    accounts: list[Account] = field(default_factory=list)
    realised: bool = False
    changed: bool = False


def budgets_in(
    blocks: list[Block], *, title: str = "", where: str = "", medium: str = "html", ocr: bool = False
) -> list[Budget]:
    """The budgets that blocks hold, in their order; none where fewer than two accounts of a budget are named.

    A new one begins where a line without amounts speaks of a budget of another year, or of its realisation.
    """
    drafts: list[_Draft] = []
    current = _begin(title)
    heads: dict[int, dict[int, Column | None]] = {}
    head: dict[int, Column | None] = {}
    captions: list[str] = []
    order: tuple[Column, ...] = ()
    section = ""
    years: dict[int, dict[int, int]] = {}
    scale = scale_of([b.text for b in blocks[:_SCALE_LINES]])
    for item in walk(blocks, scale):
        if isinstance(item, tuple):
            _, block = item
            text = block.text
            section = section_of(text) or section
            if block.kind == "row":
                learn(heads.setdefault(block.table, {}), block.cells)
                years.setdefault(block.table, {}).update(years_of_columns(block.cells))
            order = order_of(text) or order
            captions = [*captions[-3:], text]
            if not current.accounts and current.year is None and len(text) < 200:
                current.year = year_in(" ".join(captions))
            if len(text) < 200 and _SPEAKS.search(text) and _differs(current, text, bool(current.accounts)):
                if current.accounts:
                    drafts.append(current)
                    section, head = "", {}
                current = _begin(text) if current.accounts else _merge(current, text)
            continue
        row = item
        code = _CODE.match(row.label)
        label = row.label[code.end() :].strip(" .:-") if code else row.label.strip(" .:-")
        written = code[1] if code else ""
        section = section_of_code(written) or section
        key = key_of(label, section, [a.key for a in current.accounts[-6:]])
        if row.tabled:
            head = heads.get(row.table) or head
        by_year = years.get(row.table, {}) if row.tabled else {}
        amounts = _amounts(row, head if row.tabled else {}, order, current, by_year)
        if by_year and amounts and (current.year is None or current.year in by_year.values()):
            current.year = max(by_year.values())
        # Both totals next to each other are a summary: what follows opens its own part.
        summed = key is Key.BELANJA and current.accounts and current.accounts[-1].key is Key.PENDAPATAN
        section = "" if summed else section_of(label) or section
        if amounts and len(current.accounts) < _MAX_ACCOUNTS:
            current.accounts.append(Account(written, label, key, amounts, row.percent))
    drafts.append(current)
    found = [_finish(d, where, medium, ocr, scale) for d in drafts]
    return [b for b in found if b is not None]


# -- columns and years ------------------------------------------------------------------------------


def _amounts(
    row: Row,
    head: dict[int, Column | None],
    order: tuple[Column, ...],
    draft: _Draft,
    years: dict[int, int],
) -> dict[Column, Figure]:
    """The amounts of a row by column: as the heading says, else as the kind of document has them."""
    figures = [Figure(v, row.line, row.page, row.trust, t) for _, v, t in row.values]
    if head and any(c is not None for c in head.values()):
        found: dict[Column, Figure] = {}
        newest: dict[Column, int] = {}
        for (index, _, _), figure in zip(row.values, figures, strict=True):
            column = head.get(index)
            # Of two years side by side the later one is what the table is about.
            if column is not None and (column not in found or years.get(index, 0) > newest[column]):
                found[column], newest[column] = figure, years.get(index, 0)
        if found:
            return found
    if len(figures) == 1:
        return {_default(draft): figures[0]}
    if order or draft.realised:
        names = order or _by_percent(row) or (Column.ORIGINAL, Column.REALISED)
        return dict(zip(names, figures, strict=False))
    if draft.changed:
        return dict(zip((Column.ORIGINAL, Column.CHANGED), figures, strict=False))
    by_percent = _by_percent(row)
    if by_percent:
        return dict(zip(by_percent, figures, strict=False))
    return {Column.ORIGINAL: figures[0]}


def _by_percent(row: Row) -> tuple[Column, ...]:
    """Two unlabelled amounts and a percentage: realised is that share of the budget."""
    if row.percent is None or len(row.values) < 2:
        return ()
    first, second = row.values[0][1], row.values[1][1]
    for whole, part, names in (
        (second, first, (Column.REALISED, Column.ORIGINAL)),
        (first, second, (Column.ORIGINAL, Column.REALISED)),
    ):
        if whole > 0 and abs(part / whole * 100 - row.percent) < Decimal("0.6") and first != second:
            return names
    return ()


def _default(draft: _Draft) -> Column:
    if draft.realised:
        return Column.REALISED
    return Column.CHANGED if draft.changed else Column.ORIGINAL


def year_in(text: str) -> int | None:
    """The fiscal year that a line names."""
    text = ANY_DATE.sub(" ", _NUMBERED.sub(" ", with_years(text)))
    match = _OF_YEAR.search(text) or (_YEAR.search(text) if _SPEAKS.search(text) else None)
    years = _BUDGET_YEAR.findall(text) or _OF_YEAR.findall(text)
    if years:
        return int(years[-1])
    return int(match[1]) if match else None


def _begin(text: str) -> _Draft:
    return _Draft(text[:200], year_in(text), realised=bool(_REALISED.search(text)), changed=bool(_CHANGED.search(text)))


def _merge(draft: _Draft, text: str) -> _Draft:
    """A caption over a budget that has no figures yet adds what it says."""
    # A line with a date says when it was posted, and under what heading.
    year = None if ANY_DATE.search(text) else year_in(text)
    return _Draft(
        draft.title or text[:200],
        (year if len(text) < _CAPTION or draft.year is None else None) or draft.year,
        realised=draft.realised or bool(_REALISED.search(text)),
        changed=draft.changed or bool(_CHANGED.search(text)),
    )


def _differs(draft: _Draft, text: str, begun: bool) -> bool:
    """Whether a line opens another budget than the one being read (or says more of one not begun)."""
    if AMOUNT.search(text) or (begun and ANY_DATE.search(text)):
        return False
    year = year_in(text)
    if not begun:
        return True
    if year is None:
        return False
    realised = bool(_REALISED.search(text)) and not draft.realised and bool(re.search(r"apb", text, re.I))
    return year != draft.year or realised


def _finish(draft: _Draft, where: str, medium: str, ocr: bool, scale: int) -> Budget | None:
    keys = {a.key for a in draft.accounts if a.key is not None}
    if len(keys) < 2:
        return None
    column = Column.ORIGINAL
    filled = {c for a in draft.accounts for c, f in a.amounts.items() if f.amount != 0}
    if Column.REALISED in filled and (draft.realised or Column.CHANGED not in filled):
        column = Column.REALISED
    elif Column.CHANGED in filled:
        column = Column.CHANGED
    return Budget(draft.year, column, tuple(draft.accounts), where, medium, ocr, draft.title, scale)
