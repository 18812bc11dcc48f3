"""Pages that look like a published budget and are none, and budgets that do not look like one.

Every page stands on the site of Desa Sukamaju; names and figures are invented.
"""

from __future__ import annotations

import pytest

from compliance.match.site import frame_of
from compliance.match.village import village_names
from compliance.match.years import clean, clean_lines
from compliance.model.document import Document
from compliance.model.evidence import Disclosure
from compliance.read import read
from compliance.run.village import Tools

ROWS = [
    ("PENDAPATAN", "1.845.200.000,00"),
    ("Pendapatan Asli Desa", "45.000.000,00"),
    ("Dana Desa", "982.400.000,00"),
    ("Alokasi Dana Desa", "756.000.000,00"),
    ("BELANJA", "1.875.200.000,00"),
    ("Bidang Penyelenggaraan Pemerintahan", "731.500.000,00"),
    ("Bidang Pelaksanaan Pembangunan", "748.300.000,00"),
]
TABLE = "<table>" + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in ROWS) + "</table>"


def judged(tools: Tools, body: str, title: str = "", topic: str = "apbdes") -> Disclosure | None:
    """What a page of the site shows of a topic."""

    def whole(inner: str, name: str) -> Document:
        html = f"<html><head><title>{name} - Desa Sukamaju</title></head><body><header><p>Desa Sukamaju</p></header><main>{inner}</main></body></html>"
        return read("http://sukamaju.example/halaman/12", html.encode())

    page = whole(body, title or "Halaman")
    others = [whole("<h1>Beranda</h1><p>isi</p>", "Beranda"), whole("<h1>Profil</h1><p>isi</p>", "Profil")]
    names = village_names([page, *others])
    found = {d.topic: d for d in tools.matcher.match(page, frame_of([page]), names)}
    return found.get(topic)


def shows(found: Disclosure | None, year: int = 2026) -> bool:
    return found is not None and found.disclosed and year in found.years


NOT = {
    "definition": "<h1>APBDes</h1><p>APBDes 2026 adalah rencana keuangan tahunan desa yang terdiri atas pendapatan dan belanja.</p>",
    "what_is_it_with_example_amounts": "<h1>Apa Itu APBDes 2026?</h1><ul><li>Pendapatan Rp 100.000.000</li><li>Belanja Rp 90.000.000</li><li>Dana Desa Rp 50.000.000</li></ul>",
    "training": "<h1>Bimtek Penyusunan APBDes 2026</h1><p>Digelar di kabupaten.</p>" + TABLE,
    "draft_in_title": "<h1>Rancangan APBDes 2026</h1>" + TABLE,
    "draft_in_text": "<h1>APBDes 2026</h1><p>APBDes masih berupa rancangan dan menunggu evaluasi camat.</p>" + TABLE,
    "temporary": "<h1>APBDes 2026 (Sementara)</h1><p>belum disepakati BPD</p>" + TABLE,
    "exercise": "<h1>Soal Latihan APBDes 2026</h1>" + TABLE,
    "simulation": "<h1>Simulasi APBDes 2026 mahasiswa</h1>" + TABLE,
    "sample": "<h1>Contoh APBDes 2026</h1>" + TABLE,
    "other_village": "<h1>APBDes 2026 Desa Karangrejo</h1>" + TABLE,
    "other_village_in_a_district_of_our_name": "<h1>APBDes 2026 Desa Karangrejo Kecamatan Sukamaju</h1>" + TABLE,
    "other_village_split_off_ours": "<h1>PEMERINTAH DESA SUKAMAJU BARAT</h1><h1>APBDes 2026</h1>" + TABLE,
    "draft_at_the_foot": "<h1>APBDes 2026</h1>" + TABLE + "<p>*) Draft untuk dibahas bersama BPD, belum ditetapkan.</p>",
    "proposal": "<h1>Usulan APBDes 2026</h1>" + TABLE,
    "concept": "<h1>Konsep APBDes 2026 (bahan pembahasan BPD)</h1>" + TABLE,
    "draft_of_the_revision": "<h1>Rancangan Perubahan APBDes 2026</h1>" + TABLE,
    "exercise_with_a_question": "<h1>Latihan Soal</h1><p>Diketahui APBDes 2026 Desa Sukamaju. Hitunglah surplusnya!</p>" + TABLE,
    "form_of_a_regulation": "<h1>Format APBDes 2026</h1><h1>PEMERINTAH DESA ..........</h1>" + TABLE,
    "one_number_everywhere": "<h1>APBDes 2026</h1><table>" + "".join(f"<tr><td>{a}</td><td>1.000.000</td></tr>" for a, _ in ROWS) + "</table>",
    "other_village_letterhead": "<h1>APBDes 2026</h1><p>PEMERINTAH DESA KARANGREJO</p>" + TABLE,
    "national_budget": "<h1>APBN 2026</h1><p>Desa kami menunggu APBDes.</p><table><tr><td>Pendapatan negara</td><td>3.000.000.000.000.000</td></tr><tr><td>Belanja negara</td><td>3.100.000.000.000.000</td></tr></table>",
    "district_budget": "<h1>APBD Kabupaten Tahun 2026</h1>" + TABLE,
    "hidden": f"<h1>APBDes 2026</h1><p>Menyusul</p><div style='display:none'>{TABLE}</div>",
    "struck_out": f"<h1>APBDes 2026</h1><del>{TABLE}</del>",
    "placeholder": "<h1>APBDes 2026</h1><p>Belum ada data.</p>",
    "empty_link": "<h1>Produk Hukum</h1><a href='#'>APBDes 2026.pdf</a>",
    "one_folder_for_all": "<h1>Bukti</h1>" + "".join(f"<a href='https://drive.google.com/drive/folders/1Satu'>{n}</a>" for n in ("APBDes 2026", "RKPDes 2026", "Maklumat", "SKM 2025")),
    "all_zero": "<h1>APBDes 2026</h1><table><tr><td>Pendapatan</td><td>0,00</td></tr><tr><td>Belanja</td><td>0,00</td></tr></table>",
}  # fmt: skip


