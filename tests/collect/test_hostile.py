"""One crawl of the ill-behaved server; each behaviour has its own test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from compliance.archive.snapshot import Snapshot
from compliance.collect.settings import Settings
from compliance.model.evidence import Record
from compliance.model.status import Access
from compliance.run.village import Tools, collect
from tests.collect.server import Log, bomb, running


@dataclass
class Crawled:
    """What came of the crawl."""

    snapshot: Snapshot
    log: Log
    address: str

    def of(self, path: str) -> Record:
        """The last record of a path."""
        return [r for r in self.snapshot.records if r.url == self.address + path][-1]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    settings = Settings(delay=0.0, read_timeout=2.0, patient_timeout=6.0, max_pages=120)
    with running(slow_seconds=3.0) as (address, log):
        snapshot = collect(address, settings, tmp_path_factory.mktemp("hostile") / "s", Tools.make())
        yield Crawled(snapshot, log, address)


def test_traps_are_bounded(crawled: Crawled) -> None:
    assert 1 < crawled.log.count("/kalender/") <= 15
    assert crawled.log.count("/sesi") <= 15
    assert crawled.log.count("/acak/") <= 15
    skipped = [r for r in crawled.snapshot.records if r.access is Access.TRAP_SKIPPED]
    assert any("/kalender/" in r.url for r in skipped)


def test_documents_and_their_numbers_are_no_trap(crawled: Crawled) -> None:
    assert crawled.log.count("/dokumen_web/") == 28


def test_wall_is_tried_once(crawled: Crawled) -> None:
    assert crawled.log.count("/tembok") == 1
    assert crawled.of("tembok").access is Access.BLOCKED


def test_redirect_loop_is_walked_once(crawled: Crawled) -> None:
    assert crawled.log.count("/putar/a") == 1
    assert crawled.log.count("/putar/b") == 1
    assert crawled.of("putar/a").access is Access.REDIRECT_LOOP


def test_503_is_recovered_after_its_wait(crawled: Crawled) -> None:
    assert crawled.log.count("/sibuk") == 2
    record = crawled.of("sibuk")
    assert (record.access, record.status, record.attempts) == (Access.OK, 200, 2)


def test_slow_page_is_read_in_the_second_pass(crawled: Crawled) -> None:
    assert crawled.log.count("/lambat") == 2
    assert crawled.of("lambat").access is Access.OK


def test_disallowed_is_never_asked_for(crawled: Crawled) -> None:
    assert crawled.log.count("/rahasia") == 0
    assert crawled.of("rahasia/a").access is Access.ROBOTS_DENIED


def test_never_head(crawled: Crawled) -> None:
    assert crawled.log.methods["HEAD"] == 0


def test_one_request_at_a_time(tmp_path: Path) -> None:
    """Without the bodies that the client leaves early: the server would still be busy with those."""
    with running(slow_seconds=0.0, huge_bytes=100_000) as (address, log):
        collect(address, Settings(delay=0.0), tmp_path / "s", Tools.make())
    assert log.peak == 1
    assert len(log.paths) > 40


def test_crawl_delay_is_kept(tmp_path: Path) -> None:
    robots = "User-agent: *\nCrawl-delay: 0.4\nDisallow: /rahasia/\n"
    with running(slow_seconds=0.0, robots=robots) as (address, log):
        collect(address, Settings(delay=0.1, max_pages=6, max_documents=1), tmp_path / "s", Tools.make())
    gaps = [b - a for a, b in zip(log.times, log.times[1:], strict=False)]
    # The delay is known once robots.txt was read.
    assert len(gaps) >= 6
    assert min(gaps[1:]) >= 0.38


def test_user_agent_is_honest(crawled: Crawled) -> None:
    assert all(a.startswith("desa-compliance/") for a in crawled.log.agents)


def test_huge_bodies_are_capped(crawled: Crawled) -> None:
    assert crawled.of("raksasa.pdf").access is Access.TOO_LARGE
    assert crawled.of("raksasa.pdf").bytes == 0
    page = crawled.of("raksasa")
    assert page.access is Access.TRUNCATED and page.truncated
    assert page.bytes <= Settings().max_page_bytes


def test_gzip_bomb_is_capped(crawled: Crawled) -> None:
    record = crawled.of("bom")
    assert record.truncated and record.bytes <= Settings().max_page_bytes


def test_cut_off_body_is_kept_and_said(crawled: Crawled) -> None:
    record = crawled.of("terpotong")
    assert record.access is Access.TRUNCATED and record.truncated and record.bytes > 0


def test_soft_404_empty_script_and_login(crawled: Crawled) -> None:
    assert crawled.of("hilang-halus").access is Access.SOFT_404
    assert crawled.of("kosong").access is Access.EMPTY
    assert crawled.of("skrip").access is Access.NEEDS_JAVASCRIPT
    assert crawled.of("masuk-dulu").access is Access.LOGIN_REQUIRED


def test_blank_in_address(crawled: Crawled) -> None:
    assert crawled.of("halaman%20dengan%20spasi").access is Access.OK


def test_latin1_without_charset_is_read(crawled: Crawled) -> None:
    body = crawled.snapshot.body(crawled.of("latin"))
    assert b"\xe9" in body
    from compliance.read import read

    assert "Café" in read("http://x/", body).main_text()


def test_memory_stays_small(tmp_path: Path) -> None:
    """The whole crawl in a process of its own: peak resident memory under 200 MB."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from compliance.collect.settings import Settings\n"
        "from compliance.run.village import Tools, collect\n"
        "collect(sys.argv[1], Settings(delay=0.0), Path(sys.argv[2]), Tools.make())\n"
        "print(next(l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')))\n"
    )
    bomb()
    with running(slow_seconds=0.0) as (address, _):
        done = subprocess.run(
            [sys.executable, "-c", code, address, str(tmp_path / "s")],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ,
        )
    assert int(done.stdout) * 1024 < 200 * 1024 * 1024
