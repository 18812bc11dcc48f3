"""The command as people run it: outputs, exit codes, bad input, interruption, and byte-equal re-judgement."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from compliance.sample import SITE, serve
from tests.collect.server import running

PROGRAM = [sys.executable, "-m", "compliance"]


def run(*words: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs the command with a home of its own."""
    return subprocess.run(
        [*PROGRAM, *words], capture_output=True, text=True, cwd=cwd, env={**os.environ, **env}, timeout=120
    )


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "rekaman"
    with serve() as address:
        done = run(
            "check",
            address,
            "--as-site",
            SITE,
            "--delay",
            "0",
            "--snapshot",
            str(folder),
            "--as-of",
            "2026-11-24",
            "-q",
        )
    assert done.returncode == 0, done.stderr
    return folder


def test_terminal_report_says_index_interval_and_what_to_fix(snapshot: Path) -> None:
    done = run("judge", str(snapshot), "--as-of", "2026-11-24")
    assert done.returncode == 0
    for words in (
        "Indeks publikasi: 3",
        "terbukti",
        "mungkin",
        "Perbaiki dahulu",
        "Bobot diasumsikan",
        "1.1.3 APBDes",
        "facebook",
    ):
        assert words in done.stdout, words


def test_english(snapshot: Path) -> None:
    done = run("judge", str(snapshot), "--lang", "en")
    assert "Publication index" in done.stdout and "Fix first" in done.stdout


@pytest.mark.parametrize("format_", ["json", "html", "md"])
def test_two_judgements_of_a_snapshot_give_the_same_bytes(snapshot: Path, tmp_path: Path, format_: str) -> None:
    outputs = []
    for number in (1, 2):
        path = tmp_path / f"{number}.{format_}"
        assert run("judge", str(snapshot), "--output", str(path), PYTHONHASHSEED=str(number)).returncode == 0
        outputs.append(path.read_bytes())
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 5000


def test_two_runs_over_a_site_give_the_same_verdicts(snapshot: Path, tmp_path: Path) -> None:
    with serve() as address:
        done = run(
            "check",
            address,
            "--as-site",
            SITE,
            "--delay",
            "0",
            "--snapshot",
            str(tmp_path / "b"),
            "--format",
            "json",
            "-q",
            "--as-of",
            "2026-11-24",
            PYTHONHASHSEED="7",
        )
    first = json.loads(run("judge", str(snapshot), "--format", "json", "--as-of", "2026-11-24").stdout)
    second = json.loads(done.stdout)
    for result in (first, second):
        for key in ("collected_at", "snapshot"):
            result.pop(key)
        for component in result["components"]:
            for indicator in component["indicators"]:
                for item in indicator["items"]:
                    for evidence in item["evidence"]:
                        evidence.pop("fetched_at")
    assert first == second


def test_several_instruments_in_one_call(snapshot: Path) -> None:
    done = run("judge", str(snapshot), "--criteria", "slip-desa", "--criteria", "situs", "--format", "json")
    results = json.loads(done.stdout)["results"]
    assert [r["instrument"]["id"] for r in results] == ["slip-desa", "situs"]
    domain = next(
        i for c in results[1]["components"] for n in c["indicators"] for i in n["items"] if i["code"] == "situs.domain"
    )
    assert domain["publication"] == "unobserved", "a copy says nothing of the domain"


def test_fail_under(snapshot: Path) -> None:
    assert run("judge", str(snapshot), "--fail-under", "20").returncode == 0
    assert run("judge", str(snapshot), "--fail-under", "99").returncode == 1


def test_kelurahan_is_said_and_not_scored(snapshot: Path) -> None:
    done = run("judge", str(snapshot), "--kind", "kelurahan", "--format", "json")
    result = json.loads(done.stdout)
    assert done.returncode == 4
    assert result["assessable"] is False and result["score"]["verdict"] == "not_assessed"
    assert "kelurahan" in result["reason"]["en"].lower()
    assert run("judge", str(snapshot), "--kind", "kelurahan", "--criteria", "situs").returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "bukan alamat"], "bukan alamat web"),
        (["check", "ftp://desa.example"], "bukan alamat web"),
        (["check", "desa"], "bukan alamat web"),
        (["check", "desa.example", "--criteria", "kpk"], "Known ids"),
        (["check", "desa.example", "--criteria", "tidak/ada.yaml"], "no such criteria file"),
        (["check", "desa.example", "--as-of", "24-11-2026"], "2026-11-24"),
        (["check", "desa.example", "--format", "pdf"], "Pilihan: terminal, json, html, md"),
        (["check", "desa.example", "--lang", "jv"], "Pilihan: id, en"),
        (["check", "desa.example", "--kind", "kota"], "Pilihan: desa, kelurahan"),
        (["check", "desa.example", "--output", "tidak/ada/x.html"], "tidak ada"),
        (["check", "desa.example", "--output", "laporan.docx"], "akhiran berkas tidak dikenal"),
        (["check", "desa.example", "--max-pages", "0"], "--max-pages"),
        (["check", "desa.example", "--config", "tidak-ada.toml"], "tidak ditemukan"),
        (["check"], "URL"),
        (["chek", "desa.example"], "chek"),
        (["judge", "tidak-ada"], "no snapshot is here"),
        (["criteria", "show", "--item", "1.1.33"], "Did you mean"),
        (["criteria", "schema", "instrumen"], "Did you mean 'instrument'"),
    ],
)
def test_bad_input_exits_2_and_says_what_to_do(words: list[str], said: str, tmp_path: Path) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_configuration_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text('contct = "a"\n', encoding="utf-8")
    done = run("doctor", "--config", str(path))
    assert done.returncode == 2 and "Did you mean 'contact'" in done.stderr
    path.write_text('contact = "kominfo@kab.example"\nproxy = "http://user:rahasia@proxy:1"\n', encoding="utf-8")
    done = run("doctor", "--config", str(path), COMPLIANCE_DELAY="2")
    assert done.returncode == 0
    assert "kominfo@kab.example" in done.stdout and "rahasia" not in done.stdout and "COMPLIANCE_DELAY" in done.stdout


