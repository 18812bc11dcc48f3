"""What a page brings: which of its links and pictures are asked for next, and what is only noted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from compliance.collect.frontier import Target
from compliance.collect.guard import allowed
from compliance.collect.urls import tidy
from compliance.match.features import is_document_link, is_store, name_of, says_nothing
from compliance.match.lexicon import normal
from compliance.match.links import Scored
from compliance.match.pictures import Picture, page_topics, pictures_of
from compliance.model.document import Document, Link
from compliance.model.status import Access, Region

if TYPE_CHECKING:
    from compliance.collect.crawl import Crawl

IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|bmp|ico|tiff?)(?:$|\?)", re.I)
_ASSET = re.compile(r"\.(?:css|js|mjs|map|woff2?|ttf|eot|mp4|mp3|avi|mov|webm|apk|exe|wasm)(?:$|\?)", re.I)
#: Drawn for screens, never a scan or photograph.
_DRAWN = re.compile(r"\.(?:svg|ico)(?:$|\?)", re.I)
_PICTURE_SCORE = 8
#: Pictures of no certain subject that are looked at on one page.
_PAGE_PICTURES, _HOME_PICTURES = 12, 4
#: What other hosts lend to a page that is no document.
_SHOWS_NONE = re.compile(
    r"//(?:[\w-]+\.)*(?:youtube|youtu|youtube-nocookie|facebook|instagram|tiktok|twitter|x|recaptcha|disqus|histats|statcounter|whatsapp|wa|t|telegram|openstreetmap|gravatar|addtoany)\.\w+/"
    r"|google\.\w+/(?:maps|recaptcha)|//maps\.|bmkg|weather|cuaca",
    re.I,
)


class Following:
    """Queues the links and pictures of pages, each once."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._offered: set[tuple[str, str, Region]] = set()

    def follow(self, document: Document, target: Target, *, home: bool = False) -> bool:
        """Queues a page's links. True where one of them is new and names a topic."""
        new = False
        about = page_topics(document, self._crawl.scorer, target.text)
        for link in document.links:
            new |= self.offer(link, target.depth + 1, target.url, about)
        looked_at = 0
        for picture in pictures_of(document, self._crawl.scorer, home=home, called=target.text):
            looked_at += not picture.topics
            if picture.topics or looked_at <= (_HOME_PICTURES if home else _PAGE_PICTURES):
                self._picture(picture, target)
        return new

    def _picture(self, picture: Picture, page: Target) -> None:
        """Queues a picture that may be a poster or scan."""
        raw = tidy(picture.url)
        url = self._crawl.site.public_url(raw) if raw else None
        if url is None or _DRAWN.search(urlsplit(url).path) or self._crawl.frontier.seen(url):
            return
        # What only may be a poster comes last, and is held against nobody when the budget is spent.
        scored = Scored(picture.topics, _PICTURE_SCORE + 2 * min(3, len(picture.topics)) if picture.topics else 0)
        if not self._crawl.site.contains(url) and (self._crawl.no_offsite() or not allowed(url, self._crawl.private)):
            self._crawl.frontier.mark(url)
            self._crawl.skip(
                Target(url, scored, page.depth + 1, -1, True, picture.text), Access.BUDGET_SKIPPED, "offsite"
            )
            return
        self._crawl.frontier.add(url, scored, page.depth + 1, True, picture.text, page.url)

    def _outside(self, link: Link, url: str, depth: int, about: frozenset[str]) -> None:
        """A page on another host that is named for a topic (a flipbook, a poster service) is noted, not followed.

        Without a name of its own it may show what the page around it is about.
        """
        if self._crawl.site.same_host(url) or link.region not in {Region.MAIN, Region.MENU, Region.HEADER}:
            return
        scored = self._crawl.scorer.score(link)
        if not scored.topics and link.region is Region.MAIN and says_nothing(link) and not _SHOWS_NONE.search(url):
            scored = Scored(about, 0)
        if scored.topics and not self._crawl.frontier.seen(url):
            self._crawl.frontier.mark(url)
            self._crawl.skip(Target(url, scored, depth, -1, True, _named(link)), Access.BUDGET_SKIPPED, "offsite")

    def offer(self, link: Link, depth: int, source: str, about: frozenset[str] = frozenset()) -> bool:
        """Queues a link, once. `about`: what the page around it is about. True where it is new and names a topic."""
        key = (link.url, link.text, link.region)
        if key in self._offered:
            return False
        self._offered.add(key)
        if not link.url or link.tag in {"form", "jsonld", "feed"} or link.url.startswith(("mailto:", "tel:")):
            return False
        raw = tidy(link.url)
        if raw is None:
            return False
        url = self._crawl.site.public_url(raw)
        if not self._crawl.frontier.waits(url):
            return False
        document = is_document_link(link)
        inside = self._crawl.site.contains(url)
        if _ASSET.search(urlsplit(url).path):
            return False
        if not inside and not document:
            self._outside(link, url, depth, about)
            return False
        scored = self._crawl.scorer.score(link)
        if is_store(url):
            unnamed = link.region is Region.MAIN and says_nothing(link) and "/forms/" not in url
            if (scored.topics or unnamed) and not self._crawl.frontier.seen(url):
                self._crawl.frontier.mark(url)
                self._crawl.stores.offer(Target(url, scored, 0, len(self._crawl.stores), True, _named(link)))
            return False
        if IMAGE.search(urlsplit(url).path):
            claimed = frozenset(self._crawl.scorer.poster_topics(name_of(link)))
            if not claimed or _DRAWN.search(urlsplit(url).path):
                return False
            scored = Scored(claimed, scored.score)
        if not inside:
            if not scored.topics and link.region is Region.MAIN and says_nothing(link):
                # A short address, or a file on another host, under a page that is about something.
                scored = Scored(about, scored.score)
            if not scored.topics:
                return False
            if self._crawl.no_offsite() or not allowed(url, self._crawl.private):
                if not self._crawl.frontier.seen(url):
                    self._crawl.frontier.mark(url)
                    self._crawl.skip(
                        Target(url, scored, depth, -1, True, _named(link)), Access.BUDGET_SKIPPED, "offsite"
                    )
                return False
        added = self._crawl.frontier.add(url, scored, depth, document, _named(link), source)
        return added and bool(scored.topics) and _fresh(link)


def _fresh(link: Link) -> bool:
    """Links of a menu or sidebar are no news of the page they stand on."""
    return link.region is Region.MAIN


def _named(link: Link) -> str:
    text = link.text.strip()
    return (
        f"{text} — {link.heading}"
        if is_document_link(link) and link.heading and len(normal(text).split()) <= 2
        else text
    )
