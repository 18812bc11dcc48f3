"""Ten ways in which villages draw their budget poster."""

from __future__ import annotations

import random

from tests.documents.world import Truth, Village, rupiah

_SHORT = (
    "Penyelenggaraan Pemerintahan",
    "Pelaksanaan Pembangunan",
    "Pembinaan Kemasyarakatan",
    "Pemberdayaan Masyarakat",
    "Penanggulangan Bencana",
)
_PALETTES = [("#0b5d3b", "#f4c430", "#ffffff"), ("#123a7a", "#e8f0ff", "#ffcc00"), ("#b3261e", "#fff7ed", "#1b1b1b"),
             ("#005f73", "#e9d8a6", "#ffffff"), ("#5a189a", "#f3e8ff", "#ffd60a")]  # fmt: skip


def _html(body: str, css: str, width: int) -> str:
    return f"<!doctype html><html lang=id><head><meta charset=utf-8><style>*{{box-sizing:border-box}}body{{margin:0;width:{width}px;font-family:'Liberation Sans'}}{css}</style></head><body>{body}</body></html>"


def poster(v: Village, style: int, draw: random.Random, name: str) -> tuple[str, Truth]:
    """A poster in one of ten styles, and what it prints. Parts: a income, b Dana Desa priorities, c fields, d complaints."""
    b, (dark, light, accent) = v.budget, draw.choice(_PALETTES)
    money = draw.choice(["full", "short", "dot"])

    def m(value: int) -> str:
        return rupiah(value, money)

    income = [
        ("Pendapatan Asli Desa", b.pades),
        ("Dana Desa", b.dana_desa),
        ("Bagi Hasil Pajak", b.bagi_hasil),
        ("Alokasi Dana Desa", b.add),
        ("Bantuan Keuangan", b.bantuan),
        ("Pendapatan Lain-lain", b.lain),
    ]
    fields = list(zip(_SHORT, b.bidang, strict=True))
    totals = {"pendapatan": b.pendapatan, "belanja": b.belanja, "dana_desa": b.dana_desa, "add": b.add}
    title = draw.choice(
        [f"APBDes {v.year}", f"INFOGRAFIS APBDES TAHUN ANGGARAN {v.year}", f"Transparansi APB Desa Tahun {v.year}"]
    )
    head = f"<h1>{title}</h1><h2>Desa {v.name} Kecamatan {v.district}</h2>"
    complain = f"<p class=d>Layanan Pengaduan: WhatsApp {v.phone} atau datang ke kantor desa</p>"
    works = "".join(f"<li>{w} ({h}) {m(a)}</li>" for w, h, a in v.works[:4])
    priority = f"<h3>Prioritas Penggunaan Dana Desa (Permendesa Nomor 2 Tahun 2024)</h3><ul>{works}</ul>"
    base = f"body{{background:{light};color:#1b1b1b}} h1{{background:{dark};color:#fff;margin:0;padding:18px 30px;font-size:44px}} h2{{padding:4px 30px;margin:0;font-size:26px}} h3{{font-size:24px}} .d{{background:{dark};color:#fff;padding:14px 30px;font-size:22px}}"
    parts = "ac"

    def cards(rows: list[tuple[str, int]], columns: int) -> str:
        inner = "".join(f"<div class=card><b>{k}</b><span>{m(x)}</span></div>" for k, x in rows)
        return f"<div style='display:grid;grid-template-columns:repeat({columns},1fr);gap:14px;padding:14px 30px'>{inner}</div>"

    def lines(rows: list[tuple[str, int]]) -> str:
        return "<table>" + "".join(f"<tr><td>{k}</td><td class=n>{m(x)}</td></tr>" for k, x in rows) + "</table>"

    card_css = f".card{{background:#fff;border-left:8px solid {dark};padding:12px;font-size:20px}} .card b{{display:block}} .card span{{font-size:24px;font-weight:bold;color:{dark}}}"
    table_css = "table{width:100%;font-size:21px;padding:6px 24px} td.n{text-align:right;white-space:nowrap}"
    grand = [("PENDAPATAN", b.pendapatan), ("BELANJA", b.belanja)]
    if style == 0:
        body, css, width = (
            head
            + cards(grand, 2)
            + "<h3 style='padding:0 30px'>Sumber Pendapatan</h3>"
            + cards(income, 3)
            + "<h3 style='padding:0 30px'>Belanja per Bidang</h3>"
            + cards(fields, 2)
            + complain,
            base + card_css,
            1080,
        )
        parts = "acd"
    elif style == 1:
        body = (
            head
            + f"<div style='display:grid;grid-template-columns:1fr 1fr'><div><h3 style='padding:0 24px'>PENDAPATAN {m(b.pendapatan)}</h3>{lines(income)}</div><div><h3 style='padding:0 24px'>BELANJA {m(b.belanja)}</h3>{lines(fields)}</div></div>"
        )
        css, width = base + table_css, 1280
    elif style == 2:
        body = (
            head
            + f"<h3 style='padding:0 30px'>PENDAPATAN</h3>{lines(income)}<table class=t><tr><td>JUMLAH PENDAPATAN</td><td class=n>{m(b.pendapatan)}</td></tr></table><h3 style='padding:0 30px'>BELANJA</h3>{lines(fields)}<table class=t><tr><td>JUMLAH BELANJA</td><td class=n>{m(b.belanja)}</td></tr></table>{priority}{complain}"
        )
        css, width, parts = (
            base
            + table_css
            + f".t{{background:{accent};font-weight:bold;color:#1b1b1b}} ul{{font-size:19px}} h3{{padding-left:30px}}",
            900,
            "abcd",
        )
    elif style == 3:
        body, css, width = (
            head + cards(grand, 1) + cards(income, 2) + cards(fields, 1),
            base
            + card_css
            + f"body{{background:{dark};color:#fff}} .card{{color:#111;text-align:center}} h2{{color:#fff}}",
            800,
        )
    elif style == 4:
        bars = "".join(
            f"<div style='padding:6px 30px;font-size:20px'>{k}<div style='background:{dark};color:#fff;width:{max(38, int(95 * x / max(b.bidang)))}%;padding:6px 10px;font-weight:bold'>{m(x)}</div></div>"
            for k, x in fields
        )
        body, css, width = (
            head
            + cards(grand, 2)
            + lines(income)
            + "<h3 style='padding:0 30px'>Belanja Desa per Bidang</h3>"
            + bars
            + complain,
            base + card_css + table_css,
            1000,
        )
        parts = "acd"
    elif style == 5:
        body = (
            head
            + f"<div style='display:flex;gap:20px;padding:20px 30px'>{''.join(f'<div class=r><span>{m(x)}</span><b>{k}</b></div>' for k, x in grand)}</div>"
            + lines(income)
            + "<h3 style='padding:0 30px'>Rincian Belanja</h3>"
            + lines(fields)
        )
        css, width = (
            base
            + table_css
            + f".r{{flex:1;border:6px solid {dark};border-radius:24px;text-align:center;padding:24px;background:#fff}} .r span{{display:block;font-size:30px;font-weight:bold}} .r b{{font-size:22px}}",
            1100,
        )
    elif style == 6:
        rows = "".join(
            f"<tr><td>{i}</td><td>{k}</td><td class=n>{m(x)}</td></tr>" for i, (k, x) in enumerate(income + fields, 1)
        )
        body = (
            head
            + f"<table class=g><tr><th>No</th><th>Uraian</th><th>Anggaran</th></tr>{rows}<tr><td></td><td><b>Total Pendapatan</b></td><td class=n><b>{m(b.pendapatan)}</b></td></tr><tr><td></td><td><b>Total Belanja</b></td><td class=n><b>{m(b.belanja)}</b></td></tr></table>{complain}"
        )
        css, width, parts = (
            base
            + f".g{{border-collapse:collapse;width:94%;margin:16px auto;font-size:20px;background:#fff}} .g td,.g th{{border:2px solid {dark};padding:7px 10px}} td.n{{text-align:right}}",
            950,
            "acd",
        )
    elif style == 7:
        chips = "".join(
            f"<p style='margin:6px 30px;font-size:22px'><b style='background:{accent};color:#111;padding:2px 8px'>{k}</b> : {m(x)}</p>"
            for k, x in income
        )
        more = "".join(
            f"<p style='margin:6px 30px;font-size:22px'>{i}. {k} : {m(x)}</p>" for i, (k, x) in enumerate(fields, 1)
        )
        body, css, width = (
            head
            + f"<h3 style='padding:0 30px'>Pendapatan Desa : {m(b.pendapatan)}</h3>{chips}<h3 style='padding:0 30px'>Belanja Desa : {m(b.belanja)}</h3>{more}{complain}",
            base,
            1000,
        )
        parts = "acd"
    elif style == 8:
        totals |= {
            "surplus_defisit": b.surplus,
            "penerimaan_pembiayaan": b.silpa_before,
            "pengeluaran_pembiayaan": b.modal,
        }
        last = [
            ("Surplus/Defisit", b.surplus),
            ("Penerimaan Pembiayaan", b.silpa_before),
            ("Pengeluaran Pembiayaan", b.modal),
        ]
        body, css, width = (
            head + cards(grand, 2) + cards(last, 3) + lines(income) + lines(fields) + priority,
            base + card_css + table_css + "ul{font-size:19px} h3{padding-left:30px} .card span{font-size:22px}",
            1200,
        )
        parts = "abc"
    else:
        body = (
            head
            + f"<div style='display:grid;grid-template-columns:1fr 1fr 1fr;gap:10px;padding:12px 24px'><div class=c><h3>Pendapatan</h3>{lines(income)}<p><b>Jumlah Pendapatan</b><br>{m(b.pendapatan)}</p></div><div class=c><h3>Belanja</h3>{lines(fields)}<p><b>Jumlah Belanja</b><br>{m(b.belanja)}</p></div><div class=c>{priority}</div></div>{complain}"
        )
        css, width, parts = (
            base
            + table_css
            + f".c{{background:#fff;border-top:10px solid {dark};padding:8px}} .c p{{font-size:22px;padding-left:20px}} table{{font-size:17px;padding:2px}} ul{{font-size:17px}} h3{{font-size:19px}}",
            1680,
            "abcd",
        )
    return _html(body, css, width), Truth(name, "poster", "apbdes", (v.year,), v.name, "original", totals, parts)
