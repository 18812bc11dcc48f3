"""What a document is decides which parts it may show, and whose it is when it names its village without the kind."""

from __future__ import annotations

import pytest

from compliance.match.site import frame_of
from compliance.match.village import other_village
from compliance.read import read
from compliance.run.village import Tools
from tests.match.test_traps import TABLE, judged, shows

GUARD = (
    "<p>Tokoh agama dan tokoh pemuda mendukung penuh pencegahan korupsi, menolak suap, dan mengajak warga jujur.</p>"
)


def parts(tools: Tools, title: str, body: str, topic: str) -> tuple[str, ...]:
    found = judged(tools, f"<h1>{title}</h1>{body}", title, topic)
    assert found is not None
    return found.parts


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Aktivitas Tokoh Desa", "activity"),
        ("Video Testimoni Tokoh Agama", "testimony"),
        ("Deklarasi Tokoh Menolak Suap", "declaration"),
    ],
)
def test_a_document_of_notables_is_of_the_kind_that_its_title_says(tools: Tools, title: str, kind: str) -> None:
    body = (
        GUARD + "<p>Pengajian digelar di balai; tokoh menandatangani lembar, lalu menyampaikan pesan dalam video.</p>"
    )
    found = parts(tools, title, body, "tokoh")
    assert kind in found
    if kind != "declaration":
        assert set(found) == {kind}


def test_a_decree_that_asks_for_pacts_is_no_signed_pact(tools: Tools) -> None:
    duty = "<p>KESATU: aparatur wajib menandatangani pakta integritas setahun sekali. KEDUA: yang melanggar dikenai sanksi. Kepala Desa, ttd.</p>"
    assert "signed" not in parts(tools, "Keputusan Kepala Desa tentang Pakta Integritas", duty, "pakta_integritas")
    pact = "<p>Saya menyatakan tidak melakukan korupsi, tidak menerima suap, dan bila melanggar bersedia dikenai sanksi hukum. Yang menyatakan, ttd. Nomor keputusan pengangkatan: 3.</p>"
    assert "signed" in parts(tools, "Pakta Integritas Perangkat", pact, "pakta_integritas")


def test_minutes_of_a_hamlet_are_no_village_deliberation(tools: Tools) -> None:
    said = "<p>Hadir 41 warga, BPD, dan kepala dusun. Usulan RKP Desa disepakati: jalan, drainase. Notulensi dan daftar hadir terlampir.</p>"
    assert "village" not in parts(tools, "Notulensi Musyawarah Dusun Melati", said, "musdes")
    assert "village" in parts(tools, "Notulensi Musyawarah Desa", said, "musdes")


def test_nine_elements_are_more_than_one(tools: Tools) -> None:
    news = "<p>Survei kepuasan masyarakat: indeks 82,4 dari 96 responden, mutu B. Biaya dipuji, nilai waktu dikeluhkan.</p>"
    assert "unsur" not in parts(tools, "Hasil Survei Kepuasan Masyarakat", news, "skm")
    whole = news + "<p>Persyaratan 3,5; prosedur 3,4; waktu 3,1; biaya 3,9; produk 3,6; kompetensi 3,7; sarana 3,4.</p>"
    assert "unsur" in parts(tools, "Hasil Survei Kepuasan Masyarakat", whole, "skm")


def test_ceilings_of_a_work_plan_are_no_budget(tools: Tools) -> None:
    assert shows(judged(tools, "<h1>APBDes Tahun Anggaran 2026</h1>" + TABLE))
    assert not shows(judged(tools, "<h1>Rencana Kerja Pemerintah Desa 2026: Pagu Anggaran</h1>" + TABLE))
    both = judged(tools, "<h1>Rencana Kerja Pemerintah Desa dan APBDes 2026</h1>" + TABLE)
    assert shows(both)


@pytest.mark.parametrize(
    ("text", "stranger"),
    [
        ("<p>KEPUTUSAN KEUCHIK RAYA BARU NOMOR 24 TAHUN 2026</p>", "raya baru"),
        ("<p>Ditetapkan di Karangmelur pada 3 Juni 2026</p>", "karangmelur"),
        ("<p>Pemerintah Karangmelur membuka pendaftaran pekerja.</p>", "karangmelur"),
        ("<p>Pemerintah Karangmelur berkunjung ke Sukamaju.</p>", None),
        ("<p>Peraturan Pemerintah Nomor 43 Tahun 2014; Pemerintah Kabupaten Selayang.</p>", None),
        ("<p>Pemerintah Desa Menetapkan Pemenang. Ditetapkan di Kantor Desa.</p>", None),
        ("<p>Kepala Desa Suparman menyampaikan laporan.</p>", None),
        ("<p>Panitia berasal dari Desa Lestarijaya.</p><p>Juara kedua Desa Lestarijaya.</p>", "lestarijaya"),
    ],
)
def test_a_text_that_only_another_village_issues(tools: Tools, text: str, stranger: str | None) -> None:
    page = read("http://sukamaju.example/a", f"<main><h1>Pengumuman</h1>{text}</main>".encode())
    blocks = frame_of([page]).content(page)
    assert other_village(page, blocks, ["sukamaju"], tools.matcher.machine.words) == stranger
