"""Lists that pages fill by script, read from where the script asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from compliance.collect.platforms import PLATFORMS, Probe, links_of
from compliance.collect.settings import Settings
from compliance.model.status import Access, Publication
from compliance.run.village import Tools, collect, judge_snapshot, load_criteria
from tests.collect.server import Handler, running
from tests.conftest import AS_OF, items_of
from tests.documents.accuracy import KEPT

SHELL = (
    "<!doctype html><html lang=id><head><title>Desa Ranoharapan</title></head><body><nav><a href='/'>Beranda</a><a href='/peraturan-desa'>Peraturan Desa</a></nav>"
    "<main>{}</main><footer>Pemerintah Desa Ranoharapan. OpenSID 2410.0.0</footer></body></html>"
)
EMPTY = "<h1>Peraturan Desa</h1><table><thead><tr><th>No</th><th>Nama</th><th>Berkas</th></tr></thead><tbody></tbody></table><script>$('#t').DataTable({ajax:'/fweb/peraturan/datatables'})</script>"


class OpenSID(Handler):
    """A village whose list of regulations is empty in the HTML."""

    rows: object = {"data": [{"id": 1, "nama": "APBDes Tahun Anggaran 2026", "url": None}]}
    allowed = "User-agent: *\nDisallow:\n"

    def answer(self, path: str) -> None:
        if path == "/robots.txt":
            self.reply(200, self.allowed.encode(), "text/plain")
        elif path == "/":
            self.reply(200, SHELL.format("<h1>Beranda</h1><p>Situs resmi.</p>").encode())
        elif path == "/peraturan-desa":
            self.reply(200, SHELL.format(EMPTY).encode())
        elif path == "/fweb/peraturan/datatables" and self.headers.get("X-Requested-With") == "XMLHttpRequest":
            self.reply(200, json.dumps(self.rows).encode(), "application/json")
        elif path == "/dokumen_web/unduh_berkas/1":
            self.reply(200, (KEPT / "kantor-0.pdf").read_bytes(), "application/octet-stream")
        else:
            self.reply(404, SHELL.format("<h1>404</h1>").encode())


def _judged(tmp_path: Path, **changed: object) -> tuple[dict[str, Publication], dict[str, Access], list[str]]:
    with running(OpenSID, **changed) as (address, log):
        snapshot = collect(address, Settings(delay=0.0), tmp_path / "s", Tools.make())
    result = judge_snapshot(snapshot, load_criteria([]), AS_OF, Tools.make())[0]
    shown = {c: i.publication for c, i in items_of(result).items()}
    return shown, {r.url.split("/", 3)[3]: r.access for r in snapshot.records if r.role == "list"}, log.paths


def test_document_of_a_scripted_list_is_read(tmp_path: Path) -> None:
    shown, lists, _ = _judged(tmp_path)
    assert lists["fweb/peraturan/datatables?draw=1&start=0&length=100"] is Access.OK
    assert shown["1.1.3"] is Publication.PUBLISHED
    assert shown["1.1.1"] is Publication.NOT_PUBLISHED, "the list was seen whole and holds no plan"


def test_list_that_robots_forbid_stays_unseen(tmp_path: Path) -> None:
    shown, lists, paths = _judged(tmp_path, allowed="User-agent: *\nDisallow: /fweb/\nDisallow: /ppid\n")
    assert "fweb/peraturan/datatables?draw=1&start=0&length=100" not in lists
    assert not any(p.startswith(("/fweb", "/ppid")) for p in paths)
    assert shown["1.1.1"] is Publication.UNOBSERVED


class PostedList(OpenSID):
    """Its list of public documents is given only to its page's own script: posted, with the token of the visit."""

    def answer(self, path: str) -> None:
        if path == "/":
            body = SHELL.format("<h1>Beranda</h1><p><a href='/informasi-publik'>Informasi Publik</a></p>").encode()
            self.reply(200, body, Set_Cookie="sidcsrf=0a1b2c3d; path=/; SameSite=Lax")
        elif path == "/informasi-publik":
            self.reply(200, SHELL.format(EMPTY.replace("Peraturan Desa", "Informasi Publik")).encode())
        elif path == "/informasi-publik/data":
            given = "sidcsrf=0a1b2c3d"
            if self.command != "POST" or given not in self.headers.get("Cookie", "") or given not in self.posted:
                self.reply(403, b"<h1>403</h1>")
                return
            cell = "<a href='/dokumen_web/unduh_berkas/1' target='_blank'>APBDes Tahun Anggaran 2026 &amp; lampiran</a>"
            rows = {"recordsTotal": 1, "data": [[1, cell, "2026", "Berkala", "2026-01-02", cell]]}
            self.reply(200, json.dumps(rows).encode(), "application/json")
        elif path.startswith("/fweb"):
            self.reply(404, b"<h1>404</h1>")
        else:
            super().answer(path)


