"""The crawl of one site: home page, robots, sitemap, then the likeliest links until budget or site is spent."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from compliance.archive.snapshot import Snapshot, SnapshotWriter
from compliance.collect import robots
from compliance.collect.drawing import Drawing
from compliance.collect.entrance import enter, probe, sitemaps
from compliance.collect.fetch import Answer, Fetcher, Form
from compliance.collect.files import Files
from compliance.collect.following import IMAGE, Following
from compliance.collect.frontier import Frontier, Target
from compliance.collect.guard import allowed
from compliance.collect.lists import read_lists
from compliance.collect.settings import Settings
from compliance.collect.social import PICTURE, ROLE, replies_of
from compliance.collect.social.asking import Client
from compliance.collect.social.reading import AccountReader
from compliance.collect.stores import Stores
from compliance.collect.urls import Site, politeness_key
from compliance.match.accounts import accounts_in
from compliance.match.links import LinkScorer, Scored
from compliance.match.soft404 import looks_missing, word_set
from compliance.model.document import Document
from compliance.model.evidence import Record
from compliance.model.status import PERMANENT, Access
from compliance.read import Reader, sniff

Progress = Callable[[int, int, str], None]
_WORKERS = 4
#: What has a body to read; of an interrupted run also files that wait for recognition.
_READ = frozenset({Access.OK, Access.TRUNCATED, Access.SOFT_404, Access.NEEDS_JAVASCRIPT, Access.UNREADABLE})
#: From this score on, a page that was not asked for is noted although its link names no topic.
_WORTH = 8
#: What the picture of a post is worth beside the links of the site.
_POSTER = 20
#: Without an answer to robots.txt nothing may be asked for (RFC 9309 2.3.1.4).
_UNREACHABLE = frozenset(
    {Access.SERVER_ERROR, Access.TIMEOUT, Access.RATE_LIMITED, Access.REFUSED, Access.DNS, Access.TLS}
)


@dataclass(slots=True)
class _Spent:
    pages: int = 0
    documents: int = 0
    pictures: int = 0
    bytes: int = 0
    started: float = field(default_factory=time.monotonic)


class Crawl:
    """One collection into one snapshot. `run` may be interrupted; a resumed crawl walks the same way again,
    taking from the snapshot what it already has."""

    def __init__(
        self,
        writer: SnapshotWriter,
        settings: Settings,
        reader: Reader,
        scorer: LinkScorer,
        progress: Progress = lambda done, waiting, url: None,
        client: Client | None = None,
    ) -> None:
        self.writer = writer
        self.client = client
        self.settings = settings
        self.reader = reader
        self.scorer = scorer
        self.progress = progress
        self.fetcher = Fetcher(settings)
        self.frontier = Frontier(settings.trap_fetches)
        self.spent = _Spent()
        self.rules: dict[str, robots.Rules] = {}
        self.deferred: list[tuple[Target, float]] = []
        self.hashes: dict[str, str] = {}
        self.following = Following(self)
        self.stop_reason = ""
        self.stores = Stores(self)
        self.drawn = Drawing(self)
        self.home_headers: dict[str, str] = {}
        self.last_words: tuple[Document | None, frozenset[str]] = (None, frozenset())
        #: The words of the page that says "not found".
        self.missing: frozenset[str] | None = None
        #: Whether the site is read from an address that only this network knows.
        self.private = False
        self.known: dict[str, Record] = {}
        self.site = Site.of(writer.info.start_url)
        if writer.records:
            self.known = {r.url: r for r in writer.records if r.role not in {"derived", ROLE, PICTURE}}
        self.files = Files(writer, settings, reader, self.body)

    # -- the course of a collection -------------------------------------------------------------------

    def run(self) -> None:
        """Collects. Leaves a complete snapshot, or, when interrupted, one that can be resumed."""
        try:
            home = enter(self)
            if home is not None:
                probe(self)
                sitemaps(self, home)
                read_lists(self, home)
                self._loop()
                self._second_pass()
                self._loop()
                self._draw_pages()
                self._loop()
                self.stores.run()
                self._accounts()
            self._leftovers()
            self.files.recognise(self.progress)
            self.writer.update(complete=True, finished_at=_now(), site_url=self.site.root)
        finally:
            self.fetcher.close()
            self.reader.close()
            self.drawn.close()

    def _loop(self) -> None:
        with ThreadPoolExecutor(max_workers=_WORKERS) as pool:
            while not self._spent_up():
                batch = self._batch()
                if not batch:
                    return
                if len(batch) == 1:
                    results = [self.take(batch[0])]
                else:
                    answers = list(pool.map(self._ask, batch))
                    results = [self.keep(t, a) for t, a in zip(batch, answers, strict=True)]
                for target, (record, document) in zip(batch, results, strict=True):
                    self._learn(target, record, document)
                    self.progress(self.spent.pages + self.spent.documents, len(self.frontier), target.url)

    def _batch(self) -> list[Target]:
        """The likeliest target of each of the next few servers: never two of one server."""
        batch: list[Target] = []
        keys: set[str] = set()
        aside: list[Target] = []
        while len(batch) < _WORKERS and len(aside) < 20:
            target = self.frontier.pop()
            if target is None:
                break
            key = politeness_key(target.url, self.settings.same_server)
            if key in keys:
                aside.append(target)
                if batch and all(self.site.same_host(t.url) for t in [*batch, target]):
                    break
                continue
            refused = self._refused(target)
            if refused is not None:
                # What names no topic and did not fit the budget hides nothing: it is not held against anybody.
                if refused[0] is not Access.BUDGET_SKIPPED or target.scored.topics or target.scored.score >= _WORTH:
                    self.skip(target, *refused)
                continue
            keys.add(key)
            batch.append(target)
        for target in aside:
            self.frontier.push_back(target)
        return batch

    def _refused(self, target: Target) -> tuple[Access, str] | None:
        """Why an address is not asked for, or None."""
        if target.document and self.spent.documents >= self.settings.max_documents:
            return Access.BUDGET_SKIPPED, "max_documents"
        if IMAGE.search(urlsplit(target.url).path) and self.spent.pictures >= self.settings.max_pictures:
            return Access.BUDGET_SKIPPED, "max_pictures"
        if not target.document and self.spent.pages >= self.settings.max_pages:
            return Access.BUDGET_SKIPPED, "max_pages"
        if target.depth > self.settings.max_depth:
            return Access.BUDGET_SKIPPED, "max_depth"
        if self.frontier.trapped(target):
            return Access.TRAP_SKIPPED, "pattern"
        if not self.rules_of(target.url).allows(self.site.fetch_url(target.url), self.settings.user_agent):
            return Access.ROBOTS_DENIED, "unreachable" if self.rules_of(target.url).unreachable else "rule"
        return None

    def _spent_up(self) -> bool:
        if self.spent.bytes >= self.settings.max_bytes:
            self.stop_reason = "max_bytes"
        elif time.monotonic() - self.spent.started >= self.settings.max_seconds:
            self.stop_reason = "max_seconds"
        elif self.spent.pages >= self.settings.max_pages and self.spent.documents >= self.settings.max_documents:
            self.stop_reason = "max_pages"
        return bool(self.stop_reason)

    def _second_pass(self) -> None:
        """Asks once more for what failed in a way that may pass."""
        for target, _ in self.deferred:
            if self._spent_up():
                return
            self.known.pop(target.url, None)
            record, document = self.take(target, patient=True)
            self._learn(target, record, document, again=True)
            self.progress(self.spent.pages + self.spent.documents, len(self.frontier), target.url)

    def _leftovers(self) -> None:
        """Notes what was found and never asked for, so that nothing unseen is taken for missing."""
        for target in self.frontier.waiting():
            if target.scored.topics or target.scored.score >= _WORTH:
                trapped = self.frontier.trapped(target)
                reason = self.stop_reason or ("max_documents" if target.document else "max_pages")
                self.skip(
                    target,
                    Access.TRAP_SKIPPED if trapped else Access.BUDGET_SKIPPED,
                    "pattern" if trapped else reason,
                )

    def _accounts(self) -> None:
        """Reads the accounts that the pages claim, where a client for platforms was given."""
        if self.client is None or (self.no_offsite() and not self.client.limits.base):
            return
        pages = [d for r in self.writer.records if (d := self._page(r)) is not None]
        replies = replies_of(Snapshot(self.writer.folder)) if self.known else {}
        reader = AccountReader(self.writer, self.client, replies, self.progress, self._take_picture)
        reader.run(accounts_in(pages), datetime.now(UTC))
        for record in [r for r in self.writer.records if r.role == PICTURE] if self.known else []:
            self._take_picture(record)

    def _take_picture(self, record: Record) -> None:
        """A picture of a post waits for recognition like any other, before those of the site that nothing names."""
        if record.sha256 is not None and record.access in _READ:
            document = self.reader.read(record.final_url, record.sha256, self.body(record))
            self.files.keep(record, document, _POSTER)

    def _page(self, record: Record) -> Document | None:
        """The page of a record, as it was read before."""
        if record.role not in {"page", "home"} or record.sha256 is None:
            return None
        found = self.reader.known(record.final_url, record.sha256, record.link_text)
        return found if found is not None and found.kind == "html" else None

    # -- one address ------------------------------------------------------------------------------------

    def rules_of(self, url: str) -> robots.Rules:
        """The robots.txt of an address's server, asked for once."""
        asked = self.site.fetch_url(url)
        parts = urlsplit(asked)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin in self.rules:
            return self.rules[origin]
        address = f"{origin}/robots.txt"
        public = self.site.public_url(address)
        self.frontier.mark(public)
        target = Target(public, Scored(frozenset(), 0), 0, -1, False)
        record, _ = self.take(target, role="robots", max_bytes=robots.MAX_BYTES)
        if record.access in _UNREACHABLE - {Access.DNS, Access.TLS} and public not in self.known:
            time.sleep(min(2.0, self.settings.delay * 2))
            record, _ = self.take(target, role="robots", max_bytes=robots.MAX_BYTES, patient=True)
        if record.access in {Access.OK, Access.TRUNCATED}:
            rules = robots.parse(self.body(record))
        elif record.access in _UNREACHABLE:
            rules = robots.Rules(unreachable=True, why=record.access)
        else:
            rules = robots.Rules()
        self.rules[origin] = rules
        self.fetcher.set_delay(asked, rules.delay(self.settings.user_agent))
        return rules

    def may_follow(self, target: str) -> Access | None:
        """Why a redirect is not followed, or None."""
        public = self.site.public_url(target)
        if not allowed(target, self.private):
            return Access.BLOCKED
        if not self.site.same_host(public) and self.no_offsite():
            return Access.BUDGET_SKIPPED
        return None

    def no_offsite(self) -> bool:
        """A site at a private address is a test copy: its links to the outside are not followed unless asked for."""
        return self.private if self.settings.offsite is None else not self.settings.offsite

    def _ask(
        self,
        target: Target,
        *,
        patient: bool = False,
        max_bytes: int | None = None,
        ajax: bool = False,
        form: Form | None = None,
    ) -> Answer | None:
        """The answer of the network; None where the snapshot has it already."""
        if target.url in self.known:
            return None
        answer = self.fetcher.get(
            self.site.fetch_url(target.url),
            may_follow=self.may_follow,
            patient=patient,
            max_bytes=max_bytes,
            ajax=ajax,
            form=form,
        )
        if answer.retry_after is not None and answer.access in {Access.RATE_LIMITED, Access.SERVER_ERROR}:
            self.fetcher.hold(answer.url, answer.retry_after)
        return answer

    def take(
        self,
        target: Target,
        role: str = "page",
        patient: bool = False,
        max_bytes: int | None = None,
        ajax: bool = False,
        form: Form | None = None,
        say: Callable[[bytes], str] = lambda body: "",
    ) -> tuple[Record, Document | None]:
        if role == "home":
            rules = self.rules_of(target.url)
            if rules.unreachable and rules.why is not Access.SERVER_ERROR:
                return self.skip(target, rules.why, "robots.txt", role), None
            if not rules.allows(self.site.fetch_url(target.url), self.settings.user_agent):
                return self.skip(
                    target, Access.ROBOTS_DENIED, "unreachable" if rules.unreachable else "rule", role
                ), None
        answer = self._ask(target, patient=patient, max_bytes=max_bytes, ajax=ajax, form=form)
        if answer is not None and role == "list" and answer.access is Access.OK:
            answer.detail = say(answer.body)
        return self.keep(target, answer, role, 2 if patient else 1)

    def keep(
        self, target: Target, answer: Answer | None, role: str = "page", attempts: int = 1
    ) -> tuple[Record, Document | None]:
        """Records an answer and reads its body."""
        if answer is None:
            record = self.known[target.url]
            document = self._read(target, record, self.body(record), role)
            if document is not None:
                self.files.keep(record, document, target.scored.score)
            return record, document
        record = Record(
            seq=0,
            url=target.url,
            final_url=self.site.public_url(answer.final_url),
            role=role,
            redirects=tuple(self.site.public_url(u) for u in answer.redirects),
            status=answer.status,
            access=answer.access,
            detail=answer.detail,
            started_at=answer.started_at,
            elapsed_ms=answer.elapsed_ms,
            content_type=answer.content_type,
            filename=answer.filename,
            charset=answer.charset,
            truncated=answer.truncated,
            attempts=attempts,
            link_text=target.text[:300],
        )
        document = self._read(target, record, answer.body, role)
        if document is not None and record.access is Access.OK:
            record = record.model_copy(update=self._seen_as(target, record, document, answer.body))
        headers = [("User-Agent", self.settings.user_agent)]
        record = self.writer.add(record, answer.body, answer.headers, headers, "POST" if answer.posted else "GET")
        self.spent.bytes += record.bytes
        if document is not None:
            self.files.keep(record, document, target.scored.score)
        return record, document

    def keep_drawn(
        self, target: Target, before: Record, body: bytes, final: str, detail: str
    ) -> tuple[Record, Document | None]:
        """Records a page as a browser showed it, beside the answer that it was drawn from."""
        record = before.model_copy(
            update={
                "final_url": final,
                "method": "browser",
                "source": before.sha256 or "",
                "engine": "chromium",
                "access": Access.OK,
                "detail": detail,
                "content_type": "text/html; charset=utf-8",
                "charset": "utf-8",
                "truncated": False,
                "started_at": _now(),
            }
        )
        document = self._read(target, record, body, record.role)
        if document is not None and document.access is not Access.OK:
            record = record.model_copy(update={"access": document.access, "detail": document.detail})
        record = self.writer.add(record, body, [("Content-Type", "text/html; charset=utf-8")])
        self.known[target.url] = record
        return record, document

    def body(self, record: Record) -> bytes:
        return Snapshot(self.writer.folder).body(record) if record.sha256 else b""

    def _read(self, target: Target, record: Record, body: bytes, role: str) -> Document | None:
        if role in {"robots", "sitemap", "list", "folder"} or not body or record.access not in _READ:
            return None
        digest = hashlib.sha256(body).hexdigest()
        title = record.link_text if sniff(body) != "html" else ""
        return self.reader.read(
            record.final_url,
            digest,
            body,
            charset=record.charset,
            title=title or "",
            truncated=record.truncated,
        )

    def _seen_as(self, target: Target, record: Record, document: Document, body: bytes) -> dict[str, object]:
        """What reading tells about access: soft 404, needs script, scan, damaged, asked twice under two names."""
        changes: dict[str, object] = {}
        if document.access is not Access.OK:
            changes = {"access": document.access, "detail": document.detail}
        elif record.role == "page" and document.kind == "html":
            if looks_missing(document, self.missing, self.words_of(document)):
                changes = {"access": Access.SOFT_404}
            elif _is_document_name(target.url) and len(self.words_of(document)) < 400:
                changes = {"access": Access.UNREADABLE, "detail": "html instead of a document"}
        return changes

    def words_of(self, document: Document) -> frozenset[str]:
        """The words of a document, counted once: the last one is kept, since the questions come together."""
        if self.last_words[0] is not document:
            self.last_words = (document, word_set(document))
        return self.last_words[1]

    def skip(self, target: Target, access: Access, detail: str, role: str = "page") -> Record:
        if target.url in self.known:
            return self.known[target.url]
        record = Record(
            seq=0,
            url=target.url,
            final_url=target.url,
            role=role,
            access=access,
            detail=detail,
            link_text=target.text[:300],
        )
        return self.writer.add(record, b"", [])

    def _draw_pages(self) -> None:
        """Draws the likeliest pages whose text comes by script, and follows what they then show."""
        for target, record, document in self.drawn.waiting():
            drawn, found = self.drawn.draw(target, record, document)
            self.progress(self.spent.pages + self.spent.documents, len(self.frontier), target.url)
            if drawn.access is Access.OK and found is not None:
                self.following.follow(found, target)

    def _learn(self, target: Target, record: Record, document: Document | None, again: bool = False) -> None:
        html = document is not None and document.kind == "html"
        if record.access in {Access.OK, Access.TRUNCATED, Access.SOFT_404, Access.NEEDS_JAVASCRIPT} and html:
            self.spent.pages += 1
        elif record.bytes:
            self.spent.documents += 1
            self.spent.pictures += document is not None and document.kind == "image"
        if not again and record.access not in PERMANENT and record.access is not Access.TRUNCATED:
            self.deferred.append((target, 0.0))
        content: frozenset[str] = frozenset()
        new_topics = False
        if document is not None and record.access in {Access.OK, Access.TRUNCATED}:
            twin = record.sha256 is not None and self.hashes.setdefault(record.sha256, target.url) != target.url
            content = frozenset() if twin else self.words_of(document)
            if html and not twin:
                self.drawn.offer(target, record, document)
            if html and not twin:
                new_topics = self.following.follow(document, target)
        self.frontier.learned(target, content, html=html, new_topics=new_topics)


def _is_document_name(url: str) -> bool:
    return bool(re.search(r"\.(?:pdf|docx?|xlsx?|pptx?|zip)$", urlsplit(url).path, re.I))


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
