"""`compliance doctor`: what is in force and what is there."""

from __future__ import annotations

from pathlib import Path

import typer


def doctor(
    config: Path | None = typer.Option(None, "--config", help="Berkas konfigurasi TOML."),
) -> None:
    """Tampilkan konfigurasi yang berlaku, asalnya, dan kemampuan mesin ini."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from compliance import __version__
    from compliance.cli.config import data_root, default_path, load_config
    from compliance.collect.settings import Settings

    loaded = load_config(config)
    typer.echo(
        f"desa-compliance {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}"
    )
    typer.echo(f"Konfigurasi: {loaded.path or f'tidak ada (dicari di {default_path()})'}")
    for name, value in loaded.config.model_dump().items():
        shown = "(tersembunyi)" if name in {"proxy", "drive_key"} and value else value
        typer.echo(f"  {name} = {shown!r}  [{loaded.origin.get(name, 'bawaan')}]")
    typer.echo(f"User-Agent: {Settings(contact=loaded.config.contact).user_agent}")
    if not loaded.config.contact:
        typer.echo("  ! Atur `contact` (surel atau URL kantor) agar pengelola situs tahu siapa yang berkunjung.")
    typer.echo(f"Rekaman disimpan di: {data_root(loaded.config)}")
    for package in ("pydantic", "requests", "lxml", "pypdfium2", "python-calamine", "warcio"):
        try:
            typer.echo(f"  {package} {version(package)}")
        except PackageNotFoundError:
            typer.echo(f"  ! {package} tidak terpasang")
    from compliance.read.extract import engines

    names = ", ".join(e.name for e in engines())
    typer.echo(f"  OCR: {names or 'tidak ada; pasang tesseract-ocr tesseract-ocr-ind, atau desa-compliance[ocr]'}")
    from compliance.collect import browser

    drawn = browser.executable() if browser.available() else None
    missing = "tidak ada; pasang chromium dan desa-compliance[browser]"
    typer.echo(f"  Peramban (halaman berisi JavaScript): {drawn or missing}")
