"""Runs a check: settings from configuration and flags, progress, interrupt, judgement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from compliance.cli.config import Config, data_root, load_config
from compliance.errors import Exit, UserError
from compliance.model.status import VillageKind

if TYPE_CHECKING:
    from compliance.archive.snapshot import Snapshot
    from compliance.collect.crawl import Progress
    from compliance.collect.settings import Settings
    from compliance.collect.social.asking import Client
    from compliance.match.pagu import Ceilings
    from compliance.model.result import Result
    from compliance.run.village import Tools


@dataclass(frozen=True)
class Asked:
    """What the command line asked for."""

    url: str
    criteria: list[str]
    as_of: str | None = None
    max_pages: int | None = None
    delay: float | None = None
    max_seconds: float = 3600
    as_site: str | None = None
    kind: str | None = None
    name: str | None = None
    code: str | None = None
    pagu: Path | None = None
    snapshot: Path | None = None
    resume: Path | None = None
    offsite: bool | None = None
    contact: str | None = None
    config: Path | None = None
    quiet: bool = False
    lang: Literal["id", "en"] = "id"
    accounts: bool = True
    second_look: bool = False


def parse_date(text: str | None) -> date | None:
    """A --as-of date. Raises UserError."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"--as-of '{text}' bukan tanggal. Tulis seperti 2026-11-24.") from error


def pagu_of(path: Path | None, code: str | None) -> Ceilings | None:
    """The ceilings of --pagu. Raises UserError, also where the village's code is not given."""
    if path is None:
        return None
    from compliance.match.pagu import digits, load_pagu

    if not code or len(digits(code)) != 10:
        raise UserError("--pagu memerlukan --code, kode Kemendagri desa sepuluh angka, misalnya 73.22.10.2002.")
    ceilings = load_pagu(path)
    if not any(known == digits(code) for known, _ in ceilings):
        raise UserError(f"{path}: kode desa {code} tidak ada di berkas pagu ini.")
    return ceilings


def parse_kind(text: str | None) -> VillageKind | None:
    """A --kind. Raises UserError."""
    if text is None:
        return None
    try:
        return VillageKind(text)
    except ValueError as error:
        raise UserError(f"--kind '{text}' tidak dikenal. Pilihan: desa, kelurahan.") from error


def settings_of(asked: Asked, config: Config) -> Settings:
    """The settings of a collection: flags over configuration over defaults."""
    from compliance.collect.settings import Settings

    contact = asked.contact or config.contact
    if not contact.isascii() or any(ord(c) < 32 for c in contact):
        raise UserError("contact: hanya huruf ASCII tanpa baris baru yang dapat dikirim dalam User-Agent.")
    return Settings(
        max_pages=asked.max_pages if asked.max_pages is not None else config.max_pages,
        max_seconds=asked.max_seconds,
        delay=asked.delay if asked.delay is not None else config.delay,
        offsite=asked.offsite,
        contact=contact,
        proxy=config.proxy,
        ca_bundle=config.ca_bundle,
        same_server=config.same_server,
        drive_key=config.drive_key,
    )


def client_of(asked: Asked, config: Config, settings: Settings) -> Client | None:
    """The client that reads accounts, or None where accounts are left out. Raises UserError for a token that is no use."""
    if not asked.accounts:
        return None
    import platformdirs

    from compliance.collect.social.asking import PAUSE, Client, Limits
    from compliance.collect.social.routes import Keys
    from compliance.collect.social.tokens import load_tokens

    default = platformdirs.user_cache_path("desa-compliance") / "accounts"
    cache = Path(config.social_cache).expanduser() if config.social_cache else default
    limits = Limits(
        # The pause is a promise to the platforms; only a stand-in for them needs none.
        delay=0.0 if config.social_base else PAUSE,
        base=config.social_base,
        cache=cache,
        youtube_units=config.youtube_units,
        x_dollars=config.x_dollars,
        wait=asked.second_look,
        keys=Keys(
            instagram_operator=config.instagram_operator,
            rss=config.youtube_rss,
            public_access=config.facebook_public_access,
        ),
    )
    tokens = load_tokens(Path(config.tokens_file) if config.tokens_file else None)
    return Client(settings, tokens, limits)


def spent_text(client: Client) -> str:
    """What reading accounts took, or '' where nothing was asked."""
    spent = client.spent
    if not spent.requests and not spent.cached:
        return ""
    said = f"Akun: {spent.requests} permintaan ke platform, {spent.cached} dari simpanan"
    if spent.youtube_units:
        said += f"; YouTube {spent.youtube_units} unit dari {client.limits.youtube_units}"
    if spent.x_dollars:
        said += f"; X ${spent.x_dollars:.3f} dari ${client.limits.x_dollars:.2f}"
    return said + "."


def run_check(asked: Asked) -> list[Result]:
    """Collects and judges. Criteria and dates are checked before the first request."""
    as_of, kind = parse_date(asked.as_of), parse_kind(asked.kind)
    config = load_config(asked.config).config
    from compliance.run.village import (
        Tools,
        collect,
        day_of,
        judge_snapshot,
        load_criteria,
        new_folder,
        resume,
        start_address,
    )

    criteria, ceilings = load_criteria(asked.criteria), pagu_of(asked.pagu, asked.code)
    tools = Tools.make()
    settings = settings_of(asked, config)
    client = client_of(asked, config, settings)
    try:
        if asked.resume is not None:
            folder = asked.resume
            snapshot = _watched(
                asked,
                folder,
                settings,
                lambda progress: resume(folder, settings, tools, progress=progress, client=client),
            )
        else:
            start, _ = start_address(asked.url)
            folder = asked.snapshot or new_folder(data_root(config), asked.as_site or start)
            snapshot = _watched(
                asked,
                folder,
                settings,
                lambda progress: collect(
                    asked.url, settings, folder, tools, as_site=asked.as_site, progress=progress, client=client
                ),
            )
    finally:
        if client is not None:
            client.close()
    if not asked.quiet and client is not None and (told := spent_text(client)):
        typer.echo(told, err=True)
    if not asked.quiet:
        typer.echo(f"Rekaman: {folder}", err=True)
    day = as_of or day_of(snapshot, config.timezone)
    return judge_snapshot(snapshot, criteria, day, tools, kind=kind, name=asked.name, code=asked.code, pagu=ceilings)


def _watched(asked: Asked, folder: Path, settings: Settings, work: Callable[[Progress], Snapshot]) -> Snapshot:
    """Runs a collection with progress; an interrupt says how to go on."""
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    total = settings.max_pages
    try:
        if asked.quiet or not console.is_terminal:
            return work(lambda done, waiting, url: None)
        with Bar(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=20), TextColumn("{task.completed} dibaca · {task.fields[waiting]} menunggu"),
            TimeElapsedColumn(), TextColumn("{task.fields[url]}", markup=False), console=console, transient=True,
        ) as progress:  # fmt: skip
            task = progress.add_task("Mengumpulkan", total=total, waiting=0, url="")

            def show(done: int, waiting: int, url: str) -> None:
                progress.update(
                    task,
                    completed=done,
                    total=min(total + settings.max_documents, done + waiting),
                    waiting=waiting,
                    url=url[-50:],
                )

            return work(show)
    except KeyboardInterrupt as error:
        raise UserError(
            f"Dihentikan. Yang sudah terkumpul tersimpan di {folder}.\nLanjutkan dengan: compliance check {asked.url} --resume {folder}",
            Exit.INTERRUPTED,
        ) from error


def tools() -> Tools:
    """The tools over the bundled vocabulary."""
    from compliance.run.village import Tools

    return Tools.make()
