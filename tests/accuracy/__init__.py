"""Labelled pages and generated sites whose answers are known."""

from pathlib import Path

_HOME = Path(__file__).resolve().parents[1] / "data" / "pages"
#: The labelled pages, and the cells on which two readers differ.
PAGES = sorted(_HOME.glob("*.jsonl"))
#: Those that are as easy and as hard as the pages of real villages; the others were written to be hard.
PLAIN = sorted(_HOME.glob("plain-*.jsonl"))
DOUBTFUL = sorted(_HOME.glob("doubtful*.tsv"))
