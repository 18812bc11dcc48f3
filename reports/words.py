"""The words that every report uses, in both languages, and the order of what to fix first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from compliance.model.base import Lang, Text
from compliance.model.naming import PLATFORM_NAMES
from compliance.model.naming import PUBLICATION as PUBLICATION
from compliance.model.result import Account, BudgetResult, IndicatorResult, ItemResult, Result
from compliance.model.status import Channel, NoticeKind, Outcome, Publication, Verdict

OUTCOME = {
    Outcome.MET: Text(id="terpenuhi", en="met"),
    Outcome.PARTIAL: Text(id="sebagian", en="partial"),
    Outcome.OUTDATED: Text(id="usang", en="outdated"),
    Outcome.UNMET: Text(id="tidak terpenuhi", en="unmet"),
    Outcome.MANUAL: Text(id="perlu manusia", en="for a person"),
    Outcome.UNOBSERVED: Text(id="belum teramati", en="unobserved"),
    Outcome.NOT_APPLICABLE: Text(id="tidak berlaku", en="not applicable"),
}
SIGN = {
    Outcome.MET: "✓",
    Outcome.PARTIAL: "◐",
    Outcome.OUTDATED: "⏱",
    Outcome.UNMET: "✗",
    Outcome.MANUAL: "?",
    Outcome.UNOBSERVED: "…",
    Outcome.NOT_APPLICABLE: "–",
}
VERDICT = {
    Verdict.PASSED: Text(id="lulus", en="passed"),
    Verdict.NOT_PASSED: Text(id="tidak lulus", en="not passed"),
    Verdict.UNDETERMINED: Text(id="belum dapat ditentukan", en="undetermined"),
    Verdict.NOT_ASSESSED: Text(id="tidak dapat dinilai", en="cannot be assessed"),
}
NOTICE = {
    NoticeKind.PERSONAL_DATA: Text(id="Data pribadi", en="Personal data"),
    NoticeKind.GAMBLING: Text(id="Judi daring", en="Online gambling"),
    NoticeKind.FIGURES: Text(id="Angka", en="Figures"),
    NoticeKind.STALE: Text(id="Usang", en="Stale"),
    NoticeKind.TEMPLATE: Text(id="Templat", en="Template"),
    NoticeKind.OTHER_VILLAGE: Text(id="Desa lain", en="Other village"),
    NoticeKind.SECURITY: Text(id="Keamanan", en="Security"),
    NoticeKind.BROKEN_LINK: Text(id="Tautan rusak", en="Broken link"),
}
ACCESS_NAMES = {
    "ok": Text(id="terbuka", en="open"),
    "not_found": Text(id="tidak ditemukan", en="not found"),
    "soft_404": Text(id="404 terselubung", en="soft 404"),
    "needs_javascript": Text(id="butuh JavaScript", en="needs JavaScript"),
    "unreadable": Text(id="belum terbaca", en="not readable yet"),
    "budget_skipped": Text(id="di luar batas", en="over budget"),
    "trap_skipped": Text(id="pola tak berujung", en="endless pattern"),
    "robots_denied": Text(id="dilarang robots.txt", en="disallowed by robots.txt"),
    "timeout": Text(id="terlalu lama", en="timed out"),
    "blocked": Text(id="ditolak", en="refused"),
    "empty": Text(id="kosong", en="empty"),
    "truncated": Text(id="terpotong", en="truncated"),
    "too_large": Text(id="terlalu besar", en="too large"),
    "redirect_loop": Text(id="pengalihan berputar", en="redirect loop"),
    "server_error": Text(id="galat server", en="server error"),
}
COLUMNS = {
    "original": Text(id="APBDes", en="Budget"),
    "changed": Text(id="APBDes Perubahan", en="Revised budget"),
    "realised": Text(id="Realisasi", en="Realisation"),
}
SUMS = {
    True: Text(id="cocok", en="agree"),
    False: Text(id="tidak cocok", en="do not agree"),
    None: Text(id="tidak dapat diuji", en="cannot be tested"),
}
UI: dict[str, Text] = {
    "title": Text(id="Laporan keterbukaan desa", en="Village disclosure report"),
    "index": Text(id="Indeks publikasi", en="Publication index"),
    "index_note": Text(
        id="butir terbit dari butir yang dapat diterbitkan (P dan D)",
        en="items published of items publishable (P and D)",
    ),
    "score": Text(id="Skor", en="Score"),
    "proven": Text(id="terbukti", en="proven"),
    "possible": Text(id="mungkin", en="possible"),
    "of": Text(id="dari", en="of"),
    "verdict": Text(id="Putusan", en="Verdict"),
    "pass_mark": Text(id="nilai lulus", en="pass mark"),
    "components": Text(id="Komponen", en="Components"),
    "indicator": Text(id="Indikator", en="Indicator"),
    "item": Text(id="Butir", en="Item"),
    "status": Text(id="Status", en="Status"),
    "points": Text(id="Poin", en="Points"),
    "reason": Text(id="Sebab", en="Reason"),
    "fix_first": Text(id="Perbaiki dahulu", en="Fix first"),
    "fix_first_note": Text(id="diurutkan menurut poin yang dapat diraih", en="ordered by points to gain"),
    "gain": Text(id="raih", en="gain"),
    "fix": Text(id="Cara memperbaiki", en="How to fix"),
    "near": Text(id="Yang paling dekat", en="Nearest misses"),
    "looked": Text(id="Yang dilihat", en="Where we looked"),
    "evidence": Text(id="Bukti", en="Evidence"),
    "accounts": Text(id="Akun yang ditautkan situs", en="Accounts that the site links"),
    "account": Text(id="akun", en="account"),
    "exists": Text(id="ada?", en="there?"),
    "owner": Text(id="milik desa?", en="the village's?"),
    "last_post": Text(id="kiriman terakhir", en="last post"),
    "posts_90": Text(id="kiriman 90 hari", en="posts in 90 days"),
    "topics": Text(id="topik", en="topics"),
    "to_do": Text(id="yang perlu dilakukan", en="what to do"),
    "at_least": Text(id="paling tidak", en="at least"),
    "seen_by": Text(id="diverifikasi manual", en="verified by a person"),
    "no_accounts": Text(id="Tidak ada akun media sosial yang ditautkan.", en="No social account is linked."),
    "unseen": Text(id="Yang tidak dapat dilihat", en="What could not be seen"),
    "unseen_none": Text(id="Semua yang ditemukan dapat dibaca.", en="All that was found could be read."),
    "figures": Text(id="Angka yang terbaca", en="Figures read"),
    "ocr": Text(
        id="dikenali dari gambar (OCR); cocokkan dengan aslinya",
        en="recognised in a picture (OCR); compare with the original",
    ),
    "income": Text(id="Pendapatan", en="Income"),
    "spending": Text(id="Belanja", en="Spending"),
    "sums": Text(id="Penjumlahan", en="Sums"),
    "source": Text(id="Sumber", en="Source"),
    "notices": Text(id="Perhatian", en="Notices"),
    "village": Text(id="Desa", en="Village"),
    "site": Text(id="Situs", en="Website"),
    "as_of": Text(id="Dinilai per", en="Judged as of"),
    "collected": Text(id="Dikumpulkan", en="Collected"),
    "criteria": Text(id="Kriteria", en="Criteria"),
    "weights_assumed": Text(id="Bobot diasumsikan", en="Assumed weights"),
    "weights_official": Text(id="Bobot resmi", en="Official weights"),
    "read": Text(id="dibaca", en="read"),
    "pages": Text(id="halaman", en="pages"),
    "documents": Text(id="dokumen", en="documents"),
    "requests": Text(id="permintaan", en="requests"),
    "incomplete": Text(
        id="Rekaman ini terhenti sebelum selesai; yang tidak ditemukan belum tentu tidak ada.",
        en="This snapshot was interrupted; what was not found may still be there.",
    ),
    "web_limit": Text(
        id="Lulus tidak dapat dicapai dari web saja: butir M hanya dapat diputuskan manusia (atestasi).",
        en="Passing cannot be reached from the web alone: M items are for a person to decide (attestation).",
    ),
    "cannot_see": Text(id="Yang tidak terlihat oleh mesin", en="What a machine cannot see"),
    "legal": Text(id="Dasar", en="Basis"),
    "unverified": Text(id="belum diverifikasi", en="unverified"),
    "year": Text(id="tahun", en="year"),
    "fetched": Text(id="diambil", en="fetched"),
    "skip": Text(id="Langsung ke isi", en="Skip to content"),
    "confidence": Text(id="keyakinan", en="confidence"),
    "channels": Text(id="Kanal", en="Channels"),
    "everything_met": Text(id="Tidak ada yang perlu diperbaiki.", en="Nothing to fix."),
    "summary": Text(id="Ringkasan", en="Summary"),
    "details": Text(id="Rincian per indikator", en="Details by indicator"),
    "legend": Text(
        id="✓ terpenuhi · ◐ sebagian · ⏱ usang · ✗ tidak terpenuhi · ? perlu manusia · … belum teramati · – tidak berlaku",
        en="✓ met · ◐ partial · ⏱ outdated · ✗ unmet · ? for a person · … unobserved · – not applicable",
    ),
}


def ui(key: str, lang: Lang) -> str:
    """A fixed word in one language."""
    return UI[key].in_(lang)


def number(value: float, lang: Lang) -> str:
    """Points as printed: `7,5` in Indonesian, `7.5` in English; no needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "id" else text


