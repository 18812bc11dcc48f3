"""Figures: columns, sections, signs, sums."""

from __future__ import annotations

from decimal import Decimal

import pytest

from compliance.match.budgets import consistent, figure_notices, same_elsewhere
from compliance.model.budget import Budget, Column, Key
from compliance.model.document import Block
from compliance.model.status import Region
from compliance.read.accounts import key_of
from compliance.read.budget import budgets_in
from compliance.read.rupiah import signed_amount
from compliance.read.spacing import spaced
from compliance.read.sums import sums_of, weighed
from tests.documents.accuracy import KEPT, measure, shares


def text(*lines: str) -> list[Block]:
    return [Block("text", line, Region.MAIN) for line in lines]


def rows(*cells: tuple[str, ...]) -> list[Block]:
    return [Block("row", " | ".join(c), Region.MAIN, cells=c, table=0) for c in cells]


def one(blocks: list[Block], title: str = "APBDes 2026") -> Budget:
    found = budgets_in(blocks, title=title)
    assert len(found) == 1
    return found[0]


def test_kept_documents_are_read() -> None:
    """The text documents of the kept set: the goals of `make accuracy-documents`, without recognition."""
    from compliance.run.village import Tools

    counts, wrong, _ = measure(KEPT, Tools.make(), only={"pdf-text", "docx", "xlsx", "ods", "csv", "zip"})
    found = shares(counts)
    assert found["totals, text"] >= 0.97, wrong
    assert found["topic"] >= 0.95, wrong
    assert found["year"] >= 0.95, wrong
    assert found["sure totals, wrong"] == 0, wrong


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("Rp 1.234.567,00", 1234567), ("(1.234.567)", -1234567), ("-Rp2.000", -2000), ("(Rp 33.816.302,00)", -33816302),
        ("1,234,567.00", 1234567), ("1.234.567.00", 1234567), ("1,19 M", 1190000000), ("732,4 juta", 732400000), ("-", 0),
    ],
)  # fmt: skip
def test_signed_amount(printed: str, amount: int) -> None:
    assert signed_amount(printed) == amount


@pytest.mark.parametrize("printed", ["tahun 2026", "Pasal 3", "", "abc"])
def test_no_amount(printed: str) -> None:
    assert signed_amount(printed) is None


def test_natra_widget_has_realised_first() -> None:
    budget = one(
        text(
            "APBDes 2026 Pelaksanaan",
            "Realisasi | Anggaran",
            "Pendapatan",
            "Rp 732.379.200,00 | Rp 1.192.800.000,00",
            "Belanja",
            "Rp 500.000.000,00 | Rp 1.100.000.000,00",
        )
    )
    assert budget.amount(Key.PENDAPATAN, Column.ORIGINAL) == 1192800000
    assert budget.amount(Key.PENDAPATAN, Column.REALISED) == 732379200


def test_palanta_widget_has_the_opposite_order() -> None:
    budget = one(
        text(
            "APBDes 2026 Pelaksanaan",
            "Anggaran | Realisasi",
            "Pendapatan",
            "Rp 1,192,800,000.00 | Rp 732,379,200.00",
            "Belanja",
            "Rp 1,100,000,000.00 | Rp 500,000,000.00",
        )
    )
    assert budget.amount(Key.PENDAPATAN, Column.ORIGINAL) == 1192800000
    assert budget.amount(Key.PENDAPATAN, Column.REALISED) == 732379200


def test_percentage_tells_the_order_of_two_unlabelled_figures() -> None:
    budget = one(
        text(
            "APBDes 2026",
            "Pendapatan",
            "Rp 600.000.000 Rp 1.000.000.000 60 %",
            "Belanja",
            "Rp 450.000.000 Rp 900.000.000 50 %",
        )
    )
    assert budget.amount(Key.BELANJA, Column.ORIGINAL) == 900000000
    assert budget.amount(Key.BELANJA, Column.REALISED) == 450000000


def test_two_years_on_one_page_are_two_budgets() -> None:
    page = text(
        "APBDes Tahun 2025",
        "Pendapatan Rp 900.000.000",
        "Belanja Rp 800.000.000",
        "APBDes Tahun 2026",
        "Pendapatan Rp 950.000.000",
        "Belanja Rp 940.000.000",
    )
    found = budgets_in(page)
    assert [(b.fiscal_year, b.amount(Key.PENDAPATAN)) for b in found] == [(2025, 900000000), (2026, 950000000)]


def test_dana_desa_as_a_source_of_an_activity_is_no_income() -> None:
    assert key_of("Dana Desa", "belanja", []) is None
    assert key_of("Dana Desa", "pendapatan", []) is Key.DANA_DESA
    assert key_of("Alokasi Dana Desa (ADD)", "", []) is Key.ADD
    assert key_of("BLT Dana Desa", "", []) is None
    assert key_of("Sub Bidang Penyelenggaraan Pemerintahan", "belanja", []) is None


