"""A village budget as read: accounts with amounts in rupiah, each with the place where it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Column(StrEnum):
    """What a column of a budget holds."""

    ORIGINAL = "original"
    CHANGED = "changed"
    REALISED = "realised"


class Key(StrEnum):
    """Accounts that checks ask for. Source: the account tree of Permendagri 20/2018."""

    PENDAPATAN = "pendapatan"
    PADES = "pades"
    TRANSFER = "transfer"
    DANA_DESA = "dana_desa"
    BAGI_HASIL = "bagi_hasil"
    ADD = "add"
    BANTUAN = "bantuan"
    LAIN = "lain"
    BELANJA = "belanja"
    BIDANG_1 = "bidang_1"
    BIDANG_2 = "bidang_2"
    BIDANG_3 = "bidang_3"
    BIDANG_4 = "bidang_4"
    BIDANG_5 = "bidang_5"
    SURPLUS = "surplus_defisit"
    PENERIMAAN = "penerimaan_pembiayaan"
    PENGELUARAN = "pengeluaran_pembiayaan"
    NETO = "pembiayaan_neto"
    SILPA = "silpa"


#: The totals of the `read` contract, in its order.
TOTALS = (Key.PENDAPATAN, Key.BELANJA, Key.SURPLUS, Key.PENERIMAAN, Key.PENGELUARAN, Key.NETO, Key.SILPA)
BIDANG = (Key.BIDANG_1, Key.BIDANG_2, Key.BIDANG_3, Key.BIDANG_4, Key.BIDANG_5)


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in rupiah as printed. `line` is the index of its block, `page` its page (0: not paged).

    `confidence` (0–1): 1 where it was read from text; in a scan as sure as the recognition, more where sums confirm it.
    """

    amount: Decimal
    line: int
    page: int = 0
    confidence: float = 1.0
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A row: its code ("4.2.1" or ""), label, what it is (None: nothing that checks ask for), and its amounts."""

    code: str
    label: str
    key: Key | None
    amounts: dict[Column, Figure]
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """The figures of one document or widget. `column` is what it is about: budget, revised budget or realisation.

    `fiscal_year` is None where none is printed. `where` is the address, `medium` its kind. `scale`: what its amounts
    were counted in (1, 1,000 or 1,000,000 rupiah); they are kept in rupiah.
    """

    fiscal_year: int | None
    column: Column
    accounts: tuple[Account, ...]
    where: str = ""
    medium: str = "html"
    ocr: bool = False
    title: str = ""
    scale: int = 1

    def figure(self, key: Key, column: Column | None = None) -> Figure | None:
        """The figure of an account in a column (default: the budget's own), or None where it is not printed."""
        wanted = column or self.column
        return next((a.amounts[wanted] for a in self.accounts if a.key is key and wanted in a.amounts), None)

    def amount(self, key: Key, column: Column | None = None) -> Decimal | None:
        """The amount of an account in rupiah, or None."""
        found = self.figure(key, column)
        return found.amount if found else None

    def columns(self) -> tuple[Column, ...]:
        """The columns that hold amounts, in the order of the enum."""
        return tuple(c for c in Column if any(c in a.amounts for a in self.accounts))

    def printed(self) -> Iterator[tuple[Account, Column, Figure]]:
        """Every figure with its account and column."""
        for account in self.accounts:
            for column, figure in account.amounts.items():
                yield account, column, figure
