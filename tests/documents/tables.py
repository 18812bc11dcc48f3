"""Budget documents in the forms that the accounting software prints, and other documents of a village."""

from __future__ import annotations

import random
from collections.abc import Iterable

from tests.documents.world import Budget, Truth, Village, rupiah

_BIDANG = (
    "Bidang Penyelenggaraan Pemerintahan Desa",
    "Bidang Pelaksanaan Pembangunan Desa",
    "Bidang Pembinaan Kemasyarakatan",
    "Bidang Pemberdayaan Masyarakat",
    "Bidang Penanggulangan Bencana, Darurat dan Mendesak Desa",
)
_PAGE = """<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title}</title><style>
body{{font-family:{font};font-size:10.5pt;margin:1.5cm}} h1,h2{{text-align:center;font-size:12.5pt;margin:2px}}
table{{border-collapse:collapse;width:100%;margin-top:10px}} td,th{{border:{border};padding:3px 5px;vertical-align:top}}
td.n{{text-align:right;white-space:nowrap}} ol,p{{line-height:1.45;text-align:justify}}</style></head><body>{body}</body></html>"""


def page(title: str, body: str, draw: random.Random) -> str:
    """A printed page."""
    font = draw.choice(["'Liberation Sans'", "'Liberation Serif'", "'DejaVu Sans'"])
    return _PAGE.format(
        title=title, body=body, font=font, border=draw.choice(["1px solid #000", "1px solid #777", "none"])
    )


def accounts(b: Budget) -> list[tuple[str, str, int | None]]:
    """The account tree: code, label, amount (None for a heading)."""
    return [
        ("4", "PENDAPATAN", None),
        ("4.1", "Pendapatan Asli Desa", b.pades),
        ("4.2", "Pendapatan Transfer", b.dana_desa + b.bagi_hasil + b.add + b.bantuan),
        ("4.2.1", "Dana Desa", b.dana_desa),
        ("4.2.2", "Bagi Hasil Pajak dan Retribusi", b.bagi_hasil),
        ("4.2.3", "Alokasi Dana Desa", b.add),
        ("4.2.4", "Bantuan Keuangan Kabupaten", b.bantuan),
        ("4.3", "Pendapatan Lain-lain", b.lain),
        ("", "JUMLAH PENDAPATAN", b.pendapatan),
        ("5", "BELANJA", None),
        *[(f"5.{i}", _BIDANG[i - 1], b.bidang[i - 1]) for i in range(1, 6)],
        ("", "JUMLAH BELANJA", b.belanja),
        ("", "SURPLUS / (DEFISIT)", b.surplus),
        ("6", "PEMBIAYAAN", None),
        ("6.1", "Penerimaan Pembiayaan", b.silpa_before),
        ("6.1.1", "SiLPA Tahun Sebelumnya", b.silpa_before),
        ("6.2", "Pengeluaran Pembiayaan", b.modal),
        ("6.2.1", "Penyertaan Modal Desa", b.modal),
        ("", "PEMBIAYAAN NETTO", b.neto),
        ("", "SISA LEBIH PEMBIAYAAN ANGGARAN", b.silpa),
    ]


def totals(b: Budget) -> dict[str, int]:
    """The totals that an account tree prints."""
    return {
        "pendapatan": b.pendapatan, "belanja": b.belanja, "surplus_defisit": b.surplus,
        "penerimaan_pembiayaan": b.silpa_before, "pengeluaran_pembiayaan": b.modal, "pembiayaan_neto": b.neto,
        "silpa": b.silpa, "dana_desa": b.dana_desa, "add": b.add,
    }  # fmt: skip


