"""The budgets that a site shows, and what is odd in their figures. Findings are neutral: printed, expected, difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from compliance.model.base import Text
from compliance.model.budget import Budget, Column, Key
from compliance.model.document import Block, Document
from compliance.model.evidence import Notice
from compliance.model.status import NoticeKind
from compliance.read.budget import budgets_in
from compliance.read.rupiah import printed
from compliance.read.sums import sums_of, weighed

#: Topics whose disclosure brings figures worth reading.
TOPICS = frozenset({"apbdes", "apbdes_perubahan", "realisasi", "dana_desa", "add"})
#: So many different accounts with one and the same amount are filled in by a program, not counted.
_SAME = 5
#: Two budgets with so many accounts and amounts alike are one and the same.
_TELLING = 4
_NAMES = {
    Key.PENDAPATAN: Text(id="Pendapatan", en="Income"),
    Key.TRANSFER: Text(id="Pendapatan transfer", en="Transfer income"),
    Key.BELANJA: Text(id="Belanja", en="Spending"),
    Key.SURPLUS: Text(id="Surplus/defisit", en="Surplus/deficit"),
    Key.NETO: Text(id="Pembiayaan neto", en="Net financing"),
    Key.SILPA: Text(id="SiLPA", en="Remaining budget (SiLPA)"),
}
#: The five fields of spending. Source: Permendagri 20/2018, annex.
_FIELDS = {
    Key.BIDANG_1: Text(id="Penyelenggaraan Pemerintahan", en="administration"),
    Key.BIDANG_2: Text(id="Pelaksanaan Pembangunan", en="development"),
    Key.BIDANG_3: Text(id="Pembinaan Kemasyarakatan", en="community affairs"),
    Key.BIDANG_4: Text(id="Pemberdayaan Masyarakat", en="empowerment"),
    Key.BIDANG_5: Text(id="Penanggulangan Bencana, Darurat, dan Mendesak", en="disasters and emergencies"),
}


def budgets_of(document: Document, blocks: list[Block], years: tuple[int, ...] = ()) -> list[Budget]:
    """The budgets of a document. A single year that the document is for fills in where the table prints none."""
    found = budgets_in(blocks, title=document.title, where=document.url, medium=document.kind, ocr=document.ocr)
    found = [weighed(b) for b in found]
    if len(found) == 1 and found[0].fiscal_year is None and len(years) == 1:
        from dataclasses import replace

        found = [replace(found[0], fiscal_year=years[0])]
    return found


def consistent(budget: Budget) -> bool | None:
    """Whether every sum that can be tested comes out; None where none can."""
    sums = [s for c in budget.columns() for s in sums_of(budget, c)]
    return all(s.holds for s in sums) if sums else None


def figure_notices(budgets: Iterable[Budget]) -> list[Notice]:
    """What an auditor should look at in the figures of a site."""
    listed = list(budgets)
    found: list[Notice] = []
    for budget in listed:
        if budget.ocr and not _legible(budget):
            continue
        notices = (
            _sums(budget) or _fields(budget),
            _percent(budget),
            _beyond(budget),
            _zero(budget),
            _repeated(budget),
        )
        found += [n for n in notices if n is not None]
    return found + _template(listed)


def _legible(budget: Budget) -> bool:
    """Whether the figures of a scan are sure enough to be spoken of: most sums come out, so the reading is good."""
    sums = [s for c in budget.columns() for s in sums_of(budget, c)]
    return bool(sums) and sum(s.holds for s in sums) * 2 > len(sums)


def _notice(budget: Budget, id_: str, en: str, severity: str = "warning") -> Notice:
    ocr_id = " Angka dibaca dari gambar (OCR); cocokkan dengan aslinya." if budget.ocr else ""
    ocr_en = " The figures were recognised in a picture (OCR); compare them with the original." if budget.ocr else ""
    year = f" {budget.fiscal_year}" if budget.fiscal_year else ""
    return Notice(
        NoticeKind.FIGURES,
        "info" if severity == "info" else "warning",
        Text(id=f"Anggaran{year}: {id_}{ocr_id}", en=f"Budget{year}: {en}{ocr_en}"),
        budget.where,
    )


def _sums(budget: Budget) -> Notice | None:
    wrong = [s for c in budget.columns() for s in sums_of(budget, c) if not s.holds]
    if not wrong:
        return None

    def told(language: str) -> str:
        words = ("tercetak", "seharusnya", "selisih") if language == "id" else ("printed", "should be", "difference")
        parts = []
        for s in wrong[:3]:
            name = _NAMES.get(s.key, Text(id=s.key.value, en=s.key.value))
            parts.append(
                f"{getattr(name, language)} {words[0]} {printed(s.printed)}, {words[1]} {printed(s.expected)} ({words[2]} {printed(s.difference)})"
            )
        return "; ".join(parts)

    return _notice(budget, f"jumlah tidak cocok. {told('id')}.", f"sums do not agree. {told('en')}.")


def _fields(budget: Budget) -> Notice | None:
    """Spending shown by field, with fields left out that the total still holds."""
    shown = {k: amount for k in _FIELDS if (amount := budget.amount(k)) is not None}
    spending = budget.amount(Key.BELANJA)
    added = sum(shown.values(), Decimal(0))
    if spending is None or not 2 <= len(shown) < len(_FIELDS) or added == spending:
        return None
    left = [name for key, name in _FIELDS.items() if key not in shown]
    return _notice(
        budget,
        f"{len(shown)} dari 5 bidang belanja tercetak, jumlahnya {printed(added)}; Belanja tercetak {printed(spending)} (selisih {printed(spending - added)}). Tidak tercetak: {', '.join(n.id for n in left)}.",
        f"{len(shown)} of the 5 fields of spending are printed, adding up to {printed(added)}; spending is printed as {printed(spending)} (difference {printed(spending - added)}). Not printed: {', '.join(n.en for n in left)}.",
        "info",
    )


def _beyond(budget: Budget) -> Notice | None:
    over = [
        (a.label, a.amounts[Column.ORIGINAL].amount, a.amounts[Column.REALISED].amount)
        for a in budget.accounts
        if a.key not in {None, Key.SURPLUS, Key.SILPA, Key.NETO, Key.LAIN, Key.PADES, Key.BAGI_HASIL, Key.PENDAPATAN}
        and {Column.ORIGINAL, Column.REALISED} <= set(a.amounts)
        and Column.CHANGED not in a.amounts
        and a.amounts[Column.REALISED].amount > a.amounts[Column.ORIGINAL].amount > 0
    ]
    if not over:
        return None
    label, planned, real = max(over, key=lambda o: o[2] - o[1])
    return _notice(
        budget,
        f"realisasi melebihi anggaran pada {len(over)} baris; terbesar {label[:60]}: anggaran {printed(planned)}, realisasi {printed(real)} (lebih {printed(real - planned)}).",
        f"realised beyond the budget in {len(over)} rows; most in {label[:60]}: budget {printed(planned)}, realised {printed(real)} (over by {printed(real - planned)}).",
    )


def _zero(budget: Budget) -> Notice | None:
    figures = [f.amount for _, _, f in budget.printed()]
    if len(figures) < 4 or any(figures):
        return None
    return _notice(budget, "semua angkanya nol.", "all its figures are zero.")


def _repeated(budget: Budget) -> Notice | None:
    labels: dict[Decimal, set[str]] = {}
    for account, column, figure in budget.printed():
        if column is budget.column and figure.amount > 0:
            labels.setdefault(figure.amount, set()).add(account.label.lower())
    common = max(labels.items(), key=lambda kv: len(kv[1]), default=None)
    if common is None or len(common[1]) < _SAME:
        return None
    return _notice(
        budget,
        f"satu angka yang sama, {printed(common[0])}, tercetak pada {len(common[1])} akun berbeda.",
        f"one and the same amount, {printed(common[0])}, is printed for {len(common[1])} different accounts.",
    )


def _percent(budget: Budget) -> Notice | None:
    """Printed shares of the budget that were realised, where most of the table's shares are computed so and some differ."""
    told = [
        (a, a.amounts[Column.REALISED].amount / a.amounts[Column.ORIGINAL].amount * 100, a.percent)
        for a in budget.accounts
        if a.percent is not None
        and {Column.ORIGINAL, Column.REALISED} <= set(a.amounts)
        and Column.CHANGED not in a.amounts
        and a.amounts[Column.ORIGINAL].amount > 0
    ]
    wrong = [(a, computed, said) for a, computed, said in told if abs(computed - said) >= 1]
    if not wrong or len(wrong) * 2 > len(told):
        return None
    account, computed, said = max(wrong, key=lambda w: abs(w[1] - w[2]))
    return _notice(
        budget,
        f"persentase tidak cocok pada {len(wrong)} dari {len(told)} baris; terjauh {account.label[:60]}: tercetak {_share(said)} %, seharusnya {_share(computed)} %.",
        f"percentages do not agree in {len(wrong)} of {len(told)} rows; furthest {account.label[:60]}: printed {said:.2f} %, should be {computed:.2f} %.",
    )


