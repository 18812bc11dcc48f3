"""`compliance check`: one village, from its address to a scored report."""

from __future__ import annotations

from pathlib import Path

import typer

EPILOG = """Contoh:

  compliance check cendanaputih.desa.id

  compliance check https://nama.desa.id --output laporan.html

  compliance check nama.desa.id --criteria slip-desa --criteria situs --format json

  compliance check http://127.0.0.1:8000 --as-site https://nama.desa.id

Kode keluar: 0 selesai, 1 di bawah --fail-under, 2 salah pakai, 3 galat internal, 4 situs tidak dapat dinilai, 130 dihentikan.
"""


def check(
    url: str = typer.Argument(..., help="Alamat situs desa.", metavar="URL"),
    criteria: list[str] | None = typer.Option(
        None, "--criteria", help="Id atau berkas kriteria; boleh berulang.", metavar="ID|BERKAS"
    ),
    format_: str | None = typer.Option(None, "--format", help="terminal, json, html, atau md."),
    output: Path | None = typer.Option(None, "--output", "-o", help="Tulis laporan ke berkas ini."),
    as_of: str | None = typer.Option(None, "--as-of", help="Nilai seolah-olah pada tanggal ini.", metavar="YYYY-MM-DD"),
    fail_under: float | None = typer.Option(None, "--fail-under", help="Keluar 1 bila poin terbukti di bawah ini."),
    max_pages: int | None = typer.Option(None, "--max-pages", min=1, help="Batas halaman [bawaan 80]."),
    delay: float | None = typer.Option(None, "--delay", min=0, help="Jeda antarpermintaan, detik [bawaan 0,5]."),
    max_seconds: float = typer.Option(3600, "--max-seconds", min=1, help="Batas waktu pengumpulan, detik."),
    lang: str = typer.Option("id", "--lang", help="Bahasa laporan: id atau en."),
    as_site: str | None = typer.Option(None, "--as-site", help="URL yang diaudit adalah salinan dari situs ini."),
    kind: str | None = typer.Option(None, "--kind", help="desa atau kelurahan, bila deteksi keliru."),
    name: str | None = typer.Option(None, "--village", help="Nama desa, bila deteksi keliru."),
    code: str | None = typer.Option(None, "--code", help="Kode Kemendagri, misalnya 73.22.10.2002."),
    pagu: Path | None = typer.Option(
        None, "--pagu", help="CSV pagu resmi Dana Desa (kolom kode, tahun, pagu); perlu --code.", metavar="BERKAS"
    ),
    snapshot: Path | None = typer.Option(None, "--snapshot", help="Simpan rekaman di folder ini."),
    resume: Path | None = typer.Option(None, "--resume", help="Lanjutkan rekaman yang terhenti di folder ini."),
    offsite: bool | None = typer.Option(None, "--offsite/--no-offsite", help="Buka dokumen di luar situs."),
    accounts: bool = typer.Option(
        True,
        "--accounts/--no-accounts",
        help="Baca akun media sosial yang ditautkan situs, dengan cara yang diizinkan platformnya.",
    ),
    second_look: bool = typer.Option(
        False, "--second-look", help="Tunggu sepuluh menit lalu lihat lagi akun yang dinyatakan tidak ada."
    ),
    contact: str | None = typer.Option(None, "--contact", help="Kontak pada User-Agent (surel atau URL)."),
    config: Path | None = typer.Option(None, "--config", help="Berkas konfigurasi TOML."),
    quiet: bool = typer.Option(False, "--quiet", "-q", help="Tanpa kemajuan dan keterangan."),
) -> None:
    """Periksa satu situs desa: kumpulkan, nilai, beri skor, dan jelaskan sebabnya."""
    from compliance.cli.output import check_number, check_output, chosen_format, deliver, exit_code, language
    from compliance.cli.running import Asked, run_check

    chosen = chosen_format(format_, output)
    language_ = language(lang)
    check_output(output)
    check_number("--fail-under", fail_under)
    check_number("--delay", delay)
    check_number("--max-seconds", max_seconds)
    results = run_check(
        Asked(
            url=url, criteria=list(criteria or []), as_of=as_of, max_pages=max_pages, delay=delay, max_seconds=max_seconds,
            as_site=as_site, kind=kind, name=name, code=code, pagu=pagu, snapshot=snapshot, resume=resume, offsite=offsite,
            contact=contact, config=config, quiet=quiet, lang=language_, accounts=accounts, second_look=second_look,
        )
    )  # fmt: skip
    deliver(results, chosen, output, language_)
    raise typer.Exit(int(exit_code(results, fail_under)))


check.__doc__ = f"{check.__doc__}\n\n\b\n{EPILOG}"
