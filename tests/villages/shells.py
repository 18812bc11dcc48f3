"""How the platforms dress a page: menu, sidebar, footer and addresses in the manner of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tests.villages.world import Village


@dataclass(frozen=True)
class Entry:
    """Something a page links to."""

    title: str
    url: str


@dataclass(frozen=True)
class Page:
    """The content of one page before it is dressed."""

    title: str
    body: str
    date: str = ""


class Shell:
    """A platform's dress. `menu` are the site's entries, `news` the newest articles on every page."""

    name = "static"
    generator = ""
    #: Widgets and phrases that every page of the platform carries; they disclose nothing.
    promo = "Statistik pengunjung hari ini: 41"

    def __init__(self, village: Village, menu: Sequence[Entry], news: Sequence[Entry]) -> None:
        self.village, self.menu, self.news = village, menu, news
        self.label = f"{village.kind.sebutan.title()} {village.name}"

    def article_url(self, slug: str, year: int, month: int, day: int) -> str:
        """The address of an article."""
        return f"/berita/{slug}.html"

    def page_url(self, slug: str) -> str:
        """The address of a page."""
        return f"/{slug}.html"

    def file_url(self, name: str, number: int) -> str:
        """The address of a file."""
        return f"/dokumen/{name}"

    def links(self, entries: Sequence[Entry]) -> str:
        """Entries as a list."""
        return "<ul>" + "".join(f'<li><a href="{e.url}">{escape(e.title)}</a></li>' for e in entries) + "</ul>"

    def html(self, page: Page) -> str:
        """The whole page."""
        return (
            f'<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>{escape(page.title)} | {self.label}</title></head><body><header><p>Pemerintah {self.label}</p><nav>"
            f"{self.links(self.menu)}</nav></header><main><h1>{escape(page.title)}</h1>{page.body}</main><aside><h3>Berita Terbaru</h3>"
            f"{self.links(self.news)}<p>{self.promo}</p></aside><footer>{self.foot()}</footer></body></html>"
        )

    def foot(self) -> str:
        """The last lines."""
        return f"{self.label}, Kecamatan {self.village.district}, Kabupaten {self.village.regency}"


class OpenSid(Shell):
    """OpenSID with the theme of cards: articles under their date, files that say nothing by their address."""

    name = "opensid"

    def article_url(self, slug: str, year: int, month: int, day: int) -> str:
        return f"/artikel/{year}/{month}/{day}/{slug}"

    def page_url(self, slug: str) -> str:
        return f"/artikel/{slug}"

    def file_url(self, name: str, number: int) -> str:
        return f"/dokumen_web/unduh_berkas/{number}"

    def html(self, page: Page) -> str:
        stamp = f'<ul class="inline"><li>{page.date}</li><li>Dibaca 214 Kali</li></ul>' if page.date else ""
        return (
            f'<!DOCTYPE html><html lang="id"><head><meta charset="UTF-8"><meta name="theme" content="esensi">'
            f"<title>{escape(page.title)} - {self.label}</title><script>var BASE_URL='/';</script></head><body class=\"bg-gray-100\">"
            f'<header class="container"><span class="text-h3">{self.label}</span><nav>{self.links(self.menu)}</nav></header>'
            f'<main class="container"><nav role="navigation" class="breadcrumb"><ol><li><a href="/">Beranda</a></li><li>{escape(page.title)}</li></ol></nav>'
            f'<article><h1 class="text-h2">{escape(page.title)}</h1>{stamp}<div class="content">{page.body}</div></article>'
            f'<aside class="sidebar"><div class="box-header">Arsip Artikel</div>{self.links(self.news)}'
            f'<div class="box-header">Agenda</div><p>Belum ada agenda terdata</p></aside></main>'
            f"<footer><p>{self.foot()}</p><p>OpenSID 2410.0.0 - Esensi</p></footer></body></html>"
        )


class WordPress(Shell):
    """WordPress with a village theme."""

    name = "wordpress"

    def article_url(self, slug: str, year: int, month: int, day: int) -> str:
        return f"/{year}/{month:02d}/{day:02d}/{slug}/"

    def page_url(self, slug: str) -> str:
        return f"/{slug}/"

    def file_url(self, name: str, number: int) -> str:
        return f"/wp-content/uploads/2026/0{1 + number % 9}/{name}"

    def html(self, page: Page) -> str:
        meta = (
            f'<div class="entry-meta"><time class="entry-date">{page.date}</time> oleh admin</div>' if page.date else ""
        )
        return (
            f'<!DOCTYPE html><html lang="id"><head><meta charset="UTF-8"><title>{escape(page.title)} &#8211; {self.label}</title>'
            f'<meta name="generator" content="WordPress 6.1"></head><body class="wp-embed-responsive"><header id="masthead">'
            f'<p class="site-title"><a href="/">{self.label}</a></p><nav id="site-navigation">{self.links(self.menu)}</nav></header>'
            f'<main id="primary"><article class="hentry"><header class="entry-header"><h1 class="entry-title">{escape(page.title)}</h1>{meta}</header>'
            f'<div class="entry-content">{page.body}</div></article></main><aside id="secondary" class="widget-area"><section class="widget">'
            f'<h2>Pos-pos Terbaru</h2>{self.links(self.news)}</section></aside><footer class="site-footer"><p>{self.foot()}</p></footer></body></html>'
        )


class Blogger(Shell):
    """A blog: no header element, tabs above, archive beside."""

    name = "blogspot"

    def article_url(self, slug: str, year: int, month: int, day: int) -> str:
        return f"/{year}/{month:02d}/{slug}.html"

    def page_url(self, slug: str) -> str:
        return f"/p/{slug}.html"

    def html(self, page: Page) -> str:
        return (
            f"<!DOCTYPE html><html dir='ltr' lang='id'><head><meta content='blogger' name='generator'/><title>{self.label}: {escape(page.title)}</title></head>"
            f"<body class='loading'><div class='header-inner'><h1 class='title'>PEMERINTAH {self.label.upper()}</h1></div><div class='tabs'>{self.links(self.menu)}</div>"
            f"<div class='main section' id='main'><div class='date-outer'><h2 class='date-header'><span>{page.date}</span></h2><div class='post hentry'>"
            f"<h3 class='post-title entry-title'>{escape(page.title)}</h3><div class='post-body entry-content'>{page.body}<div style='clear: both;'></div></div>"
            f"<div class='post-footer'>Diposkan oleh Admin</div></div></div></div><div class='sidebar'><div class='widget PopularPosts'><h2>Entri Populer</h2>"
            f"{self.links(self.news)}</div></div><div class='footer'>{self.foot()}. Diberdayakan oleh Blogger.</div></body></html>"
        )


class District(Shell):
    """A district's own system: bootstrap columns, the same title on every page, a breadcrumb."""

    name = "custom"

    def article_url(self, slug: str, year: int, month: int, day: int) -> str:
        return f"/berita/read/{1000 + month * 31 + day}/{slug}"

    def page_url(self, slug: str) -> str:
        return f"/halaman/detail/{slug}"

    def html(self, page: Page) -> str:
        return (
            f"<!DOCTYPE html><html><head><meta charset=utf-8><title>Website Resmi {self.label}</title></head><body><div class=topbar>Kabupaten {self.village.regency}</div>"
            f'<div class="navbar"><a class=brand href="/">{self.label}</a>{self.links(self.menu)}</div><div class="container"><div class="row"><div class="col-md-8">'
            f'<ol class="breadcrumb"><li><a href="/">Beranda</a></li><li>{escape(page.title)}</li></ol><div class="card"><h3>{escape(page.title)}</h3>'
            f'<p class="text-muted">{page.date}</p><div class="isi">{page.body}</div></div></div><div class="col-md-4"><div class="widget"><h5>Berita Terbaru</h5>'
            f'{self.links(self.news)}</div></div></div></div><div class="footer"><p>{self.foot()}</p><p>Dinas Kominfo Kab. {self.village.regency}</p></div></body></html>'
        )


SHELLS: tuple[type[Shell], ...] = (OpenSid, WordPress, Blogger, District, Shell)