def rupiah(amount: int | None) -> str:
    """An amount as printed in Indonesia; a dash where none was read."""
    if amount is None:
        return "–"
    return ("-" if amount < 0 else "") + "Rp" + f"{abs(amount):,}".replace(",", ".")


def figures(result: Result, lang: Lang) -> list[tuple[BudgetResult, list[str]]]:
    """Each budget that was read with its cells: year and kind, income, spending, Dana Desa, ADD, sums."""
    return [
        (
            b,
            [
                f"{COLUMNS[b.column].in_(lang)} {b.fiscal_year or '(' + ui('year', lang) + ' ?)'}",
                rupiah(b.totals["pendapatan"]),
                rupiah(b.totals["belanja"]),
                rupiah(b.dana_desa),
                rupiah(b.add),
                SUMS[b.consistent].in_(lang),
            ],
        )
        for b in sorted(result.budgets, key=lambda b: (-(b.fiscal_year or 0), b.column, b.url))
        # One that prints none of these has nothing to show here.
        if {b.totals["pendapatan"], b.totals["belanja"], b.dana_desa, b.add} != {None}
    ]


def figure_heads(lang: Lang) -> list[str]:
    """The heads of the columns of `figures`."""
    return [ui("year", lang), ui("income", lang), ui("spending", lang), "Dana Desa", "ADD", ui("sums", lang)]


