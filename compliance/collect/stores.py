"""What a site keeps on Google Drive: folders are opened, their files read like any document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.collect import drive
from compliance.collect.frontier import Target
from compliance.collect.guard import allowed
from compliance.model.document import Link
from compliance.model.evidence import Record
from compliance.model.status import Access, Region

if TYPE_CHECKING:
    from compliance.collect.crawl import Crawl

#: Folders inside folders are opened as deep as this.
_DEPTH = 3


class Stores:
    """The store links of one crawl, asked for at its end within a budget."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._waiting: dict[str, Target] = {}
        self._asked = 0

    def offer(self, target: Target) -> None:
        """Notes a link into a store, once."""
        self._waiting.setdefault(target.url, target)

    def __len__(self) -> int:
        return len(self._waiting)

    def run(self) -> None:
        """Asks for what waits, the likeliest first, and for what the folders hold."""
        crawl = self._crawl
        waiting = list(self._waiting.values())
        while waiting:
            waiting.sort(key=lambda t: (-t.scored.score, t.depth, t.order))
            target = waiting.pop(0)
            record = self._take(target)
            crawl.progress(crawl.spent.pages + crawl.spent.documents, len(waiting), target.url)
            for url, name in (drive.entries(crawl.body(record)) or []) if record.role == "folder" else []:
                if url not in self._waiting:
                    scored = crawl.scorer.score(Link(url, name, Region.MAIN))
                    inside = Target(url, scored, target.depth + 1, len(self._waiting), True, name)
                    self._waiting[url] = inside
                    waiting.append(inside)

    def _take(self, target: Target) -> Record:
        crawl = self._crawl
        stored = drive.parse(target.url)
        if stored is None or stored.kind == "form":
            return crawl.skip(target, Access.UNREADABLE, "drive")
        if stored.sample:
            return crawl.skip(target, Access.NOT_FOUND, "sample id")
        place = drive.address(stored, crawl.settings.drive_base, crawl.settings.drive_key)
        refused = self._refused(target, place)
        if refused is not None:
            return crawl.skip(target, *refused)
        self._asked += 1
        return self._stored(target, stored, place)

    def _refused(self, target: Target, place: str) -> tuple[Access, str] | None:
        """Why a thing is not asked for, or None."""
        crawl = self._crawl
        if not crawl.settings.drive_base and (crawl.no_offsite() or not allowed(place, crawl.private)):
            return Access.BUDGET_SKIPPED, "offsite"
        if target.depth > _DEPTH:
            return Access.BUDGET_SKIPPED, "max_depth"
        if self._asked >= crawl.settings.max_stored or crawl.spent.bytes >= crawl.settings.max_bytes:
            return Access.BUDGET_SKIPPED, "max_documents"
        if not crawl.rules_of(place).allows(place, crawl.settings.user_agent):
            return Access.ROBOTS_DENIED, "rule"
        return None

    def _stored(self, target: Target, stored: drive.Stored, place: str) -> Record:
        """The record of a thing, under the address that the site gave; what was asked may hold a key."""
        crawl = self._crawl
        known = crawl.known.get(target.url)
        if known is not None:
            return crawl.keep(target, None, role=known.role)[0]
        follow = (lambda _: None) if crawl.settings.drive_base else crawl.may_follow
        answer = crawl.fetcher.get(place, may_follow=follow)
        answer.access, answer.detail = drive.outcome(answer, stored)
        answer.url = answer.final_url = target.url
        answer.redirects = ()
        folder = stored.kind == "folder" and answer.access is Access.OK
        if folder:
            answer.truncated = drive.cut(answer.body)
        record, document = crawl.keep(target, answer, role="folder" if folder else "page")
        crawl.spent.documents += not folder and document is not None
        return record