def test_site_that_is_down_cannot_be_assessed(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    done = run(
        "check",
        f"http://127.0.0.1:{port}/",
        "--snapshot",
        str(tmp_path / "s"),
        "--format",
        "json",
        "-q",
        "--delay",
        "0",
    )
    result = json.loads(done.stdout)
    assert done.returncode == 4
    assert result["score"]["verdict"] == "not_assessed" and result["assessable"] is False
    assert "cannot be assessed" in result["reason"]["en"]
    assert not [i for c in result["components"] for n in c["indicators"] for i in n["items"] if i["outcome"] == "unmet"]
    shown = run("judge", str(tmp_path / "s"))
    assert shown.returncode == 4 and "TIDAK DAPAT DINILAI" in shown.stdout


def test_interrupted_run_resumes_with_the_same_verdicts(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with running(slow_seconds=0.0) as (address, log):
        process = subprocess.Popen(
            [*PROGRAM, "check", address, "--snapshot", str(folder), "--delay", "0.05", "-q"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        while len(log.paths) < 12:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130, said
        assert "--resume" in said
        assert run("judge", str(folder), "--format", "json").returncode == 0, "an interrupted snapshot can be judged"
        before = list(log.paths)
        done = run("check", address, "--resume", str(folder), "--delay", "0", "-q", "--format", "json")
        assert done.returncode == 0, done.stderr
        again = [p for p in log.paths[len(before) :] if p in before and p not in {"/sibuk", "/terpotong"}]
        assert len(again) <= 1, again
        whole = run("check", address, "--snapshot", str(tmp_path / "t"), "--delay", "0", "-q", "--format", "json")

    def verdicts(text: str) -> dict[str, str]:
        return {
            i["code"]: i["publication"]
            for c in json.loads(text)["components"]
            for n in c["indicators"]
            for i in n["items"]
        }

    assert verdicts(done.stdout) == verdicts(whole.stdout)


def test_killed_run_resumes(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with running(slow_seconds=0.0) as (address, log):
        process = subprocess.Popen([*PROGRAM, "check", address, "--snapshot", str(folder), "--delay", "0.05", "-q"])
        while len(log.paths) < 15:
            time.sleep(0.01)
        process.kill()
        process.wait()
        assert run("check", address, "--resume", str(folder), "--delay", "0", "-q").returncode == 0


def test_existing_snapshot_is_not_overwritten(snapshot: Path) -> None:
    before = (snapshot / "manifest.jsonl").read_bytes()
    done = run("check", "http://127.0.0.1:9/", "--snapshot", str(snapshot), "-q")
    assert done.returncode == 2 and "already" in done.stderr
    assert (snapshot / "manifest.jsonl").read_bytes() == before


def test_damaged_snapshot_exits_5(snapshot: Path, tmp_path: Path) -> None:
    import shutil

    broken = tmp_path / "broken"
    shutil.copytree(snapshot, broken)
    records = [json.loads(line) for line in (broken / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    largest = max(
        (r for r in records if "html" in r.get("content_type", "") and r.get("sha256")), key=lambda r: r["bytes"]
    )
    data = bytearray((broken / "records.warc.gz").read_bytes())
    for place in range(largest["offset"] + 20, largest["offset"] + 60):
        data[place] ^= 0xFF
    (broken / "records.warc.gz").write_bytes(data)
    done = run("judge", str(broken))
    assert done.returncode == 5, done.stdout[-200:]
    assert "records.warc.gz" in done.stderr
    (broken / "manifest.jsonl").write_text("{rusak\n", encoding="utf-8")
    assert run("judge", str(broken)).returncode == 5


def test_help_has_examples() -> None:
    for words in (["check", "--help"], ["judge", "--help"], ["demo", "--help"]):
        assert "Contoh" in run(*words).stdout


def test_version() -> None:
    assert run("--version").stdout.startswith("desa-compliance ")


def test_criteria_commands() -> None:
    assert run("criteria", "validate").stdout.count("sah") == 4
    assert "Dasar:" in run("criteria", "show", "--item", "1.1.3").stdout
    assert json.loads(run("criteria", "schema", "result").stdout)["title"] == "Result"
