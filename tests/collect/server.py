"""A real HTTP server with ill-behaved pages: each behaviour is a small function, named for what it does."""

from __future__ import annotations

import socket
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

MENU = "".join(
    f'<li><a href="/{p}">{t}</a></li>'
    for p, t in [
        ("kalender/2026/11", "Kalender kegiatan"),
        ("sesi?sid=aaaaaaaaaa1", "Layanan dengan sesi"),
        ("acak/awal", "Galeri acak"),
        ("lambat", "APBDes lambat"),
        ("sibuk", "Realisasi APBDes 2025"),
        ("putar/a", "Pengaduan berputar"),
        ("tembok", "Produk Hukum tertutup"),
        ("latin", "Maklumat Pelayanan"),
        ("raksasa.pdf", "RKP Desa 2026 raksasa"),
        ("raksasa", "Halaman raksasa"),
        ("bom", "Profil terkompresi"),
        ("terpotong", "RPJM Desa terpotong"),
        ("hilang-halus", "SOP yang hilang"),
        ("kosong", "LPPD kosong"),
        ("rahasia/a", "Aset rahasia"),
        ("skrip", "Survei Kepuasan Masyarakat lewat skrip"),
        ("dokumen/1", "Peraturan Desa"),
        ("halaman dengan spasi", "Struktur Organisasi"),
        ("tanpa-kepala", "Kontak"),
        ("masuk-dulu", "Laporan BUM Desa"),
    ]
)


def page(title: str, body: str) -> bytes:
    """A page of the village, as UTF-8."""
    return (
        f"<!DOCTYPE html><html lang=id><head><title>{title} - Desa Uji</title></head><body><header><p>Desa Uji</p><nav><ul>{MENU}</ul></nav>"
        f"</header><main><h1>{title}</h1>{body}</main><footer>Desa Uji, Kecamatan Coba</footer></body></html>"
    ).encode()


@dataclass
class Log:
    """What was asked for, and how many requests were in flight at once."""

    paths: list[str] = field(default_factory=list)
    methods: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    in_flight: int = 0
    peak: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, prefix: str) -> int:
        """How often an address that begins so was asked for."""
        return sum(p.startswith(prefix) for p in self.paths)


