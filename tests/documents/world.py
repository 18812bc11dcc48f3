"""Invented villages and budgets: every number of a document is known before it is printed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

_FIRST = ["Suka", "Karang", "Sumber", "Tanjung", "Mekar", "Wono", "Kali", "Marga", "Bumi", "Rano", "Lembah", "Batu"]
_LAST = ["asri", "rejo", "mulya", "harapan", "sari", "jaya", "lestari", "tani", "indah", "makmur", "luhur", "bakti"]
_DISTRICT = ["Walenrang", "Purwasari", "Tirtonadi", "Bungin", "Sekaran", "Pujananting"]
_HAMLETS = ["Dusun Melati", "Dusun Kenanga", "Dusun Cempaka", "Dusun Mawar", "Dusun Anggrek", "Dusun Teratai"]
_WORKS = [
    "Rabat beton jalan tani", "Drainase lingkungan", "Talud penahan tanah", "Rehabilitasi posyandu", "Sumur bor air bersih",
    "Lampu jalan tenaga surya", "Jembatan pejalan kaki", "Perpipaan air minum", "Paving jalan lingkungan",
]  # fmt: skip


@dataclass(frozen=True)
class Budget:
    """One budget of one year, in rupiah; the totals follow from the parts."""

    pades: int
    dana_desa: int
    bagi_hasil: int
    add: int
    bantuan: int
    lain: int
    bidang: tuple[int, ...]
    silpa_before: int
    modal: int

    @property
    def pendapatan(self) -> int:
        """Income."""
        return self.pades + self.dana_desa + self.bagi_hasil + self.add + self.bantuan + self.lain

    @property
    def belanja(self) -> int:
        """Spending."""
        return sum(self.bidang)

    @property
    def surplus(self) -> int:
        """Income less spending."""
        return self.pendapatan - self.belanja

    @property
    def neto(self) -> int:
        """Net financing."""
        return self.silpa_before - self.modal

    @property
    def silpa(self) -> int:
        """What is left."""
        return self.surplus + self.neto


@dataclass(frozen=True)
class Village:
    """A village that does not exist."""

    name: str
    district: str
    year: int
    budget: Budget
    realised: Budget
    changed: Budget
    works: tuple[tuple[str, str, int], ...]
    phone: str


@dataclass(frozen=True)
class Truth:
    """What a document says. `totals` only holds what it prints."""

    file: str
    medium: str
    topic: str
    years: tuple[int, ...]
    village: str = ""
    column: str = ""
    totals: dict[str, int] = field(default_factory=dict)
    parts: str = ""


def _scaled(budget: Budget, draw: random.Random, low: float, high: float) -> Budget:
    def part(value: int) -> int:
        return int(value * draw.uniform(low, high))

    bidang = tuple(part(b) for b in budget.bidang)
    return Budget(
        part(budget.pades), budget.dana_desa, part(budget.bagi_hasil), budget.add, part(budget.bantuan), part(budget.lain),
        bidang, budget.silpa_before, budget.modal,
    )  # fmt: skip


def invent(draw: random.Random) -> Village:
    """A village with a budget that adds up."""

    def money(low: int, high: int) -> int:
        value = draw.randint(low, high)
        return value - value % draw.choice([1, 50, 1000, 1000, 100_000])

    dana, add = money(650_000_000, 1_300_000_000), money(350_000_000, 900_000_000)
    budget = Budget(
        money(8_000_000, 140_000_000), dana, money(15_000_000, 90_000_000), add, money(50_000_000, 300_000_000),
        money(1_000_000, 9_000_000), (0, 0, 0, 0, 0), money(5_000_000, 90_000_000), draw.choice([0, 25_000_000, 50_000_000, 100_000_000]),
    )  # fmt: skip
    spend = budget.pendapatan + budget.neto - draw.choice([0, 0, money(1_000_000, 9_000_000)])
    shares = [draw.uniform(0.3, 0.4), draw.uniform(0.28, 0.4), draw.uniform(0.04, 0.1), draw.uniform(0.04, 0.1)]
    first = [int(spend * s) for s in shares]
    bidang = (*first, spend - sum(first))
    budget = Budget(
        budget.pades, dana, budget.bagi_hasil, add, budget.bantuan, budget.lain, bidang, budget.silpa_before, budget.modal
    )  # fmt: skip
    return Village(
        name=draw.choice(_FIRST) + draw.choice(_LAST),
        district=draw.choice(_DISTRICT),
        year=draw.choice([2023, 2024, 2025, 2026]),
        budget=budget,
        realised=_scaled(budget, draw, 0.9, 0.999),
        changed=_scaled(budget, draw, 0.97, 1.08),
        works=tuple(
            (w, draw.choice(_HAMLETS), money(20_000_000, 180_000_000)) for w in draw.sample(_WORKS, 6)
        ),
        phone=f"0812-5550-{draw.randint(1000, 9999)}",
    )  # fmt: skip


def rupiah(value: int, style: str) -> str:
    """An amount as printed. Styles: full (Rp 1.234,00), short (Rp1.234), bare (1.234,00), plain (1.234)."""
    digits = f"{abs(value):,}".replace(",", ".")
    text = {
        "full": f"Rp {digits},00",
        "short": f"Rp{digits}",
        "bare": f"{digits},00",
        "plain": digits,
        "dot": f"Rp. {digits}",
    }[style]
    return f"({text})" if value < 0 else text
