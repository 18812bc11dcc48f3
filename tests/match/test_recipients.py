"""Lists of recipients of aid: told as a notice with the place, never quoted. All names are invented."""

from __future__ import annotations

import pytest

from compliance.match.notices import notices_of
from compliance.match.site import frame_of
from compliance.model.status import NoticeKind
from compliance.read import read
from compliance.run.village import Tools

PEOPLE = [
    ("Penerima Satu", "Dusun Krajan RT 01"),
    ("Penerima Dua", "Dusun Krajan RT 02"),
    ("Penerima Tiga", "Dusun Timur RT 03"),
]


def page(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in [head, *rows])
    return f"<html><head><title>{title} - Desa Sukamaju</title></head><body><main><h1>{title}</h1><table>{cells}</table></main></body></html>".encode()


BLT = page(
    "Daftar Penerima BLT Dana Desa 2026",
    ("No", "Nama KPM", "Alamat", "Jumlah"),
    [(str(i), name, where, "Rp 300.000") for i, (name, where) in enumerate(PEOPLE, 1)],
)
NO_LIST = {
    "officials": page("Perangkat Desa", ("No", "Nama", "Jabatan", "Alamat"), [("1", n, "Kaur", w) for n, w in PEOPLE]),
    "initials_only": page("Penerima BLT 2026", ("No", "Nama", "Jumlah"), [("1", "P. S.", "Rp 300.000")] * 5),
    "aid_by_hamlet": page(
        "Penerima BLT 2026", ("Dusun", "Jumlah KPM"), [("Krajan", "12"), ("Timur", "9"), ("Barat", "4")]
    ),
}


def test_recipients_with_addresses_are_told_and_never_quoted(tools: Tools) -> None:
    document = read("http://sukamaju.example/blt", BLT)
    notices = notices_of([document], tools.matcher)
    assert [n.kind for n in notices] == [NoticeKind.PERSONAL_DATA]
    assert "3 penerima" in notices[0].message.id
    told = repr(notices) + repr(tools.matcher.match(document, frame_of([document]), ["sukamaju"]))
    assert not [name for name, _ in PEOPLE if name in told]


@pytest.mark.parametrize("form", NO_LIST)
def test_other_tables_are_no_list_of_recipients(tools: Tools, form: str) -> None:
    assert notices_of([read("http://sukamaju.example/x", NO_LIST[form])], tools.matcher) == ()


LOCATED = {
    "column": page(
        "Fokus Penggunaan Dana Desa 2026",
        ("Kegiatan", "Lokasi", "Anggaran"),
        [
            ("Rabat beton", "Krajan", "120.000.000"),
            ("Drainase", "Timur", "80.000.000"),
            ("Posyandu", "Barat", "20.000.000"),
        ],
    ),
    "words": page(
        "Fokus Penggunaan Dana Desa 2026",
        ("Kegiatan", "Anggaran"),
        [("Rabat beton Dusun Krajan", "120.000.000"), ("Drainase RT 03", "80.000.000"), ("Posyandu", "20.000.000")],
    ),
}


@pytest.mark.parametrize("form", LOCATED)
def test_activities_with_place_and_amount(tools: Tools, form: str) -> None:
    document = read("http://sukamaju.example/dd", LOCATED[form])
    found = {d.topic: d for d in tools.matcher.match(document, frame_of([document]), ["sukamaju"])}["dana_desa"]
    assert found.disclosed and "location" in found.parts


def test_address_beside_a_budget_is_no_place_of_an_activity(tools: Tools) -> None:
    body = page(
        "Penggunaan Dana Desa 2026",
        ("Kegiatan", "Anggaran"),
        [("Rabat beton", "120.000.000"), ("Drainase", "80.000.000")],
    ).replace(b"</table>", b"</table><p>Kantor Desa: Dusun Krajan RT 01 RW 02</p>")
    document = read("http://sukamaju.example/dd", body)
    found = {d.topic: d for d in tools.matcher.match(document, frame_of([document]), ["sukamaju"])}["dana_desa"]
    assert found.disclosed and "location" not in found.parts
