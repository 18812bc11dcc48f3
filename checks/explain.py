"""Sentences: why a place does not count, and what stopped us from seeing."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from compliance.model.base import Text
from compliance.model.evidence import Candidate, Disclosure
from compliance.model.naming import PLATFORM_NAMES
from compliance.model.status import Access, Channel, Region

BARRIERS: dict[str, Text] = {
    "": Text(id="hanya disebut; isinya sendiri tidak ditampilkan", en="only named; the thing itself is not shown"),
    "draft": Text(id="masih rancangan, belum ditetapkan", en="a draft, not yet adopted"),
    "other_village": Text(id="milik desa lain", en="belongs to another village"),
    "district": Text(
        id="dokumen kabupaten atau instansi lain, bukan desa",
        en="a document of the district or another office, not of the village",
    ),
    "definition": Text(
        id="hanya penjelasan atau definisi, tanpa isi dokumennya",
        en="only an explanation or definition, without the document",
    ),
    "training": Text(id="berita pelatihan, bukan dokumennya", en="news about a training, not the document"),
    "costing": Text(
        id="rincian biaya atau bukti satu kegiatan, bukan anggaran desa",
        en="the costing or receipt of one activity, not the village's budget",
    ),
    "plan": Text(
        id="pagu indikatif dalam dokumen rencana, bukan anggaran yang ditetapkan",
        en="indicative ceilings in a plan, not the budget adopted",
    ),
    "preparation": Text(id="baru tahap persiapan atau penyusunan", en="still being prepared"),
    "placeholder": Text(
        id="halaman masih kosong; hanya tertulis bahwa isinya belum ada",
        en="the page is still empty; it says only that nothing is there yet",
    ),
    "form": Text(
        id="contoh format atau panduan, bukan dokumen yang terisi",
        en="a sample form or guide, not a filled document",
    ),
    "sample": Text(id="teks contoh yang belum diisi", en="sample text that was not filled in"),
    "needs": Text(id="tidak memuat unsur yang membuktikannya", en="lacks what would prove it"),
    "negative": Text(id="membahas hal lain yang serupa namanya", en="is about something else of a similar name"),
    "not_found": Text(id='halaman berkata "tidak ditemukan"', en='the page says "not found"'),
    "unconfirmed": Text(
        id="tautannya ada, tetapi isi di baliknya tidak memuatnya",
        en="the link is there, but what it leads to does not hold it",
    ),
}

ACCESS: dict[Access, Text] = {
    Access.NOT_FOUND: Text(id="tidak ditemukan (404)", en="not found (404)"),
    Access.GONE: Text(id="sudah dihapus (410)", en="removed (410)"),
    Access.SOFT_404: Text(
        id="halaman menjawab, tetapi berkata tidak ditemukan", en="the page answers, but says not found"
    ),
    Access.EMPTY: Text(id="kosong", en="empty"),
    Access.LOGIN_REQUIRED: Text(id="meminta login", en="asks for a login"),
    Access.BLOCKED: Text(id="ditolak server (403)", en="refused by the server (403)"),
    Access.ROBOTS_DENIED: Text(id="dilarang robots.txt", en="disallowed by robots.txt"),
    Access.RATE_LIMITED: Text(id="server membatasi permintaan (429)", en="the server limits requests (429)"),
    Access.TIMEOUT: Text(id="server terlalu lama menjawab", en="the server took too long"),
    Access.DNS: Text(id="nama domain tidak dapat ditemukan", en="the domain name could not be resolved"),
    Access.TLS: Text(id="sertifikat TLS bermasalah", en="the TLS certificate is faulty"),
    Access.REFUSED: Text(id="sambungan ditolak", en="the connection was refused"),
    Access.SERVER_ERROR: Text(id="server bermasalah (5xx)", en="server error (5xx)"),
    Access.REDIRECT_LOOP: Text(id="pengalihan berputar-putar", en="redirects in a loop"),
    Access.TOO_LARGE: Text(id="terlalu besar untuk diunduh", en="too large to download"),
    Access.TRUNCATED: Text(id="terpotong di tengah jalan", en="cut off on the way"),
    Access.UNREADABLE: Text(id="belum dapat dibaca mesin", en="cannot be read by machine yet"),
    Access.ENCRYPTED: Text(id="berkas dikunci kata sandi", en="locked with a password"),
    Access.NEEDS_JAVASCRIPT: Text(
        id="isinya dimuat JavaScript, yang belum dijalankan", en="filled by JavaScript, which was not run"
    ),
    Access.TRAP_SKIPPED: Text(id="dilewati karena polanya tidak berujung", en="skipped as part of an endless pattern"),
    Access.BUDGET_SKIPPED: Text(id="belum sempat dibuka dalam batas halaman", en="not opened within the page budget"),
    Access.PERMISSION_NEEDED: Text(id="perlu izin akses", en="needs permission"),
    Access.OK: Text(id="terbuka", en="open"),
}
_DETAILS: dict[str, Text] = {
    "scan": Text(id="pindaian (gambar) tanpa teks; teksnya belum dikenali (OCR)", en="a scan (picture) without text; it was not recognised (OCR)"),
    "image": Text(id="gambar; isinya belum dibaca (OCR)", en="a picture; its content was not read (OCR)"),
    "drive": Text(id="Google Drive; isinya belum dibaca", en="Google Drive; its content was not read"),
    "doc": Text(id="berkas Word lama (.doc), yang tidak dapat dibaca; simpan sebagai .docx atau PDF", en="an old Word file (.doc), which cannot be read; save it as .docx or PDF"),
    "ppt": Text(id="berkas PowerPoint lama (.ppt), yang tidak dapat dibaca; simpan sebagai PDF", en="an old PowerPoint file (.ppt), which cannot be read; save it as PDF"),
    "odt": Text(id="berkas OpenDocument (.odt), yang tidak dapat dibaca; simpan sebagai PDF", en="an OpenDocument file (.odt), which cannot be read; save it as PDF"),
    "archive": Text(id="arsip tanpa berkas yang dapat dibaca", en="an archive without a file that can be read"),
    "no text": Text(id="gambar atau pindaian yang tidak ada teksnya yang dapat dikenali (kabur, kecil, atau foto)", en="a picture or scan in which no text could be recognised (blurred, small, or a photograph)"),
    "pixels": Text(id="gambar terlalu besar untuk dibuka", en="a picture too large to open"),
    "unpacked": Text(id="isinya terlalu besar setelah dibuka", en="too large when unpacked"),
    "memory": Text(id="berkas yang menghabiskan memori saat dibaca", en="a file that used up memory when read"),
    "reading": Text(id="berkas yang terlalu lama dibaca", en="a file that took too long to read"),
    "reader failed": Text(id="berkas yang menggagalkan pembacanya", en="a file that made its reader fail"),
    "password": Text(id="berkas dikunci kata sandi", en="locked with a password"),
    "cut off": Text(id="berkas terpotong di tengah jalan", en="a file cut off on the way"),
    "drive locked": Text(id="Google Drive yang dikunci; ubah aksesnya menjadi siapa saja yang memiliki tautan", en="locked on Google Drive; share it with anyone who has the link"),
    "drive deleted": Text(id="sudah tidak ada di Google Drive", en="no longer on Google Drive"),
    "drive scan": Text(id="berkas Google Drive yang terlalu besar untuk diperiksa", en="a file too large for Google Drive's check"),
    "empty folder": Text(id="folder Google Drive yang kosong", en="an empty folder on Google Drive"),
    "sample id": Text(id="tautan Google Drive yang belum diisi (alamat contoh)", en="a Google Drive link that was never filled in (sample address)"),
    "quota": Text(id="Google Drive membatasi jumlah pembukaan; coba lagi besok", en="Google Drive limits how often it is opened; try again tomorrow"),
    "loads": Text(id="sebagian isinya dimuat skrip, yang belum dijalankan", en="some of its content is loaded by a script, which was not run"),
    "canvas": Text(id="grafik yang digambar skrip; isinya tidak berupa teks", en="a chart drawn by a script; its content is no text"),
    "folder cut": Text(id="folder yang isinya lebih banyak daripada yang ditampilkan", en="a folder with more in it than was shown"),
    "caption": Text(id="gambar tombol atau label, bukan dokumen", en="a picture of a button or label, not a document"),
    "scripts missing": Text(id="halaman yang sebagian skripnya tidak boleh atau tidak dapat dimuat", en="a page some of whose scripts may not or could not be loaded"),
    "list": Text(id="daftar yang diisi JavaScript; belum dijalankan", en="a list filled by JavaScript, which was not run"),
    "offsite": Text(id="di luar situs; tidak diikuti", en="outside the site; not followed"),
    "unrecognised": Text(id="terbaca, tetapi isinya tidak dapat dikenali dengan pasti", en="readable, but its content was not recognised with certainty"),
    "damaged": Text(id="berkas rusak", en="damaged file"),
    "button": Text(
        id="tombol yang membuka isinya lewat JavaScript; belum dijalankan",
        en="a button that opens it by JavaScript, which was not run",
    ),
    "label": Text(id="label menu tanpa halaman di baliknya", en="a menu label with no page behind it"),
    "html instead of a document": Text(id="yang terunduh halaman HTML, bukan dokumen", en="an HTML page came instead of the document"),
}  # fmt: skip

_PLACES = {
    "title": Text(id="judul", en="title"),
    "heading": Text(id="subjudul", en="heading"),
    "text": Text(id="isi", en="text"),
    "table": Text(id="tabel", en="table"),
    "link": Text(id="tautan", en="link"),
}
_CHANNELS = {Channel.WEBSITE.value: Text(id="situs", en="website")}


def access_text(access: Access, detail: str = "") -> Text:
    """What an access value means, in a clause."""
    return _DETAILS.get(detail, ACCESS[access])


def barrier_text(disclosure: Disclosure) -> Text:
    """Why a place that names a topic does not show it."""
    return BARRIERS.get(disclosure.barrier, BARRIERS[""])


def place(url: str) -> str:
    """An address without scheme and host, short enough for a sentence."""
    parts = urlsplit(url)
    path = unquote(parts.path) or "/"
    shown = path + (f"?{parts.query}" if parts.query else "")
    return shown if len(shown) <= 70 else shown[:67] + "…"


def years_text(years: tuple[int, ...], period: bool) -> str:
    """Years as printed in a sentence."""
    if period and len(years) == 2:
        return f"{years[0]}–{years[1]}"
    return ", ".join(str(y) for y in years)


def matched_text(disclosure: Disclosure) -> Text:
    """What led to a disclosure: phrases and where they stand."""
    names = [r for r in disclosure.why if r.what in {"name", "file"}]
    marks = [r.phrase for r in disclosure.why if r.what == "mark"]
    figures = [r.phrase for r in disclosure.why if r.what == "figure"]
    parts_id: list[str] = []
    parts_en: list[str] = []
    if names:
        where = _PLACES.get(names[0].place, _PLACES["text"])
        parts_id.append(f'"{names[0].phrase}" di {where.id}')
        parts_en.append(f'"{names[0].phrase}" in the {where.en}')
    if figures:
        parts_id.append("angka " + "; ".join(figures[:2]))
        parts_en.append("figures " + "; ".join(figures[:2]))
    elif marks:
        parts_id.append("isi: " + ", ".join(marks[:4]))
        parts_en.append("content: " + ", ".join(marks[:4]))
    return Text(id=", ".join(parts_id), en=", ".join(parts_en))


def where_text(disclosure: Disclosure) -> Text:
    """Where a disclosure stands."""
    if disclosure.channel is not Channel.WEBSITE:
        name = PLATFORM_NAMES[disclosure.channel]
        day = f" {disclosure.posted}" if disclosure.posted else ""
        return Text(id=f"kiriman {name}{day} ({disclosure.url})", en=f"a post on {name}{day} ({disclosure.url})")
    if disclosure.region is not Region.MAIN:
        return Text(id=f"blok tetap di {place(disclosure.url)}", en=f"a fixed block on {place(disclosure.url)}")
    return Text(id=place(disclosure.url), en=place(disclosure.url))


def stopped_text(candidates: list[Candidate]) -> Text:
    """What we could not see, at most two places."""
    shown = candidates[:2]
    more = len(candidates) - len(shown)

    def one(candidate: Candidate, lang: str) -> str:
        name = candidate.text.strip()[:60] or place(candidate.url)
        text = access_text(candidate.access, candidate.detail)
        return f'"{name}" ({text.en if lang == "en" else text.id})'

    return Text(
        id="; ".join(one(c, "id") for c in shown) + (f"; dan {more} lainnya" if more > 0 else ""),
        en="; ".join(one(c, "en") for c in shown) + (f"; and {more} more" if more > 0 else ""),
    )
