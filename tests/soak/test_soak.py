"""Long trials: `make soak`."""

from __future__ import annotations

import json
import random
import subprocess
import time
from pathlib import Path

import pytest

from compliance.read import read
from tests.cli.test_check import PROGRAM, run
from tests.collect.server import running

pytestmark = pytest.mark.soak


def verdicts(text: str) -> dict[str, str]:
    """Publication of every item in a JSON result."""
    return {
        i["code"]: i["publication"] for c in json.loads(text)["components"] for n in c["indicators"] for i in n["items"]
    }


def test_killed_at_random_moments_ends_with_the_same_verdicts(tmp_path: Path) -> None:
    """kill -9 twenty times; each snapshot resumes and judges like an undisturbed one."""
    generator = random.Random(20)
    with running(slow_seconds=0.0) as (address, _):
        whole = run("check", address, "--snapshot", str(tmp_path / "whole"), "--delay", "0", "-q", "--format", "json")
        expected = verdicts(whole.stdout)
        for trial in range(20):
            folder = tmp_path / str(trial)
            process = subprocess.Popen([*PROGRAM, "check", address, "--snapshot", str(folder), "--delay", "0.02", "-q"])
            time.sleep(0.6 + generator.random() * 2.5)
            process.kill()
            process.wait()
            if (
                not (folder / "manifest.jsonl").exists()
                or json.loads((folder / "snapshot.json").read_text())["complete"]
            ):
                continue
            done = run("check", address, "--resume", str(folder), "--delay", "0", "-q", "--format", "json")
            assert done.returncode == 0, done.stderr
            assert verdicts(done.stdout) == expected, trial


def test_damaged_pages_are_read() -> None:
    """5,000 pages with bytes flipped, cut and doubled: none ends the reader."""
    generator = random.Random(7)
    pages = [p.read_bytes() for p in (Path(__file__).parents[2] / "compliance" / "sample" / "site").rglob("*.*")]
    for _ in range(5000):
        body = bytearray(generator.choice(pages))
        for _ in range(generator.randint(1, 40)):
            place = generator.randrange(len(body))
            body[place : place + generator.randint(0, 6)] = generator.randbytes(generator.randint(0, 6))
            if not body:
                break
        read("http://x.example/", bytes(body))
