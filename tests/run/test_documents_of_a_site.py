"""A site whose disclosures are files: text, scans and posters, judged from a snapshot without opening a file again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.archive.snapshot import Snapshot
from compliance.collect.settings import Settings
from compliance.model.result import Result
from compliance.model.status import Publication
from compliance.run.village import Tools, collect, judge_snapshot, load_criteria
from tests.collect.server import Handler, running
from tests.conftest import AS_OF, items_of
from tests.documents.accuracy import KEPT

PAGE = (
    "<!doctype html><html lang=id><head><title>Desa Bumimulya</title></head><body><nav><a href='/'>Beranda</a>"
    "<a href='/transparansi'>Transparansi Anggaran</a></nav><main>{}</main><footer>Pemerintah Desa Bumimulya</footer></body></html>"
)


class Village(Handler):
    """Serves kept documents under the names that a village gives them."""

    def answer(self, path: str) -> None:
        if path == "/robots.txt":
            self.reply(404, b"", "text/plain")
        elif path == "/":
            self.reply(200, PAGE.format("<h1>Selamat datang</h1><p>Situs resmi.</p>").encode())
        elif path == "/transparansi":
            body = (
                "<h1>Infografis APBDes 2026</h1><img src='/gambar/infografis-apbdes.jpg' width=900 height=1200 alt='Infografis APBDes 2026'>"
                "<p><a href='/unduh/lra.bin'>Laporan Realisasi APBDes 2025</a></p>"
            )
            self.reply(200, PAGE.format(body).encode())
        elif path == "/gambar/infografis-apbdes.jpg":
            self.reply(200, (KEPT / "poster-8.jpg").read_bytes(), "image/jpeg")
        elif path == "/unduh/lra.bin":
            self.reply(200, (KEPT / "berkas-10.xlsx").read_bytes(), "application/octet-stream")
        else:
            self.reply(404, PAGE.format("<h1>404</h1>").encode())


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    with running(Village) as (address, _log):
        yield collect(address, Settings(delay=0.0), tmp_path_factory.mktemp("files") / "s", Tools.make())


def judged(snapshot: Snapshot) -> Result:
    return judge_snapshot(snapshot, load_criteria([]), AS_OF, Tools.make())[0]


def test_poster_and_sheet_are_published(collected: Snapshot) -> None:
    items = items_of(judged(collected))
    assert items["3.4.2c"].publication is Publication.PUBLISHED, items["3.4.2c"].reason.id
    assert items["3.4.1a"].publication is Publication.PUBLISHED
    assert items["3.4.1c"].publication is Publication.PUBLISHED
    assert items["3.4.1d"].publication is not Publication.PUBLISHED, "this poster names nobody to complain to"
    proof = items["3.4.2c"].evidence[0]
    assert proof.ocr and proof.medium == "image" and proof.fiscal_years == [2026]


def test_realisation_of_a_sheet_of_another_village_is_no_disclosure(collected: Snapshot) -> None:
    """The sheet says Desa Sukarejo; the site is Bumimulya's."""
    item = items_of(judged(collected))["1.1.5"]
    assert item.publication is not Publication.PUBLISHED


def test_judging_opens_no_file_and_gives_the_same_bytes(collected: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    from compliance.read.isolated import Extractor

    def refuse(*_: object) -> None:
        raise AssertionError("judging read a file again")

    monkeypatch.setattr(Extractor, "extract", refuse)
    again = Snapshot(collected.folder)
    assert judged(again).model_dump_json() == judged(Snapshot(collected.folder)).model_dump_json()


def test_text_of_a_file_stands_beside_it(collected: Snapshot) -> None:
    made = collected.derived()
    files = [r for r in collected.records if r.role == "page" and r.sha256 in made]
    assert len(files) == 2
    assert {made[r.sha256 or ""].engine != "" for r in files} == {True, False}


def test_budget_is_in_the_result(collected: Snapshot) -> None:
    budgets = judged(collected).budgets
    poster = next(b for b in budgets if b.ocr)
    assert poster.fiscal_year == 2026 and poster.totals["pendapatan"] and poster.consistent is not False


def test_without_recognition_the_poster_is_unseen(tmp_path: Path) -> None:
    with running(Village) as (address, _log):
        snapshot = collect(address, Settings(delay=0.0, max_ocr=0), tmp_path / "s", Tools.make())
    items = items_of(judged(snapshot))
    assert items["3.4.2c"].publication is Publication.UNOBSERVED
    assert "OCR" in items["3.4.2c"].reason.id


def test_same_figures_on_two_villages_are_told(tmp_path: Path) -> None:
    with running(Village) as (address, _log):
        settings = Settings(delay=0.0)
        one = collect(address, settings, tmp_path / "a", Tools.make(), as_site="https://bumimulya.example")
        two = collect(address, settings, tmp_path / "b", Tools.make(), as_site="https://ranoharapan.example")
    tools = Tools.make()
    (alone,) = judge_snapshot(one, load_criteria([]), AS_OF, tools)
    (result,) = judge_snapshot(one, load_criteria([]), AS_OF, tools, beside=[one, two])
    told = [n for n in result.notices if n.kind.value == "template"]
    assert told and "ranoharapan.example" in told[0].message.id
    assert not [n for n in alone.notices if n.kind.value == "template"]
