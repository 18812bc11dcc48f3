"""Invented villages: names, regional words, and budgets that add up."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

_FIRST = [
    "Tirta",
    "Karang",
    "Sido",
    "Kerta",
    "Banyu",
    "Giri",
    "Sumber",
    "Wana",
    "Ranu",
    "Sekar",
    "Mukti",
    "Cipta",
    "Raya",
    "Luhur",
    "Sinar",
    "Batu",
    "Muara",
    "Rawa",
    "Lembah",
    "Bukit",
]
_LAST = [
    "manunggal",
    "rahayu",
    "kencana",
    "utama",
    "pratama",
    "lestari",
    "permai",
    "sentosa",
    "abadi",
    "baru",
    "sejati",
    "wangi",
    "tenteram",
    "agung",
    "damai",
    "jernih",
]
_DISTRICTS = [
    "Sanggara",
    "Walantaka",
    "Purbasari",
    "Lamuru",
    "Kotabumi",
    "Jayapuri",
    "Seberang",
    "Pagaran",
    "Tolajuk",
    "Nusamba",
]
_REGENCIES = [
    "Tanah Rimba",
    "Pesisir Jaya",
    "Gunung Sari",
    "Lembah Utara",
    "Bumi Raya",
    "Kepulauan Selayang",
    "Hulu Permai",
]
_HAMLETS = ["Melati", "Kenanga", "Cempaka", "Anggrek", "Teratai", "Flamboyan", "Mawar", "Dahlia", "Seruni", "Kamboja"]


@dataclass(frozen=True)
class Kind:
    """A kind of village and what it calls things."""

    sebutan: str
    kepala: str
    bpd: str
    apbdes: str
    rkpdes: str
    rpjmdes: str
    bumdes: str
    perdes: str
    perkades: str
    musdes: str
    dusun: str = "Dusun"


DESA = Kind(
    "desa",
    "kepala desa",
    "BPD",
    "APBDes",
    "RKPDes",
    "RPJMDes",
    "BUM Desa",
    "Peraturan Desa",
    "Peraturan Kepala Desa",
    "Musyawarah Desa",
)
KINDS = (
    DESA,
    Kind("nagari", "wali nagari", "Bamus Nagari", "APB Nagari", "RKP Nagari", "RPJM Nagari", "BUM Nagari", "Peraturan Nagari", "Peraturan Wali Nagari", "Musyawarah Nagari", "Jorong"),
    Kind("gampong", "keuchik", "Tuha Peut", "APBG", "RKPG", "RPJMG", "BUMG", "Qanun Gampong", "Peraturan Keuchik", "Musyawarah Gampong"),
    Kind("kalurahan", "lurah", "Bamuskal", "APBKal", "RKPKal", "RPJMKal", "BUMKal", "Peraturan Kalurahan", "Peraturan Lurah", "Musyawarah Kalurahan", "Padukuhan"),
    Kind("pekon", "peratin", "BHP", "APB Pekon", "RKP Pekon", "RPJM Pekon", "BUM Pekon", "Peraturan Pekon", "Peraturan Peratin", "Musyawarah Pekon"),
    Kind("kampung", "kepala kampung", "Bamuskam", "APBKam", "RKPKam", "RPJMKam", "BUMKam", "Peraturan Kampung", "Peraturan Kepala Kampung", "Musyawarah Kampung"),
    Kind("lembang", "kepala lembang", "BPL", "APBL", "RKPL", "RPJML", "BUM Lembang", "Peraturan Lembang", "Peraturan Kepala Lembang", "Musyawarah Lembang"),
)  # fmt: skip
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


@dataclass(frozen=True)
class Village:
    """A village that does not exist."""

    name: str
    kind: Kind
    district: str
    regency: str
    hamlets: tuple[str, ...]
    phone: str
    mail: str
    money: dict[str, int] = field(default_factory=dict)


def invent(draw: random.Random, *, kind: Kind | None = None, unlike: str = "") -> Village:
    """A village; half of them are called desa."""
    name = unlike
    while name == unlike or (unlike and name.split()[0][:4] == unlike.split()[0][:4]):
        name = draw.choice(_FIRST) + draw.choice(["", " "]) + draw.choice(_LAST)
        name = name.title() if " " in name else name
    chosen = kind or (DESA if draw.random() < 0.5 else draw.choice(KINDS[1:]))
    slug = re.sub(r"[^a-z]", "", name.lower())
    return Village(
        name=name,
        kind=chosen,
        district=draw.choice(_DISTRICTS),
        regency=draw.choice(_REGENCIES),
        hamlets=tuple(f"{chosen.dusun} {h}" for h in draw.sample(_HAMLETS, 3)),
        phone=f"0812-5550-{draw.randint(1000, 9999)}",
        mail=f"kantor@{slug}.{chosen.sebutan}.example",
        money=_budget(draw),
    )


def _budget(draw: random.Random) -> dict[str, int]:
    """A budget in rupiah whose sums are right, and what was realised of it."""

    def money(low: int, high: int) -> int:
        value = draw.randint(low, high)
        return value - value % draw.choice([1, 50, 1000, 100_000])

    m = {
        "pad": money(8_000_000, 140_000_000),
        "dd": money(650_000_000, 1_300_000_000),
        "add": money(350_000_000, 900_000_000),
        "bhp": money(15_000_000, 90_000_000),
    }
    m["pendapatan"] = sum(m.values())
    m["silpa"], m["penyertaan"] = money(5_000_000, 90_000_000), draw.choice([25_000_000, 50_000_000, 100_000_000])
    spend = m["pendapatan"] + m["silpa"] - m["penyertaan"]
    shares = [draw.uniform(0.3, 0.4), draw.uniform(0.28, 0.4), draw.uniform(0.04, 0.1), draw.uniform(0.04, 0.1)]
    for i, share in enumerate(shares, 1):
        m[f"b{i}"] = int(spend * share)
    m["b5"] = spend - sum(m[f"b{i}"] for i in range(1, 5))
    m["belanja"] = spend
    m["surplus"] = m["pendapatan"] - spend
    for key in ("pad", "dd", "add", "bhp", "b1", "b2", "b3", "b4", "b5"):
        m[f"r_{key}"] = int(m[key] * draw.uniform(0.9, 0.999)) if key not in {"dd", "add"} else m[key]
    m["r_pendapatan"] = sum(m[f"r_{k}"] for k in ("pad", "dd", "add", "bhp"))
    m["r_belanja"] = sum(m[f"r_b{i}"] for i in range(1, 6))
    m["r_surplus"] = m["r_pendapatan"] - m["r_belanja"]
    m["r_silpa"], m["r_penyertaan"] = m["silpa"], m["penyertaan"]
    return m


_HOLE = re.compile(r"\{(\w+)\}")


def filler(village: Village, year: int, draw: random.Random) -> Callable[[str], str]:
    """Fills the placeholders of a pool document for one village and one year; a name gives the same value throughout."""
    k = village.kind
    first = year - year % 6 + draw.choice([0, 1])
    known: dict[str, str] = {
        "desa": village.name,
        "sebutan": k.sebutan,
        "Sebutan": k.sebutan.title(),
        "kecamatan": village.district,
        "kabupaten": village.regency,
        "kepala": k.kepala,
        "Kepala": k.kepala.title(),
        "tahun": str(year),
        "awal": str(first),
        "akhir": str(first + 5),
        "nomor": str(draw.randint(1, 9)),
        "tanggal": f"{draw.randint(1, 28)} {draw.choice(MONTHS)}",
        "telepon": village.phone,
        "surel": village.mail,
        "dusun1": village.hamlets[0],
        "dusun2": village.hamlets[1],
        "dusun3": village.hamlets[2],
        "apbdes": k.apbdes,
        "rkpdes": k.rkpdes,
        "rpjmdes": k.rpjmdes,
        "bumdes": k.bumdes,
        "perdes": k.perdes,
        "perkades": k.perkades,
        "musdes": k.musdes,
        "bpd": k.bpd,
    }

    def one(match: re.Match[str]) -> str:
        name = match[1]
        if name in known:
            return known[name]
        if name.startswith("rp_") or name == "rp":
            amount = village.money.get(name[3:], draw.randint(2_000, 180_000) * 1000)
            digits = f"{abs(amount):,}".replace(",", ".")
            known[name] = f"(Rp {digits})" if amount < 0 else f"Rp {digits}"
        elif name.startswith("angka"):
            key = name.removeprefix("angka_")
            money = village.money.get(key)
            known[name] = f"{money:,}".replace(",", ".") if money is not None else str(draw.randint(3, 90))
        elif name.startswith("tahun_"):
            step = re.search(r"\d+", name)
            known[name] = str(year - int(step[0]) if step else year - 1)
        else:
            raise KeyError(f"placeholder {{{name}}} is not known")
        return known[name]

    return lambda text: _HOLE.sub(one, text)
