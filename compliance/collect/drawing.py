"""Which pages are drawn by a browser, and how what a browser shows becomes a record."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from compliance.collect.guard import allowed
from compliance.match.pictures import page_topics
from compliance.match.site import filled_by_script, marks_of, shows_nothing
from compliance.model.document import Document
from compliance.model.evidence import Record
from compliance.model.status import Access

if TYPE_CHECKING:
    from compliance.collect.browser import Browser, Loaded
    from compliance.collect.crawl import Crawl
    from compliance.collect.frontier import Target

_MAX_LOADS = 60


def needs_script(record: Record, document: Document) -> bool:
    """Whether a page's text, list or menu comes by script."""
    if record.method == "browser" or document.kind != "html":
        return False
    return record.access is Access.NEEDS_JAVASCRIPT or bool(
        {"empty_list", "scripted_links", "fetches"} & set(document.meta)
    )


class Drawing:
    """The pages of one crawl that wait for a browser, within its budget. Without a browser nothing is drawn."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._waiting: dict[str, tuple[Target, Record, Document]] = {}
        self._browser: Browser | None = None
        #: Pages that an interrupted run drew count too: a resumed one draws no more than it would have.
        self._count = sum(r.method == "browser" for r in crawl.writer.records)
        self._marks: Counter[str] = Counter()
        self._loads = 0

    def offer(self, target: Target, record: Record, document: Document) -> None:
        """Notes a page that may need a browser."""
        if record.method == "browser" or document.kind != "html":
            return
        self._marks.update(marks_of(document))
        self._waiting.setdefault(target.url, (target, record, document))

    def waiting(self) -> list[tuple[Target, Record, Document]]:
        """What waits, the likeliest first. A script that many pages share is the frame's, and no reason to draw them."""
        kept = [w for w in self._waiting.values() if self._worth(*w)]
        # A page or list that is surely empty without its scripts comes before those that may be.
        return sorted(kept, key=lambda w: (not needs_script(w[1], w[2]), -w[0].scored.score, w[0].url))

    def _worth(self, target: Target, record: Record, document: Document) -> bool:
        if record.access is not Access.OK or "empty_list" in document.meta:
            return True
        named = bool(target.scored.topics or page_topics(document, self._crawl.scorer))
        return filled_by_script(document, self._marks) or (
            named and (needs_script(record, document) or shows_nothing(document))
        )

    def draw(self, target: Target, record: Record, document: Document) -> tuple[Record, Document | None]:
        """The record and Document of a page as a browser shows it; those it came with where it cannot be drawn."""
        from compliance.collect import browser

        crawl = self._crawl
        if self._count >= crawl.settings.max_rendered or not browser.available():
            return record, document
        self._count += 1
        if self._browser is None:
            self._browser = browser.Browser(self._load, crawl.settings.user_agent)
        self._loads = 0
        access, final, html = self._browser.draw(crawl.site.fetch_url(target.url))
        public = crawl.site.public_url(final)
        if access is not Access.OK or not html or not crawl.site.contains(public):
            return record, document
        # A page that did not get a script it asked for may show less than a visitor sees.
        broken = self._browser.errors and {"empty_list", "bare"} & set(document.meta)
        detail = "scripts missing" if self._browser.refused or broken else ""
        return crawl.keep_drawn(target, record, html.encode("utf-8", "replace"), public, detail)

    def _load(self, url: str) -> Loaded | None:
        """What a page wants, asked for as the crawl asks: guard, robots, one request at a time, honest name."""
        crawl = self._crawl
        public = crawl.site.public_url(url)
        if not url.startswith(("http://", "https://")) or self._loads >= _MAX_LOADS:
            return None
        if not crawl.site.same_host(public) and (crawl.no_offsite() or not allowed(url, crawl.private)):
            return None
        if not crawl.rules_of(public).allows(url, crawl.settings.user_agent):
            return None
        self._loads += 1
        answer = crawl.fetcher.get(url, may_follow=crawl.may_follow, max_bytes=crawl.settings.max_page_bytes)
        if answer.status is None or answer.truncated:
            return None
        return answer.status, answer.headers, answer.body

    def close(self) -> None:
        """Ends the browser, if there is one."""
        if self._browser is not None:
            self._browser.close()
            self._browser = None
