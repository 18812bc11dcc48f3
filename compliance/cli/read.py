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
    import re
    import sys

    from compliance.cli.running import tools
    from compliance.errors import UserError
    from compliance.run.single import read_one

    if format_ not in {"terminal", "json"}:
        raise UserError(f"--format '{format_}' tidak dikenal. Pilihan: terminal, json.")
    if village is not None and not re.search(r"[^\W\d_]{3}", village):
        raise UserError(f"--village '{village[:60]}' bukan nama desa. Tulis seperti --village 'Sumber Asri'.")
    if re.match(r"https?://", source, re.I):
        url, body, charset, name = _fetched(source, config)
    else:
        url, body, charset, name = _opened(source)
    reading = read_one(source, url, body, tools(), charset=charset, title=name, village=village)
    if format_ == "json":
        text = json.dumps(reading.as_json(), ensure_ascii=False, indent=1) + "\n"
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    else:
        _show(reading)


def _opened(source: str) -> tuple[str, bytes, str, str]:
    """A file of this machine. Raises UserError."""
    from compliance.collect.settings import Settings
    from compliance.errors import UserError

    path, cap = Path(source), Settings().max_document_bytes
    shown = source if len(source) <= 120 else source[:117] + "..."
    shown = shown.encode("utf-8", "replace").decode()
    try:
        if path.exists() and not path.is_file():
            raise UserError(f"{shown}: bukan berkas biasa. Beri nama sebuah dokumen.")
        size = path.stat().st_size
        if size > cap:
            raise UserError(
                f"{shown}: berkas terlalu besar ({size // 10**6} MB). Yang dibaca paling besar {cap // 2**20} MB, seperti pada situs desa."
            )
        body = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(f"{shown}: berkas tidak ada. Beri nama berkas, atau alamat yang diawali https://.") from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise UserError(f"{shown}: berkas tidak dapat dibuka ({why}).") from error
    stem = path.stem.encode("utf-8", "replace").decode()
    return path.absolute().as_uri(), body, "", stem.replace("-", " ").replace("_", " ")


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
    from rich.text import Text

    from checks.explain import access_text
    from compliance.match.budgets import consistent
    from compliance.read.personal import mask
    from compliance.read.rupiah import printed
    from compliance.run.single import reason_of

    console = Console(markup=False, highlight=False)
    document = reading.document
    console.print(Text(mask(reading.name), style="bold"), f" {document.kind}, {document.pages} halaman")
    console.print(f"Akses: {access_text(document.access, document.detail).id}")
    if document.engine:
        console.print(f"Dikenali dari gambar (OCR): {document.engine}. Cocokkan angka dengan aslinya.")
    console.print(f"Desa yang disebut: {reading.village or 'tidak tampak'}")
    topics = Table("Topik", "Terbit", "Kekuatan", "Tahun", "Sebab", title="Topik", title_justify="left")
    for topic in reading.shown():
        years = ", ".join(str(y) for y in topic.years)
        shown = "ya" if topic.disclosed else "tidak"
        # What a document says may look like markup: it is shown as it stands.
        topics.add_row(*(Text(t) for t in (topic.topic, shown, topic.strength.value, years, reason_of(topic))))
    console.print(topics if topics.row_count else "Tidak ada topik yang dikenali.")
    budget = reading.budget
    if budget is not None:
        title = f"Anggaran {budget.fiscal_year or '(tahun tidak tercetak)'}"
        figures = Table("Akun", *(_COLUMNS[c] for c in budget.columns()), title=title, title_justify="left")
        for account in budget.accounts[:_MAX_ROWS]:
            cells = [printed(account.amounts[c].amount) if c in account.amounts else "" for c in budget.columns()]
            figures.add_row(*(Text(t) for t in (mask(f"{account.code} {account.label}".strip()), *cells)))
        console.print(figures)
        if len(budget.accounts) > _MAX_ROWS:
            console.print(f"… dan {len(budget.accounts) - _MAX_ROWS} baris lagi")
        console.print(f"Penjumlahan: {_SUMS[consistent(budget)]}")
    for notice in reading.notices:
        console.print(f"! {notice.message.id}")


_MAX_ROWS = 60
_COLUMNS = {"original": "Anggaran", "changed": "Setelah perubahan", "realised": "Realisasi"}
_SUMS = {True: "cocok", False: "tidak cocok", None: "tidak dapat diuji"}
