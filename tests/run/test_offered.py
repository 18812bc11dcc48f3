"""The village's one budget is a poster or file that its page offers in some way: it is found, or said to be unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.collect.settings import Settings
from compliance.model.status import Publication
from compliance.run.village import Tools, collect, judge_snapshot, load_criteria
from tests.collect.server import Handler, running
from tests.conftest import AS_OF, items_of
from tests.documents.accuracy import KEPT

MENU = "<nav><a href='/'>Beranda</a><a href='/halaman'>{}</a><a href='/kontak'>Kontak</a><a href='/profil'>Profil</a></nav>"
WORDS = (
    "<p>Pemerintah desa menyampaikan informasi ini agar setiap warga dapat membaca sendiri dari mana uang desa berasal dan untuk apa "
    "uang itu dipakai sepanjang tahun. Yang belum jelas dapat ditanyakan kepada perangkat di kantor desa pada jam kerja, atau lewat "
    "kotak saran yang tersedia di setiap dusun.</p>"
)
BUDGET, PLACE = "APBDes Tahun Anggaran 2026", "Transparansi"
FILLS = (
    "const d = [['Pendapatan', 'Rp 1.000.000.000'], ['Dana Desa', 'Rp 800.000.000'], ['Alokasi Dana Desa', 'Rp 200.000.000'], "
    "['Belanja', 'Rp 990.000.000']]; document.getElementById('isi').innerHTML = "
    "'<table>' + d.map(r => '<tr><td>' + r[0] + '</td><td>' + r[1] + '</td></tr>').join('') + '</table>';"
)

FOUND = {
    "loaded_when_seen": (BUDGET, WORDS + "<img src='data:image/gif;base64,R0lGOD' data-src='/g/besar.jpg'>"),
    "behind_an_element": (BUDGET, WORDS + "<div style='background-image:url(/g/besar.jpg);height:900px'></div>"),
    "small_with_a_link_to_large": (PLACE, WORDS + "<a href='/g/besar.jpg'><img src='/g/kecil.jpg' width=100></a>"),
    "in_a_frame_of_its_own": (BUDGET, WORDS + "<iframe src='/bingkai'></iframe>"),
    "embedded_object": (BUDGET, WORDS + "<object data='/b/a.pdf' type='application/pdf'></object>"),
    "viewer_page": (BUDGET, WORDS + "<a href='/viewer?file=/b/a.pdf'>Lihat</a>"),
    "button_with_data": (BUDGET, WORDS + "<button data-url='/b/a.pdf'>Lihat</button>"),
    "in_a_closed_dialog": (BUDGET, WORDS + "<button>Lihat</button><div style='display:none'><img src='/g/besar.jpg'></div>"),
    "called_a_banner": (BUDGET, WORDS + "<img src='/g/banner-apbdes-2026.jpg' alt='Banner APBDes 2026'>"),
    "written_by_a_script_of_the_page": (BUDGET, WORDS + f"<div id='isi'></div><script>{FILLS}</script>"),
    "written_by_a_script_of_its_own": (BUDGET, WORDS + "<div id='isi'></div><script src='/isi.js'></script>"),
}  # fmt: skip
UNSEEN = {
    "written_into_the_page": (BUDGET, "<img src='data:image/jpeg;base64," + "A" * 60_000 + "'>"),
    "chart": (BUDGET, WORDS + "<canvas id='c'></canvas><script>new Chart(c, {data: [1000000000]})</script>"),
    "drive_without_a_name": (PLACE, WORDS + "<a href='https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOpQrStUvWxYz012345'>Klik di sini</a>"),
    "drive_written_out": (PLACE, WORDS + "<p>https://drive.google.com/file/d/1AbCdEfGhIjKlMnOpQrStUvWxYz012345/view</p>"),
    "short_address": (PLACE, WORDS + "<a href='https://s.id/apbdes26'>Klik di sini</a>"),
    "frame_of_another_host": (PLACE, WORDS + "<iframe src='https://www.canva.com/design/DAF/view?embed'></iframe>"),
    "form_with_a_button": (BUDGET, WORDS + "<form method='post' action='/unduh'><input type='hidden' name='id' value='7'><button>Unduh APBDes 2026</button></form>"),
}  # fmt: skip


class Village(Handler):
    """A village with one page that may show its budget."""

    title = ""
    content = ""

    def answer(self, path: str) -> None:
        if path == "/robots.txt":
            self.reply(404, b"", "text/plain")
        elif path in {"/", "/kontak", "/profil"}:
            self.page("Desa Bumimulya", f"<p>Situs resmi desa. Kantor Desa Bumimulya, Jalan Raya {len(path)}.</p>")
        elif path == "/halaman":
            self.page(self.title, self.content)
        elif path == "/bingkai":
            self.reply(200, b"<html><body><img src='/g/besar.jpg'></body></html>")
        elif path.startswith("/g/"):
            self.reply(200, (KEPT / "poster-8.jpg").read_bytes(), "image/jpeg")
        elif path == "/b/a.pdf":
            self.reply(200, (KEPT / "kantor-0.pdf").read_bytes(), "application/pdf")
        elif path == "/isi.js":
            self.reply(200, FILLS.encode(), "text/javascript")
        else:
            self.reply(404, b"<html><body><h1>404</h1></body></html>")

    def page(self, title: str, body: str) -> None:
        menu = MENU.format(self.title)
        html = f"<!doctype html><html lang=id><head><title>{title}</title></head><body>{menu}<main><h1>{title}</h1>{body}</main></body></html>"
        # The kept files are of two villages; the page belongs to that of the file that it offers.
        if "/b/a.pdf" in self.content:
            html = html.replace("Bumimulya", "Ranoharapan")
        self.reply(200, html.encode())


def publication(folder: Path, title: str, content: str) -> tuple[Publication, str]:
    with running(Village, title=title, content=content) as (address, _):
        snapshot = collect(address, Settings(delay=0.0), folder / "s", Tools.make())
    (result,) = judge_snapshot(snapshot, load_criteria([]), AS_OF, Tools.make())
    item = items_of(result)["1.1.3"]
    return item.publication, item.reason.id


@pytest.mark.parametrize("way", FOUND)
def test_is_found(tmp_path: Path, way: str) -> None:
    shown, reason = publication(tmp_path, *FOUND[way])
    assert shown is Publication.PUBLISHED, reason


@pytest.mark.parametrize("way", UNSEEN)
def test_is_never_said_to_be_missing(tmp_path: Path, way: str) -> None:
    shown, reason = publication(tmp_path, *UNSEEN[way])
    assert shown is Publication.UNOBSERVED, reason


def test_page_that_only_says_so_is_missing(tmp_path: Path) -> None:
    shown, _ = publication(tmp_path, BUDGET, WORDS)
    assert shown is Publication.NOT_PUBLISHED
