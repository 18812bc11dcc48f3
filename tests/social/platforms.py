"""A server on loopback that answers as the platforms do: /host/path stands for https://host/path."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

FIXTURES = Path(__file__).parents[1] / "data" / "social-fixtures"
_ROBOTS = {
    "www.youtube.com": "User-agent: *\nDisallow: /feeds/videos.xml\nDisallow: /results\nDisallow: /youtubei/\n",
    "www.tiktok.com": "User-agent: *\nDisallow: /embed/@\nDisallow: /embed/v2\nDisallow: /inapp\n",
    "www.whatsapp.com": "User-agent: *\nDisallow: /settings\n",
    "t.me": "User-agent: *\nDisallow:\n",
    "chat.whatsapp.com": "User-agent: *\nDisallow:\n",
}


@dataclass(frozen=True)
class Answer:
    """What a path is answered with; `to` is where a redirect leads (a public address)."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    to: str = ""


def fixture(name: str, status: int = 200) -> Answer:
    """A kept body, e.g. `telegram/s_channel_ok.html`."""
    kind = "application/json" if name.endswith(".json") else "text/html; charset=utf-8"
    return Answer((FIXTURES / name).read_bytes(), status, kind)


@dataclass
class Platforms:
    """Answers by public address without scheme; `asked` are the requests, with the headers that came."""

    address: str = ""
    answers: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    robots: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [p for p, _ in self.asked if not p.endswith("/robots.txt")]

    def answer(self, path: str) -> Answer:
        """The answer to a path; a list is given out one by one, its last again and again."""
        host = path.split("/")[0]
        if path == f"{host}/robots.txt":
            text = _ROBOTS.get(host, "User-agent: *\nDisallow: /\n")
            return self.robots.get(host, Answer(text.encode(), kind="text/plain"))
        found = self.answers.get(path)
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found or Answer(b"<html><body>unexpected</body></html>", 500)


@contextmanager
def platforms(answers: dict[str, Answer | list[Answer]]) -> Iterator[Platforms]:
    """Serves answers on a free port of 127.0.0.1 until the block ends."""
    kept = Platforms(answers=dict(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.lstrip("/")
            kept.asked.append((path, {k.lower(): v for k, v in self.headers.items()}))
            answer = kept.answer(path)
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            if answer.to:
                self.send_header("Location", f"{kept.address}/{answer.to.removeprefix('https://')}")
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
