"""`compliance read`: the stable JSON, the terminal, and what goes wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.collect.server import Handler, running
from tests.documents.accuracy import KEPT

KEYS = [
    "file",
    "kind",
    "access",
    "detail",
    "engine",
    "village",
    "fiscal_years",
    "topics",
    "budget",
    "poster_parts",
    "notices",
]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "compliance", "read", *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def as_json(*arguments: str) -> dict[str, object]:
    done = run(*arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found) == KEYS
    return dict(found)


def test_budget_of_a_pdf() -> None:
    found = as_json(str(KEPT / "kantor-0.pdf"))
    assert (found["kind"], found["access"], found["village"], found["fiscal_years"]) == (
        "pdf-text",
        "ok",
        "Ranoharapan",
        [2026],
    )
    budget = found["budget"]
    assert isinstance(budget, dict)
    assert budget["column"] == "original" and budget["consistent"] is True
    truth = next(
        t for t in map(json.loads, (KEPT / "truth.jsonl").read_text().splitlines()) if t["file"] == "kantor-0.pdf"
    )
    totals = {**budget["totals"], "dana_desa": budget["dana_desa"], "add": budget["add"]}
    assert totals == truth["totals"]
    assert found["poster_parts"] == {"a": True, "b": False, "c": True, "d": False}


def test_poster_parts_of_a_picture() -> None:
    found = as_json(str(KEPT / "poster-4.jpg"))
    assert found["kind"] == "image" and found["engine"]
    assert found["poster_parts"] == {"a": True, "b": False, "c": True, "d": True}


def test_document_of_another_village_is_no_disclosure() -> None:
    own = as_json(str(KEPT / "kantor-0.pdf"), "--village", "Ranoharapan")["topics"]
    other = as_json(str(KEPT / "kantor-0.pdf"), "--village", "Karangsari")["topics"]
    assert isinstance(own, list) and isinstance(other, list)
    assert any(t["id"] == "apbdes" and t["disclosed"] for t in own)
    assert not any(t["disclosed"] for t in other)


def test_personal_numbers_are_told_and_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "penerima.csv"
    file.write_text("No;Nama;NIK;Dusun\n" + "".join(f"{i};Warga {i};99990112{i:08d};Melati\n" for i in range(1, 6)))
    done = run(str(file), "--format", "json")
    assert "personal_data" in done.stdout
    assert "9999011200000001" not in done.stdout
    assert "9999011200000001" not in run(str(file)).stdout


def test_terminal_names_years_and_sums() -> None:
    done = run(str(KEPT / "teks-1.pdf"))
    assert done.returncode == 0
    assert "Anggaran 2026" in done.stdout and "Penjumlahan: cocok" in done.stdout


@pytest.mark.parametrize(
    ("body", "access"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 rusak", "unreadable"),
        (b"PK\x03\x04rusak", "unreadable"),
        (b"\x00\x01\x02", "unreadable"),
    ],
)
def test_damaged_files_are_named(tmp_path: Path, body: bytes, access: str) -> None:
    file = tmp_path / "berkas.pdf"
    file.write_bytes(body)
    assert as_json(str(file))["access"] == access


def test_missing_file_and_unknown_format() -> None:
    done = run("tidak-ada.pdf")
    assert done.returncode == 2 and "berkas tidak ada" in done.stderr
    done = run(str(KEPT / "teks-0.pdf"), "--format", "xml")
    assert done.returncode == 2 and "terminal, json" in done.stderr


class Served(Handler):
    """One document, and one that robots forbid."""

    def answer(self, path: str) -> None:
        if path == "/robots.txt":
            self.reply(200, b"User-agent: *\nDisallow: /tertutup/\n", "text/plain")
        elif path == "/unduh":
            self.reply(
                200,
                (KEPT / "teks-0.pdf").read_bytes(),
                "application/octet-stream",
                Content_Disposition='attachment; filename="APBDes.pdf"',
            )
        else:
            self.reply(404, b"<html><body>404</body></html>")


def test_from_the_web_under_the_same_manners() -> None:
    with running(Served) as (address, log):
        assert as_json(f"{address.rstrip('/')}/unduh")["kind"] == "pdf-text"
        assert run(f"{address.rstrip('/')}/tertutup/a.pdf").returncode == 4
        assert run(f"{address.rstrip('/')}/hilang.pdf").returncode == 4
    assert not any(p.startswith("/tertutup") for p in log.paths)
