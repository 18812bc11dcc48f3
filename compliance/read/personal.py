"""Personal data in text: found to be reported, masked in all that is shown."""

from __future__ import annotations

import re
import unicodedata

#: Sixteen digits, in one run or in groups.
_SIXTEEN = re.compile(r"(?<!\d)\d(?:[ .\-\u2013\u00a0]?\d){15,16}(?!\d)")
_GAP = r"[\s.()/\-\u2010-\u2015\u200b\u00a0]{0,3}"
#: Mobile numbers: 08…, 628…, +62 8…, in whatever grouping; and 813-5551-2345 without the zero.
_MOBILE = re.compile(
    rf"(?<!\d)(?:\(?0{_GAP}|\(?\+62{_GAP}|62[ \-]?\(?)8(?:{_GAP}\d){{7,11}}(?!\d)|(?<![\d.,])8\d\d[ \-]\d{{3,4}}[ \-]\d{{3,5}}(?![\d.,])"
)
_SERVICE = re.compile(
    r"\b(?:kantor|layanan|pelayanan|pengaduan|aduan|lapor|call ?cent(?:er|re)|hotline|kontak|hubungi|sekretariat|puskesmas|polsek|ambulans"
    r"|damkar|ppid|admin|telepon kantor|cs)\b",
    re.I,
)
_BEFORE, _AFTER = 50, 25
_FIRST = re.compile(r"\d")


def _plain(text: str) -> str:
    """Full-width digits as plain ones; the length stays."""
    return (
        text
        if text.isascii()
        else "".join(
            str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() and unicodedata.digit(c, -1) >= 0 else c
            for c in text
        )
    )


def _is_id_number(found: str) -> bool:
    """NIK or KK: begins with a province code 11–96; in groups also with a day of birth (women +40) and a month.

    9999… belongs to nobody and counts too. Amounts are grouped by thousands with dots and are left alone.
    """
    digits = "".join(c for c in found if c.isdigit())
    if digits.startswith("9999"):
        return True
    if not 11 <= int(digits[:2]) <= 96:
        return False
    if found.isdigit():
        return True
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", found):
        return False
    day, month = int(digits[6:8]), int(digits[8:10])
    return (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def id_numbers(text: str) -> list[str]:
    """The NIK and KK numbers in a text."""
    return [m for m in _SIXTEEN.findall(_plain(text)) if _is_id_number(m)]


def _is_service(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - _BEFORE) : match.end() + _AFTER]
    return bool(_SERVICE.search(around))


def private_phones(text: str) -> list[str]:
    """Mobile numbers that stand with no word of an office or service near them."""
    text = _plain(text)
    if not any(f"8{d}" in text or f"8 {d}" in text for d in "123456789"):
        return []
    return [m[0] for m in _MOBILE.finditer(text) if not _is_service(text, m)]


def mask_ids(text: str) -> str:
    """The text, or address, with NIK and KK hidden."""
    return _SIXTEEN.sub(lambda m: _hidden(m[0]) if _is_id_number(m[0]) else m[0], _plain(text))


def mask(text: str) -> str:
    """The text with NIK, KK and private mobile numbers hidden; service numbers stay readable."""
    if not _FIRST.search(text):
        return text
    text = mask_ids(text)
    return _MOBILE.sub(lambda m: m[0] if _is_service(text, m) else _hidden(m[0]), text)


def _hidden(number: str) -> str:
    """The first three and the last two digits of a number, the rest as asterisks."""
    total = sum(c.isdigit() for c in number)
    seen = 0
    out = []
    for c in number:
        if c.isdigit():
            seen += 1
            c = c if seen <= 3 or seen > total - 2 else "*"
        out.append(c)
    return "".join(out)
