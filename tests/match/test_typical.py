"""Typical words are one sign and prove nothing; what a document is, its title must say; no line holds the matcher up."""

from __future__ import annotations

import pytest

from compliance.match.pictures import _nameless
from compliance.match.typical import NEUTRAL, PageWords, Typical, scaled
from compliance.model.criteria import TypicalWords, Words
from compliance.read import read
from compliance.read.budget import budgets_in
from compliance.run.village import Tools
from tests.match.test_traps import TABLE, judged

_WORDS = Words.model_validate(
    {
        "schema": "words/1",
        "topics": {"skm": {"base": -3, "title": {"kepuasan": 4}, "text": {"responden": 6, "akan": -6}}},
    }
)


@pytest.mark.parametrize(
    ("title", "text", "above"),
    [
        ({"kepuasan"}, {"responden", "nilai"}, True),
        ({"kabar"}, {"akan", "warga"}, False),
    ],
)
def test_words_speak_for_and_against(title: set[str], text: set[str], above: bool) -> None:
    sign = Typical(_WORDS).sign("skm", PageWords(frozenset(title), frozenset(text)))
    assert (sign > 0) is above
    assert -1 <= sign <= 2


def test_an_unknown_topic_has_no_sign() -> None:
    typical = Typical(_WORDS)
    assert typical.sign("apbdes", PageWords(frozenset(), frozenset({"responden"}))) == 0
    assert "apbdes" not in typical
    assert "skm" in typical


def test_scale_is_bounded_and_neutral_in_the_middle() -> None:
    assert scaled(NEUTRAL) == 0
    assert scaled(-100) == -1
    assert scaled(100) == 2


def test_weights_name_known_parts_only() -> None:
    with pytest.raises(ValueError, match="heading"):
        TypicalWords.model_validate({"base": 0, "heading": {"a": 1}})


@pytest.mark.parametrize("word", ["rancangan", "konsep", "draf"])
def test_a_long_line_about_a_draft_does_not_hold_it_up(tools: Tools, word: str) -> None:
    long = " ".join(f"kata{n}" for n in range(400))
    found = judged(tools, f"<h1>APBDes 2026</h1>{TABLE}<p>{word} {long} belum ditetapkan {long}</p>")
    assert found is not None


def test_a_draft_in_a_row_is_a_paper_that_a_step_needs(tools: Tools) -> None:
    rows = "".join(
        f"<tr><td>{a}</td><td>{b}</td><td>{c}</td><td>10 menit</td></tr>"
        for a, b, c in [
            ("Melapor", "Keluarga", "KTP dan KK"),
            ("Mencatat di buku register", "Kasi Pelayanan", "Buku induk"),
            ("Mengetik surat", "Staf", "Komputer"),
            ("Paraf", "Sekdes", "Draft surat"),
            ("Tanda tangan", "Kades", "Surat"),
        ]
    )
    head = "<tr><th>Kegiatan</th><th>Pelaksana</th><th>Kelengkapan</th><th>Waktu</th></tr>"
    body = f"<h1>SOP Surat Keterangan Kematian</h1><p>Nomor SOP 474/12/2024, disahkan Kepala Desa.</p><table>{head}{rows}</table>"
    found = judged(tools, body, "SOP Surat Keterangan Kematian", "sop")
    assert found is not None and found.disclosed and found.barrier == ""


def test_a_rule_must_be_named_by_its_title(tools: Tools) -> None:
    text = (
        "<p>Kepala desa melarang seluruh perangkat menerima gratifikasi, suap, parsel, atau hadiah dari warga dan penyedia. "
        "Pemberian yang terlanjur diterima dilaporkan kepada sekretaris desa dan dicatat. Ditetapkan di Sukamaju, 2 Maret 2026.</p>"
    )
    circular = judged(tools, f"<h1>Tolak Gratifikasi Menjelang Lebaran</h1>{text}", topic="gratifikasi")
    rule = judged(
        tools, f"<h1>SOP Pengendalian Gratifikasi</h1>{text}", "SOP Pengendalian Gratifikasi", topic="gratifikasi"
    )
    assert circular is not None and "rule" not in circular.parts
    assert rule is not None and "rule" in rule.parts


def test_what_is_never_named_is_never_claimed(tools: Tools) -> None:
    budget = judged(
        tools, f"<h1>APBDes 2026</h1><p>Penyertaan modal, kas, bunga, laba dan aset.</p>{TABLE}", topic="bumdes"
    )
    assert budget is None or not budget.disclosed


@pytest.mark.parametrize(
    ("name", "says_nothing"),
    [
        ("482928371_1023948572345678_n.jpg", True),
        ("IMG-20260312-WA0001.jpg", True),
        ("WhatsApp Image 2026-01-02 at 10.11.12 (1).jpeg", True),
        ("1" * 5000 + "zz", False),
        ("musdes-2026.jpg", False),
    ],
)
def test_names_that_say_nothing_are_told_in_linear_time(name: str, says_nothing: bool) -> None:
    assert _nameless(name) is says_nothing


def test_a_chain_of_digits_in_a_cell_does_not_hold_the_budget_up() -> None:
    page = f"<table><tr><td>Pendapatan<td>1{'.111' * 4000}5</table>"
    budgets_in(list(read("http://desa.example/", page.encode()).blocks), title="APBDes 2026")


def test_an_odd_colspan_and_an_odd_address_are_read() -> None:
    cell = "<table><tr><td colspan='²'>Pendapatan<td>1</table>"
    assert read("http://desa.example/", cell.encode()).blocks[0].text == "Pendapatan | 1"
    assert read("http://[::1", b"<main><p>Isi halaman</p></main>").blocks


@pytest.mark.parametrize(
    ("village", "barrier"),
    [("Desa Raya Sentosa", "other_village"), ("Desa Sukamaju", ""), ("desa kami", "")],
)
def test_a_headline_may_name_another_village_without_its_kind(tools: Tools, village: str, barrier: str) -> None:
    text = (
        f"<p>Pemerintah {village} resmi memberlakukan Peraturan Kepala Desa Nomor 4 Tahun 2026 tentang pengendalian gratifikasi. "
        "Perangkat dilarang menerima uang rokok, parsel, atau hadiah; yang terlanjur diterima dilaporkan kepada sekretaris.</p>"
    )
    title = "Raya Sentosa Kini Punya Aturan Anti Suap, Parsel Pun Ditolak"
    found = judged(tools, f"<h1>{title}</h1>{text}", title, "gratifikasi")
    assert found is not None
    assert (found.barrier == "other_village") is (barrier == "other_village")
