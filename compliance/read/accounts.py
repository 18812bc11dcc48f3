"""What an account of a budget is, by its label and where it stands.

Source: the account tree of Permendagri 20/2018, in the words that villages use.
"""

from __future__ import annotations

import re

from compliance.model.budget import Key

_WORDS = re.compile(r"[^a-z0-9]+")
_LEADING = re.compile(
    r"^(?:[ivx]{1,4}|[a-h]|\d{1,2}) (?=[a-z]{2})|^(?:jumlah|total|sub ?total|besaran|besarnya|nilai|rencana|anggaran) "
)
_VILLAGE = r"(?:desa|kampung|gampong|nagari|kalurahan|lembang|pekon|tiyuh|negeri|ohoi)"
_TAIL = rf"(?: {_VILLAGE})?(?: tahun(?: anggaran)?(?: 20\d\d)?)?(?: sebesar)?"
_TOTAL = re.compile(rf"^(pendapatan|belanja){_TAIL}$")
_FUND = re.compile(rf"\bdana {_VILLAGE}\b|\bdds?\b")
_ALLOCATION = re.compile(rf"\balokasi dana {_VILLAGE}\b|^add\b|^adg\b|^adk\b|\badd\b")
_NOT_FUND = re.compile(
    r"alokasi|blt|bantuan langsung|penggunaan|prioritas|fokus|sisa|silpa|bunga|pengelolaan|ketahanan|tahap|kegiatan"
)
_BEFORE = re.compile(r"sebelum|tahun lalu|tahun yang lalu|lalu\b|20\d\d")
_FIELDS = (
    (Key.BIDANG_1, re.compile(r"penyelenggaraa?n pemerintah")),
    (Key.BIDANG_3, re.compile(r"pembinaan (?:ke)?masyarakat|pembinaan kemasy")),
    (Key.BIDANG_4, re.compile(r"pemberdayaan")),
    (Key.BIDANG_5, re.compile(r"bencana|tak terduga|tidak terduga")),
    (
        Key.BIDANG_2,
        re.compile(r"pelaksanaan pembangunan|^(?:bidang )?pembangunan(?: desa| kampung| gampong| nagari)?$"),
    ),
)


def key_of(label: str, section: str, before: list[Key | None]) -> Key | None:
    """What an account is, by its label, the section it stands in (pendapatan, belanja, pembiayaan), and its neighbours."""
    text = _WORDS.sub(" ", label.lower()).strip()
    while _LEADING.match(text):
        text = _LEADING.sub("", text, count=1)
    if not text or len(text) > 110:
        return None
    total = _TOTAL.match(text)
    if total:
        return Key(total[1])
    if "surplus" in text or "defisit" in text:
        return Key.SURPLUS if "pembiayaan" not in text else None
    if text.startswith("penerimaan") and ("pembiayaan" in text or section == "pembiayaan"):
        return Key.PENERIMAAN
    if text.startswith("pengeluaran") and ("pembiayaan" in text or section == "pembiayaan"):
        return Key.PENGELUARAN
    if "silpa" in text or text.startswith("sisa lebih"):
        former = _BEFORE.search(text) or (before and before[-1] is Key.PENERIMAAN)
        return None if former else Key.SILPA
    # "Pembiayaan" alone may be receipts, their sum with outlays, or net.
    if re.search(r"pembiayaan net|net\w* pembiayaan|pembiayaan bersih|selisih pembiayaan", text):
        return Key.NETO
    if "sub bidang" in text or "subbidang" in text:
        return None
    if len(text.split()) <= 12 and "pendapatan" not in text:
        for key, pattern in _FIELDS:
            if pattern.search(text):
                return key
    found = _income(text)
    # Under spending the same words name where the money for an activity came from.
    return (
        found
        if section not in {"belanja", "pembiayaan"} or found in {Key.PADES, Key.TRANSFER, Key.LAIN, Key.BAGI_HASIL}
        else None
    )


def _income(text: str) -> Key | None:
    if len(text.split()) > 9:
        return None
    if _ALLOCATION.search(text):
        return Key.ADD
    if _FUND.search(text) and not _NOT_FUND.search(text):
        return Key.DANA_DESA
    if "pendapatan asli" in text or re.fullmatch(r"pades?|pad|hasil usaha desa", text):
        return Key.PADES
    if "bagi hasil" in text or "bagian dari hasil" in text or re.fullmatch(r"(?:bhp|bhpr|phpr|bh)\w*(?: .*)?", text):
        return Key.BAGI_HASIL
    if "bantuan keuangan" in text or re.fullmatch(r"bantuan (?:provinsi|kabupaten|kota).*|bkk?p?", text):
        return Key.BANTUAN
    if "transfer" in text and "lain" not in text:
        return Key.TRANSFER
    if "lain lain" in text or "pendapatan lain" in text:
        return Key.LAIN
    return None


def section_of(text: str) -> str:
    """The section that a line opens."""
    words = _WORDS.sub(" ", text.lower()).strip()
    words = re.sub(r"^(?:\d[ \d]*|[ivx]+ |[a-h] )", "", words).strip()
    match = re.match(r"(?:sumber |rincian |jumlah |total )?(pendapatan|belanja|pembiayaan)\b", words)
    if not match or len(words.split()) > 5:
        return ""
    if match[1] == "pendapatan" and re.search(r"asli|transfer|lain|belanja", words):
        return "pendapatan" if "belanja" not in words else ""
    return match[1]


def section_of_code(code: str) -> str:
    """The section by a code of the account tree; "4" alone may be a running number."""
    if "." not in code:
        return ""
    return {"4": "pendapatan", "5": "belanja", "6": "pembiayaan"}.get(code[0], "")