def _table(belanja: str) -> Budget:
    return one(
        rows(
            ("Uraian", "Anggaran"), ("Pendapatan Asli Desa", "Rp 100.000.000"), ("Pendapatan Transfer", "Rp 900.000.000"),
            ("JUMLAH PENDAPATAN", "Rp 1.000.000.000"), ("Bidang Penyelenggaraan Pemerintahan", "Rp 400.000.000"),
            ("Bidang Pelaksanaan Pembangunan", "Rp 300.000.000"), ("Bidang Pembinaan Kemasyarakatan", "Rp 100.000.000"),
            ("JUMLAH BELANJA", belanja),
        )
    )  # fmt: skip


def test_sums_that_come_out() -> None:
    budget = _table("Rp 800.000.000")
    assert consistent(budget) is True
    assert figure_notices([budget]) == []


def test_sum_that_does_not_come_out_is_told_in_rupiah() -> None:
    budget = _table("Rp 850.000.000")
    assert consistent(budget) is False
    assert [s.difference for s in sums_of(budget, Column.ORIGINAL) if not s.holds] == [Decimal(50_000_000)]
    (notice,) = figure_notices([budget])
    assert (
        "Rp850.000.000" in notice.message.id
        and "Rp800.000.000" in notice.message.id
        and "Rp50.000.000" in notice.message.id
    )


def test_realised_beyond_the_budget_is_told() -> None:
    budget = one(
        rows(("Uraian", "Anggaran", "Realisasi"), ("Pendapatan", "500.000.000", "480.000.000"), ("Belanja", "400.000.000", "450.000.000")),
        "Laporan realisasi APBDes 2025",
    )  # fmt: skip
    assert any("melebihi anggaran" in n.message.id for n in figure_notices([budget]))


def test_same_figures_in_two_years_are_told() -> None:
    page = [
        Block("text", line, Region.MAIN)
        for year in (2025, 2026)
        for line in (
            f"APBDes Tahun {year}",
            "Pendapatan Rp 900.000.000",
            "Dana Desa Rp 700.000.000",
            "Alokasi Dana Desa Rp 200.000.000",
            "Belanja Rp 800.000.000",
        )
    ]
    assert [n.kind.value for n in figure_notices(budgets_in(page))] == ["template"]


def test_one_amount_everywhere_is_told() -> None:
    amount = "Rp 100.000.000"
    page = text(
        "APBDes 2026",
        *(f"{k} {amount}" for k in ("Pendapatan", "Belanja", "Dana Desa", "Alokasi Dana Desa", "Bagi Hasil Pajak")),
    )
    assert any("satu angka yang sama" in n.message.id for n in figure_notices(budgets_in(page)))


def test_confidence_of_a_scan_rests_on_its_sums() -> None:
    good, bad = weighed(_table("Rp 800.000.000")), weighed(_table("Rp 850.000.000"))
    figure = good.figure(Key.BELANJA)
    assert figure is not None and figure.confidence > 0.9
    figure = bad.figure(Key.BELANJA)
    assert figure is not None and figure.confidence < 0.5


def test_lost_blanks_come_back() -> None:
    assert spaced("PendapatanAsliDesa") == "Pendapatan Asli Desa"
    assert spaced("JUMLAHBELANJA") == "JUMLAH BELANJA"
    assert spaced("BELANJARp2.700.000").split()[0] == "BELANJA"
    assert spaced("PEMERINTAHDESAMEKARSARI") == "PEMERINTAH DESA MEKARSARI"
    assert spaced("Karangasri") == "Karangasri"


def test_row_over_two_columns_keeps_its_amounts_in_place() -> None:
    """A real page printed its totals in a row that spans number and name; budget and realised changed places."""
    from compliance.read import read

    body = (
        b"<main><h1>Realisasi APBDes 2025</h1><table><tr><th colspan=2>Pendapatan (2025)</th><th>Rencana (Rp.)</th><th>Realisasi (Rp.)</th></tr>"
        b"<tr><td>1</td><td>Pendapatan Asli Desa</td><td>2.000.000</td><td>1.000.000</td></tr>"
        b"<tr><td>2</td><td>Dana Desa</td><td>900.000.000</td><td>800.000.000</td></tr>"
        b"<tr><td colspan=2>Total Pendapatan</td><td>902.000.000</td><td>801.000.000</td></tr></table></main>"
    )
    budget = one(read("http://x.example/", body).main_blocks(), "Realisasi APBDes 2025")
    assert budget.amount(Key.PENDAPATAN, Column.ORIGINAL) == 902_000_000
    assert budget.amount(Key.PENDAPATAN, Column.REALISED) == 801_000_000
    assert consistent(budget) is True


