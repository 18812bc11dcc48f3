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
_MAX_BYTES = 50_000_000
#: No village's share of the state's budget comes near this (rupiah).
_MOST = Decimal(10**12)


def load_pagu(path: Path) -> Ceilings:
    """The ceilings of a CSV file with the columns kode, tahun, pagu (rupiah). Raises UserError with file and line."""
    lines = _text(path).splitlines()
    start = 1 if lines and re.fullmatch(r"sep=.", lines[0].strip(), re.I) else 0
    mark = lines[0].strip()[-1] if start else max(";,\t", key=(lines[0] if lines else "").count)
    rows = csv.reader(lines[start:], delimiter=mark, strict=True)
    found: Ceilings = {}
    names: list[str] | None = None
    while True:
        try:
            cells = [c.strip() for c in next(rows)]
        except StopIteration:
            break
        except csv.Error as error:
            raise UserError(f"{path}:{rows.line_num + start}: baris ini bukan CSV yang utuh ({error}).") from error
        place = f"{path}:{rows.line_num + start}"
        if names is None:
            names = _heads(place, cells)
        elif any(cells):
            key, amount = _ceiling(place, names, cells)
            if key in found:
                raise UserError(f"{place}: kode {key[0]} tahun {key[1]} sudah ada di baris sebelumnya.")
            found[key] = amount
    if names is None:
        raise UserError(f"{path}:1: kolom kode, tahun, pagu tidak ada; berkas pagu ini kosong.")
    return found


def _text(path: Path) -> str:
    """The file as text. Raises UserError."""
    if not path.is_file():
        raise UserError(f"{path}: berkas pagu tidak dapat dibaca: tidak ada, atau bukan berkas biasa.")
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UserError(f"{path}: berkas pagu lebih besar dari {_MAX_BYTES // 10**6} MB.")
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path}: berkas pagu tidak dapat dibaca ({error.strerror}).") from error
    try:
        return raw.decode("utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise UserError(f"{path}:{line}: huruf di sini bukan UTF-8. Simpan ulang sebagai CSV UTF-8.") from error


def _heads(place: str, cells: list[str]) -> list[str]:
    names = [c.lower() for c in cells]
    missing = [c for c in _COLUMNS if c not in names]
    if missing:
        raise UserError(
            f"{place}: kolom {', '.join(missing)} tidak ada. Diharapkan kode, tahun, pagu; ditemukan {', '.join(n for n in names if n)[:200] or 'tidak satu pun'}."
        )
    twice = [c for c in _COLUMNS if names.count(c) > 1]
    if twice:
        raise UserError(f"{place}: kolom {', '.join(twice)} ada dua kali. Sisakan satu.")
    return names


def _ceiling(place: str, names: list[str], cells: list[str]) -> tuple[tuple[str, int], Decimal]:
    if len(cells) != len(names):
        raise UserError(
            f"{place}: diharapkan {len(names)} kolom, ditemukan {len(cells)}. Angka yang memuat pemisah kolom harus diapit tanda kutip."
        )
    values = dict(zip(names, cells, strict=True))
    code, year = digits(values["kode"]), values["tahun"]
    amount = signed_amount(values["pagu"])
    if len(code) != 10 or not re.fullmatch(r"20\d\d", year) or amount is None or not 0 < amount < _MOST:
        raise UserError(
            f"{place}: diharapkan kode desa sepuluh angka, tahun, dan pagu dalam rupiah; ditemukan '{values['kode'][:40]}', '{year[:40]}', '{values['pagu'][:40]}'."
        )
    return (code, int(year)), amount


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
