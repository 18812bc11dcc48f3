"""Sites that try to break the run: each was found by an attacker, none may end it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from compliance.collect.settings import Settings
from compliance.model.status import Access, Publication
from compliance.run.village import Tools, collect, judge_snapshot, load_criteria
from tests.collect.server import Handler, page, running
from tests.conftest import AS_OF, items_of


class Hostile(Handler):
    """A home page, robots.txt and sitemap that a test sets."""

    home = page("Beranda", "<p>isi</p>")
    home_kind = "text/html; charset=utf-8"
    sitemap = b""

    def answer(self, path: str) -> None:
        if path == "/":
            self.reply(200, self.home, self.home_kind)
        elif path == "/sitemap.xml":
            self.reply(200, self.sitemap, "application/xml")
        elif path == "/tetes":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            for _ in range(100):
                self.wfile.write(b"<p>a")
                self.wfile.flush()
                time.sleep(0.1)
        else:
            super().answer(path)


@pytest.mark.parametrize(
    "attributes",
    [
        {"home": b'<base href="http://[bad"><a href="x">APBDes</a><p>isi halaman'},
        {"robots": "User-agent: *\nSitemap: http://[bad\n"},
        {"robots": "\ufeffUser-agent: *\nCrawl-delay: nan\n"},
        {"sitemap": b"<urlset><url><loc>http://[bad</loc></url></urlset>"},
        {"sitemap": b"<sitemapindex><sitemap><loc>http://[bad</loc></sitemap></sitemapindex>"},
        {"home_kind": "text/html; charset=punycode"},
        {"home_kind": "text/html; charset=undefined"},
        {"home_kind": "text/html; charset=\u00ff"},
    ],
)
def test_bad_addresses_and_charsets_end_nothing(tmp_path: Path, attributes: dict[str, object]) -> None:
    with running(Hostile, **attributes) as (address, _):
        snapshot = collect(address, Settings(delay=0.0, max_pages=3), tmp_path / "s", Tools.make())
    assert snapshot.info.complete
    assert next(r for r in snapshot.records if r.role == "home").access is Access.OK


def test_dripping_page_is_ended(tmp_path: Path) -> None:
    home = b'<nav><a href="/tetes">APBDes 2026</a></nav><h1>Desa Uji</h1><p>isi halaman depan</p>'
    settings = Settings(delay=0.0, total_timeout=1.0, patient_timeout=0.5, read_timeout=0.5)
    started = time.monotonic()
    with running(Hostile, home=home) as (address, _):
        snapshot = collect(address, settings, tmp_path / "s", Tools.make())
    assert time.monotonic() - started < 9
    assert [r for r in snapshot.records if r.url.endswith("/tetes")][-1].access is Access.TIMEOUT


def test_page_on_another_host_is_unseen_not_missing(tmp_path: Path) -> None:
    """A real page offered its documents as a flipbook elsewhere; they were called missing."""
    home = (
        b"<nav><a href='/kontak'>Kontak</a></nav><main><h1>Desa Uji</h1><p>Dokumen desa kami:</p>"
        b"<a href='https://flipbook.example/satu'>Maklumat Pelayanan</a> <a href='https://flipbook.example/satu'>RPJM Desa 2021-2029</a>"
        b" <a href='https://ppid.kab.example/'>PPID Kabupaten</a></main>"
    )
    tools = Tools.make()
    with running(Hostile, home=home) as (address, _log):
        snapshot = collect(address, Settings(delay=0.0), tmp_path / "s", tools)
    result = judge_snapshot(snapshot, load_criteria([]), AS_OF, tools)[0]
    shown = {c: i.publication for c, i in items_of(result).items()}
    assert shown["3.5.3b"] is Publication.UNOBSERVED
    assert shown["1.1.1"] is Publication.UNOBSERVED
    assert shown["2.3.4"] is Publication.NOT_PUBLISHED, "a link to the district's PPID hides nothing else"
