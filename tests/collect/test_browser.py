"""Pages that scripts fill, drawn by a real Chromium."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.collect import browser
from compliance.collect.settings import Settings
from compliance.model.result import ItemResult
from compliance.model.status import Access, Publication
from compliance.run.village import Tools, collect, judge_snapshot, load_criteria
from tests.collect.server import Handler, running
from tests.conftest import AS_OF, items_of

HOME = b"""<!doctype html><html lang=id><head><title>Desa Uji</title></head><body><div id="menu"></div><main><h1>Beranda</h1><p>Situs resmi Desa Uji.</p></main>
<script src="/menu.js"></script></body></html>"""
MENU = b"""document.getElementById('menu').innerHTML = '<nav><a href="/transparansi">Transparansi Anggaran</a><a href="/profil">Profil</a></nav>';"""
BUDGET = b"""<!doctype html><html lang=id><head><title>Desa Uji</title></head><body><nav><a href="/">Beranda</a></nav><main><h1>APBDes Tahun Anggaran 2026</h1>
<table id="t"><thead><tr><th>Uraian</th><th>Anggaran</th><th>Sumber</th></tr></thead><tbody></tbody></table></main>
<script>fetch('/angka.json').then(r => r.json()).then(d => { document.querySelector('tbody').innerHTML = d.map(r => '<tr><td>' + r[0] + '</td><td>' + r[1] + '</td><td>APBDes</td></tr>').join('') })</script></body></html>"""
FIGURES = b'[["Pendapatan", "Rp 1.000.000.000"], ["Dana Desa", "Rp 800.000.000"], ["Alokasi Dana Desa", "Rp 200.000.000"], ["Belanja", "Rp 990.000.000"]]'


class Scripted(Handler):
    """A village whose menu and figures come by script."""

    allowed = "User-agent: *\nDisallow:\n"

    def answer(self, path: str) -> None:
        pages = {"/": HOME, "/transparansi": BUDGET, "/profil": b"<main><h1>Profil Desa</h1><p>Desa Uji.</p></main>"}
        if path in pages:
            self.reply(200, pages[path])
        elif path == "/menu.js":
            self.reply(200, MENU, "text/javascript")
        elif path == "/angka.json":
            self.reply(200, FIGURES, "application/json")
        elif path == "/robots.txt":
            self.reply(200, self.allowed.encode(), "text/plain")
        elif path == "/gambar.jpg":
            self.reply(200, b"x", "image/jpeg")
        else:
            self.reply(404, b"<html><body><h1>404</h1></body></html>")


def judged(
    folder: Path, *, max_rendered: int = 12, **changed: object
) -> tuple[dict[str, ItemResult], list[tuple[str, str]], list[str]]:
    with running(Scripted, **changed) as (address, log):
        snapshot = collect(address, Settings(delay=0.0, max_rendered=max_rendered), folder / "s", Tools.make())
    result = judge_snapshot(snapshot, load_criteria([]), AS_OF, Tools.make())[0]
    drawn = [(r.url.split("/", 3)[3], r.detail) for r in snapshot.records if r.method == "browser"]
    assert log.peak == 1, "the browser asks through the crawl, one request at a time"
    return items_of(result), drawn, log.paths


def test_a_browser_is_there() -> None:
    """Without one the tests below would prove nothing: `make setup` brings it."""
    assert browser.available(), "Chromium is missing: sudo apt-get install chromium"


def test_menu_and_figures_by_script_are_seen(tmp_path: Path) -> None:
    items, drawn, paths = judged(tmp_path)
    assert drawn == [("", ""), ("transparansi", "")]
    assert items["1.1.3"].publication is Publication.PUBLISHED, items["1.1.3"].reason.id
    assert items["1.1.3"].evidence[0].method == "browser"
    assert items["1.1.1"].publication is Publication.NOT_PUBLISHED, "the menu was seen"
    assert "/gambar.jpg" not in paths


def test_without_a_browser_nothing_is_said_to_be_missing(tmp_path: Path) -> None:
    items, drawn, _ = judged(tmp_path, max_rendered=0)
    assert drawn == []
    assert items["1.1.1"].publication is Publication.UNOBSERVED


def test_script_that_robots_forbid_leaves_the_page_incomplete(tmp_path: Path) -> None:
    items, drawn, paths = judged(tmp_path, allowed="User-agent: *\nDisallow: /angka.json\n")
    assert ("transparansi", "scripts missing") in drawn
    assert "/angka.json" not in paths
    assert items["1.1.3"].publication is Publication.UNOBSERVED


def _draw(page: bytes, **more: bytes) -> tuple[Access, str, str]:
    bodies = {"http://uji.example/": page, **{f"http://uji.example/{k}": v for k, v in more.items()}}

    def load(url: str) -> browser.Loaded | None:
        return (200, [("Content-Type", "text/html")], bodies[url]) if url in bodies else None

    with browser.Browser(load, "uji") as drawn:
        return drawn.draw("http://uji.example/")


def test_other_hosts_and_dialogs_do_no_harm() -> None:
    access, _, html = _draw(
        b"<p>Teks</p><script>alert(1); fetch('http://169.254.169.254/latest').catch(() => document.body.append('ditolak'))</script>"
    )
    assert access is Access.OK and "ditolak" in html and "<script" not in html


@pytest.mark.parametrize(
    "page",
    [
        b"<p>Teks</p><script>while (true) {}</script>",
        b"<p>Teks</p><script>const a = []; while (true) a.push(new Array(1e6).fill('x'))</script>",
        b"<p>Teks</p><script>setTimeout(() => { while (true) {} }, 700)</script>",
        b"<p>Teks</p><script>document.querySelectorAll = () => { while (true) {} }</script>",
        b"<p>Teks</p><script>const a = []; setInterval(() => { for (let i = 0; i < 20; i++) { const b = new Uint8Array(5e7); b.fill(7); a.push(b) } }, 50)</script>",
        b"<p>Teks</p><script>Object.defineProperty(document.documentElement, 'outerHTML', { value: {} })</script>",
    ],
)
def test_page_that_never_ends_is_ended(page: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_PAGE_SECONDS", 5.0)
    monkeypatch.setattr(browser, "_LAST_SECONDS", 9.0)
    started = time.monotonic()
    access, _, _ = _draw(page)
    assert access in {Access.TIMEOUT, Access.REFUSED}
    assert time.monotonic() - started < 60


@pytest.fixture
def open_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files that a browser without rights can reach."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


def test_nothing_is_left_running(open_folder: Path) -> None:
    """Nor anything of a browser whose process was killed: the next one removes it."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (open_folder / f"compliance-browser-{gone.pid}-x" / "profile").mkdir(parents=True)
    others = open_folder / f"compliance-browser-{os.getppid()}-x"
    others.mkdir()
    assert _draw(b"<p>Teks</p>")[0] is Access.OK
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert f"compliance-browser-{os.getpid()}-" not in listed
    assert list(open_folder.glob("compliance-browser-*")) == [others]
