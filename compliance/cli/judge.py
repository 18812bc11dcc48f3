"""`compliance judge`: judges a snapshot again, offline."""

from __future__ import annotations

from pathlib import Path

import typer


def judge(
    snapshot: Path = typer.Argument(..., help="Folder rekaman.", metavar="REKAMAN"),
    criteria: list[str] | None = typer.Option(
        None, "--criteria", help="Id atau berkas kriteria; boleh berulang.", metavar="ID|BERKAS"
    ),
    format_: str | None = typer.Option(None, "--format", help="terminal, json, html, atau md."),
    output: Path | None = typer.Option(None, "--output", "-o", help="Tulis laporan ke berkas ini."),
    as_of: str | None = typer.Option(
        None, "--as-of", help="Tanggal penilaian [bawaan: tanggal rekaman].", metavar="YYYY-MM-DD"
    ),
    fail_under: float | None = typer.Option(None, "--fail-under", help="Keluar 1 bila poin terbukti di bawah ini."),
    lang: str = typer.Option("id", "--lang", help="Bahasa laporan: id atau en."),
    kind: str | None = typer.Option(None, "--kind", help="desa atau kelurahan, bila deteksi keliru."),
    name: str | None = typer.Option(None, "--village", help="Nama desa, bila deteksi keliru."),
    code: str | None = typer.Option(None, "--code", help="Kode Kemendagri."),
    pagu: Path | None = typer.Option(
        None, "--pagu", help="CSV pagu resmi Dana Desa (kolom kode, tahun, pagu); perlu --code.", metavar="BERKAS"
    ),
    beside: list[Path] | None = typer.Option(
        None,
        "--beside",
        help="Rekaman desa lain; beri tahu bila angka anggarannya sama persis. Boleh berulang.",
        metavar="REKAMAN",
    ),
    config: Path | None = typer.Option(None, "--config", help="Berkas konfigurasi TOML."),
) -> None:
    """Nilai ulang sebuah rekaman tanpa jaringan, dengan kriteria atau tanggal lain.

    Contoh: compliance judge ~/rekaman/nama.desa.id/20261124T010203Z --criteria slip-desa
    """
    from compliance.archive.snapshot import Snapshot
    from compliance.cli.config import load_config
    from compliance.cli.output import check_number, check_output, chosen_format, deliver, exit_code, language
    from compliance.cli.running import pagu_of, parse_date, parse_kind, tools
    from compliance.run.village import day_of, judge_snapshot, load_criteria

    chosen, language_ = chosen_format(format_, output), language(lang)
    check_output(output)
    check_number("--fail-under", fail_under)
    day, kind_ = parse_date(as_of), parse_kind(kind)
    ceilings = pagu_of(pagu, code)
    loaded = load_config(config).config
    opened = Snapshot(snapshot)
    results = judge_snapshot(
        opened,
        load_criteria(list(criteria or [])),
        day or day_of(opened, loaded.timezone),
        tools(),
        kind=kind_,
        name=name,
        code=code,
        pagu=ceilings,
        beside=[Snapshot(other) for other in beside or []],
    )
    deliver(results, chosen, output, language_)
    raise typer.Exit(int(exit_code(results, fail_under)))
