"""`make accuracy-documents`: how well documents are read, on kept ones and on new ones made from the commit's hash.

Prints, for text and for recognised documents: topic right, fiscal year right, printed totals read exactly, and the
share and errors of the totals that are given with a confidence of 0.9 or more.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from compliance.model.budget import Key
from compliance.run.single import Reading, read_one
from compliance.run.village import Tools

KEPT = Path(__file__).parent.parent / "data" / "documents"
_BUDGETS = {"apbdes", "realisasi", "apbdes_perubahan"}
_SURE = 0.9
_GOALS = {"topic": 0.95, "year": 0.95, "totals, text": 0.97, "totals, OCR": 0.90, "sure totals, share": 0.85}


def measure(
    folder: Path, tools: Tools, *, only: set[str] | None = None
) -> tuple[Counter[str], list[str], dict[str, float]]:
    """Counts over the documents of a folder, what went wrong, and seconds by kind."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    seconds: dict[str, list[float]] = defaultdict(list)
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        if only is not None and truth["medium"] not in only:
            continue
        started = time.monotonic()
        path = folder / truth["file"]
        reading = read_one(truth["file"], f"https://contoh.example/{truth['file']}", path.read_bytes(), tools)
        seconds[truth["medium"]].append(time.monotonic() - started)
        counts["documents"] += 1
        shown = {d.topic: d for d in reading.disclosures if d.disclosed}
        topic = truth["topic"]
        extra = (set(shown) & _BUDGETS) - {topic} - ({"apbdes"} if topic == "apbdes_perubahan" else set())
        right = topic in shown and not (topic in _BUDGETS and extra)
        counts["topics"] += 1
        counts["topic"] += right
        years = sorted(shown[topic].years) if topic in shown else []
        if truth["years"]:
            counts["years"] += 1
            counts["year"] += years == sorted(truth["years"])
        if not right or (truth["years"] and years != sorted(truth["years"])):
            wrong.append(f"{truth['file']}: {topic} {truth['years']}, read {sorted(shown)} {years}")
        wrong += _totals(truth, reading, counts)
    return counts, wrong, {k: sum(v) / len(v) for k, v in seconds.items()}


def _totals(truth: dict[str, dict[str, int]], reading: Reading, counts: Counter[str]) -> list[str]:
    wrong = []
    kind = "ocr" if reading.document.ocr else "text"
    for name, value in truth["totals"].items():
        figure = reading.budget.figure(Key(name)) if reading.budget else None
        right = figure is not None and figure.amount == value
        counts[f"{kind} totals"] += 1
        counts[f"{kind} right"] += right
        if figure is not None and figure.confidence >= _SURE:
            counts["sure"] += 1
            counts["sure wrong"] += not right
        if not right:
            wrong.append(f"{truth['file']}: {name} is {value}, read {figure.amount if figure else None}")
    return wrong


def shares(counts: Counter[str]) -> dict[str, float]:
    """The measures that the goals are set for."""
    return {
        "topic": counts["topic"] / max(1, counts["topics"]),
        "year": counts["year"] / max(1, counts["years"]),
        "totals, text": counts["text right"] / max(1, counts["text totals"]),
        "totals, OCR": counts["ocr right"] / max(1, counts["ocr totals"]),
        "sure totals, share": counts["sure"] / max(1, counts["text totals"] + counts["ocr totals"]),
        "sure totals, wrong": counts["sure wrong"] / max(1, counts["sure"]),
    }


def main() -> int:
    """Measures the kept set and one made anew; 1 where a goal is missed."""
    from tests.documents.make import make

    head = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    seed = int(head[:8], 16)
    tools = Tools.make()
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made:
        make(seed, Path(made))
        for name, folder in (("kept", KEPT), (f"new (seed {seed})", Path(made))):
            counts, wrong, seconds = measure(folder, tools)
            total += counts
            print(
                f"{name}: {counts['documents']} documents; seconds a document: "
                + ", ".join(f"{k} {v:.2f}" for k, v in seconds.items())
            )
            for line in wrong:
                print("  ", line)
    missed = False
    for measure_name, share in shares(total).items():
        goal = _GOALS.get(measure_name)
        bad = share < goal if goal is not None else share > 0.005
        missed |= bad
        print(
            f"{measure_name}: {share:.1%} (goal {'at least ' + format(goal, '.0%') if goal else 'at most 0.5%'}){'  MISSED' if bad else ''}"
        )
    print(f"documents {total['documents']}, totals {total['text totals']} in text and {total['ocr totals']} recognised")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
