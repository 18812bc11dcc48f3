"""The year table of the instrument, row by row, on its two days and at the edges of the due dates."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.match.years import YearState, clean, judge_years, years_of
from compliance.run.village import Tools

FEB, NOV = date(2026, 2, 1), date(2026, 11, 24)
CURRENT, OUTDATED, AHEAD, MISSING = YearState.CURRENT, YearState.OUTDATED, YearState.AHEAD, YearState.MISSING

TABLE = [
    ("budget", FEB, (2025,), False, CURRENT),
    ("budget", FEB, (2026,), False, CURRENT),
    ("budget", FEB, (2024,), False, OUTDATED),
    ("budget", date(2026, 3, 31), (2025,), False, CURRENT),
    ("budget", date(2026, 4, 1), (2025,), False, OUTDATED),
    ("budget", NOV, (2026,), False, CURRENT),
    ("budget", NOV, (2025,), False, OUTDATED),
    ("budget", NOV, (2025, 2026), False, CURRENT),
    ("budget", NOV, (2027,), False, AHEAD),
    ("budget", NOV, (), False, MISSING),
    ("budget_change", FEB, (2025,), False, CURRENT),
    ("budget_change", NOV, (2026,), False, CURRENT),
    ("budget_change", NOV, (2025,), False, CURRENT),
    ("budget_change", NOV, (2024,), False, OUTDATED),
    ("report", FEB, (2024,), False, CURRENT),
    ("report", FEB, (2025,), False, CURRENT),
    ("report", FEB, (2023,), False, OUTDATED),
    ("report", date(2026, 3, 31), (2024,), False, CURRENT),
    ("report", date(2026, 4, 1), (2024,), False, OUTDATED),
    ("report", NOV, (2025,), False, CURRENT),
    ("report", NOV, (2026,), False, CURRENT),
    ("report", NOV, (2024,), False, OUTDATED),
    ("plan", FEB, (2026,), False, CURRENT),
    ("plan", FEB, (2025,), False, OUTDATED),
    ("plan", NOV, (2026,), False, CURRENT),
    ("plan", NOV, (2027,), False, CURRENT),
    ("plan", NOV, (2028,), False, AHEAD),
    ("midterm", FEB, (2020, 2026), True, CURRENT),
    ("midterm", NOV, (2019, 2025), True, OUTDATED),
    ("midterm", NOV, (2021, 2029), True, CURRENT),
    ("midterm", NOV, (2027, 2034), True, AHEAD),
    ("midterm", NOV, (), False, MISSING),
    ("recent", NOV, (2025,), False, CURRENT),
    ("recent", NOV, (2026,), False, CURRENT),
    ("recent", NOV, (2024,), False, OUTDATED),
    ("planning", NOV, (2027,), False, CURRENT),
    ("planning", NOV, (2026,), False, CURRENT),
    ("planning", NOV, (2025,), False, CURRENT),
    ("planning", NOV, (2024,), False, OUTDATED),
    ("in_force", NOV, (), False, CURRENT),
    ("in_force", NOV, (2012,), False, CURRENT),
]


@pytest.mark.parametrize(("rule", "day", "years", "period", "expected"), TABLE)
def test_year_table(
    tools: Tools, rule: str, day: date, years: tuple[int, ...], period: bool, expected: YearState
) -> None:
    assert judge_years(tools.vocabulary.years.rules[rule], years, period, day) is expected


@pytest.mark.parametrize(
    ("title", "budget", "period", "expected"),
    [
        ("APBDes Tahun Anggaran 2026", True, False, (2026,)),
        ("APBDes TA 2026, diposting 30 Desember 2025", True, False, (2026,)),
        ("Peraturan Desa Nomor 6 Tahun 2025 tentang APBDes Tahun Anggaran 2026", True, False, (2026,)),
        ("Peraturan Desa Nomor 6 Tahun 2025 tentang APBDes", True, False, ()),
        ("Peraturan Desa Nomor 6 Tahun 2025 tentang Pungutan", False, False, (2025,)),
        ("RPJMDes 2020-2026", True, True, (2020, 2026)),
        ("RPJM Desa Tahun 2019 s.d. 2025", True, True, (2019, 2025)),
        ("Sesuai Undang-Undang Nomor 6 Tahun 2014 tentang Desa", False, False, ()),
        ("Permendes PDT Nomor 16 Tahun 2025", False, False, ()),
        ("Hak Cipta © 2024 Desa Contoh", False, False, ()),
        ("12/01/2024 Realisasi APBDes 2023", True, False, (2023,)),
    ],
)
def test_years_are_fiscal_not_posting(title: str, budget: bool, period: bool, expected: tuple[int, ...]) -> None:
    assert years_of([clean(title)], list, [], budget=budget, period=period)[0] == expected
