"""Labelled pages: a file of them, checked line by line, and its two halves."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field, ValidationError

from compliance.errors import UserError, text_lines
from compliance.model.base import Frozen
from compliance.model.status import Strength

#: Labels that are kept in the files and never scored: news is too wide, the others name no disclosure.
UNSCORED = frozenset({"berita", "empty", "other"})
Half = Literal["tuned", "measured"]


class LabelledPage(Frozen):
    """A page with its known answer.

    `labels` are the topics it is about, `discloses` those that it really shows; `strength` is one value for the
    page; `fiscal_years` are those of the budget, plan, report or regulation shown, never the posting date;
    `hard` marks a page that looks like a disclosure and is not, or hides a trap.
    """

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    url: str
    platform: str = ""
    title: str = ""
    html: str
    labels: tuple[str, ...]
    discloses: tuple[str, ...]
    strength: Strength = Strength.MENTION
    fiscal_years: tuple[int, ...] = ()
    posted: str | None = None
    hard: bool = False
    note: str = ""


@dataclass(frozen=True)
class PageSet:
    """Labelled pages of one or several files. `scope` gives per page the topics that its file was labelled for:
    a topic that a file does not know is neither right nor wrong there. `doubtful` cells (page, topic) are not counted."""

    pages: tuple[LabelledPage, ...]
    scope: dict[str, frozenset[str]]
    doubtful: frozenset[tuple[str, str]] = frozenset()

    def half(self, name: Half) -> PageSet:
        """The pages of one half."""
        return PageSet(tuple(p for p in self.pages if half_of(p.id) == name), self.scope, self.doubtful)

    def cells(self, page: LabelledPage) -> list[str]:
        """The topics that count on a page."""
        return sorted(t for t in self.scope[page.id] if (page.id, t) not in self.doubtful)

    def topics(self) -> list[str]:
        """Every topic that counts on any page."""
        return sorted({t for p in self.pages for t in self.cells(p)})


def half_of(page_id: str) -> Half:
    """Which half a page belongs to, for ever: rules are made while looking at `tuned`; `measured` is only measured."""
    return "tuned" if hashlib.sha256(page_id.encode()).digest()[0] % 2 == 0 else "measured"


def load_pages(paths: Iterable[Path], exclude: Iterable[Path] = (), known: Collection[str] | None = None) -> PageSet:
    """The pages of JSON-lines files, without the doubtful cells of tab-separated files (id, topic).

    Raises UserError with file and line where a line is no labelled page, an id comes twice, a page discloses
    what it is not labelled for or has a label that is not among the `known` topics, or an exclusion names a page
    that is not there.
    """
    pages: list[LabelledPage] = []
    seen: dict[str, str] = {}
    scope: dict[str, frozenset[str]] = {}
    for path in paths:
        here = [_page(path, number, line, seen) for number, line in _lines(path)]
        if not here:
            raise UserError(f"{path}: berkas ini tidak berisi halaman. Isi satu objek JSON per baris.")
        topics = frozenset(t for p in here for t in p.labels) - UNSCORED
        if known is not None and (strange := sorted(topics - set(known))):
            at = next((n for n, p in enumerate(here, 1) if strange[0] in p.labels), 1)
            raise UserError(f"{path}:{at}: labels memuat topik '{strange[0]}', yang tidak ada di kriteria.")
        scope |= {p.id: topics for p in here}
        pages += here
    return PageSet(tuple(pages), scope, frozenset(c for path in exclude for c in _cells(path, seen)))


def _page(path: Path, number: int, line: str, seen: dict[str, str]) -> LabelledPage:
    where = f"{path}:{number}"
    try:
        page = LabelledPage.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(x) for x in first["loc"]) or "baris"
        raise UserError(
            f"{where}: bukan halaman berlabel: {field}: {first['msg']}. "
            "Yang diharapkan: objek JSON dengan id, url, html, labels, discloses."
        ) from error
    if page.id in seen:
        raise UserError(f"{where}: id '{page.id}' sudah dipakai di {seen[page.id]}. Beri id lain.")
    extra = sorted(set(page.discloses) - set(page.labels))
    if extra:
        raise UserError(f"{where}: discloses memuat {', '.join(extra)}, yang tidak ada di labels.")
    seen[page.id] = where
    return page


def _cells(path: Path, known: dict[str, str]) -> list[tuple[str, str]]:
    cells: list[tuple[str, str]] = []
    for number, line in _lines(path):
        parts = line.split("\t")
        if line.startswith("#") or [p.strip().lower() for p in parts[:2]] == ["id", "topic"]:
            continue
        if len(parts) < 2 or not parts[0].strip() or not parts[1].strip():
            raise UserError(f"{path}:{number}: yang diharapkan id, tab, topik; yang ada '{line[:60]}'.")
        if parts[0].strip() not in known:
            raise UserError(f"{path}:{number}: halaman '{parts[0].strip()}' tidak ada di berkas halaman.")
        cells.append((parts[0].strip(), parts[1].strip()))
    return cells


def _lines(path: Path) -> list[tuple[int, str]]:
    return [(n, line) for n, line in enumerate(text_lines(path), 1) if line.strip()]
