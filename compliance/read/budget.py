"""The figures of a budget, from whatever carries them: tables, lines, cards, widgets, scans.

The account tree and its identities are those of Permendagri 20/2018: income less spending is surplus or deficit;
with net financing it gives the SiLPA; a parent is the sum of its children.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from compliance.model.budget import BIDANG, Account, Budget, Column, Figure, Key
from compliance.model.document import Block
from compliance.read.dates import ANY_DATE
from compliance.read.rupiah import signed_amount

_CODE = re.compile(r"^\s*(\d(?:\.\d{1,2})*)\.?(?=\s|$|[A-Za-z])")
_BARE_CODE = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?$")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_AMOUNT = re.compile(
    r"[-(]?(?:(?<![A-Za-z])(?:Rp|IDR)\.?\s*)?[-(]?\s*(?:Rp\.?\s*)?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?\)?(?![\d.]*\d)"
    r"|(?<![A-Za-z])Rp\.?\s*[-(]?\d[\d.,]*(?:\s*(?:miliar|milyar|juta|ribu|M|jt)\b)?\)?(?:,-)?",
    re.I,
)
_PERCENT = re.compile(r"(?<![\d.,])(-?\d{1,3}(?:[.,]\d{1,2})?)\s*%")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_OF_YEAR = re.compile(r"(?:tahun anggaran|t\.?\s?a\.?|tahun|thn|apb\w*(?:\s?desa)?)\s*:?\s*(20[0-4]\d)(?!\d)", re.I)
_BUDGET_YEAR = re.compile(r"tahun anggaran\s*:?\s*(20[0-4]\d)(?!\d)", re.I)
#: The year in a regulation's own number is not the year of its budget.
_NUMBERED = re.compile(r"\b(?:nomor|no\.?)\s*:?\s*[\w./-]{1,20}\s+tahun\s+20\d\d", re.I)
_SPEAKS = re.compile(r"apb|anggaran|realisasi|lra|pendapatan dan belanja", re.I)
_REALISED = re.compile(r"\b(?:ter)?realisasi|pertanggung\s?jawaban|\blra\b|\blpj\b|pelaksanaan apb|penyerapan", re.I)
_CHANGED = re.compile(r"\bperubahan\b|apbdes-?p\b|\bp-?apbdes", re.I)
_IGNORED = re.compile(
    r"lebih|kurang|selisih|sisa|bertambah|berkurang|%|persen|capaian|ket(?:erangan)?\b|volume|satuan|lokasi|sumber|kode|^no\b|uraian|jenis"
)
_LINE, _LABEL = 260, 130
#: A longer line is prose: it may tell of another year than the figures under it.
_CAPTION = 120
_WORDS = re.compile(r"[^a-z0-9]+")
_LEADING = re.compile(
    r"^(?:[ivx]{1,4}|[a-h]|\d{1,2}) (?=[a-z]{2})|^(?:jumlah|total|sub ?total|besaran|besarnya|nilai|rencana|anggaran) "
)
_VILLAGE = r"(?:desa|kampung|gampong|nagari|kalurahan|lembang|pekon|tiyuh|negeri|ohoi)"
_TAIL = rf"(?: {_VILLAGE})?(?: tahun(?: anggaran)?(?: 20\d\d)?)?(?: sebesar)?"
_TOTAL = re.compile(rf"^(pendapatan|belanja){_TAIL}$")
_FUND = re.compile(rf"\bdana {_VILLAGE}\b|\bdds?\b")
_ALLOCATION = re.compile(rf"\balokasi dana {_VILLAGE}\b|^add\b|^adg\b|^adk\b|\badd\b")
_NOT_FUND = re.compile(
    r"alokasi|blt|bantuan langsung|penggunaan|prioritas|fokus|sisa|silpa|bunga|pengelolaan|ketahanan|tahap|kegiatan"
)
_BEFORE = re.compile(r"sebelum|tahun lalu|tahun yang lalu|lalu\b|20\d\d")
_FIELDS = (
    (Key.BIDANG_1, re.compile(r"penyelenggaraa?n pemerintah")),
    (Key.BIDANG_3, re.compile(r"pembinaan (?:ke)?masyarakat|pembinaan kemasy")),
    (Key.BIDANG_4, re.compile(r"pemberdayaan")),
    (Key.BIDANG_5, re.compile(r"bencana|tak terduga|tidak terduga")),
    (
        Key.BIDANG_2,
        re.compile(r"pelaksanaan pembangunan|^(?:bidang )?pembangunan(?: desa| kampung| gampong| nagari)?$"),
    ),
)
_MAX_ACCOUNTS = 4000


@dataclass(slots=True)
class _Row:
    """A label with its amounts by column of the table."""

    label: str
    values: list[tuple[int, Decimal, str]]
    line: int
    page: int
    trust: float
    table: int
    percent: Decimal | None = None
    tabled: bool = False


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
    for item in _walk(blocks):
        if isinstance(item, tuple):
            _, block = item
            text = block.text
            section = _section(text) or section
            if block.kind == "row":
                _head(heads.setdefault(block.table, {}), block.cells)
            order = _order(text) or order
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
        section = _section_of_code(written, label) or section
        key = key_of(label, section, [a.key for a in current.accounts[-6:]])
        if row.tabled:
            head = heads.get(row.table) or head
        amounts = _amounts(row, head if row.tabled else {}, order, current)
        # Both totals next to each other are a summary: what follows opens its own part.
        summed = key is Key.BELANJA and current.accounts and current.accounts[-1].key is Key.PENDAPATAN
        section = "" if summed else _section(label) or section
        if amounts and len(current.accounts) < _MAX_ACCOUNTS:
            current.accounts.append(Account(written, label, key, amounts, row.percent))
    drafts.append(current)
    found = [_finish(d, where, medium, ocr) for d in drafts]
    return [b for b in found if b is not None]


def key_of(label: str, section: str, before: list[Key | None]) -> Key | None:
    """What an account is, by its label, the section it stands in (pendapatan, belanja, pembiayaan), and its neighbours."""
    text = _WORDS.sub(" ", label.lower()).strip()
    while _LEADING.match(text):
        text = _LEADING.sub("", text, count=1)
    if not text or len(text) > 110:
        return None
    total = _TOTAL.match(text)
    if total:
        return Key(total[1])
    if "surplus" in text or "defisit" in text:
        return Key.SURPLUS if "pembiayaan" not in text else None
    if text.startswith("penerimaan") and ("pembiayaan" in text or section == "pembiayaan"):
        return Key.PENERIMAAN
    if text.startswith("pengeluaran") and ("pembiayaan" in text or section == "pembiayaan"):
        return Key.PENGELUARAN
    if "silpa" in text or text.startswith("sisa lebih"):
        former = _BEFORE.search(text) or (before and before[-1] is Key.PENERIMAAN)
        return None if former else Key.SILPA
    # "Pembiayaan" alone may be receipts, their sum with outlays, or net.
    if re.search(r"pembiayaan net|net\w* pembiayaan|pembiayaan bersih|selisih pembiayaan", text):
        return Key.NETO
    if "sub bidang" in text or "subbidang" in text:
        return None
    if len(text.split()) <= 12 and "pendapatan" not in text:
        for key, pattern in _FIELDS:
            if pattern.search(text):
                return key
    found = _income(text)
    # Under spending the same words name where the money for an activity came from.
    return (
        found
        if section not in {"belanja", "pembiayaan"} or found in {Key.PADES, Key.TRANSFER, Key.LAIN, Key.BAGI_HASIL}
        else None
    )


def _income(text: str) -> Key | None:
    if len(text.split()) > 9:
        return None
    if _ALLOCATION.search(text):
        return Key.ADD
    if _FUND.search(text) and not _NOT_FUND.search(text):
        return Key.DANA_DESA
    if "pendapatan asli" in text or re.fullmatch(r"pades?|pad|hasil usaha desa", text):
        return Key.PADES
    if "bagi hasil" in text or "bagian dari hasil" in text or re.fullmatch(r"(?:bhp|bhpr|phpr|bh)\w*(?: .*)?", text):
        return Key.BAGI_HASIL
    if "bantuan keuangan" in text or re.fullmatch(r"bantuan (?:provinsi|kabupaten|kota).*|bkk?p?", text):
        return Key.BANTUAN
    if "transfer" in text and "lain" not in text:
        return Key.TRANSFER
    if "lain lain" in text or "pendapatan lain" in text:
        return Key.LAIN
    return None


# -- walking the blocks ------------------------------------------------------------------------------


def _walk(blocks: list[Block]) -> Iterator[_Row | tuple[int, Block]]:
    """Rows with amounts, and the blocks between them (index, block)."""
    label, label_line = "", -10
    for line, block in enumerate(blocks):
        if block.kind == "image" or not block.text:
            continue
        if block.kind == "row":
            row = _table_row(block, line)
        else:
            rows = _text_rows(block, line)
            if rows and not rows[0].label and line - label_line <= 2 and label:
                rows[0].label = label
            elif rows and not rows[0].label:
                after = blocks[line + 1] if line + 1 < len(blocks) else None
                if after is not None and len(after.text) < _LABEL and not _AMOUNT.search(after.text):
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
        if len(block.text) <= _LABEL and _LETTERS.search(block.text) and not _order(block.text):
            label, label_line = block.text, line
        yield line, block


def _table_row(block: Block, line: int) -> _Row | None:
    label = ""
    values: list[tuple[int, Decimal, str]] = []
    percent: Decimal | None = None
    for index, cell in enumerate(block.cells):
        text = cell.strip()
        if not text:
            continue
        pieces = [text] if signed_amount(text) is not None and _AMOUNT.search(text) else _AMOUNT.findall(text)
        if _LETTERS.search(_AMOUNT.sub(" ", text)) and not re.fullmatch(r"(?i)rp\.?", text):
            words = _AMOUNT.split(text)[0].strip() if pieces else text
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
            if value is not None and (value == 0 or value >= 1000) and not text.endswith("%"):
                values.append((index, value, text))
        found = _PERCENT.search(text)
        percent = _decimal(found[1]) if found else percent
    if not values or not _LETTERS.search(label):
        return None
    if all(v == 0 for _, v, _ in values) and len(values) < 2 and len(block.cells) < 2:
        return None
    return _Row(label[:_LABEL], values, line, block.page, block.trust, block.table, percent, tabled=True)


def _text_rows(block: Block, line: int) -> list[_Row]:
    """The labelled amounts of a line: label, amount (, amount …), label, amount."""
    text = block.text
    if len(text) > _LINE or not any(c.isdigit() for c in text):
        return []
    rows: list[_Row] = []
    end = 0
    for match in _AMOUNT.finditer(text):
        value = signed_amount(match[0])
        if value is None:
            continue
        words = text[end : match.start()].strip(" |:;=,-\u2013")
        end = match.end()
        if not rows or _LETTERS.search(_PERCENT.sub("", words)):
            if len(words) > _LABEL:
                words = ""
            rows.append(_Row(words, [], line, block.page, block.trust, block.table))
        rows[-1].values.append((len(rows[-1].values), value, match[0].strip()))
    found = _PERCENT.search(text)
    if rows and found:
        rows[-1].percent = _decimal(found[1])
    return rows


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


# -- columns, sections, years ------------------------------------------------------------------------


def _column(text: str) -> Column | None:
    """What a heading says its column holds."""
    lowered = text.lower()
    if _IGNORED.search(lowered):
        return None
    if "realisasi" in lowered:
        return Column.REALISED
    if re.search(r"menjadi|setelah|sesudah|perubahan", lowered):
        return Column.CHANGED
    if re.search(r"anggaran|rencana|semula|sebelum|pagu|murni|target|jumlah|nilai|biaya|rp", lowered):
        return Column.ORIGINAL
    return None


def _head(head: dict[int, Column | None], cells: tuple[str, ...]) -> None:
    """Learns from a row without amounts what the columns hold; a heading may run over several rows."""
    if len(cells) < 2 or sum(len(c) < 40 for c in cells) < len(cells):
        return
    said = {i: c for i, c in enumerate(cells) if c.strip()}
    if not any(
        re.search(
            r"anggaran|rencana|realisasi|semula|menjadi|sebelum|setelah|perubahan|jumlah|selisih|lebih|%", c, re.I
        )
        for c in said.values()
    ):
        return
    for index, text in said.items():
        column = _column(text)
        if column is not None or _IGNORED.search(text.lower()):
            # "(Rp)" under "Realisasi" tells nothing new.
            if index in head and head[index] is not None and not re.search(r"[a-z]{4}", text.lower()):
                continue
            head[index] = column


def _order(text: str) -> tuple[Column, ...]:
    """The order of the columns where a line names both: "Realisasi | Anggaran"."""
    lowered = text.lower()
    if len(lowered) > 60 or any(c.isdigit() for c in lowered):
        return ()
    planned, real = lowered.find("anggaran"), lowered.find("realisasi")
    if planned < 0 or real < 0 or not re.search(r"anggaran\s*[|/]\s*realisasi|realisasi\s*[|/]\s*anggaran", lowered):
        return ()
    return (Column.REALISED, Column.ORIGINAL) if real < planned else (Column.ORIGINAL, Column.REALISED)


def _amounts(
    row: _Row, head: dict[int, Column | None], order: tuple[Column, ...], draft: _Draft
) -> dict[Column, Figure]:
    """The amounts of a row by column: as the heading says, else as the kind of document has them."""
    figures = [Figure(v, row.line, row.page, row.trust, t) for _, v, t in row.values]
    if head and any(c is not None for c in head.values()):
        found: dict[Column, Figure] = {}
        for (index, _, _), figure in zip(row.values, figures, strict=True):
            column = head.get(index)
            if column is not None and column not in found:
                found[column] = figure
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


def _by_percent(row: _Row) -> tuple[Column, ...]:
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


def _section(text: str) -> str:
    """The section that a line opens."""
    words = _WORDS.sub(" ", text.lower()).strip()
    words = re.sub(r"^(?:\d[ \d]*|[ivx]+ |[a-h] )", "", words).strip()
    match = re.match(r"(?:sumber |rincian |jumlah |total )?(pendapatan|belanja|pembiayaan)\b", words)
    if not match or len(words.split()) > 5:
        return ""
    if match[1] == "pendapatan" and re.search(r"asli|transfer|lain|belanja", words):
        return "pendapatan" if "belanja" not in words else ""
    return match[1]


def _section_of_code(code: str, label: str) -> str:
    """The section by a code of the account tree; "4" alone may be a running number."""
    if "." not in code:
        return ""
    return {"4": "pendapatan", "5": "belanja", "6": "pembiayaan"}.get(code[0], "")


def year_in(text: str) -> int | None:
    """The fiscal year that a line names."""
    text = _NUMBERED.sub(" ", text)
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
    if _AMOUNT.search(text) or (begun and ANY_DATE.search(text)):
        return False
    year = year_in(text)
    if not begun:
        return True
    if year is None:
        return False
    realised = bool(_REALISED.search(text)) and not draft.realised and bool(re.search(r"apb", text, re.I))
    return year != draft.year or realised


def _finish(draft: _Draft, where: str, medium: str, ocr: bool) -> Budget | None:
    keys = {a.key for a in draft.accounts if a.key is not None}
    if len(keys) < 2:
        return None
    column = Column.ORIGINAL
    filled = {c for a in draft.accounts for c, f in a.amounts.items() if f.amount != 0}
    if Column.REALISED in filled and (draft.realised or Column.CHANGED not in filled):
        column = Column.REALISED
    elif Column.CHANGED in filled:
        column = Column.CHANGED
    return Budget(draft.year, column, tuple(draft.accounts), where, medium, ocr, draft.title)


# -- sums --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sum:
    """An identity of the account tree in one column: what is printed, and what it should add up to (rupiah)."""

    key: Key
    column: Column
    printed: Decimal
    expected: Decimal
    of: tuple[Key, ...]

    @property
    def holds(self) -> bool:
        """Whether both agree, to the rupiah (sen are often left out)."""
        return abs(self.printed - self.expected) < 1

    @property
    def difference(self) -> Decimal:
        """Printed less expected."""
        return self.printed - self.expected


def sums_of(budget: Budget, column: Column) -> list[Sum]:
    """The identities that can be tested with what a column prints."""

    def each(key: Key) -> list[Decimal]:
        return list(
            dict.fromkeys(a.amounts[column].amount for a in budget.accounts if a.key is key and column in a.amounts)
        )

    def one(key: Key) -> Decimal | None:
        figure = budget.figure(key, column)
        return figure.amount if figure else None

    found: list[Sum] = []

    def test(key: Key, expected: Decimal | None, of: tuple[Key, ...]) -> None:
        printed = one(key)
        if printed is not None and expected is not None:
            found.append(Sum(key, column, printed, expected, of))

    income = one(Key.PENDAPATAN)
    coded = _coded_income(budget, column)
    leaves = (Key.DANA_DESA, Key.BAGI_HASIL, Key.ADD, Key.BANTUAN)
    inner = [v for k in leaves for v in _all(budget, k, column)]
    if one(Key.TRANSFER) is not None and one(Key.DANA_DESA) is not None and one(Key.ADD) is not None:
        test(Key.TRANSFER, sum(inner, Decimal(0)), leaves)
    transfer = [one(Key.TRANSFER)] if one(Key.TRANSFER) is not None else list(inner)
    outer = [v for k in (Key.PADES, Key.LAIN) for v in _all(budget, k, column)]
    parts = [v for v in [*transfer, *outer] if v is not None]
    named = (Key.PADES, Key.TRANSFER, *leaves, Key.LAIN)
    if coded is not None:
        test(Key.PENDAPATAN, coded, named)
    elif len(parts) >= 2 and (_whole_income(budget, column) or sum(parts, Decimal(0)) == income):
        # A sum that comes out confirms; one that does not says something only where every row is known.
        test(Key.PENDAPATAN, sum(parts, Decimal(0)), named)
    fields = [one(k) for k in BIDANG]
    if sum(f is not None for f in fields) >= 3:
        test(Key.BELANJA, sum((f for f in fields if f is not None), Decimal(0)), BIDANG)
    spending = one(Key.BELANJA)
    if income is not None and spending is not None:
        expected = income - spending
        # A deficit is often printed without its sign: its label says it.
        unsigned = one(Key.SURPLUS) == -expected
        test(Key.SURPLUS, -expected if unsigned else expected, (Key.PENDAPATAN, Key.BELANJA))
    taken, given = one(Key.PENERIMAAN), one(Key.PENGELUARAN)
    if taken is not None and given is not None:
        test(Key.NETO, taken - given, (Key.PENERIMAAN, Key.PENGELUARAN))
    surplus, net = one(Key.SURPLUS), one(Key.NETO)
    if surplus is not None and income is not None and spending is not None and surplus == spending - income:
        surplus = income - spending
    if net is None and taken is not None and given is not None:
        net = taken - given
    if surplus is not None and net is not None:
        test(Key.SILPA, surplus + net, (Key.SURPLUS, Key.NETO))
    return found


def _coded_income(budget: Budget, column: Column) -> Decimal | None:
    """The sum of the income accounts that have none below them, where the table gives codes; None without codes."""
    rows = {
        a.code: a.amounts[column].amount for a in budget.accounts if a.code.startswith("4.") and column in a.amounts
    }
    tops = [c for c in rows if not any(o != c and o.startswith(f"{c}.") for o in rows)]
    uncoded = [a for a in budget.accounts if not a.code and a.key in _INCOME and column in a.amounts]
    return sum((rows[c] for c in tops), Decimal(0)) if len(tops) >= 2 and not uncoded else None


_INCOME = frozenset({Key.PADES, Key.TRANSFER, Key.DANA_DESA, Key.BAGI_HASIL, Key.ADD, Key.BANTUAN, Key.LAIN})


def _whole_income(budget: Budget, column: Column) -> bool:
    """Whether every row among the income rows is one that we know: an unknown one may be the missing part."""
    places = [i for i, a in enumerate(budget.accounts) if a.key in _INCOME and column in a.amounts]
    if not places:
        return False
    between = budget.accounts[max(0, places[0] - 1) : places[-1] + 2]
    return all(a.key is not None for a in between)


def _all(budget: Budget, key: Key, column: Column) -> list[Decimal]:
    """The amounts of all rows of a kind: a village may get aid from province and district. A row printed twice counts once."""
    seen: dict[tuple[str, Decimal], Decimal] = {}
    for account in budget.accounts:
        if account.key is key and column in account.amounts:
            label = _WORDS.sub(" ", account.label.lower())
            seen.setdefault((label, account.amounts[column].amount), account.amounts[column].amount)
    if key in {Key.DANA_DESA, Key.ADD, Key.PADES}:
        return list(seen.values())[:1]
    return list(seen.values())


#: What a figure of a scan is trusted for: without a sum that confirms it, with one, and against one.
ALONE, CONFIRMED, DOUBTED = 0.8, 0.97, 0.4


def weighed(budget: Budget) -> Budget:
    """The budget with the confidence that its sums give each figure; text is doubted only where a sum contradicts it."""
    good: set[tuple[Key, Column]] = set()
    bad: set[tuple[Key, Column]] = set()
    for column in budget.columns():
        for total in sums_of(budget, column):
            named = {(k, column) for k in (total.key, *total.of)}
            if total.holds:
                good |= named
            else:
                bad |= named
    accounts = []
    for account in budget.accounts:
        amounts = {}
        for column, figure in account.amounts.items():
            known = account.key is not None and (account.key, column)
            if known and known in good:
                trust = CONFIRMED if budget.ocr else figure.confidence
            elif known and known in bad:
                trust = min(figure.confidence, DOUBTED)
            else:
                trust = min(figure.confidence, ALONE) if budget.ocr else figure.confidence
            amounts[column] = replace(figure, confidence=trust)
        accounts.append(replace(account, amounts=amounts))
    return replace(budget, accounts=tuple(accounts))


def soundness(budgets: Iterable[Budget]) -> tuple[int, int, int]:
    """How well figures fit together: sums that hold, less those that do not; keyed figures; all figures."""
    holds = keyed = count = 0
    for budget in budgets:
        for column in budget.columns():
            holds += sum(1 if s.holds else -1 for s in sums_of(budget, column))
        keyed += sum(len(a.amounts) for a in budget.accounts if a.key is not None)
        count += sum(len(a.amounts) for a in budget.accounts)
    return holds, keyed, count
