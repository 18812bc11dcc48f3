"""Amounts of money as Indonesian documents print them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_UNITS = {
    "t": 10**12, "triliun": 10**12, "trilyun": 10**12,
    "m": 10**9, "miliar": 10**9, "milyar": 10**9, "milyard": 10**9,
    "jt": 10**6, "juta": 10**6,
    "rb": 10**3, "ribu": 10**3,
}  # fmt: skip
_AMOUNT = re.compile(
    r"(?P<rp>(?<![A-Za-z])Rp\.?\s*|\bIDR\s*)?(?P<sign>[-(]\s*)?"
    r"(?P<number>\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d))"
    r"(?:\s*(?P<unit>triliun|trilyun|miliar|milyard?|juta|ribu|jt|rb|M|T)\b)?",
    re.I,
)
#: Without one of these a text holds no amount; asked first, since most texts hold none.
_HINTS = ("rp", "idr", "juta", "ribu", "mil", "jt", "rb", "tri")
_GROUPS = re.compile(r"\d[.,]\d{3}")


def may_hold_amount(text: str) -> bool:
    """Whether a text can hold an amount at all: a quick look before the slow one."""
    lowered = text.lower()
    return any(hint in lowered for hint in _HINTS) or bool(_GROUPS.search(text))


_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


def parse_number(text: str) -> Decimal | None:
    """A printed number as Decimal; both `1.234.567,89` and `1,234,567.89` are read."""
    separators = [c for c in text if c in ".,"]
    if separators:
        last = max(text.rfind("."), text.rfind(","))
        tail = text[last + 1 :]
        decimal = len(tail) != 3 and (len(set(separators)) == 2 or len(separators) == 1)
        # Recognition takes a comma for a dot: 1.234.567.00.
        decimal = decimal or (len(separators) > 1 and len(tail) == 2 and bool(_GROUPED.fullmatch(text[:last])))
        if decimal:
            text = re.sub(r"[.,]", "", text[:last]) + "." + tail
        else:
            text = re.sub(r"[.,]", "", text)
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def amounts(text: str) -> list[Decimal]:
    """The amounts of money in a text, in rupiah.

    A number counts where it carries Rp, a unit word, or at least two thousands groups; a bare `1.234` could be
    anything, and `3,19` is a score.
    """
    found: list[Decimal] = []
    if not may_hold_amount(text):
        return found
    for match in _AMOUNT.finditer(text):
        number, unit = match["number"], (match["unit"] or "").lower()
        if not match["rp"] and not unit and len(re.findall(r"[.,]\d{3}(?!\d)", number)) < 2:
            continue
        if unit in {"m", "t"} and not match["rp"]:
            continue
        value = parse_number(number)
        if value is not None:
            found.append(value * _UNITS.get(unit, 1))
    return found


_SIGNED = re.compile(
    r"(?P<open>[-(\u2013]\s*)?(?:(?:Rp|IDR)\.?\s*)?(?P<sign>[-(\u2013]\s*)?(?P<number>\d[\d.,\u00a0]*?)(?:[.,]-)?\s*"
    r"(?P<unit>triliun|trilyun|miliar|milyard?|juta|ribu|jt|rb|M|T)?\s*\)?",
    re.I,
)


def signed_amount(text: str) -> Decimal | None:
    """One printed amount with its sign, in rupiah: brackets or a leading minus make it negative; None if it is none."""
    stripped = text.strip()
    if stripped in {"-", "\u2013"}:
        return Decimal(0)
    match = _SIGNED.fullmatch(stripped)
    if match is None:
        return None
    value = parse_number(match["number"].rstrip(".,"))
    if value is None:
        return None
    value *= _UNITS.get((match["unit"] or "").lower(), 1)
    return -value if match["open"] or match["sign"] else value


def printed(value: Decimal) -> str:
    """An amount as it is shown: Rp1.234.567, with a minus where it is negative."""
    sign = "-" if value < 0 else ""
    return f"{sign}Rp{abs(int(value)):,}".replace(",", ".")


_DIGIT = re.compile(r"\d")
_CELL = re.compile(r"\d{7,13}|\d{1,3}(?:[ \u00a0]\d{3}){2,4}")


def cell_amounts(text: str) -> list[Decimal]:
    """The amounts in a table cell: there, plain digits and digits grouped by blanks are amounts too."""
    stripped = text.strip()
    if _CELL.fullmatch(stripped):
        return [Decimal(re.sub(r"\D", "", stripped))]
    return amounts(text)


def is_amount(text: str) -> bool:
    """Whether a table cell holds an amount and nothing else (a bare zero or dash counts)."""
    stripped = text.strip()
    if stripped in {"-", "0", "0,00", "0.00", "Rp0", "Rp 0", "Rp 0,00", "Rp. 0"}:
        return True
    if len(stripped) < 5 or not _DIGIT.search(stripped):
        return False
    if _CELL.fullmatch(stripped):
        return True
    if not may_hold_amount(stripped):
        return False
    return bool(amounts(stripped)) and not re.search(
        r"[a-zA-Z]{4,}", re.sub(r"(?i)\brp\b|triliun|miliar|milyar|juta|ribu", "", stripped)
    )