@dataclass(frozen=True, slots=True)
class ToFix:
    """Something to put right, with the points it can gain."""

    indicator: IndicatorResult
    item: ItemResult
    gain: float


def to_fix(result: Result, limit: int = 10) -> list[ToFix]:
    """What publishing can gain, most points first. Items for a person are left out: a website does not settle them."""
    order = {
        Publication.OUTDATED: 0,
        Publication.PARTIAL: 1,
        Publication.NOT_PUBLISHED: 2,
        Publication.UNOBSERVED: 3,
    }
    found: list[ToFix] = []
    for component in result.components:
        for indicator in component.indicators:
            applying = [i for i in indicator.items if i.outcome is not Outcome.NOT_APPLICABLE]
            shares = sum(i.share for i in applying)
            for item in applying:
                if item.web.value == "M" or item.outcome is Outcome.MET or item.fix is None:
                    continue
                found.append(ToFix(indicator, item, indicator.weight * item.share / shares - item.points.proven))
    found.sort(
        key=lambda f: (
            order.get(f.item.publication, 9) == 3,
            -round(f.gain, 4),
            order.get(f.item.publication, 9),
            f.item.code,
        )
    )
    return found[:limit]


EXISTS = {
    "yes": Text(id="ada", en="yes"),
    "no": Text(id="tidak ada", en="no"),
    "unknown": Text(id="belum teramati", en="not seen"),
}
OWNERSHIP = {
    "proven": Text(id="terbukti", en="proven"),
    "likely": Text(id="kemungkinan besar", en="likely"),
    "unproven": Text(id="belum terbukti", en="unproven"),
    "contradicted": Text(id="bukan milik desa", en="not the village's"),
}


def account_cells(account: Account, lang: Lang, titles: Mapping[str, Text]) -> dict[str, str]:
    """An account as people think of it: platform, name, whether it is there, whose it is, when it was active, what it
    shows."""
    last = str(account.activity.get("last_post") or "–")
    if last != "–" and account.activity.get("completeness") == "lower_bound":
        last = f"{ui('at_least', lang)} {last}"
    posts = account.activity.get("posts_in_window")
    counted = "–" if posts is None else str(posts)
    if posts is not None and account.activity.get("completeness") == "partial":
        counted = f"≥ {posts}"
    topics = [titles[t].in_(lang) for t in account.topics if t in titles]
    return {
        "platform": PLATFORM_NAMES[Channel(account.platform)],
        "name": account.name or account.canonical_id,
        "exists": EXISTS[account.exists].in_(lang),
        "owner": OWNERSHIP[account.ownership].in_(lang),
        "last_post": last,
        "posts": counted,
        "topics": ", ".join(topics[:6]) + (f", +{len(topics) - 6}" if len(topics) > 6 else "") or "–",
    }
