"""A district's worth of documents in bounded memory: 300 PDFs, then 100 pictures with recognition."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.documents.accuracy import KEPT

SCRIPT = """
import sys
from pathlib import Path
from compliance.read.extract import Job
from compliance.read.isolated import Extractor
ocr, count, folder, pattern = sys.argv[1] == "ocr", int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4].split(",")
files = sorted(f for p in pattern for f in folder.glob(p))
with Extractor() as extractor:
    for index in range(count):
        found = extractor.extract(files[index % len(files)].read_bytes(), Job(ocr=ocr))
        assert found.access.value in {"ok", "unreadable"}, (files[index % len(files)], found.access, found.detail)
print("done")
"""


def _peak(*arguments: str) -> tuple[float, float]:
    """(megabytes, seconds) of the process tree of a run."""
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, *arguments], stdout=subprocess.PIPE, text=True)
    parent, peak = psutil.Process(process.pid), 0
    while process.poll() is None:
        total = 0
        try:
            tree = [parent, *parent.children(recursive=True)]
        except psutil.NoSuchProcess:
            break
        for one in tree:
            try:
                total += one.memory_info().rss
            except psutil.NoSuchProcess:
                continue
        peak = max(peak, total)
        time.sleep(0.05)
    out, _ = process.communicate()
    assert out.strip() == "done"
    return peak / 1e6, time.monotonic() - started


@pytest.mark.soak
def test_three_hundred_pdfs_without_recognition() -> None:
    peak, seconds = _peak("text", "300", str(KEPT), "*.pdf")
    print(f"300 PDFs: {seconds:.0f} s, peak {peak:.0f} MB")
    assert peak < 300


@pytest.mark.soak
def test_a_hundred_pictures_with_recognition(tmp_path: Path) -> None:
    peak, seconds = _peak("ocr", "100", str(KEPT), "*.jpg,pindai-*.pdf")
    print(f"100 pictures and scans: {seconds:.0f} s, peak {peak:.0f} MB")
    assert peak < 1000
