"""Personal data in text: found to be reported, masked in all that is shown."""

from __future__ import annotations

import re

_SIXTEEN = re.compile(r"(?<!\d)\d{16}(?!\d)")
_MANY_DIGITS = re.compile(r"\d{16}")
_MOBILE = re.compile(r"(?<![\d.,])(?:\+?62|0)[\s.-]?8\d{1,2}(?:[\s.-]?\d{3,4}){2,3}(?!\d)")
_SERVICE = re.compile(
    r"kantor|layanan|pelayanan|pengaduan|aduan|lapor|call ?center|hotline|kontak|hubungi|whatsapp|\bwa\b|admin|sekretariat|telepon|telp|puskesmas|polsek|ambulans|damkar|ppid|informasi|cs\b|desa",
    re.I,
)
_AROUND = 60


def _is_id_number(digits: str) -> bool:
    """NIK or KK: province 11–96, a day of birth (women +40) and a month; or said to belong to nobody (9999…)."""
    if digits.startswith("9999"):
        return True
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    return 11 <= province <= 96 and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def id_numbers(text: str) -> list[str]:
    """The NIK and KK numbers in a text."""
    if not _MANY_DIGITS.search(text):
        return []
    return [m for m in _SIXTEEN.findall(text) if _is_id_number(m)]


def private_phones(text: str) -> list[str]:
    """Mobile numbers that stand with no word of an office or service near them."""
    found: list[str] = []
    if not any(start in text for start in ("08", "628", "62 8", "62-8", "62.8", "0 8", "0-8")):
        return found
    for match in _MOBILE.finditer(text):
        around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND // 2]
        if not _SERVICE.search(around):
            found.append(match[0])
    return found


def mask(text: str) -> str:
    """The text with NIK, KK and private mobile numbers hidden; service numbers stay readable."""
    text = _SIXTEEN.sub(lambda m: m[0][:2] + "*" * 12 + m[0][-2:] if _is_id_number(m[0]) else m[0], text)

    def hide(match: re.Match[str]) -> str:
        around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND // 2]
        return match[0] if _SERVICE.search(around) else match[0][:4] + "*" * max(4, len(match[0]) - 6) + match[0][-2:]

    return _MOBILE.sub(hide, text)
