"""Ratios against peers, measured in one run: pages per CPU second against Scrapy, start-up against bare Typer.

The site is like OpenSID's: about 50 KB and 80 links a page, as measured on a running one. It is served by a small asyncio server in a process of
its own, so that its work is not counted. Ours fetches, writes the WARC, reads links and main text, and matches;
Scrapy, with ROBOTSTXT_OBEY, fetches, extracts links and joins the text.
"""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
import multiprocessing.connection
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGES = 300
ROUNDS = 3


def page(number: int) -> bytes:
    """One page after the measures of a running OpenSID 2410: 50 KB, 80 links, some 650 elements and 600 words; the
    rest is attributes and inline script, as there."""
    css = "nav-item dropdown menu-large d-flex align-items-center justify-content-between px-3 py-2"
    menu = "".join(f'<li class="{css}"><a class="nav-link" href="/menu/{i}">Menu {i}</a></li>' for i in range(30))
    others = [(number * 7 + i) % PAGES for i in range(50)]
    links = "".join(
        f'<li class="{css}"><div class="media wow fadeInDown" style="visibility: visible; animation-name: fadeInDown"><a class="media-left" '
        f'href="/artikel/{n}"><i class="fa fa-angle-right"></i>Kegiatan warga {n}</a></div></li>'
        for n in others
    )
    seed = hashlib.sha256(str(number).encode()).hexdigest()
    body = "".join(f'<div class="{css}"><p class="text-justify">{_sentence(seed, i)}</p><br></div>' for i in range(25))
    rows = "".join(
        f'<tr class="{css}"><td>{i}</td><td>{_sentence(seed, 100 + i, 2)}</td><td>{i * 3}</td></tr>' for i in range(48)
    )
    script = "<script>" + "var pengaturan = {'latar': '#e7e7e7', 'jeda': 3000, 'arah': 'kiri'};\n" * 200 + "</script>"
    return (
        f"<!DOCTYPE html><html><head><title>Artikel {number} - Desa Uji</title>{script}</head><body><header><nav><ul>{menu}</ul></nav></header>"
        f"<main><h1>Artikel {number}</h1>{body}<table>{rows}</table></main><aside class='sidebar'><ul>{links}</ul></aside>"
        "<footer>Desa Uji</footer></body></html>"
    ).encode()


SYLLABLES = [c + v for v in "auio" for c in "bdgjklmnprstwy"]


def _sentence(seed: str, number: int, count: int = 16) -> str:
    """Words made of syllables; every page has its own vocabulary."""
    state = int(seed, 16) + number
    words = []
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        words.append("".join(SYLLABLES[(state >> s) % len(SYLLABLES)] for s in (20, 30, 40)))
    return " ".join(words)


def serve(pipe: multiprocessing.connection.Connection) -> None:
    """Serves the pages until killed; keeps connections alive."""
    answers = {f"/artikel/{n}".encode(): _answer(200, page(n)) for n in range(PAGES)}
    answers |= {f"/menu/{n}".encode(): _answer(200, page(PAGES + n)) for n in range(30)}
    answers[b"/"] = answers[b"/artikel/0"]
    answers[b"/robots.txt"] = _answer(200, b"User-agent: *\nAllow: /\n")
    missing = _answer(404, b"404")

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except (asyncio.IncompleteReadError, ConnectionError):
                break
            writer.write(answers.get(head.split(b" ", 2)[1], missing))
            await writer.drain()
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(client, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def _answer(status: int, body: bytes) -> bytes:
    return (
        f"HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )


OURS = """
import sys
from pathlib import Path
from datetime import date
from compliance.collect.settings import Settings
from compliance.run.village import Tools, collect, judge_snapshot, load_criteria
tools = Tools.make()
settings = Settings(delay=0.0, max_pages=int(sys.argv[3]), max_documents=0, max_depth=10**6)
snapshot = collect(sys.argv[1], settings, Path(sys.argv[2]), tools)
judge_snapshot(snapshot, load_criteria([]), date(2026, 11, 24), tools)
print(sum(r.role in ("page", "home") and r.status == 200 for r in snapshot.records))
"""

SCRAPY = """
import sys
import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor
count = 0
class Spider(scrapy.Spider):
    name = "bench"
    start_urls = [sys.argv[1]]
    extractor = LinkExtractor()
    def parse(self, response):
        global count
        count += 1
        " ".join(response.xpath("//body//text()").getall())
        for link in self.extractor.extract_links(response):
            yield response.follow(link, self.parse)
process = CrawlerProcess({"ROBOTSTXT_OBEY": True, "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "CLOSESPIDER_PAGECOUNT": int(sys.argv[3])})
process.crawl(Spider)
process.start()
print(count)
"""

BARE = "import typer\napp = typer.Typer(add_completion=False)\n" + "".join(
    f"@app.command()\ndef c{n}(a: str = 'x', b: int = 1) -> None: 'Command {n}.'\n" for n in range(5)
) + "app()\n"  # fmt: skip


def cpu(code: str, *words: str) -> tuple[float, int]:
    """(CPU seconds of a fresh interpreter, pages it read). From a file: Scrapy reads the source of its spiders."""
    script = Path(words[1]).parent / "program.py"
    script.write_text(code, encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, str(script), *words], capture_output=True, text=True, check=True, env=os.environ
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, int(done.stdout.split()[-1])


def started(*command: str) -> float:
    """The median wall time of a command, in seconds."""
    times = []
    for _ in range(15):
        clock = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        times.append(time.perf_counter() - clock)
    return statistics.median(times)


def main() -> None:
    """Prints the ratios."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    server.start()
    address = f"http://127.0.0.1:{here.recv()}/"
    print(f"{len(page(1)) / 1024:.0f} KB a page, {PAGES} pages, {ROUNDS} rounds")
    rates: dict[str, list[float]] = {"ours": [], "scrapy": []}
    for _ in range(ROUNDS):
        for name, code in (("ours", OURS), ("scrapy", SCRAPY)):
            folder = tempfile.mkdtemp()
            seconds, pages = cpu(code, address, f"{folder}/s", str(PAGES))
            shutil.rmtree(folder)
            rates[name].append(pages / seconds)
            print(f"{name:7} {pages} pages, {seconds:.2f} CPU s, {pages / seconds:.0f} pages per CPU s")
    server.terminate()
    print(
        f"pages per CPU second, ours : scrapy = {statistics.median(rates['ours']) / statistics.median(rates['scrapy']):.2f}"
    )
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        ours = started(str(Path(sys.executable).with_name("compliance")), "--help")
        typer = started(sys.executable, str(bare), "--help")
    print(
        f"--help: ours {ours * 1000:.0f} ms, bare Typer {typer * 1000:.0f} ms, difference {(ours - typer) * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
