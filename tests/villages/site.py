"""One seed, one village website, and what every evidence item of it must come to."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape

from compliance.lab.pages import Half
from tests.villages import media
from tests.villages.pool import Entry, half_of_pool
from tests.villages.shells import SHELLS, Page, Shell
from tests.villages.shells import Entry as Link
from tests.villages.truth import AS_OF, CODES, NOT_PUBLISHED, OUTDATED, PUBLISHED, expected, year_for
from tests.villages.world import MONTHS, Village, filler, invent

_MIME = {
    "pdf": "application/pdf",
    "scan": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "image": "image/png",
}
_HTML = "text/html; charset=utf-8"
_FILLER = (
    ("Jadwal Posyandu Bulan Ini", "<p>Posyandu balita dan lansia dibuka pukul 08.00 di balai. Kader menimbang balita dan memberi makanan tambahan.</p>"),
    ("Lomba Senam Antar-RT Meriah", "<p>Ibu-ibu dari delapan RT mengikuti lomba senam di lapangan. Juara pertama mendapat piala bergilir.</p>"),
    ("Panen Raya Jagung", "<p>Kelompok tani memanen jagung di lahan dua hektare. Hasil panen dijual ke pengepul di pasar kecamatan.</p>"),
    ("Turnamen Bola Voli Pemuda", "<p>Turnamen bola voli diikuti dua belas tim. Partai puncak dimainkan Sabtu malam.</p>"),
    ("Warga Ikuti Donor Darah", "<p>Sebanyak empat puluh kantong darah terkumpul dalam kegiatan donor darah di gedung serbaguna.</p>"),
)  # fmt: skip


@dataclass(frozen=True)
class Placed:
    """A document of the pool as this village publishes it.

    `way`: html, article, pdf, scan, docx, image. `owner`: whose it is. `gone`: published on an account instead.
    `empty`: its page says that nothing is there yet.
    """

    entry: Entry
    way: str
    year: int
    past: bool
    seed: int
    owner: Village
    gone: bool = False
    empty: bool = False

    def shows(self, village: Village) -> tuple[str, ...]:
        """The items that it shows for this village."""
        return () if self.gone or self.empty or self.owner != village else self.entry.codes


@dataclass(frozen=True)
class Plan:
    """A site before it is built: who, in which dress, with what."""

    seed: int
    village: Village
    shell: type[Shell]
    placed: tuple[Placed, ...]
    labels: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()

    def truth(self) -> dict[str, str]:
        """What each item must come to."""
        found = dict.fromkeys(CODES, NOT_PUBLISHED)
        for placed in self.placed:
            for code in placed.shows(self.village):
                verdict = expected(code, past=placed.past)
                if verdict == PUBLISHED or found[code] == NOT_PUBLISHED:
                    found[code] = verdict if found[code] != OUTDATED or verdict == PUBLISHED else found[code]
        return found

    def supporters(self, code: str) -> list[Placed]:
        """The documents that show an item."""
        return [p for p in self.placed if code in p.shows(self.village)]


def plan(seed: int, *, half: Half = "measured", share: float = 0.45) -> Plan:
    """The plan of a seed, from one half of the pool: about `share` of the items are shown, half of the others have
    something that resembles them."""
    draw = random.Random(f"village {seed}")
    village = invent(draw)
    stranger = invent(draw, kind=village.kind, unlike=village.name)
    real = defaultdict(list)
    traps = defaultdict(list)
    for entry in half_of_pool(half):
        for code in entry.codes:
            real[code].append(entry)
        for code in entry.near:
            traps[code].append(entry)
    chosen: dict[str, Placed] = {}
    shown: set[str] = set()
    order = list(CODES)
    draw.shuffle(order)
    for code in order:
        if draw.random() >= share or code in shown or not real[code]:
            continue
        entry = draw.choice(real[code])
        if entry.id in chosen:
            continue
        chosen[entry.id] = _place(entry, village, draw, old=draw.random() < 0.2)
        shown.update(entry.codes)
    labels: list[str] = []
    for code in order:
        if code in shown or draw.random() < 0.45:
            continue
        way = draw.random()
        if way < 0.15 and real[code]:
            entry = draw.choice(real[code])
            if entry.id not in chosen and "{desa}" in entry.body[:400] + entry.title:
                chosen[entry.id] = replace(_place(entry, village, draw, old=False), owner=stranger)
        elif traps[code]:
            entry = draw.choice(traps[code])
            if entry.id not in chosen:
                chosen[entry.id] = _place(entry, village, draw, old=False)
    return Plan(seed, village, draw.choice(SHELLS), tuple(chosen[k] for k in sorted(chosen)), tuple(labels))


def _place(entry: Entry, village: Village, draw: random.Random, *, old: bool) -> Placed:
    year, past = year_for(entry.codes or entry.near, entry.dated, draw, old=old)
    way: str = draw.choice(entry.form)
    if way == "pdf" and draw.random() < 0.12:
        way = "scan"
    return Placed(entry, way, year, past, draw.randrange(2**31), village)


# -- building -------------------------------------------------------------------------------------------


@dataclass
class Built:
    """A site as its server gives it out: path → (content type, body); and where each document went."""

    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)


def build(plan: Plan) -> Built:
    """The files of a site."""
    draw = random.Random(f"built {plan.seed}")
    built = Built()
    categories: dict[str, list[tuple[Link, str]]] = defaultdict(list)
    pages: list[tuple[str, Page]] = []
    news: list[Link] = []
    bare = Shell(plan.village, (), ())
    shell = plan.shell(plan.village, (), ())
    for number, placed in enumerate(plan.placed, 1):
        fill = filler(placed.owner, placed.year, random.Random(placed.seed))
        title, name = fill(placed.entry.title), _slug(fill(placed.entry.file))
        body = "<p>Belum ada data.</p>" if placed.empty else fill(placed.entry.body)
        posted = random.Random(placed.seed + 1)
        month, day = posted.randint(1, 10), posted.randint(1, 28)
        if placed.gone:
            continue
        if placed.way in {"pdf", "scan", "docx"}:
            end = "docx" if placed.way == "docx" else "pdf"
            url = shell.file_url(f"{name}.{end}", 100 + number)
            made = {
                "pdf": lambda b=body, t=title: media.pdf(b, t),
                "docx": lambda b=body, t=title: media.docx(b, t),
                "scan": lambda b=body, t=title, s=placed.seed: media.scan(b, t, random.Random(s)),
            }[placed.way]()
            built.files[url] = (_MIME[placed.way], made)
            categories[placed.entry.menu].append((Link(title, url), "file"))
        elif placed.way == "image":
            poster = f"/gambar/{name}-{number}.png"
            built.files[poster] = (_MIME["image"], media.picture(body, title, random.Random(placed.seed)))
            url = shell.page_url(f"{_slug(title)}-{number}")
            pages.append((url, Page(title, f'<p><img src="{poster}" alt="" width="900" height="1200"></p>')))
            categories[placed.entry.menu].append((Link(title, url), "page"))
        elif placed.way == "article":
            url = shell.article_url(f"{_slug(title)}-{number}", placed.year, month, day)
            pages.append((url, Page(title, body, f"{day} {MONTHS[month - 1]} {placed.year}")))
            news.append(Link(title, url))
        else:
            url = shell.page_url(f"{_slug(title)}-{number}")
            pages.append((url, Page(title, body)))
            categories[placed.entry.menu].append((Link(title, url), "page"))
        built.where[placed.entry.id] = url
    for index, (title, body) in enumerate(draw.sample(_FILLER, 3)):
        url = shell.article_url(_slug(title), AS_OF.year, 2 + index, 11 + index)
        pages.append((url, Page(title, body, f"{11 + index} {MONTHS[2 + index - 1]} {AS_OF.year}")))
        news.append(Link(title, url))
    draw.shuffle(news)
    menu = [Link("Beranda", "/")]
    for category in sorted(categories):
        menu.append(Link(category, shell.page_url(f"menu-{_slug(category)}")))
    listing = shell.page_url("semua-berita")
    menu.append(Link("Berita", listing))
    menu += [Link(label, "#") for label in plan.labels]
    menu += [Link("Facebook", account) for account in plan.accounts]
    dressed = plan.shell(plan.village, menu, news[:4])
    for category, entries in categories.items():
        url = shell.page_url(f"menu-{_slug(category)}")
        built.files[url] = (_HTML, dressed.html(Page(category, _listing(entries, draw))).encode())
    built.files[listing] = (_HTML, dressed.html(Page("Berita", bare.links(news))).encode())
    welcome = f"<p>Selamat datang di situs resmi {plan.village.kind.sebutan} {plan.village.name}, Kecamatan {plan.village.district}.</p>{bare.links(news[:6])}"
    built.files["/"] = (_HTML, dressed.html(Page("Beranda", welcome)).encode())
    for url, page in pages:
        built.files[url] = (_HTML, dressed.html(page).encode())
    return built


def _listing(entries: Sequence[tuple[Link, str]], draw: random.Random) -> str:
    """Links as a list, or as a table with a button in each row."""
    if draw.random() < 0.5:
        return "<ul>" + "".join(f'<li><a href="{e.url}">{escape(e.title)}</a></li>' for e, _ in entries) + "</ul>"
    rows = "".join(
        f'<tr><td>{n}</td><td>{escape(e.title)}</td><td><a href="{e.url}">{"Unduh" if kind == "file" else "Lihat"}</a></td></tr>'
        for n, (e, kind) in enumerate(entries, 1)
    )
    return f"<table><tr><th>No</th><th>Nama</th><th>Tautan</th></tr>{rows}</table>"


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower()[:70] or "halaman"
