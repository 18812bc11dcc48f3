"""Official ceilings of Dana Desa."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from compliance.errors import UserError
from compliance.match.pagu import load_pagu, pagu_notices
from compliance.model.document import Block
from compliance.model.status import Region
from compliance.read.budget import budgets_in


def file(folder: Path, text: str) -> Path:
    path = folder / "pagu.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "kode;tahun;pagu\n73.22.10.2002;2026;1.043.186.300\n",
        "Kode,Tahun,Pagu,Nama\n7322102002,2026,1043186300,Contoh\n",
        "\ufeffkode\ttahun\tpagu\n7322102002\t2026\tRp 1.043.186.300,00\n",
    ],
)
def test_forms(tmp_path: Path, text: str) -> None:
    assert load_pagu(file(tmp_path, text)) == {("7322102002", 2026): Decimal(1043186300)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kode;tahun\n7322102002;2026\n", ":1: kolom pagu"), ("", ":1: kolom kode, tahun, pagu"),
        ("kode;tahun;pagu\n7322;2026;5\n", ":2: diharapkan"), ("kode;tahun;pagu\n7322102002;26;5\n", ":2: diharapkan"),
        ("kode;tahun;pagu\n7322102002;2026;lima\n", ":2: diharapkan"),
        ("kode;tahun;pagu\n7322102002;2026;5\n7322102002;2026;6\n", ":3: kode 7322102002"),
    ],
)  # fmt: skip
def test_errors_name_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError, match=r"pagu\.csv") as caught:
        load_pagu(file(tmp_path, text))
    assert said in str(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="tidak dapat dibaca"):
        load_pagu(tmp_path / "tidak-ada.csv")


def test_difference_is_told_in_rupiah_and_sameness_is_not() -> None:
    lines = ("APBDes 2026", "Pendapatan Rp 900.000.000", "Dana Desa Rp 700.000.000", "Belanja Rp 800.000.000")
    budgets = budgets_in([Block("text", t, Region.MAIN) for t in lines])
    same = {("7322102002", 2026): Decimal(700_000_000)}
    other = {("7322102002", 2026): Decimal(750_000_000), ("7322102003", 2026): Decimal(1)}
    assert pagu_notices(budgets, "73.22.10.2002", same) == []
    assert pagu_notices(budgets, "73.22.10.2004", other) == []
    (notice,) = pagu_notices(budgets, "73.22.10.2002", other)
    assert "Rp700.000.000" in notice.message.id and "-Rp50.000.000" in notice.message.id


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kode,tahun,pagu\n73.22.10.2002,2026,800,000,000\n", ":2: diharapkan 3 kolom, ditemukan 5"),
        ("kode,tahun,pagu,pagu\n73.22.10.2002,2026,1,2\n", ":1: kolom pagu ada dua kali"),
        ("kode,tahun,pagu\n\n\n73.22.10.2002,2026,abc\n", ":4: diharapkan kode desa"),
        ("kode,tahun,pagu\n73.22.10.2002,2026," + "9" * 30 + "\n", ":2: diharapkan kode desa"),
        ("kode,tahun,pagu\n73.22.10.2002,2026," + "9" * 200_000 + "\n", ":2: baris ini bukan CSV yang utuh"),
    ],
)
def test_nonsense_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "pagu.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=re.escape(f"{path}{said}")):
        load_pagu(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_of_spreadsheet_programs_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "pagu.csv"
    path.write_text("sep=;\nkode;tahun;pagu\n73.22.10.2002;2026;800.000.000\n", encoding=encoding)
    assert load_pagu(path) == {("7322102002", 2026): 800_000_000}
