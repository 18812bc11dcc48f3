"""Writes the criteria catalogue under docs/ (`make docs`). A test keeps it current."""

from __future__ import annotations

from pathlib import Path

from compliance.archive.atomic import write_atomic
from compliance.cli.catalogue import catalogue
from compliance.criteria import BUNDLED
from compliance.run.village import load_criteria

DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "criteria"


def pages() -> dict[str, str]:
    """File name to text of the generated catalogue."""
    found: dict[str, str] = {}
    for criteria in load_criteria(list(BUNDLED)):
        found[f"{criteria.instrument.id}.md"] = catalogue(criteria, "id")
        found[f"{criteria.instrument.id}.en.md"] = catalogue(criteria, "en")
    return found


if __name__ == "__main__":
    for name, text in pages().items():
        write_atomic(DOCS / name, text)