def test_list_is_posted_for_as_its_page_does(tmp_path: Path) -> None:
    with running(PostedList) as (address, log):
        snapshot = collect(address, Settings(delay=0.0), tmp_path / "s", Tools.make())
    result = judge_snapshot(snapshot, load_criteria([]), AS_OF, Tools.make())[0]
    item = items_of(result)["1.1.3"]
    assert item.publication is Publication.PUBLISHED, item.reason.id
    assert log.methods["POST"] == 1
    with (tmp_path / "s" / "records.warc.gz").open("rb") as stream:
        asked = {r.http_headers.statusline: r.http_headers.protocol for r in ArchiveIterator(stream) if r.http_headers}
    assert asked["/informasi-publik/data HTTP/1.1"] == "POST"


@pytest.mark.parametrize("rows", ["Silakan masuk", {"data": 3}, {"status": "error"}])
def test_answer_of_another_shape_hides_nothing(tmp_path: Path, rows: object) -> None:
    shown, _, _ = _judged(tmp_path, rows=rows)
    assert shown["1.1.1"] is Publication.UNOBSERVED


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"data": 3}',
        b'[{"title": null}]',
        b"<html>",
        b'{"data": [{"id": "x", "nama": "a"}]}',
        b"[" * 100_000,
    ],
)
def test_odd_answers_are_no_lists(body: bytes) -> None:
    for platform in PLATFORMS:
        for probe in platform.probes:
            found = links_of(platform, probe, body)
            assert found is None or not found.links


def test_wordpress_and_blogger_entries() -> None:
    wordpress, blogger = PLATFORMS[1], PLATFORMS[2]
    found = links_of(
        wordpress,
        Probe("/x"),
        json.dumps(
            [{"source_url": "https://a.example/u/apbdes.pdf", "title": {"rendered": "APBDes &amp; RKPDes <b>2026</b>"}}]
        ).encode(),
    )
    assert found is not None and (found.links[0].url, found.links[0].text) == (
        "https://a.example/u/apbdes.pdf",
        "APBDes & RKPDes 2026",
    )
    feed = {
        "feed": {
            "entry": [
                {
                    "title": {"$t": "Maklumat"},
                    "link": [{"rel": "self", "href": "x"}, {"rel": "alternate", "href": "https://b.example/p/m.html"}],
                }
            ]
        }
    }
    found = links_of(blogger, Probe("/x"), json.dumps(feed).encode())
    assert found is not None and (found.links[0].url, found.links[0].text) == ("https://b.example/p/m.html", "Maklumat")


@pytest.mark.parametrize("more", [{"recordsTotal": 250}, {"meta": {"pagination": {"total": 250}}}])
def test_part_of_a_list_is_not_taken_for_the_whole(more: dict[str, object]) -> None:
    probe = PLATFORMS[0].probes[1]
    body = json.dumps({"data": [{"id": 1, "nama": "APBDes 2026"}], **more}).encode()
    found = links_of(PLATFORMS[0], probe, body)
    assert found is not None and len(found.links) == 1 and not found.whole
