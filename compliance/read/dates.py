"""Dates as Indonesian pages print them."""

from __future__ import annotations

import re
from datetime import date

_NAMES = (
    ("januari", "jan", "january"),
    ("februari", "feb", "pebruari", "peb", "february"),
    ("maret", "mar", "march"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("agustus", "agu", "agt", "ags", "aug", "august"),
    ("september", "sep", "sept"),
    ("oktober", "okt", "oct", "october"),
    ("november", "nov", "nopember", "nop"),
    ("desember", "des", "dec", "december"),
)
MONTHS = {name: index + 1 for index, names in enumerate(_NAMES) for name in names}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))

_WORDS = re.compile(rf"\b(\d{{1,2}})(?:\s+|-)({_MONTH})\.?,?(?:\s+|-)(\d{{4}})\b", re.I)
_ENGLISH = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}}),\s*(\d{{4}})\b", re.I)
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d{2})(?![\d/-])")
_ISO = re.compile(r"\b((?:19|20)\d{2})-(\d{2})-(\d{2})(?=\D|$)")
_IN_URL = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})(?:/(\d{1,2}))?(?=/)")
#: Any date with its year, so that the year of a date is never taken for a fiscal year.
MONTH_AND_YEAR = rf"(?:{_MONTH})\.?\s+(?:19|20)\d{{2}}\b"
ANY_DATE = re.compile(
    rf"\b\d{{1,2}}(?:\s+|-)(?:{_MONTH})\.?,?(?:\s+|-)\d{{4}}\b"
    rf"|\b(?:{_MONTH})\.?\s+\d{{1,2}},\s*\d{{4}}\b"
    rf"|(?<![\d/.-])\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)\d{{2}}(?![\d/-])|\b(?:19|20)\d{{2}}-\d{{2}}-\d{{2}}\b",
    re.I,
)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_date(text: str) -> date | None:
    """The first date in a text, or None."""
    if "20" not in text and "19" not in text:
        return None
    found: list[tuple[int, date]] = []
    for match in _WORDS.finditer(text):
        made = _make(int(match[3]), MONTHS[match[2].lower()], int(match[1]))
        if made:
            found.append((match.start(), made))
            break
    for match in _ENGLISH.finditer(text):
        made = _make(int(match[3]), MONTHS[match[1].lower()], int(match[2]))
        if made:
            found.append((match.start(), made))
            break
    for match in _NUMERIC.finditer(text):
        made = _make(int(match[3]), int(match[2]), int(match[1]))
        if made:
            found.append((match.start(), made))
            break
    for match in _ISO.finditer(text):
        made = _make(int(match[1]), int(match[2]), int(match[3]))
        if made:
            found.append((match.start(), made))
            break
    return min(found)[1] if found else None


def date_in_url(url: str) -> date | None:
    """The posting date that an address carries (`/artikel/2026/1/12/slug`), or None. A month alone gives its first day."""
    match = _IN_URL.search(url)
    return _make(int(match[1]), int(match[2]), int(match[3] or 1)) if match else None


_LIKE_YEAR = re.compile(r"(?<![A-Za-z0-9.,])2[O0o][0-9OolI]{2}(?![A-Za-z0-9])")
_LIKE_DIGIT = str.maketrans("OolI", "0011")


def with_years(text: str) -> str:
    """A text in which years that recognition spelled with letters (2O23) are numbers again."""
    return _LIKE_YEAR.sub(lambda m: m[0].translate(_LIKE_DIGIT), text)
