"""`compliance accounts`: which links are accounts, and which accounts a village's site claims."""

from __future__ import annotations

from pathlib import Path

import typer

app = typer.Typer(no_args_is_help=True, help="Akun media sosial: kenali tautannya, cari di situs desa.")

_COLUMNS = ("url", "verdict", "platform", "kind", "canonical_id", "reason")


@app.command("classify")
def classify(
    file: Path = typer.Argument(..., help="Satu URL per baris, atau TSV dengan kolom url.", metavar="BERKAS"),
    format_: str = typer.Option("tsv", "--format", help="tsv atau json."),
    output: Path | None = typer.Option(None, "--output", "-o", help="Tulis ke berkas ini."),
) -> None:
    """Kenali setiap tautan: akun, isi (kiriman), tautan pendek, atau bukan akun. Tanpa permintaan ke jaringan.

    Kolom keluaran: url, verdict (account, content, resolve, negative), platform, kind, canonical_id, reason.

    Contoh: compliance accounts classify tautan.txt

    Contoh: compliance accounts classify tautan.tsv --format json --output akun.json
    """
    import json

    from compliance.cli.output import check_output, write
    from compliance.errors import UserError
    from compliance.match.social import classify as judge

    if format_ not in {"tsv", "json"}:
        raise UserError(f"--format '{format_}' tidak dikenal. Pilihan: tsv, json.")
    check_output(output, inputs=[file])
    rows = []
    for url in _urls(file):
        link = judge(url)
        rows.append((url, link.verdict.value, link.platform, link.kind, link.canonical_id, link.reason))
    if format_ == "json":
        write(
            json.dumps([dict(zip(_COLUMNS, r, strict=True)) for r in rows], ensure_ascii=False, indent=1) + "\n", output
        )
        return
    lines = ["\t".join(_COLUMNS), *("\t".join(_cell(c) for c in row) for row in rows)]
    write("\n".join(lines) + "\n", output)


@app.command("find")
def find(
    url: str = typer.Argument(..., help="Alamat situs desa.", metavar="URL"),
    format_: str = typer.Option("tsv", "--format", help="tsv atau json."),
    max_pages: int | None = typer.Option(20, "--max-pages", min=1, help="Batas halaman yang dibaca."),
    delay: float | None = typer.Option(None, "--delay", min=0, help="Jeda antarpermintaan, detik [bawaan 0,5]."),
    as_site: str | None = typer.Option(None, "--as-site", help="URL yang dibaca adalah salinan dari situs ini."),
    config: Path | None = typer.Option(None, "--config", help="Berkas konfigurasi TOML."),
    quiet: bool = typer.Option(False, "--quiet", "-q", help="Tanpa kemajuan dan keterangan."),
) -> None:
    """Cari akun yang diakui situs desa: di kepala, kaki, kontak, dan data halaman; bukan di dalam berita.

    Kolom keluaran: platform, kind, canonical_id, url.

    Contoh: compliance accounts find nama.desa.id
    """
    import json

    from compliance.cli.output import check_number, write
    from compliance.cli.running import Asked, run_check
    from compliance.errors import UserError

    if format_ not in {"tsv", "json"}:
        raise UserError(f"--format '{format_}' tidak dikenal. Pilihan: tsv, json.")
    check_number("--delay", delay)
    asked = Asked(
        url=url,
        criteria=["situs"],
        max_pages=max_pages,
        delay=delay,
        as_site=as_site,
        config=config,
        quiet=quiet,
        accounts=False,
    )
    columns = ("platform", "kind", "canonical_id", "url")
    rows = [tuple(str(getattr(a, c)) for c in columns) for a in run_check(asked)[0].accounts]
    if format_ == "json":
        write(json.dumps([dict(zip(columns, r, strict=True)) for r in rows], ensure_ascii=False, indent=1) + "\n", None)
    else:
        write("\n".join(["\t".join(columns), *("\t".join(map(_cell, r)) for r in rows)]) + "\n", None)


def _urls(file: Path) -> list[str]:
    """The addresses of a file. Raises UserError where it cannot be read."""
    from compliance.errors import UserError, text_lines

    lines = text_lines(file)
    head = [c.strip().lower() for c in lines[0].split("\t")] if lines else []
    column = head.index("url") if "url" in head else 0
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or (number == 1 and "url" in head):
            continue
        cells = line.split("\t")
        if column >= len(cells):
            raise UserError(
                f"{file}:{number}: yang diharapkan kolom url (ke-{column + 1}); baris ini hanya {len(cells)} kolom."
            )
        found.append(cells[column].strip())
    if not found:
        raise UserError(f"{file}: tidak ada URL. Isi satu per baris, atau TSV dengan kolom url.")
    return found


def _cell(text: str) -> str:
    """Text for a column: without tabs, line breaks and control characters."""
    return "".join(c if c.isprintable() else " " for c in text)
