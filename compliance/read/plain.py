"""Text made plain."""

from __future__ import annotations

import re

_NON_WORD = re.compile(r"[^a-z0-9]+")


def squeeze(text: str) -> str:
    """Runs of white space become one blank."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """Lower case, letters and digits only, single blanks: for comparing headings."""
    return _NON_WORD.sub(" ", text.lower()).strip()
