"""What the columns of a budget's table hold, by their headings."""

from __future__ import annotations

import re

from compliance.model.budget import Column

_IGNORED = re.compile(
    r"lebih|kurang|selisih|sisa|bertambah|berkurang|%|persen|capaian|ket(?:erangan)?\b|volume|satuan|lokasi|sumber|kode|^no\b|uraian|jenis"
)


def _column(text: str) -> Column | None:
    """What a heading says its column holds."""
    lowered = text.lower()
    if _IGNORED.search(lowered):
        return None
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
        re.search(
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