@pytest.mark.parametrize("trap", NOT)
def test_is_no_budget_of_2026(tools: Tools, trap: str) -> None:
    assert not shows(judged(tools, NOT[trap]))


def test_costing_of_one_work_is_no_budget(tools: Tools) -> None:
    rows = "".join(
        f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in (("Belanja semen", "14.000.000"), ("Upah", "12.000.000"))
    )
    body = f"<h1>RENCANA ANGGARAN BIAYA JALAN USAHA TANI 2026</h1><p>Sumber dana: Dana Desa, APBDes 2026</p><table>{rows}</table>"
    for topic in ("apbdes", "dana_desa"):
        found = judged(tools, body, topic=topic)
        assert found is None or not found.disclosed


def test_day_of_posting_is_no_fiscal_year(tools: Tools) -> None:
    found = judged(tools, "<h1>APBDes</h1><p>Diunggah pada 12 Maret 2026</p>" + TABLE)
    assert found is not None and found.years == ()


YEARS = {
    "old_year_posted_now": ("<h1>APBDes 2024</h1><p>Diposting 3 Maret 2026. Update tahun 2026.</p>" + TABLE, (2024,)),
    "updated_site": ("<h1>APBDes Tahun Anggaran 2024</h1><p>Website diperbarui pada 2026</p>" + TABLE, (2024,)),
    "regulation_of_the_year_before": (
        "<h1>APBDes Tahun Anggaran 2026</h1><p>Perdes Nomor 6 Tahun 2025</p>" + TABLE,
        (2026,),
    ),
    "two_tables": ("<h1>APBDes</h1><h2>APBDes 2025</h2>" + TABLE + "<h2>APBDes 2026</h2>" + TABLE, (2025, 2026)),
}


@pytest.mark.parametrize("case", YEARS)
def test_year_is_the_fiscal_one(tools: Tools, case: str) -> None:
    body, years = YEARS[case]
    found = judged(tools, body)
    assert found is not None and found.disclosed
    assert found.years == years


