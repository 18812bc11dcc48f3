"""`compliance accuracy`: how well disclosures are recognised on pages with known answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from compliance.lab.compare import Comparison
    from compliance.lab.report import Accuracy, ErrorCase, Figures, Part, Rate


def accuracy(
    files: list[Path] = typer.Argument(
        ..., help="Halaman berlabel: satu objek JSON per baris (id, url, html, labels, discloses …).", metavar="BERKAS…"
    ),
    exclude: list[Path] | None = typer.Option(
        None, "--exclude", help="TSV sel yang meragukan (id, topik); tidak dihitung. Boleh berulang.", metavar="TSV"
    ),
    baseline: Path | None = typer.Option(
        None, "--baseline", help="Laporan JSON terdahulu; tunjukkan apa yang berubah.", metavar="JSON"
    ),
    errors: str = typer.Option(
        "tuned",
        "--errors",
        help="Kesalahan yang dirinci: tuned, measured, all, atau none. Aturan dibuat dengan melihat paruh 'tuned' saja.",
    ),
    format_: str = typer.Option("terminal", "--format", help="terminal atau json."),
    output: Path | None = typer.Option(None, "--output", "-o", help="Tulis JSON ke berkas ini.", metavar="BERKAS"),
    quiet: bool = typer.Option(False, "--quiet", "-q", help="Tanpa kemajuan."),
) -> None:
    """Ukur ketepatan pengenalan pada halaman yang jawabannya diketahui: presisi, recall, F1, tahun, dan sebab tiap kesalahan.

    Dua pencocok sederhana diukur di sampingnya. Angka 'measured' dihitung pada paruh halaman yang tidak dipakai menyusun aturan.

    Contoh: compliance accuracy halaman.jsonl --exclude ragu.tsv

    Contoh: compliance accuracy halaman.jsonl --format json --output hasil.json

    Contoh: compliance accuracy halaman.jsonl --baseline hasil.json
    """
    from compliance.cli.output import check_output, write
    from compliance.errors import UserError
    from compliance.lab.accuracy import measure
    from compliance.lab.compare import compare, load_baseline
    from compliance.lab.pages import load_pages
    from compliance.run.village import load_criteria

    if format_ not in {"terminal", "json"}:
        raise UserError(f"--format '{format_}' tidak dikenal. Pilihan: terminal, json.")
    if errors not in {"tuned", "measured", "all", "none"}:
        raise UserError(f"--errors '{errors}' tidak dikenal. Pilihan: tuned, measured, all, none.")
    if output is not None and format_ != "json":
        raise UserError("--output hanya untuk --format json. Tambahkan --format json.")
    check_output(output, inputs=[*files, *(exclude or []), *([baseline] if baseline else [])])
    if baseline is not None and format_ == "json":
        raise UserError("--baseline membandingkan di terminal; --format json menulis satu laporan. Pilih salah satu.")
    before = load_baseline(baseline) if baseline else None
    vocabulary = load_criteria([])[0].vocabulary
    pages = load_pages(files, exclude or [], vocabulary.topics)

    def progress(what: str) -> None:
        if not quiet and sys.stderr.isatty():
            typer.echo(f"{what} {len(pages.pages)} halaman …", err=True)

    report = measure(pages, vocabulary, progress)
    if format_ == "json":
        write(report.model_dump_json(by_alias=True, indent=1) + "\n", output)
        return
    _show(report, errors)
    if before is not None:
        _show_change(compare(before, report))


# -- the terminal ---------------------------------------------------------------------------------------


def _show(report: Accuracy, errors: str) -> None:
    from rich.console import Console

    console = Console(markup=False, highlight=False)
    console.print(
        f"{report.pages} halaman; membaca {report.milliseconds_per_page['read']} ms, "
        f"mencocokkan {report.milliseconds_per_page['match']} ms per halaman"
    )
    _summary(console, report)
    _topics(console, report)
    _reliability(console, report)
    shown = [e for e in report.errors if errors == "all" or e.half == errors]
    if errors != "none":
        _errors(console, f"Kesalahan, paruh {errors}", shown)
    if report.topics_unmeasured:
        console.print(
            "Belum terukur (tanpa halaman berlabel; tidak pernah menjadi 'tidak terpenuhi'): "
            + ", ".join(report.topics_unmeasured)
        )


def _summary(console: Console, report: Accuracy) -> None:
    from rich import box
    from rich.table import Table

    table = Table(
        title="Ringkasan (di bawahnya: selang kepercayaan 95 %)",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    table.add_column("pencocok", no_wrap=True)
    for head in ("F1\nmakro", "presisi\nmikro", "recall\nmikro", "terbit\npalsu %", "sulit\n%", "tahun\n%"):
        table.add_column(head, justify="right", no_wrap=True)
    rows: list[tuple[str, Part]] = [("semua", report.whole), *report.halves.items()]
    for name, halves in report.references.items():
        rows += [(f"{_REFERENCES[name]} {half}", part) for half, part in halves.items()]
    for name, part in rows:
        table.add_row(
            name,
            _figure(part.macro, "f1"),
            _figure(part.micro, "precision"),
            _figure(part.micro, "recall"),
            _rate(part.false_disclosure),
            _rate(part.false_disclosure_hard),
            _rate(part.fiscal_years),
        )
    console.print(table)
    console.print("tautan: kata kunci di teks tautan; jangkar: frasa utuh di jangkar (dua pembanding)")
    if report.gap is not None:
        gap = report.gap
        console.print(
            f"Selisih F1 makro tuned − measured: {gap.macro_f1:+.3f} ({gap.interval.low:+.3f} … {gap.interval.high:+.3f}); "
            + ("di dalam" if gap.inside else "DI LUAR")
            + " selang"
        )
    manual = report.whole.manual
    console.print(f"Diserahkan kepada manusia: {_rate(manual)} % dari topik yang disebut ({manual.count})")


#: The two simpler matchers: a keyword in the text of a link, and a whole phrase on an anchor.
_REFERENCES = {"keyword": "tautan", "phrase": "jangkar"}


def _figure(figures: Figures, name: str) -> str:
    value = getattr(figures, name)
    if value is None:
        return "–"
    spread = figures.intervals.get(name)
    return f"{value:.3f}" + (f"\n{spread.low:.2f}–{spread.high:.2f}" if spread else "")


def _rate(rate: Rate) -> str:
    if rate.rate is None:
        return "–"
    spread = rate.interval
    return f"{100 * rate.rate:.1f}" + (f"\n{100 * spread.low:.0f}–{100 * spread.high:.0f}" if spread else "")


def _topics(console: Console, report: Accuracy) -> None:
    from rich import box
    from rich.table import Table

    table = Table(
        title="Per topik (t: paruh tuned, m: measured; salah: mirip yang dianggap ada)",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    table.add_column("topik", no_wrap=True)
    for head in ("presisi", "recall", "F1", "F1 t", "F1 m", "ada", "mirip", "salah"):
        table.add_column(head, justify="right", no_wrap=True)

    def number(value: float | None) -> str:
        return "–" if value is None else f"{value:.2f}"

    for topic, figures in report.topics.items():
        halves = [report.halves[h].topics.get(topic) for h in ("tuned", "measured")]
        table.add_row(
            topic,
            number(figures.precision),
            number(figures.recall),
            number(figures.f1),
            *(number(h.f1 if h else None) for h in halves),
            str(figures.support),
            str(figures.near_misses),
            str(figures.taken),
        )
    console.print(table)


def _reliability(console: Console, report: Accuracy) -> None:
    from rich.table import Table

    part = report.halves.get("measured", report.whole)
    table = Table(title="Keyakinan, paruh measured: sering mana yang benar terbit", title_justify="left")
    for head in ("keyakinan", "sel", "rata-rata", "benar terbit"):
        table.add_column(head, justify="right")
    for bin_ in part.reliability:
        if bin_.mean is not None and bin_.disclosed is not None:
            table.add_row(
                f"{bin_.low:.2f}–{bin_.high:.2f}", str(bin_.count), f"{bin_.mean:.2f}", f"{bin_.disclosed:.2f}"
            )
    console.print(table)
    if part.calibration_error is not None:
        console.print(f"Galat kalibrasi: {part.calibration_error:.3f}")
    if report.whole.strength:
        console.print("Kekuatan (yang benar → yang diberikan):")
        for expected, given in report.whole.strength.items():
            console.print(f"  {expected}: " + ", ".join(f"{k} {n}" for k, n in sorted(given.items())))


def _errors(console: Console, title: str, errors: list[ErrorCase]) -> None:
    console.print(f"{title} ({len(errors)})", style="bold")
    for e in errors:
        console.print(
            f" {e.id} {e.topic}: seharusnya {e.expected}, diberikan {e.got} ({e.confidence:.2f}) — {_plain(e.title[:60])}"
        )
        console.print(f"   {_plain(e.reason[:240])}", style="dim")


def _plain(text: str) -> str:
    """Without control characters, which a page's title may hold."""
    return "".join(c if c.isprintable() else " " for c in text)


def _show_change(change: Comparison) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(markup=False, highlight=False)
    if change.pages[0] != change.pages[1]:
        console.print(f"Perhatian: dasar perbandingan memuat {change.pages[0]} halaman, sekarang {change.pages[1]}.")
    table = Table(title="Perubahan terhadap laporan terdahulu", title_justify="left")
    for head in ("angka", "dahulu", "sekarang"):
        table.add_column(head)
    for figure in change.figures:
        table.add_row(figure.name, *("–" if v is None else f"{v:.4f}" for v in (figure.before, figure.after)))
    console.print(table if change.figures else "Tidak ada angka yang berubah terhadap laporan terdahulu.")
    for name, cases in (("Menjadi benar", change.fixed), ("Menjadi salah", change.broken)):
        if cases:
            _errors(console, name, list(cases))
