"""The sample village: what it publishes is found, what it does not is not, and each page carries its own verdicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.model.result import Result
from compliance.model.status import Publication
from compliance.run.village import Tools
from tests.conftest import audit_folder, items_of

#: Which items rest on which page. A page that is missing here carries no verdict.
PAGES: dict[str, set[str]] = {
    "apbdes-2026.html": {"1.1.3", "3.4.1a", "3.4.1b", "3.4.1c", "3.4.1d", "3.4.2c"},
    "realisasi-apbdes-2025.html": {"1.1.5"},
    "rpjmdes.html": {"1.1.1"},
    "berkas/rkpdes-2026.pdf": {"1.1.2"},
    "berkas/perkades-pengendalian-gratifikasi.pdf": {"1.3.1"},
    "berkas/laporan-bumdes-2023.pdf": {"1.1.10"},
    "perangkat.html": {"1.2.1"},
    "pakta-integritas.html": {"1.5.2"},
    "surat-pernyataan.html": {"2.3.4"},
    "pengaduan.html": {"3.1.1", "3.1.2", "3.1.3", "3.1.4", "3.1.5"},
    "rekap-pengaduan-2026.html": {"3.1.5"},
    "survei-kepuasan-masyarakat-2025.html": {"3.2.1", "3.2.2", "3.2.3", "3.2.5"},
    "maklumat-pelayanan.html": {"3.5.1a", "3.5.1b", "3.5.1c", "3.5.3b"},
    "profil.html": set(),
    "layanan.html": {"3.3.2"},
    "artikel/2026/9/18/musyawarah-desa-rkpdes-2027.html": {"1.1.7", "1.1.9", "4.1.2"},
    "artikel/2026/3/3/sosialisasi-antikorupsi.html": {"4.2.4"},
    "artikel/2026/6/5/padat-karya-drainase.html": {"4.3.2"},
    "artikel/2026/8/1/kearifan-lokal-siri.html": {"5.1.1"},
    "artikel/2026/7/10/deklarasi-tokoh.html": {"5.2.1", "5.2.2", "5.2.3", "5.2.4"},
}
#: Traps: nothing rests on them.
TRAPS = {"lppd.html", "artikel/2026/10/2/bimtek-penyusunan-apbdes.html", "artikel/2026/5/20/apa-itu-apbdes.html"}
OUTDATED = {"1.1.1", "1.1.10"}


def test_what_is_published_is_found_and_nothing_else(sample_result: Result) -> None:
    shown = {c: i.publication for c, i in items_of(sample_result).items()}
    rests = set().union(*PAGES.values())
    assert {c for c, p in shown.items() if p is Publication.PUBLISHED} == rests - OUTDATED
    assert {c for c, p in shown.items() if p is Publication.OUTDATED} == OUTDATED
    assert not {c for c, p in shown.items() if p is Publication.PARTIAL}


def test_every_verdict_says_why_where_and_how_to_fix(sample_result: Result) -> None:
    for code, item in items_of(sample_result).items():
        assert item.reason.id.strip() and item.reason.en.strip(), code
        if item.web.value == "M":
            continue
        assert item.looked_at or item.channels, code
        assert item.success.id and item.cannot_see.en, code
        if item.publication is Publication.PUBLISHED:
            assert item.evidence and item.evidence[0].excerpt and item.evidence[0].sha256, code
            assert item.evidence[0].why, code
        else:
            assert item.fix is not None and item.fix.text.id, code


def test_nearest_misses_name_the_traps(sample_result: Result) -> None:
    items = items_of(sample_result)
    dead = [m.reason.id for m in items["1.1.4"].near_misses]
    assert any("404" in r for r in dead)
    label = [m.reason.id for m in items["1.4.1"].near_misses]
    assert any("label menu" in r for r in label)


def test_accounts_are_linked_and_share_buttons_are_not(sample_result: Result) -> None:
    assert [(a.platform, a.exists) for a in sample_result.accounts] == [
        ("facebook", "unknown"),
        ("instagram", "unknown"),
    ]
    assert items_of(sample_result)["1.4.1"].channels == {
        "website": Publication.NOT_PUBLISHED,
        "facebook": Publication.UNOBSERVED,
        "instagram": Publication.UNOBSERVED,
    }


@pytest.mark.parametrize("page", [*PAGES, *sorted(TRAPS)])
def test_removing_a_page_flips_exactly_its_verdicts(
    page: str, site_copy: Path, tmp_path: Path, tools: Tools, sample_result: Result
) -> None:
    (site_copy / page).unlink()
    before = {c: i.publication for c, i in items_of(sample_result).items()}
    after = {c: i.publication for c, i in items_of(audit_folder(site_copy, tmp_path / "snapshot", tools)).items()}
    changed = {c for c in before if before[c] is not after[c]}
    assert changed == PAGES.get(page, set())
    assert not {c for c in changed if after[c] in {Publication.PUBLISHED, Publication.PARTIAL}} - {"3.3.2"}