LINES = [f"{a} : Rp {b}" for a, b in ROWS]
SHOWN = {
    "table": "<h1>APBDes 2026</h1>" + TABLE,
    "divs": "<h1>APBDes 2026</h1>" + "".join(f"<div><span>{a}</span> <span>Rp {b}</span></div>" for a, b in ROWS),
    "label_then_amount": "<h1>APBDes 2026</h1>" + "".join(f"<p>{a}</p><p>Rp {b}</p>" for a, b in ROWS),
    "list": "<h1>APBDes 2026</h1><ul>" + "".join(f"<li>{line}</li>" for line in LINES) + "</ul>",
    "pre": "<h1>APBDes 2026</h1><pre>" + "\n".join(LINES) + "</pre>",
    "english_separators": "<h1>APBDes 2026</h1>" + TABLE.replace(".", "#").replace(",", ".").replace("#", ","),
    "plain_digits": "<h1>APBDes 2026</h1>" + TABLE.replace(",00", "").replace(".", ""),
    "blanks_as_separators": "<h1>APBDes 2026</h1>" + TABLE.replace(",00", "").replace(".", " "),
    "nagari": "<h1>APB Nagari Tahun 2026</h1>" + TABLE,
    "gampong": "<h1>APBG Tahun 2026</h1>" + TABLE,
    "kalurahan": "<h1>APBKal Tahun 2026</h1>" + TABLE,
    "pekon": "<h1>APBPekon Tahun 2026</h1>" + TABLE,
    "read_also_training": "<h1>APBDes 2026</h1>" + TABLE + "<h3>Baca juga: Pelatihan UMKM</h3>",
    "was_a_draft_once": "<h1>APBDes 2026</h1><p>Rancangan APBDes ditetapkan menjadi Perdes Nomor 6 Tahun 2025.</p>" + TABLE,
    "template_word_elsewhere": "<h1>APBDes 2026</h1>" + TABLE + "<h3>Tutorial pengaduan</h3><p>Template situs.</p>",
    "news_of_another_draft_beside_it": "<p>Musyawarah Desa Bahas Rancangan RKPDes Tahun 2027</p><h1>APBDes 2026</h1>" + TABLE,
    "own_village_of_a_programme": "<h1>Sukamaju, Desa Informatif, Terbitkan APBDes 2026</h1>" + TABLE,
    "programme_only": "<h1>APBDes 2026 Desa Inklusif</h1>" + TABLE,
    "explained_and_shown": "<h1>Mengenal APBDes Desa Sukamaju Tahun 2026</h1>" + TABLE,
}  # fmt: skip


@pytest.mark.parametrize("form", SHOWN)
def test_is_the_budget_of_2026(tools: Tools, form: str) -> None:
    found = judged(tools, SHOWN[form])
    assert shows(found), found


def test_realisation_is_not_the_budget(tools: Tools) -> None:
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td><td>{b}</td></tr>" for a, b in ROWS)
    body = f"<h1>Laporan Realisasi APBDes 2025</h1><table><tr><th>Uraian</th><th>Anggaran</th><th>Realisasi</th></tr>{rows}</table>"
    assert not shows(judged(tools, body), 2025)
    assert shows(judged(tools, body, topic="realisasi"), 2025)


def test_zero_realisation_is_the_budget(tools: Tools) -> None:
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td><td>0,00</td></tr>" for a, b in ROWS)
    body = f"<h1>APBDes 2026</h1><table><tr><th>Uraian</th><th>Anggaran</th><th>Realisasi</th></tr>{rows}</table>"
    assert shows(judged(tools, body))
    found = judged(tools, body, topic="realisasi")
    assert found is None or not found.disclosed


def test_part_far_below_belongs_to_its_own_section(tools: Tools) -> None:
    body = f"<h2>Transparansi APBDes 2026</h2>{TABLE}<h2>Hubungi kami</h2><p>Pengaduan: isi formulir. Prioritas Dana Desa.</p>"
    found = judged(tools, body)
    assert found is not None and found.disclosed
    assert "complaint" not in found.parts and "dana_desa" not in found.parts
    assert "income" in found.parts


def test_citation_over_two_lines_gives_no_year() -> None:
    lines = clean_lines(["berdasarkan Peraturan Menteri PANRB Nomor 14", "Tahun 2017.", "SKM Tahun 2023"])
    assert "2017" not in " ".join(lines) and "2023" in lines[2]


def test_year_that_recognition_spelled_with_a_letter() -> None:
    assert "2023" in clean("TAHUN ANGGARAN 2O23")
