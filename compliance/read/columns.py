"""What the columns of a budget's table hold, by their headings."""

from __future__ import annotations

import re

from compliance.model.budget import Column

_ONLY_YEAR = re.compile(r"(?:t\.?\s?a\.?|tahun(?: anggaran)?|thn)?\s*20\d\d")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_SCALE = re.compile(
    r"\bdalam\s+(ribuan|jutaan|ribu|juta)\b|\(\s*(?:dalam\s+)?rp\.?\s*(ribu(?:an)?|juta(?:an)?|000)\s*\)", re.I
)
_IGNORED = re.compile(
    r"lebih|kurang|selisih|sisa|bertambah|berkurang|%|persen|capaian|ket(?:erangan)?\b|volume|satuan|lokasi|sumber|kode|^no\b|uraian|jenis"
)


def _column(text: str) -> Column | None:
    """What a heading says its column holds."""
    lowered = text.lower()
    if _IGNORED.search(lowered):
        return None
    if _ONLY_YEAR.fullmatch(lowered.strip()):
        return Column.ORIGINAL
    if "realisasi" in lowered:
        return Column.REALISED
    if re.search(r"menjadi|setelah|sesudah|perubahan", lowered):
        return Column.CHANGED
    if re.search(r"anggaran|rencana|semula|sebelum|pagu|murni|target|jumlah|nilai|biaya|rp", lowered):
        return Column.ORIGINAL
    return None


def learn(head: dict[int, Column | None], cells: tuple[str, ...]) -> None:
    """Learns from a row without amounts what the columns hold; a heading may run over several rows."""
    if len(cells) < 2 or sum(len(c) < 40 for c in cells) < len(cells):
        return
    said = {i: c for i, c in enumerate(cells) if c.strip()}
    if not any(
        _ONLY_YEAR.fullmatch(c.strip().lower())
        or re.search(
            r"anggaran|rencana|realisasi|semula|menjadi|sebelum|setelah|perubahan|jumlah|selisih|lebih|%", c, re.I
        )
        for c in said.values()
    ):
        return
    for index, text in said.items():
        column = _column(text)
        if column is not None or _IGNORED.search(text.lower()):
            # "(Rp)" under "Realisasi" tells nothing new.
            if index in head and head[index] is not None and not re.search(r"[a-z]{4}", text.lower()):
                continue
            head[index] = column


def order_of(text: str) -> tuple[Column, ...]:
    """The order of the columns where a line names both: "Realisasi | Anggaran"."""
    lowered = text.lower()
    if len(lowered) > 60 or any(c.isdigit() for c in lowered):
        return ()
    planned, real = lowered.find("anggaran"), lowered.find("realisasi")
    if planned < 0 or real < 0 or not re.search(r"anggaran\s*[|/]\s*realisasi|realisasi\s*[|/]\s*anggaran", lowered):
        return ()
    return (Column.REALISED, Column.ORIGINAL) if real < planned else (Column.ORIGINAL, Column.REALISED)


def years_of_columns(cells: tuple[str, ...]) -> dict[int, int]:
    """The years that the heads of columns name, by column; {} for a row that is none of heads."""
    found = {i: int(m[1]) for i, c in enumerate(cells) if len(c) < 40 and (m := _YEAR.search(c))}
    return found if len(set(found.values())) > 1 else {}


def scale_of(texts: list[str]) -> int:
    """What the amounts of a table are counted in: 1, 1,000 or 1,000,000 rupiah, as a line beside it says."""
    for text in texts:
        found = _SCALE.search(text) if len(text) < 120 else None
        if found:
            return 1000 if (found[1] or found[2]).lower().startswith(("ribu", "000")) else 1_000_000
    return 1