def test_unknown_row_among_the_income_is_not_held_against_the_sum() -> None:
    page = text(
        "APBDes 2026",
        "Pendapatan Asli Desa Rp 10.000.000",
        "Hasil Kerja Sama Rp 5.000.000",
        "Dana Desa Rp 900.000.000",
        "Jumlah Pendapatan Rp 915.000.000",
        "Belanja Rp 900.000.000",
    )
    assert figure_notices([one(page)]) == []


def test_deficit_without_its_sign_is_no_error() -> None:
    page = text("APBDes 2026", "Pendapatan Rp 900.000.000", "Belanja Rp 950.000.000", "Defisit Rp 50.000.000")
    assert consistent(one(page)) is True


def test_fields_left_out_of_a_total_are_told() -> None:
    page = rows(
        ("Pendapatan", "1.000.000.000"),
        ("Belanja", "1.000.000.000"),
        ("Bidang Penyelenggaraan Pemerintahan Desa", "400.000.000"),
        ("Bidang Pelaksanaan Pembangunan Desa", "500.000.000"),
    )
    (notice,) = [n for n in figure_notices([one(page)]) if "bidang" in n.message.id]
    assert "2 dari 5" in notice.message.id and "Rp100.000.000" in notice.message.id and notice.severity == "info"


def test_fields_that_add_up_are_not_held_against_the_village() -> None:
    page = rows(
        ("Pendapatan", "1.000.000.000"),
        ("Belanja", "900.000.000"),
        ("Bidang Penyelenggaraan Pemerintahan Desa", "400.000.000"),
        ("Bidang Pelaksanaan Pembangunan Desa", "500.000.000"),
    )
    assert figure_notices([one(page)]) == []


def _shares(third: str) -> Budget:
    return one(
        rows(
            ("Uraian", "Anggaran", "Realisasi", "%"),
            ("Pendapatan", "1.000.000.000", "900.000.000", "90,00%"),
            ("Dana Desa", "800.000.000", "720.000.000", "90,00%"),
            ("Alokasi Dana Desa", "200.000.000", "180.000.000", third),
        ),
        "Realisasi APBDes 2025",
    )


def test_printed_share_that_is_not_the_computed_one_is_told() -> None:
    (notice,) = figure_notices([_shares("99,00%")])
    assert "tercetak 99,00 %, seharusnya 90,00 %" in notice.message.id
    assert figure_notices([_shares("90%")]) == []


def test_same_figures_on_another_village_are_told() -> None:
    mine, theirs = _table("Rp 800.000.000"), _table("Rp 800.000.000")
    (notice,) = same_elsewhere([mine], [("Desa Lain", theirs)])
    assert notice.kind.value == "template" and "Desa Lain" in notice.message.id
    assert same_elsewhere([mine], [("Desa Lain", _table("Rp 850.000.000"))]) == []


@pytest.mark.parametrize(
    ("said", "income", "spending"),
    [("(dalam ribuan rupiah)", "1.200.000", "1.100.000"), ("(Rp juta)", "1.200,0", "1.100,0")],
)
def test_amounts_counted_in_thousands_or_millions(said: str, income: str, spending: str) -> None:
    budget = one(
        [
            *text(said),
            *rows(
                ("Pendapatan", income), ("Belanja", spending), ("Surplus", "100.000" if "ribuan" in said else "100,0")
            ),
        ]
    )
    assert (budget.amount(Key.PENDAPATAN), budget.amount(Key.BELANJA)) == (1_200_000_000, 1_100_000_000)
    assert consistent(budget) is True


def test_of_two_years_side_by_side_the_later_counts() -> None:
    budget = one(
        rows(
            ("Uraian", "TA 2025", "TA 2026"),
            ("Pendapatan", "840.000.000", "1.200.000.000"),
            ("Belanja", "800.000.000", "1.100.000.000"),
        )
    )
    assert budget.fiscal_year == 2026 and budget.amount(Key.PENDAPATAN) == 1_200_000_000


def test_realisation_of_the_year_before_stands_beside_this_years() -> None:
    budget = one(
        rows(
            ("Uraian", "Realisasi 2025", "Anggaran 2026", "Realisasi 2026"),
            ("Pendapatan", "840.000.000", "1.200.000.000", "1.080.000.000"),
            ("Belanja", "800.000.000", "1.100.000.000", "990.000.000"),
        ),
        "Laporan Realisasi APBDes 2026",
    )
    assert budget.fiscal_year == 2026
    assert budget.amount(Key.PENDAPATAN, Column.REALISED) == 1_080_000_000
    assert budget.amount(Key.PENDAPATAN, Column.ORIGINAL) == 1_200_000_000
