"""`compliance demo`: serves the bundled sample village on 127.0.0.1 and audits it."""

from __future__ import annotations

from pathlib import Path

import typer


def demo(
    output: Path | None = typer.Option(None, "--output", "-o", help="Tulis laporan (.html, .json, .md)."),
    lang: str = typer.Option("id", "--lang", help="id atau en."),
    serve_only: bool = typer.Option(False, "--serve", help="Hanya sajikan situs contoh, sampai dihentikan."),
    port: int = typer.Option(0, "--port", min=0, max=65535, help="Porta [bawaan: yang kosong]."),
) -> None:
    """Sajikan desa contoh (rekaan) di mesin ini dan audit: melihat hasil alat ini tanpa menyentuh situs siapa pun.

    Contoh: compliance demo --output laporan.html
    """
    import tempfile

    from compliance.cli.output import check_output, chosen_format, deliver, language
    from compliance.cli.running import Asked, run_check
    from compliance.sample import AS_OF, SITE, serve

    chosen, language_ = chosen_format(None, output), language(lang)
    check_output(output)
    with serve(port) as address:
        if serve_only:
            typer.echo(f"Desa contoh di {address} — Ctrl+C untuk berhenti.")
            import threading

            threading.Event().wait()
        with tempfile.TemporaryDirectory() as folder:
            results = run_check(
                Asked(
                    url=address,
                    criteria=[],
                    as_of=AS_OF,
                    delay=0.0,
                    as_site=SITE,
                    snapshot=Path(folder) / "rekaman",
                    quiet=True,
                    accounts=False,
                    lang=language_,
                )
            )
    deliver(results, chosen, output, language_)
    if output is not None:
        typer.echo(f"Laporan: {output}", err=True)
