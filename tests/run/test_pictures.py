"""Posters under names that say nothing, beside photographs that are only that."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from compliance.collect.settings import Settings
from compliance.model.result import ItemResult
from compliance.model.status import Publication
from compliance.run.village import Tools, collect, judge_snapshot, load_criteria
from tests.collect.server import Handler, running
from tests.conftest import AS_OF, items_of
from tests.documents.accuracy import KEPT

NAMELESS = "/wp-content/uploads/2026/01/WhatsApp-Image-2026-01-12-at-08.14.21.jpg"
MENU = "<nav><a href='/'>Beranda</a><a href='/infografis'>Infografis</a><a href='/berita'>Berita</a><a href='/kontak'>Kontak</a></nav>"
PAGE = (
    "<!doctype html><html lang=id><head><title>{} - Desa Bumimulya</title></head><body>"
    + MENU
    + "<main>{}</main></body></html>"
)
PICTURE = f"<img src='{NAMELESS}' width=900 height=1200>"
NEWS = (
    "<p>Pemerintah desa memasang baliho di depan kantor agar warga dapat membaca sendiri berapa besar uang yang dikelola "
    "dan untuk apa uang itu dipakai. Baliho dipasang bersama perangkat dan kepala dusun pada hari Senin. Warga yang lewat "
    "dapat bertanya kepada perangkat di kantor pada jam kerja bila ada yang belum jelas.</p>"
)


def photograph() -> bytes:
    """A picture of soft shapes without a letter."""
    picture = Image.radial_gradient("L").resize((1200, 900)).convert("RGB")
    packed = BytesIO()
    picture.save(packed, "JPEG")
    return packed.getvalue()


class Village(Handler):
    """Serves one picture on the page that `where` names."""

    where = ""
    picture = b""

    def answer(self, path: str) -> None:
        pages = {
            "/": ("Beranda", "<h1>Selamat datang</h1><p>Situs resmi desa.</p>"),
            "/infografis": ("Infografis", "<h1>Infografis</h1>"),
            "/berita": ("Pemasangan baliho APBDes 2026", "<h1>Pemasangan baliho APBDes 2026</h1>" + NEWS),
            "/kontak": ("Kontak", "<h1>Kontak</h1><p>Kantor Desa Bumimulya, Jalan Raya 1.</p>"),
        }
        if path == "/robots.txt":
            self.reply(404, b"", "text/plain")
        elif path == NAMELESS:
            self.reply(200, self.picture, "image/jpeg")
        elif path in pages:
            title, body = pages[path]
            self.reply(200, PAGE.format(title, body + (PICTURE if path == self.where else "")).encode())
        else:
            self.reply(404, PAGE.format("404", "<h1>404</h1>").encode())


def items(folder: Path, where: str, picture: bytes, **settings: int) -> dict[str, ItemResult]:
    with running(Village, where=where, picture=picture) as (address, _):
        snapshot = collect(address, Settings(delay=0.0, **settings), folder / "s", Tools.make())
    return items_of(judge_snapshot(snapshot, load_criteria([]), AS_OF, Tools.make())[0])


@pytest.mark.parametrize("where", ["/", "/infografis", "/berita"])
def test_poster_without_a_name_is_read(tmp_path: Path, where: str) -> None:
    item = items(tmp_path, where, (KEPT / "poster-8.jpg").read_bytes())["3.4.2c"]
    assert item.publication is Publication.PUBLISHED, item.reason.id
    assert item.evidence[0].ocr


@pytest.mark.parametrize("where", ["/infografis", "/berita"])
def test_poster_that_was_not_recognised_is_unseen(tmp_path: Path, where: str) -> None:
    item = items(tmp_path, where, (KEPT / "poster-8.jpg").read_bytes(), max_ocr=0)["3.4.2c"]
    assert item.publication is Publication.UNOBSERVED, item.reason.id


@pytest.mark.parametrize("where", ["/", "/berita"])
def test_photograph_beside_an_article_hides_nothing(tmp_path: Path, where: str) -> None:
    item = items(tmp_path, where, photograph())["3.4.2c"]
    assert item.publication is Publication.NOT_PUBLISHED, item.reason.id


def test_picture_that_is_the_whole_page_hides_what_cannot_be_read(tmp_path: Path) -> None:
    assert items(tmp_path, "/infografis", photograph())["3.4.2c"].publication is Publication.UNOBSERVED