Answer = Callable[["Handler", str], None]


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    protocol_version = "HTTP/1.1"
    log: Log
    posted = ""
    robots = "User-agent: *\nDisallow: /rahasia/\n"
    slow_seconds = 3.0
    huge_bytes = 60 * 1024 * 1024

    def do_HEAD(self) -> None:
        self.log.methods["HEAD"] += 1
        self.reply(404, b"", "text/html")

    def do_POST(self) -> None:
        self.posted = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        self.do_GET()

    def do_GET(self) -> None:
        with self.log.lock:
            self.log.methods[self.command] += 1
            self.log.paths.append(self.path)
            self.log.times.append(time.monotonic())
            self.log.agents.add(self.headers.get("User-Agent", ""))
            self.log.in_flight += 1
            self.counted = True
            self.log.peak = max(self.log.peak, self.log.in_flight)
        try:
            self.answer(urlsplit(self.path).path)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            self.answered()

    def answered(self) -> None:
        """The request is no longer in flight. Said before the last bytes go out: the client may ask again at once."""
        with self.log.lock:
            if self.counted:
                self.log.in_flight -= 1
            self.counted = False

    def answer(self, path: str) -> None:
        if path == "/robots.txt":
            return self.reply(200, self.robots.encode(), "text/plain")
        if path == "/":
            return self.reply(200, page("Beranda", "<p>Situs uji.</p>"))
        name = path.strip("/").split("/")[0].replace("%20", "_").replace("-", "_").replace(".", "_")
        method = getattr(self, f"on_{name}", None)
        if method is None:
            return self.reply(404, page("404", "<p>tidak ada</p>"))
        method(path)
        return None

    def reply(self, status: int, body: bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.answered()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    # -- the catalogue ------------------------------------------------------------------------------

    def on_kalender(self, path: str) -> None:
        """An endless calendar: every month links to the six after it."""
        _, year, month = path.strip("/").split("/")[:3]
        y, m = int(year), int(month)
        months = [divmod(y * 12 + m - 1 + step, 12) for step in range(1, 7)]
        links = "".join(f'<a href="/kalender/{ny}/{nm + 1}">Bulan {nm + 1}/{ny}</a>' for ny, nm in months)
        self.reply(200, page(f"Kalender kegiatan {m}/{y}", f"<p>Tidak ada kegiatan bulan {m} tahun {y}.</p>{links}"))

    def on_sesi(self, path: str) -> None:
        """A session id that changes with every link."""
        number = int("".join(c for c in parse_qs(urlsplit(self.path).query).get("sid", ["0"])[0] if c.isdigit()) or 0)
        self.reply(
            200,
            page(
                "Layanan",
                f'<p>Layanan kantor desa setiap hari kerja.</p><a href="/sesi?sid=aaaaaaaaa{number + 1}">Segarkan</a>',
            ),
        )

    def on_acak(self, path: str) -> None:
        """A trap that varies by words, not numbers."""
        token = "".join(chr(97 + (hash_of(path) >> s) % 26) for s in range(0, 40, 4))
        self.reply(
            200,
            page(
                "Galeri",
                f'<p>Foto kegiatan desa.</p><a href="/acak/{token}">Berikut</a><a href="/acak/{token[::-1]}">Sebelum</a>',
            ),
        )

    def on_lambat(self, path: str) -> None:
        """A page that takes its time."""
        time.sleep(self.slow_seconds)
        rows = "<tr><td>Pendapatan</td><td>1.200.000.000,00</td></tr><tr><td>Belanja</td><td>1.190.000.000,00</td></tr><tr><td>Dana Desa</td><td>800.000.000,00</td></tr>"
        self.reply(200, page("APBDes Tahun Anggaran 2026", f"<table>{rows}</table>"))

    def on_sibuk(self, path: str) -> None:
        """503 with Retry-After first, then the page."""
        if self.log.count("/sibuk") == 1:
            return self.reply(503, b"sibuk", Retry_After="1")
        rows = "<tr><th>Uraian</th><th>Anggaran</th><th>Realisasi</th></tr><tr><td>Pendapatan</td><td>1.100.000.000,00</td><td>1.000.000.000,00</td></tr><tr><td>Belanja</td><td>1.090.000.000,00</td><td>990.000.000,00</td></tr>"
        return self.reply(200, page("Laporan Realisasi APBDes Tahun Anggaran 2025", f"<table>{rows}</table>"))

    def on_putar(self, path: str) -> None:
        """A redirect loop."""
        self.reply(302, b"", Location="/putar/b" if path.endswith("a") else "/putar/a")

    def on_tembok(self, path: str) -> None:
        """A wall."""
        self.reply(403, b"Forbidden")

    def on_latin(self, path: str) -> None:
        """latin-1 without a charset."""
        text = "<html><head><title>Maklumat Pelayanan - Desa Uji</title></head><body><h1>Maklumat Pelayanan</h1><p>Dengan ini kami menyatakan sanggup menyelenggarakan pelayanan sesuai standar pelayanan. Apabila tidak menepati janji ini kami siap menerima sanksi. Kepala Desa Caf\xe9</p></body></html>"
        self.reply(200, text.encode("latin-1"), "text/html")

    def on_raksasa_pdf(self, path: str) -> None:
        """60 MB, announced."""
        self._huge("application/pdf", b"%PDF-1.7\n", length=True)

    def on_raksasa(self, path: str) -> None:
        """60 MB of HTML, not announced."""
        self._huge("text/html", page("Halaman raksasa", "<p>awal</p>"), length=False)

    def _huge(self, kind: str, head: bytes, length: bool) -> None:
        size = self.huge_bytes
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if length:
            self.send_header("Content-Length", str(size))
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        self.answered()
        self.wfile.write(head)
        sent, block = len(head), b"<p>isi</p>" * 6553
        while sent < size:
            self.wfile.write(block)
            sent += len(block)

    def on_bom(self, path: str) -> None:
        """A gzip bomb: 200 MB out of 200 KB."""
        self.reply(200, bomb(), Content_Encoding="gzip")

    def on_terpotong(self, path: str) -> None:
        """A chunked body that is cut off."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.answered()
        head = page("RPJM Desa 2021-2029", "<p>Visi dan misi</p>")[:200]
        self.wfile.write(f"{len(head):x}\r\n".encode() + head + b"\r\n400\r\nhanya sebagian")
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def on_hilang_halus(self, path: str) -> None:
        """200 with a body that says 404."""
        self.reply(200, page("404 Maaf", "<p>Data yang Anda minta tidak ada. SOP Pelayanan</p>"))

    def on_kosong(self, path: str) -> None:
        """0 bytes."""
        self.reply(200, b"")

    def on_rahasia(self, path: str) -> None:
        """Disallowed by robots.txt."""
        self.reply(200, page("Rahasia", "<p>tidak boleh diminta</p>"))

    def on_skrip(self, path: str) -> None:
        """A page that only a script fills."""
        self.reply(
            200,
            b'<html><head><title>Survei</title><script src="/a.js"></script><script src="/b.js"></script><script src="/c.js"></script></head><body><div id="root"></div></body></html>',
        )

    def on_dokumen(self, path: str) -> None:
        """Documents behind numbers: no trap, however many."""
        number = int(path.rsplit("/", 1)[-1])
        if number == 1:
            links = "".join(
                f'<li><a href="/dokumen_web/unduh_berkas/{n}">Peraturan Desa Nomor {n} Tahun 2025</a></li>'
                for n in range(2, 30)
            )
            return self.reply(200, page("Peraturan Desa", f"<ul>{links}</ul>"))
        return self.reply(404, b"")

    def on_dokumen_web(self, path: str) -> None:
        """A document, sent as OpenSID sends it."""
        number = path.rsplit("/", 1)[-1]
        text = (
            f"PERATURAN DESA UJI NOMOR {number} TAHUN 2025 TENTANG PUNGUTAN\nMenimbang\nMengingat\nMEMUTUSKAN\nPasal 1"
        )
        self.reply(
            200,
            text.encode(),
            "application/octet-stream",
            Content_Disposition=f'attachment; filename="perdes-{number}.txt"',
        )

    def on_halaman_dengan_spasi(self, path: str) -> None:
        """A blank in the address."""
        rows = "".join(
            f"<tr><td>{j}</td><td>A</td></tr>"
            for j in ("Kepala Desa", "Sekretaris Desa", "Kaur Keuangan", "Kasi Pemerintahan", "Kepala Dusun")
        )
        self.reply(200, page("Struktur Organisasi", f"<table>{rows}</table>"))

    def on_tanpa_kepala(self, path: str) -> None:
        """Answers GET only; HEAD is 404 everywhere on this server."""
        self.reply(
            200,
            page("Kontak", "<p>Alamat kantor desa: Jl. Coba 1. Telepon (0471) 555011, email kantor@uji.example</p>"),
        )

    def on_masuk_dulu(self, path: str) -> None:
        """A redirect to the login page."""
        self.reply(302, b"", Location="/siteman")

    def on_siteman(self, path: str) -> None:
        """The login page."""
        self.reply(200, page("Masuk", "<form><input name=u></form>"))


@cache
def bomb() -> bytes:
    """200 MB of zeros as gzip, made block by block."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"\0" * (1024 * 1024)
    return b"".join([packer.compress(block) for _ in range(200)] + [packer.flush()])


def hash_of(text: str) -> int:
    """A stable number of a text."""
    import hashlib

    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


@contextmanager
def running(base: type[Handler] = Handler, **attributes: object) -> Iterator[tuple[str, Log]]:
    """The server on a free port of 127.0.0.1; yields (address, log)."""
    log = Log()
    handler = type("Running", (base,), {"log": log, **attributes})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", log
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
