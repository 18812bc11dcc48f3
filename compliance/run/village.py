"""One village: collect into a snapshot, judge a snapshot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from checks import parameters
from compliance import __version__
from compliance.archive.snapshot import Snapshot, SnapshotWriter
from compliance.collect.crawl import Crawl, Progress
from compliance.collect.settings import Settings
from compliance.collect.social.asking import Client
from compliance.collect.urls import Site, host_of, tidy
from compliance.criteria import DEFAULT, Criteria, Vocabulary, load, load_vocabulary
from compliance.errors import UserError
from compliance.match.budgets import same_elsewhere
from compliance.match.links import LinkScorer
from compliance.match.matcher import Matcher
from compliance.match.pagu import Ceilings, pagu_notices
from compliance.model.evidence import SnapshotInfo
from compliance.model.result import Result
from compliance.model.site import SiteView
from compliance.model.status import VillageKind
from compliance.read import Reader
from compliance.run.judge import judge
from compliance.run.view import view_of


@dataclass(frozen=True)
class Tools:
    """What collecting and judging share: each page is read once for both."""

    vocabulary: Vocabulary
    matcher: Matcher
    scorer: LinkScorer
    readers: dict[tuple[str, str | None], Reader] = field(default_factory=dict)

    @classmethod
    def make(cls) -> Tools:
        """The tools over the bundled vocabulary."""
        vocabulary = load_vocabulary()
        return cls(
            vocabulary,
            Matcher(vocabulary),
            LinkScorer(vocabulary),
        )

    def reader(self, info: SnapshotInfo) -> Reader:
        """The reader of a snapshot; collecting and judging one snapshot share it."""
        key = (info.start_url, info.as_site)
        if key not in self.readers:
            rewrite = Site.of(info.as_site, info.start_url).public_url if info.as_site else str
            self.readers[key] = Reader(frozenset(self.vocabulary.lexicon.groups.get("aside_heading", ())), rewrite)
        return self.readers[key]


def start_address(text: str) -> tuple[str, bool]:
    """(address, scheme was guessed). Raises UserError for what is no web address."""
    raw = text.strip()
    guessed = "://" not in raw
    url = tidy(f"https://{raw}" if guessed else raw)
    if url is None or ("." not in host_of(url) and host_of(url) != "localhost" and not host_of(url).startswith("[")):
        shown = text if len(text) <= 120 else text[:117] + "..."
        raise UserError(f"'{shown}' bukan alamat web. Tulis seperti https://cendanaputih.desa.id.")
    return url, guessed


def new_folder(root: Path, site: str) -> Path:
    """A new folder for a snapshot: host and UTC time."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    host = re.sub(r"[^a-z0-9.-]", "_", host_of(site))
    folder = root / host / stamp
    number = 1
    while folder.exists():
        number += 1
        folder = root / host / f"{stamp}-{number}"
    return folder


def collect(
    address: str,
    settings: Settings,
    folder: Path,
    tools: Tools,
    *,
    as_site: str | None = None,
    progress: Progress = lambda done, waiting, url: None,
    client: Client | None = None,
) -> Snapshot:
    """Collects a site into a new snapshot, and with a `client` its accounts. KeyboardInterrupt leaves it resumable."""
    start, guessed = start_address(address)
    public = start_address(as_site)[0] if as_site else None
    info = SnapshotInfo(
        tool=f"desa-compliance/{__version__}",
        start_url=start,
        site_url=public or start,
        as_site=public,
        user_agent=settings.user_agent,
        started_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        settings=settings.public() | {"scheme_guessed": guessed},
    )
    with SnapshotWriter(folder, info) as writer:
        Crawl(writer, settings, tools.reader(writer.info), tools.scorer, progress, client).run()
    return Snapshot(folder)


def resume(
    folder: Path,
    settings: Settings,
    tools: Tools,
    *,
    progress: Progress = lambda done, waiting, url: None,
    client: Client | None = None,
) -> Snapshot:
    """Goes on with an interrupted snapshot. Raises UserError where there is nothing to resume."""
    with SnapshotWriter.resume(folder) as writer:
        Crawl(writer, settings, tools.reader(writer.info), tools.scorer, progress, client).run()
    return Snapshot(folder)


def load_criteria(specs: list[str]) -> list[Criteria]:
    """The criteria of ids or paths, each once; the KPK set where none is named. Raises CriteriaError."""
    known = parameters()
    return [load(spec, known) for spec in dict.fromkeys(specs or [DEFAULT])]


def zone(name: str) -> ZoneInfo:
    """The time zone of a name. Raises UserError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UserError(
            f"Unknown time zone '{name}'. Expected Asia/Jakarta, Asia/Makassar or Asia/Jayapura."
        ) from error


def day_of(snapshot: Snapshot, timezone: str) -> date:
    """The day on which a snapshot was collected, in the village's time zone."""
    started = datetime.fromisoformat(snapshot.info.started_at.replace("Z", "+00:00"))
    return started.astimezone(zone(timezone)).date()


def judge_snapshot(
    snapshot: Snapshot,
    criteria: list[Criteria],
    as_of: date,
    tools: Tools,
    *,
    kind: VillageKind | None = None,
    name: str | None = None,
    code: str | None = None,
    period: str | None = None,
    pagu: Ceilings | None = None,
    beside: Sequence[Snapshot] = (),
) -> list[Result]:
    """A snapshot judged by each criteria set. Equal inputs give equal results.

    `pagu` are official ceilings by code; `beside` are snapshots of other villages whose figures are compared.
    """
    view = _view(snapshot, as_of, tools, kind=kind, name=name, code=code)
    if pagu and code:
        view = replace(view, notices=(*view.notices, *pagu_notices(view.budgets, code, pagu)))
    others = [_view(other, as_of, tools) for other in beside if other.folder.resolve() != snapshot.folder.resolve()]
    told = [(o.village.name or o.facts.host, b) for o in others if o.facts.host != view.facts.host for b in o.budgets]
    view = replace(view, notices=(*view.notices, *same_elsewhere(view.budgets, told)))
    return [judge(view, c, snapshot, period) for c in criteria]


def _view(
    snapshot: Snapshot,
    as_of: date,
    tools: Tools,
    *,
    kind: VillageKind | None = None,
    name: str | None = None,
    code: str | None = None,
) -> SiteView:
    reader = tools.reader(snapshot.info)
    try:
        return view_of(
            snapshot,
            tools.vocabulary,
            as_of,
            reader=reader,
            matcher=tools.matcher,
            kind=kind,
            name=name,
            code=code,
        )
    finally:
        reader.close()
