"""Words with places become rows; two readings of a scan become one."""

from __future__ import annotations

from compliance.model.budget import Key
from compliance.model.document import Block
from compliance.model.status import Region
from compliance.read.budget import budgets_in
from compliance.read.layout import Layout
from compliance.read.lines import Word
from compliance.read.scan import Reading, mended


def line(y: float, *cells: tuple[float, str], size: float = 10, slope: float = 0.0) -> list[Word]:
    """Words of a line: cells start at x and are as wide as their letters."""
    found = []
    for x, text in cells:
        for word in text.split():
            width = 0.5 * size * len(word)
            top = y + slope * x
            found.append(Word(word, x, top, x + width, top + size))
            x += width + 0.3 * size
    return found


def cells(words: list[Word]) -> list[tuple[str, ...]]:
    return [b.cells or (b.text,) for b in Layout().page(words)]


def test_amount_under_its_label_is_a_row() -> None:
    words = line(0, (0, "PENDAPATAN"), (200, "BELANJA")) + line(14, (0, "Rp1.000.000.000"), (200, "Rp900.000.000"))
    assert cells(words) == [("PENDAPATAN", "Rp1.000.000.000"), ("BELANJA", "Rp900.000.000")]


def test_amount_over_its_label_is_a_row_too() -> None:
    words = line(0, (0, "Rp1.000.000.000"), (200, "Rp900.000.000")) + line(14, (0, "PENDAPATAN"), (200, "BELANJA"))
    assert cells(words) == [("PENDAPATAN", "Rp1.000.000.000"), ("BELANJA", "Rp900.000.000")]


def test_two_tables_side_by_side_are_taken_apart() -> None:
    words = line(0, (0, "Dana Desa"), (120, "Rp800.000.000"), (300, "Pembangunan Desa"), (480, "Rp500.000.000"))
    assert cells(words) == [("Dana Desa", "Rp800.000.000"), ("Pembangunan Desa", "Rp500.000.000")]


def test_empty_cell_does_not_shift_the_amounts_behind_it() -> None:
    words: list[Word] = []
    for index in range(4):
        words += line(
            20 * index, (0, f"Akun {index}x"), (200, "100.000.000"), (300, "200.000.000"), (400, "300.000.000")
        )
    words += line(80, (0, "Akun kosong"), (200, "100.000.000"), (400, "300.000.000"))
    assert cells(words)[-1] == ("Akun kosong", "100.000.000", "", "300.000.000")


def test_sloping_page_is_laid_straight() -> None:
    words: list[Word] = []
    for index in range(8):
        words += line(20 * index, (0, "Belanja barang dan jasa"), (300, f"1{index}0.000.000"), slope=0.03)
    assert all(len(c) == 2 for c in cells(words))


def test_label_that_wraps_goes_to_the_nearer_row() -> None:
    words: list[Word] = []
    for index in range(6):
        words += line(40 * index, (0, f"Akun {index}x"), (200, "100.000.000"), (300, "200.000.000"))
    words += line(240, (0, "Bidang Penanggulangan Bencana, Darurat"), (200, "100.000.000"), (300, "200.000.000"))
    words += line(251, (0, "dan Mendesak"))
    assert cells(words)[-1][0] == "Bidang Penanggulangan Bencana, Darurat dan Mendesak"


def reading(engine: str, *rows: tuple[str, str]) -> Reading:
    blocks = tuple(
        Block("row", " | ".join(r), Region.MAIN, cells=r, table=1, trust=0.9) for r in (("APBDes 2026", ""), *rows)
    )
    return Reading(engine, blocks, tuple(budgets_in(list(blocks), title="APBDes 2026", ocr=True)))


def test_figure_of_the_other_reading_is_taken_where_the_sum_then_comes_out() -> None:
    first = reading("a", ("Pendapatan", "Rp1.365.000.000"), ("Belanja", "Rp1.800.000.000"), ("Surplus", "Rp65.000.000"))
    second = reading(
        "b", ("Pendapatan", "Rp1.865.000.000"), ("Belanja", "Rp1.300.000.000"), ("Surplus", "Rp65.000.000")
    )
    found = mended(first, second, "APBDes 2026")
    assert [b.amount(Key.PENDAPATAN) for b in found.budgets] == [1_865_000_000]
    assert [b.amount(Key.BELANJA) for b in found.budgets] == [1_800_000_000]


def test_reading_whose_sums_come_out_is_left_alone() -> None:
    first = reading("a", ("Pendapatan", "Rp1.865.000.000"), ("Belanja", "Rp1.800.000.000"), ("Surplus", "Rp65.000.000"))
    second = reading(
        "b", ("Pendapatan", "Rp1.365.000.000"), ("Belanja", "Rp1.300.000.000"), ("Surplus", "Rp65.000.000")
    )
    assert mended(first, second, "APBDes 2026") == first