def _heads(cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<th>{c}</th>" for c in cells) + "</tr>"


def _row(cells: Iterable[str], start: int = 2) -> str:
    return "<tr>" + "".join(f"<td{' class=n' if i >= start else ''}>{c}</td>" for i, c in enumerate(cells)) + "</tr>"


def budget_table(v: Village, draw: random.Random, name: str, medium: str) -> tuple[str, Truth]:
    """The budget of a year: code, account, amount."""
    style = draw.choice(["bare", "full", "plain", "short"])
    title = draw.choice([
        f"ANGGARAN PENDAPATAN DAN BELANJA DESA (APBDes) TAHUN ANGGARAN {v.year}", f"APB DESA {v.name.upper()} TAHUN {v.year}",
        f"RINGKASAN APBDES TAHUN ANGGARAN {v.year}",
    ])  # fmt: skip
    rows = [_heads(["Kode Rekening", "Uraian", "Anggaran (Rp)", "Keterangan"])]
    for code, label, value in accounts(v.budget):
        rows.append(
            _row([code, label, "" if value is None else rupiah(value, style), "DDS" if label == "Dana Desa" else ""])
        )
    body = f"<h1>PEMERINTAH DESA {v.name.upper()}</h1><h2>KECAMATAN {v.district.upper()}</h2><h1>{title}</h1><table>{''.join(rows)}</table>"
    return page(title, body, draw), Truth(name, medium, "apbdes", (v.year,), v.name, "original", totals(v.budget))


def realisation_table(v: Village, draw: random.Random, name: str, medium: str) -> tuple[str, Truth]:
    """A realisation report: budget, realised, difference and percentage."""
    style = draw.choice(["bare", "plain"])
    title = f"LAPORAN REALISASI PELAKSANAAN ANGGARAN PENDAPATAN DAN BELANJA DESA TAHUN ANGGARAN {v.year}"
    rows = [_heads(["KODE", "URAIAN", "ANGGARAN (Rp)", "REALISASI (Rp)", "LEBIH/(KURANG) (Rp)", "%"])]
    for (code, label, planned), (_, _, real) in zip(accounts(v.budget), accounts(v.realised), strict=True):
        if planned is None or real is None:
            rows.append(_row([code, label, "", "", "", ""]))
            continue
        percent = f"{100 * real / planned:.2f}".replace(".", ",") if planned else "0,00"
        rows.append(
            _row([code, label, rupiah(planned, style), rupiah(real, style), rupiah(planned - real, style), percent])
        )
    body = f"<h1>{title}</h1><h1>PEMERINTAH DESA {v.name.upper()}</h1><table>{''.join(rows)}</table>"
    return page(title, body, draw), Truth(name, medium, "realisasi", (v.year,), v.name, "realised", totals(v.realised))


def changed_table(v: Village, draw: random.Random, name: str, medium: str) -> tuple[str, Truth]:
    """A revised budget: before, after, difference."""
    style = draw.choice(["bare", "plain", "full"])
    title = f"PERUBAHAN ANGGARAN PENDAPATAN DAN BELANJA DESA TAHUN ANGGARAN {v.year}"
    rows = [_heads(["Kode", "Uraian", "Semula (Rp)", "Menjadi (Rp)", "Bertambah/(Berkurang)"])]
    for (code, label, before), (_, _, after) in zip(accounts(v.budget), accounts(v.changed), strict=True):
        if before is None or after is None:
            rows.append(_row([code, label, "", "", ""]))
        else:
            rows.append(_row([code, label, rupiah(before, style), rupiah(after, style), rupiah(after - before, style)]))
    body = f"<h1>LAMPIRAN PERATURAN DESA {v.name.upper()}</h1><h1>{title}</h1><table>{''.join(rows)}</table>"
    return page(title, body, draw), Truth(
        name, medium, "apbdes_perubahan", (v.year,), v.name, "changed", totals(v.changed)
    )


def regulation(v: Village, draw: random.Random, name: str, medium: str) -> tuple[str, Truth]:
    """The village regulation that sets the budget, with the totals in its first articles."""
    b = v.budget
    title = f"PERATURAN DESA {v.name.upper()} NOMOR {draw.randint(2, 9)} TAHUN {v.year - 1} TENTANG ANGGARAN PENDAPATAN DAN BELANJA DESA TAHUN ANGGARAN {v.year}"
    rows = "".join(
        f"<tr><td>{n}.</td><td>{label}</td><td>Rp</td><td class=n>{rupiah(value, 'bare')}</td></tr>"
        for n, label, value in (
            (1, "Pendapatan Desa", b.pendapatan), (2, "Belanja Desa", b.belanja), ("", "Surplus/(Defisit)", b.surplus),
            (3, "Pembiayaan Desa", None), ("", "a. Penerimaan Pembiayaan", b.silpa_before), ("", "b. Pengeluaran Pembiayaan", b.modal),
            ("", "Pembiayaan Netto (a - b)", b.neto),
        )
        if value is not None
    )  # fmt: skip
    body = f"""<h1>KEPALA DESA {v.name.upper()}</h1><h1>{title}</h1><h2>DENGAN RAHMAT TUHAN YANG MAHA ESA</h2><h2>KEPALA DESA {v.name.upper()},</h2>
    <p>Menimbang : a. bahwa sesuai ketentuan perundangan, Kepala Desa menyampaikan rancangan kepada Badan Permusyawaratan Desa untuk disepakati bersama;</p>
    <p>Mengingat : 1. Undang-Undang Nomor 6 Tahun 2014 tentang Desa; 2. Peraturan Menteri Dalam Negeri Nomor 20 Tahun 2018 tentang Pengelolaan Keuangan Desa;</p>
    <h2>MEMUTUSKAN :</h2><p>Menetapkan : PERATURAN DESA TENTANG ANGGARAN PENDAPATAN DAN BELANJA DESA TAHUN ANGGARAN {v.year}</p>
    <h2>Pasal 1</h2><p>Anggaran Pendapatan dan Belanja Desa Tahun Anggaran {v.year} dengan rincian sebagai berikut :</p><table>{rows}</table>
    <h2>Pasal 2</h2><p>Peraturan Desa ini mulai berlaku pada tanggal diundangkan.</p>
    <p>Ditetapkan di {v.name}, pada tanggal 28 Desember {v.year - 1}</p>"""
    kept = {k: x for k, x in totals(b).items() if k not in {"silpa", "dana_desa", "add"}}
    return page(title, body, draw), Truth(name, medium, "apbdes", (v.year,), v.name, "original", kept)


def prose(v: Village, draw: random.Random) -> list[tuple[str, str, tuple[int, ...], str]]:
    """Documents without a budget: (topic, title, years, body)."""
    n, y = v.name, v.year
    head = f"<h1>PEMERINTAH DESA {n.upper()}</h1><h2>KECAMATAN {v.district.upper()}</h2>"
    works = "".join(
        f"<tr><td>{i}</td><td>{w}</td><td>{h}</td><td>{draw.randint(40, 400)} m</td><td>Dana Desa</td><td class=n>{rupiah(a, 'plain')}</td></tr>"
        for i, (w, h, a) in enumerate(v.works, 1)
    )
    minutes = f"""<p>Pada hari ini Kamis tanggal dua puluh bulan {draw.choice(["Juni", "Juli", "September"])} tahun {y} bertempat di Balai Desa {n} telah diselenggarakan
    Musyawarah Desa penyusunan RKP Desa Tahun {y + 1} yang dihadiri Kepala Desa, BPD, dan unsur masyarakat sesuai daftar hadir terlampir.</p>
    <p>Pimpinan musyawarah membuka acara. Hasil dan kesepakatan musyawarah: 1. Menyepakati daftar usulan kegiatan; 2. Menetapkan tim penyusun.</p>
    <p>Demikian berita acara ini dibuat. Notulis, Pimpinan Musyawarah, Ketua BPD</p>"""
    scores = "".join(
        f"<tr><td>U{i}</td><td>{u}</td><td class=n>{draw.uniform(3.0, 3.7):.2f}</td></tr>"
        for i, u in enumerate(
            ["Persyaratan", "Sistem, mekanisme, dan prosedur", "Waktu penyelesaian", "Biaya/tarif", "Produk spesifikasi jenis pelayanan",
             "Kompetensi pelaksana", "Perilaku pelaksana", "Penanganan pengaduan", "Sarana dan prasarana"], 1)
    )  # fmt: skip
    assets = "".join(
        f"<tr><td>{i}</td><td>{a}</td><td>0{i}.02.01</td><td>{y - i}</td><td>{draw.randint(1, 9)} unit</td><td>Baik</td><td class=n>{rupiah(draw.randint(3, 90) * 1_000_000, 'plain')}</td></tr>"
        for i, a in enumerate(
            ["Tanah kantor desa", "Bangunan balai desa", "Laptop", "Kendaraan roda dua", "Meja kerja"], 1
        )
    )
    profit = draw.randint(20, 80) * 1_000_000
    return [
        ("rkpdes", f"RENCANA KERJA PEMERINTAH DESA (RKPDes) TAHUN {y}", (y,), f"{head}<h1>RENCANA KERJA PEMERINTAH DESA {n.upper()}</h1><h1>TAHUN {y}</h1><table><tr><th>No</th><th>Jenis Kegiatan</th><th>Lokasi</th><th>Volume</th><th>Sumber Dana</th><th>Perkiraan Biaya (Rp)</th></tr>{works}</table>"),
        ("rpjmdes", f"RENCANA PEMBANGUNAN JANGKA MENENGAH DESA {n.upper()} TAHUN {y - 2}-{y + 5}", (y - 2, y + 5), f"""<h1>PERATURAN DESA {n.upper()} NOMOR 3 TAHUN {y - 2} TENTANG RENCANA PEMBANGUNAN JANGKA MENENGAH DESA TAHUN {y - 2}-{y + 5}</h1>
        <p>Menimbang : bahwa Kepala Desa wajib menyusun rencana pembangunan;</p><p>Mengingat : Undang-Undang Nomor 6 Tahun 2014 tentang Desa;</p><h2>MEMUTUSKAN :</h2><p>Menetapkan : PERATURAN DESA TENTANG RPJM DESA</p><h2>BAB I KETENTUAN UMUM</h2><h2>Pasal 1</h2><p>Visi dan misi, arah kebijakan, strategi, serta program prioritas bidang pembangunan desa.</p><p>Ditetapkan di {n}</p>"""),
        ("maklumat", "MAKLUMAT PELAYANAN", (), f"<h1>MAKLUMAT PELAYANAN</h1><h2>DESA {n.upper()}</h2><p>Dengan ini kami menyatakan sanggup menyelenggarakan pelayanan sesuai standar pelayanan yang telah ditetapkan, dan apabila tidak menepati janji ini kami siap menerima sanksi sesuai peraturan perundang-undangan yang berlaku.</p><p>{n}, 5 Januari {y}</p><p>Kepala Desa {n}</p><p>(tanda tangan)</p>"),
        ("sk_kades", f"KEPUTUSAN KEPALA DESA {n.upper()} TENTANG TIM PELAKSANA KEGIATAN", (y,), f"<h1>KEPUTUSAN KEPALA DESA {n.upper()} NOMOR {draw.randint(5, 40)} TAHUN {y} TENTANG PEMBENTUKAN TIM PELAKSANA KEGIATAN (TPK)</h1><p>Menimbang : bahwa untuk kelancaran pengadaan barang/jasa di desa perlu ditetapkan tim;</p><p>Mengingat : Undang-Undang Nomor 6 Tahun 2014 tentang Desa;</p><h2>MEMUTUSKAN</h2><p>Menetapkan : KESATU : Membentuk Tim Pelaksana Kegiatan Desa {n} Tahun Anggaran {y}. KEDUA : Tim bertugas melaksanakan pengadaan.</p><p>Ditetapkan di {n} pada tanggal 3 Februari {y}</p>"),
        ("musdes", f"BERITA ACARA MUSYAWARAH DESA TAHUN {y}", (y + 1,), f"{head}<h1>BERITA ACARA MUSYAWARAH DESA</h1><h2>PENYUSUNAN RKP DESA TAHUN {y + 1}</h2>{minutes}"),
        ("skm", f"LAPORAN HASIL SURVEI KEPUASAN MASYARAKAT TAHUN {y}", (y,), f"{head}<h1>LAPORAN SURVEI KEPUASAN MASYARAKAT (SKM) TAHUN {y}</h1><p>Survei dilakukan terhadap {draw.randint(60, 200)} responden berdasarkan Peraturan Menteri PANRB Nomor 14 Tahun 2017.</p><table><tr><th>Kode</th><th>Unsur</th><th>NRR</th></tr>{scores}</table><p>Nilai IKM setelah dikonversi: {draw.uniform(77, 88):.2f}, mutu pelayanan B (Baik).</p>"),
        ("lppd", f"LAPORAN PENYELENGGARAAN PEMERINTAHAN DESA TAHUN {y}", (y,), f"{head}<h1>LAPORAN PENYELENGGARAAN PEMERINTAHAN DESA (LPPD) AKHIR TAHUN ANGGARAN {y}</h1><h2>BAB I PENDAHULUAN</h2><p>Laporan ini memuat visi dan misi, jumlah penduduk, bidang penyelenggaraan pemerintahan, pelaksanaan pembangunan, pembinaan kemasyarakatan, dan pemberdayaan masyarakat.</p><h2>BAB II PROGRAM KERJA</h2><p>Kegiatan yang terlaksana, hambatan dan permasalahan, serta upaya penyelesaian. Capaian program kerja bidang pemerintahan dan pembangunan disampaikan dalam lampiran.</p><h2>BAB III PENUTUP</h2><p>Demikian laporan ini disampaikan kepada Bupati melalui Camat {v.district}.</p>"),
        ("bumdes", f"LAPORAN KEUANGAN BUM DESA TAHUN {y}", (y,), f"<h1>LAPORAN PERTANGGUNGJAWABAN BUM DESA {n.upper()} MAJU</h1><h1>TAHUN BUKU {y}</h1><table><tr><th>Uraian</th><th>Jumlah (Rp)</th></tr><tr><td>Pendapatan usaha unit simpan pinjam</td><td class=n>{rupiah(profit * 3, 'plain')}</td></tr><tr><td>Beban operasional</td><td class=n>{rupiah(profit * 2, 'plain')}</td></tr><tr><td>Laba bersih</td><td class=n>{rupiah(profit, 'plain')}</td></tr><tr><td>Setoran PADes</td><td class=n>{rupiah(profit // 5, 'plain')}</td></tr></table><p>Neraca: aset lancar, kas, kewajiban dan ekuitas (penyertaan modal) terlampir.</p>"),
        ("aset", f"DAFTAR INVENTARIS ASET DESA TAHUN {y}", (y,), f"{head}<h1>BUKU INVENTARIS ASET DESA TAHUN {y}</h1><table><tr><th>No</th><th>Nama Barang</th><th>Kode Barang</th><th>Tahun Perolehan</th><th>Jumlah</th><th>Kondisi</th><th>Nilai (Rp)</th></tr>{assets}</table>"),
    ]  # fmt: skip
