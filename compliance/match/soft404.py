"""Pages that answer 200 and say that there is nothing."""

from __future__ import annotations

import re

from compliance.match.lexicon import normal
from compliance.model.document import Document
from compliance.model.status import Region
from compliance.read.dates import MONTHS

_CALENDAR = frozenset(MONTHS) | {"senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"}
_ENOUGH = 400
_NEAR = 0.92


def word_set(document: Document) -> frozenset[str]:
    """The different words of the main content, without numbers and names of months: what a page is about."""
    text = document.main_text().lower()
    words = frozenset(w for w in set(text.split()) if w.isalpha()) - _CALENDAR
    if len(words) > _ENOUGH:
        # Enough to tell pages apart; the same words are taken from pages that are alike.
        words = frozenset(sorted(words)[:_ENOUGH])
    return words or frozenset({"-"} if text else ())


def looks_missing(document: Document, probe: frozenset[str] | None, words: frozenset[str]) -> bool:
    """Whether a page is the site's way of saying "not found": like the probe page, or by its own words
    (`words` as `word_set` gives them)."""
    if probe is not None:
        union = len(words | probe)
        if union and len(words & probe) / union >= _NEAR:
            return True
    if len(words) > 60:
        return False
    heads = [document.title, *[b.text for b in document.blocks if b.kind == "heading" and b.region is Region.MAIN][:2]]
    return any(_says_missing(normal(h)) for h in heads if h)


def _says_missing(text: str) -> bool:
    return bool(
        re.search(
            r" 404 | (?:halaman|artikel|data|berita|page) (?:yang anda (?:cari|minta) )?(?:tidak (?:ditemukan|ada|tersedia)|not found) | not found ",
            text,
        )
    )
