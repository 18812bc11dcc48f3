"""What is masked and what stays readable. All numbers are invented."""

from __future__ import annotations

import pytest

from compliance.read.personal import id_numbers, mask, private_phones

PRIVATE = [
    "Pendapatan Asli Desa Budi 081355512345",
    "HP.081355512345",
    "HP,081355512345",
    "(0813) 5551 2345",
    "+62 (813) 5551-2345",
    "0813–5551–2345",
    "0813/5551/2345",
    "0813 - 5551 - 2345",
    "08135-551-2345",
    "0813-55-51-23-45",
    "62813 555 12345",
    "813-5551-2345",
    "０８１３５５５１２３４５",
]
IDS = [
    "7307104507890123",
    "7307 1045 0789 0123",
    "7307.1045.0789.0123",
    "730710-450789-0123",
    "73.07.10.450789.0123",
    "9999000000000001",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_private_numbers_are_masked(text: str) -> None:
    shown = "".join(c for c in mask(text) if c.isdigit())
    assert len(shown) <= 5, mask(text)
    assert private_phones(text)


@pytest.mark.parametrize("text", IDS)
def test_identity_numbers_are_masked(text: str) -> None:
    assert id_numbers(text)
    assert len([c for c in mask(f"NIK {text} atas nama") if c.isdigit()]) == 5
    assert "*" in mask(f"http://x.example/daftar-{text.replace(' ', '')}.pdf")


@pytest.mark.parametrize(
    "text",
    [
        "Layanan pengaduan: 0812-0000-0010",
        "Hubungi kantor desa 0812 0000 0010",
        "Rp1.845.200.000,00",
        "Rp 3.000.000.000.000.000",
        "1.234.567.890.123.456",
        "APBDes Tahun Anggaran 2026 Nomor 6 Tahun 2025",
        "Rp812.300.000 dan 62.812.345.678",
        "Pendapatan 812.345.678,00",
    ],
)
def test_service_numbers_amounts_and_years_stay(text: str) -> None:
    assert mask(text) == text
