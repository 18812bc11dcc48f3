"""Official ceilings of Dana Desa by village and year, and whether a village publishes the same amount."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from compliance.errors import UserError
from compliance.model.base import Text
from compliance.model.budget import Budget, Column, Key
from compliance.model.evidence import Notice
from compliance.model.status import NoticeKind
from compliance.read.rupiah import printed, signed_amount

Ceilings = dict[tuple[str, int], Decimal]
_COLUMNS = ("kode", "tahun", "pagu")
_SURE = 0.9


def load_pagu(path: Path) -> Ceilings:
    """The ceilings of a CSV file with the columns kode, tahun, pagu (rupiah). Raises UserError with file and line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: berkas pagu tidak dapat dibaca ({error}).") from error
    first = text.split("\n", 1)[0]
    mark = max(";,\t", key=first.count)
    rows = csv.DictReader(text.splitlines(), delimiter=mark)
    names = [(n or "").strip().lower() for n in rows.fieldnames or []]
    missing = [c for c in _COLUMNS if c not in names]
    if missing:
        raise UserError(
            f"{path}:1: kolom {', '.join(missing)} tidak ada. Diharapkan kode, tahun, pagu; ditemukan {', '.join(n for n in names if n) or 'tidak satu pun'}."
        )
    found: Ceilings = {}
    for number, row in enumerate(rows, 2):
        values = {(k or "").strip().lower(): (v or "").strip() for k, v in row.items() if isinstance(v, str)}
        code, year = digits(values.get("kode", "")), values.get("tahun", "")
        amount = signed_amount(values.get("pagu", ""))
        if len(code) != 10 or not re.fullmatch(r"20\d\d", year) or amount is None or amount <= 0:
            raise UserError(
                f"{path}:{number}: diharapkan kode desa sepuluh angka, tahun, dan pagu dalam rupiah; ditemukan '{values.get('kode', '')}', '{year}', '{values.get('pagu', '')}'."
            )
        if (code, int(year)) in found:
            raise UserError(f"{path}:{number}: kode {values['kode']} tahun {year} sudah ada di baris sebelumnya.")
        found[code, int(year)] = amount
    return found


def digits(code: str) -> str:
    """A Kemendagri code without its dots: 73.22.10.2002 is 7322102002."""
    return re.sub(r"\D", "", code)


def pagu_notices(budgets: Iterable[Budget], code: str, ceilings: Ceilings) -> list[Notice]:
    """Where the Dana Desa that a village publishes differs from its ceiling: both amounts and their difference."""
    found = []
    for budget in budgets:
        if budget.fiscal_year is None:
            continue
        ceiling = ceilings.get((digits(code), budget.fiscal_year))
        column = Column.CHANGED if budget.column is Column.CHANGED else Column.ORIGINAL
        figure = budget.figure(Key.DANA_DESA, column)
        if ceiling is None or figure is None or figure.confidence < _SURE or figure.amount == ceiling:
            continue
        difference = figure.amount - ceiling
        found.append(
            Notice(
                NoticeKind.FIGURES,
                "warning",
                Text(
                    id=f"Dana Desa {budget.fiscal_year} tercetak {printed(figure.amount)}, pagu resmi {printed(ceiling)} (selisih {printed(difference)}).",
                    en=f"Dana Desa {budget.fiscal_year} printed as {printed(figure.amount)}, official ceiling {printed(ceiling)} (difference {printed(difference)}).",
                ),
                budget.where,
            )
        )
    return found
