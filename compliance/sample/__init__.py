"""The bundled sample village: Desa Contoh, invented, with good, outdated, missing and trap pages.

Pages are fragments under `site/` (first line: the title); the server puts them into `frame.html`, as a village
CMS does, so that menu, sidebar and footer repeat on every page.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

HOME = Path(__file__).resolve().parent
#: The address that the sample stands for, and the day for which it is written.
SITE = "https://desa-contoh.example"
AS_OF = "2026-11-24"


def handler(folder: Path) -> type[BaseHTTPRequestHandler]:
    """A request handler that serves a folder of fragments and files."""
    frame = (HOME / "frame.html").read_text(encoding="utf-8")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path).strip("/") or "index"
            target = (folder / path).resolve()
            page = target.with_name(target.name + ".html")
            if folder not in target.parents:
                self._send(404, "text/plain; charset=utf-8", b"404")
            elif page.is_file():
                title, _, body = page.read_text(encoding="utf-8").partition("\n")
                html = frame.replace("{{title}}", title).replace("{{body}}", body)
                self._send(200, "text/html; charset=utf-8", html.encode())
            elif target.is_file() and target.suffix != ".html":
                kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
                self._send(200, kind, target.read_bytes())
            else:
                html = frame.replace("{{title}}", "Halaman tidak ditemukan").replace(
                    "{{body}}", "<p>Halaman tidak ditemukan.</p>"
                )
                self._send(404, "text/html; charset=utf-8", html.encode())

        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: the terminal belongs to the report."""

    return Handler


@contextmanager
def serve(port: int = 0, folder: Path | None = None) -> Iterator[str]:
    """Serves the sample (or a changed copy of it) on 127.0.0.1; yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", port), handler((folder or HOME / "site").resolve()))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
