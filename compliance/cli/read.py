"""`compliance read`: what the tool makes of one document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from compliance.run.single import Reading


def read(
    source: str = typer.Argument(..., help="Berkas di komputer ini, atau alamat web.", metavar="BERKAS|URL"),
    format_: str = typer.Option("terminal", "--format", help="terminal atau json."),
    village: str | None = typer.Option(None, "--village", help="Desa pemilik situs tempat dokumen ini berada."),
    config: Path | None = typer.Option(None, "--config", help="Berkas konfigurasi TOML."),
) -> None:
    """Tampilkan apa yang dibaca dari satu dokumen: jenis, topik, tahun anggaran, angka, dan sebabnya.

    Berguna sebelum dokumen diterbitkan, dan untuk mencari tahu mengapa sebuah berkas tidak dikenali.

    Contoh: compliance read APBDes-2026.pdf
    Contoh: compliance read poster.jpg --village Contoh --format json
    """
    import json
    import sys

    from compliance.cli.running import tools
    from compliance.errors import UserError
    from compliance.run.single import read_one

    if format_ not in {"terminal", "json"}:
        raise UserError(f"--format '{format_}' tidak dikenal. Pilihan: terminal, json.")
    if source.startswith(("http://", "https://")):
        url, body, charset, name = _fetched(source, config)
    else:
        path = Path(source)
        if not path.is_file():
            raise UserError(f"{source}: berkas tidak ada. Beri nama berkas, atau alamat yang diawali https://.")
        url, body, charset, name = (
            path.resolve().as_uri(),
            path.read_bytes(),
            "",
            path.stem.replace("-", " ").replace("_", " "),
        )
    reading = read_one(source, url, body, tools(), charset=charset, title=name, village=village)
    if format_ == "json":
        sys.stdout.buffer.write((json.dumps(reading.as_json(), ensure_ascii=False, indent=1) + "\n").encode())
        sys.stdout.buffer.flush()
    else:
        _show(reading)


def _fetched(source: str, config: Path | None) -> tuple[str, bytes, str, str]:
    """A document from the web, under the same manners as a collection: robots obeyed, honest name."""
    from urllib.parse import urlsplit

    from checks.explain import access_text
    from compliance.cli.config import load_config
    from compliance.collect import robots
    from compliance.collect.fetch import Fetcher
    from compliance.collect.guard import allowed, is_private
    from compliance.collect.settings import Settings
    from compliance.errors import Exit, UserError
    from compliance.model.status import Access
    from compliance.run.village import start_address

    address, _ = start_address(source)
    loaded = load_config(config).config
    settings = Settings(contact=loaded.contact, proxy=loaded.proxy or "", ca_bundle=loaded.ca_bundle or "", delay=0.0)
    fetcher = Fetcher(settings)
    private = is_private(address)
    try:
        parts = urlsplit(address)
        answer = fetcher.get(f"{parts.scheme}://{parts.netloc}/robots.txt", max_bytes=robots.MAX_BYTES)
        if answer.access is Access.OK and not robots.parse(answer.body).allows(address, settings.user_agent):
            raise UserError(f"{source}: robots.txt situs itu melarang alamat ini dibuka mesin.", Exit.NOT_ASSESSED)
        answer = fetcher.get(address, may_follow=lambda u: None if allowed(u, private) else Access.BLOCKED)
    finally:
        fetcher.close()
    if not answer.body or answer.access not in {Access.OK, Access.TRUNCATED}:
        raise UserError(f"{source}: {access_text(answer.access, answer.detail).id}.", Exit.NOT_ASSESSED)
    return answer.final_url, answer.body, answer.charset, answer.filename or ""


def _show(reading: Reading) -> None:
    from rich.console import Console
    from rich.table import Table

    from checks.explain import access_text
    from compliance.match.budgets import consistent, rupiah
    from compliance.read.personal import mask

    console = Console()
    document = reading.document
    console.print(f"[bold]{mask(reading.name)}[/bold]  {document.kind}, {document.pages} halaman", highlight=False)
    console.print(f"Akses: {access_text(document.access, document.detail).id}", highlight=False)
    if document.engine:
        console.print(f"Dikenali dari gambar (OCR): {document.engine}. Cocokkan angka dengan aslinya.", highlight=False)
    console.print(f"Desa yang disebut: {reading.village or 'tidak tampak'}", highlight=False)
    data = reading.as_json()
    topics = Table("Topik", "Terbit", "Kekuatan", "Tahun", "Sebab", title="Topik", title_justify="left")
    for topic in data["topics"]:  # type: ignore[attr-defined]
        years = ", ".join(str(y) for y in topic["fiscal_years"])
        topics.add_row(topic["id"], "ya" if topic["disclosed"] else "tidak", topic["strength"], years, topic["reason"])
    if topics.row_count:
        console.print(topics)
    else:
        console.print("Tidak ada topik yang dikenali.")
    budget = reading.budget
    if budget is not None:
        figures = Table(
            "Akun",
            *(c.value for c in budget.columns()),
            title=f"Anggaran {budget.fiscal_year or '(tahun tidak tercetak)'}",
            title_justify="left",
        )
        for account in budget.accounts[:60]:
            cells = [rupiah(account.amounts[c].amount) if c in account.amounts else "" for c in budget.columns()]
            figures.add_row(mask(f"{account.code} {account.label}".strip()), *cells)
        console.print(figures)
        state = consistent(budget)
        words = {True: "cocok", False: "tidak cocok", None: "tidak dapat diuji"}
        console.print(f"Penjumlahan: {words[state]}", highlight=False)
    for notice in reading.notices:
        console.print(f"! {notice.message.id}", highlight=False)
