"""`compliance accounts`: which links are accounts, and which accounts a village's site claims."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from compliance.model.result import Result

app = typer.Typer(
    no_args_is_help=True, help="Akun media sosial: kenali tautannya, cari di situs desa, isi dan catat formulirnya."
)

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


@app.command("form")
def form(
    village: str = typer.Argument(
        ..., help="Folder rekaman, atau nama host situs desa (rekaman terbaru).", metavar="DESA"
    ),
    output: Path | None = typer.Option(None, "--output", "-o", help="Tulis ke .xlsx atau .html [bawaan: layar]."),
    everything: bool = typer.Option(False, "--all", help="Semua akun, juga yang sudah terlihat mesin."),
    config: Path | None = typer.Option(None, "--config", help="Berkas konfigurasi TOML."),
) -> None:
    """Buat formulir untuk akun yang tidak dapat dilihat mesin (Facebook dan nomor WhatsApp lebih dulu), sudah terisi.

    Contoh: compliance accounts form cendanaputih.desa.id -o akun.xlsx

    Contoh: compliance accounts form rekaman/ -o akun.html
    """
    from compliance.cli.output import check_output, write
    from compliance.errors import UserError
    from compliance.run.form import html_form, rows_of, write_xlsx

    check_output(output)
    if output is not None and output.suffix.lower() not in {".xlsx", ".html"}:
        raise UserError(f"{output}: formulir ditulis ke berkas .xlsx atau .html.")
    result, folder = _judged(village, config)
    rows = rows_of(result, everything=everything)
    title = f"Formulir akun: {result.village.name or result.village.websites[0]}"
    if output is None:
        lines = [f"{r['platform']}: {r['alamat']}\n  {r['akun']}\n  {r['sebab']}" for r in rows]
        write("\n".join([title, *lines] if lines else [title, "Semua akun terlihat oleh mesin."]) + "\n", None)
    elif output.suffix.lower() == ".xlsx":
        write_xlsx(rows, title, output)
    else:
        write(html_form(rows, title), output)
    if output is not None:
        # The printed form is for the way there; what comes back is the workbook.
        back = output if output.suffix.lower() == ".xlsx" else output.with_suffix(".xlsx")
        typer.echo(f"{len(rows)} akun. Setelah diisi: compliance accounts record {back} {folder}", err=True)


@app.command("record")
def record(
    file: Path = typer.Argument(..., help="Formulir yang sudah diisi (.xlsx atau .csv).", metavar="BERKAS"),
    village: str = typer.Argument(..., help="Folder rekaman, atau nama host situs desa.", metavar="DESA"),
    by: str = typer.Option("", "--by", help="Jabatan pemeriksa, untuk baris yang tidak mengisinya."),
    config: Path | None = typer.Option(None, "--config", help="Berkas konfigurasi TOML."),
) -> None:
    """Catat kembali formulir akun: siapa, kapan, apa yang dilihat, tangkapan layar dengan sha256, berlaku sampai kapan.

    Contoh: compliance accounts record akun.xlsx cendanaputih.desa.id --by "Staf Diskominfo"
    """
    from datetime import date

    from compliance.criteria import load_vocabulary
    from compliance.run.attested import add_attestations
    from compliance.run.form import read_form, rows_of

    result, folder = _judged(village, config)
    known = frozenset(r["akun"] for r in rows_of(result, everything=True))
    found = read_form(file, by=by, today=date.today(), topics=frozenset(load_vocabulary().topics), known=known)
    path = add_attestations(folder, found)
    typer.echo(f"{len(found)} akun dicatat di {path}. Nilai lagi dengan: compliance judge {folder}")


def _judged(village: str, config: Path | None) -> tuple[Result, Path]:
    """The accounts of a snapshot: of the folder named, or the newest of a host."""
    from compliance.archive.snapshot import HEAD, Snapshot
    from compliance.cli.config import data_root, load_config
    from compliance.errors import UserError
    from compliance.run.village import Tools, day_of, judge_snapshot, load_criteria

    chosen = load_config(config).config
    folder = Path(village)
    if not (folder / HEAD).is_file():
        host = village.strip().lower().removeprefix("https://").removeprefix("http://").split("/")[0]
        kept = sorted(p.parent for p in (data_root(chosen) / host).glob(f"*/{HEAD}")) if host else []
        if not kept:
            raise UserError(
                f"'{village}': tidak ada rekaman. Beri folder rekaman, atau jalankan dulu: compliance check {village}"
            )
        folder = kept[-1]
    snapshot = Snapshot(folder)
    day = day_of(snapshot, chosen.timezone)
    return judge_snapshot(snapshot, load_criteria(["akun"]), day, Tools.make())[0], folder


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