def _share(value: Decimal) -> str:
    return f"{value:.2f}".replace(".", ",")


def _fingerprint(budget: Budget) -> tuple[tuple[Key, Decimal], ...]:
    """The keyed amounts of a budget; () where they are too few or too alike to tell one budget from another."""
    keyed = {(a.key, a.amounts[budget.column].amount) for a in budget.accounts if a.key and budget.column in a.amounts}
    if len(keyed) < _TELLING or len({v for _, v in keyed}) < _TELLING - 1:
        return ()
    return tuple(sorted(keyed))


def same_elsewhere(budgets: Iterable[Budget], others: Iterable[tuple[str, Budget]]) -> list[Notice]:
    """Budgets that another village shows with exactly the same figures: a copied template. `others`: (village, budget)."""
    known: dict[tuple[tuple[Key, Decimal], ...], tuple[str, Budget]] = {}
    for village, budget in others:
        if _fingerprint(budget):
            known.setdefault(_fingerprint(budget), (village, budget))
    found = []
    for budget in budgets:
        match = known.get(_fingerprint(budget))
        if match is None:
            continue
        village, other = match
        found.append(
            Notice(
                NoticeKind.TEMPLATE,
                "warning",
                Text(
                    id=f"Angkanya sama persis dengan yang tampil di {village} ({other.where}). Periksa anggaran siapa ini.",
                    en=f"Its figures are exactly those shown by {village} ({other.where}). See whose budget this is.",
                ),
                budget.where,
                other.where,
            )
        )
    return found


def _template(budgets: list[Budget]) -> list[Notice]:
    """The same figures for two years: a copied template, or a year left unchanged."""
    known: dict[tuple[tuple[Key, Decimal], ...], Budget] = {}
    found = []
    for budget in budgets:
        if budget.fiscal_year is None:
            continue
        keyed = _fingerprint(budget)
        if not keyed:
            continue
        other = known.setdefault(keyed, budget)
        if other.fiscal_year != budget.fiscal_year and not Counter([other.ocr, budget.ocr])[True]:
            found.append(
                Notice(
                    NoticeKind.TEMPLATE,
                    "warning",
                    Text(
                        id=f"Angka tahun {budget.fiscal_year} sama persis dengan tahun {other.fiscal_year} ({len(keyed)} akun). Periksa apakah tahunnya atau angkanya keliru.",
                        en=f"The figures for {budget.fiscal_year} are exactly those for {other.fiscal_year} ({len(keyed)} accounts). See whether year or figures are wrong.",
                    ),
                    budget.where,
                    other.where,
                )
            )
    return found
