"""Labelled pages and generated sites whose answers are known."""

from pathlib import Path

_HOME = Path(__file__).resolve().parents[1] / "data" / "pages"
#: The labelled pages, and the cells on which two readers differ.
PAGES = sorted(_HOME.glob("*.jsonl"))
DOUBTFUL = _HOME / "doubtful.tsv"
