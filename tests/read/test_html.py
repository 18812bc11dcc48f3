"""Pages as they come: each test is named for what went wrong."""

from __future__ import annotations

import pytest

from compliance.model.status import Access, Region
from compliance.read import read


@pytest.mark.parametrize("depth", [10, 255, 300, 3000, 50_000])
def test_deep_nesting_keeps_text_and_links(depth: int) -> None:
    body = (
        b"<html><body>"
        + b"<div>" * depth
        + b"APBDes 2026 <a href='/x'>Unduh</a>"
        + b"</div>" * depth
        + b"<p>akhir</p></body></html>"
    )
    document = read("http://x.example/", body)
    assert document.access is Access.OK
    assert "APBDes 2026" in document.main_text()
    assert any(link.url == "http://x.example/x" for link in document.links)


@pytest.mark.parametrize(
    "body",
    [
        b'<a href="http://[bad/x">APBDes 2026</a><img src="http://[bad"><p>isi</p>',
        b'<base href="http://[bad"><a href="x">APBDes</a><p>isi</p>',
        b"\x00\x01<html><p>isi</p>",
        b"<p>isi</p><a href='ht\ntp://a.b/ c'>x</a>",
        b'<script type="application/ld+json">{"sameAs": [1, null, {"a": []}]}</script><p>isi</p>',
        b'<?xml version="1.0" encoding="utf-16"?><html><p>isi</p></html>',
        b"<table><tr><td>isi<tr><td colspan=99999999999>x",
    ],
)
def test_broken_markup_is_read(body: bytes) -> None:
    assert "isi" in read("http://x.example/", body).main_text()


def test_page_without_html_and_body() -> None:
    body = b"<meta charset=utf-8><title>T</title><header><h1>Situs</h1></header><main><h2>APBDes</h2><p>isi</p></main>"
    document = read("http://x.example/", body)
    assert [b.text for b in document.main_blocks()] == ["APBDes", "isi"]


def test_sidebar_begun_by_its_heading() -> None:
    body = b"<body><h1>Berita</h1><p>isi</p><h3>Artikel Terkini</h3><ul><li>APBDes 2020</li></ul><h2>Lanjut</h2><p>lagi</p></body>"
    document = read("http://x.example/", body, aside_headings=frozenset({"artikel terkini"}))
    assert "APBDes" not in document.main_text()
    assert "lagi" in document.main_text()


def test_wrapper_named_after_a_sidebar_is_content() -> None:
    body = b"<body><div class='with-sidebar sidebar'><main><p>isi</p></main></div></body>"
    assert "isi" in read("http://x.example/", body).main_text()


def test_onclick_iframe_and_area_are_links() -> None:
    body = (
        b"<body><button onclick=\"window.location.href='/berkas/1'\">Unduh</button><iframe src='https://drive.google.com/x'></iframe>"
        b"<map><area href='/peta'></map><a>label</a><a href='#'>APBDes</a></body>"
    )
    links = {(link.tag, link.url) for link in read("http://x.example/", body).links}
    assert ("onclick", "http://x.example/berkas/1") in links
    assert ("iframe", "https://drive.google.com/x") in links
    assert ("area", "http://x.example/peta") in links
    assert ("label", "") in links


def test_layout_table_is_walked_and_data_table_is_rows() -> None:
    body = b"<table><tr><td><h3>Menu Utama</h3><ul><li><a href='/a'>A</a></li></ul></td><td><table><tr><td>Dana Desa</td><td>1.000.000.000</td></tr></table></td></tr></table>"
    rows = [b.cells for b in read("http://x.example/", body).blocks if b.kind == "row"]
    assert rows == [("Dana Desa", "1.000.000.000")]


def test_shell_needs_javascript() -> None:
    body = b'<html><body><div id="root"></div><script src="/app.js"></script></body></html>'
    assert read("http://x.example/", body).access is Access.NEEDS_JAVASCRIPT


def test_posting_date_is_of_the_url_not_of_today() -> None:
    document = read(
        "http://x.example/artikel/2025/9/17/rpjmdes", b"<body><p>Hari ini Selasa, 24 November 2026</p><p>isi</p></body>"
    )
    assert str(document.posted) == "2025-09-17"


def test_entry_header_is_content() -> None:
    body = b"<main><article><header class='entry-header'><h1>APBDes 2026</h1></header><p>isi</p></article></main>"
    document = read("http://x.example/", body)
    assert document.title == "APBDes 2026"
    assert document.blocks[0].region is Region.MAIN


def test_button_that_opens_by_script_is_known() -> None:
    """A real page listed its documents with such buttons; they were taken for nothing."""
    body = (
        b"<main><table><tr><td>RPJM Desa 2023-2029</td><td><button onclick='showPopup()'>Lihat Berkas</button></td></tr></table>"
        b"<button onclick=\"alert('terunduh')\">Unduh</button><button onclick='window.scrollTo(0)'>Buka atas</button></main>"
    )
    found = [link for link in read("http://x.example/", body).links if link.tag == "script"]
    assert [link.text for link in found] == ["Lihat Berkas"]
    assert "RPJM Desa" in found[0].heading


PICTURES = {
    "loaded_when_seen": ("<img src='data:image/gif;base64,R0lGOD' data-src='/a/poster.jpg'>", "poster.jpg"),
    "of_several_sizes": ("<img srcset='/a/p-300.jpg 300w, /a/poster.jpg 1200w' src=''>", "poster.jpg"),
    "with_a_modern_form": (
        "<picture><source srcset='/a/poster.webp'><img src='/a/poster.jpg'></picture>",
        "poster.webp",
    ),
    "behind_an_element": ("<div style=\"background-image: url('/a/poster.jpg')\"></div>", "poster.jpg"),
    "shown_small": ("<a href='/a/poster.jpg'><img src='/a/poster-150x150.jpg'></a>", "poster.jpg"),
}


@pytest.mark.parametrize("form", PICTURES)
def test_picture_is_found_under_its_own_address(form: str) -> None:
    markup, name = PICTURES[form]
    document = read("https://sukamaju.example/p", f"<main><h1>APBDes 2026</h1>{markup}</main>".encode())
    assert [b.cells[:2] for b in document.blocks if b.kind == "image"] == [(f"https://sukamaju.example/a/{name}", name)]


def test_picture_written_into_the_page_is_noted() -> None:
    large = "<img src='data:image/png;base64," + "A" * 60_000 + "'>"
    small = "<img src='data:image/png;base64," + "A" * 300 + "'>"
    document = read("https://sukamaju.example/p", f"<main><h1>APBDes</h1>{large}{small}</main>".encode())
    (picture,) = [b for b in document.blocks if b.kind == "image"]
    assert picture.cells[0].startswith("https://sukamaju.example/p#")


FILES = {
    "object": "<object data='/berkas/a.pdf' type='application/pdf'></object>",
    "viewer_of_the_site": "<a href='/viewer?file=/berkas/a.pdf'>Lihat</a>",
    "viewer_of_google": "<iframe src='https://docs.google.com/viewer?url=https://sukamaju.example/berkas/a.pdf&amp;embedded=true'></iframe>",
    "reader_page": "<iframe src='/pdfjs/web/viewer.html?file=%2Fberkas%2Fa.pdf'></iframe>",
}


@pytest.mark.parametrize("form", FILES)
def test_file_inside_a_viewer_is_linked(form: str) -> None:
    document = read("https://sukamaju.example/p", f"<main><h1>APBDes 2026</h1>{FILES[form]}</main>".encode())
    assert [link.url for link in document.links] == ["https://sukamaju.example/berkas/a.pdf"]
