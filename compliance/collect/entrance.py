"""The way into a site: its home page, how it says "not found", and what its sitemap and feed name."""

from __future__ import annotations

import hashlib
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from compliance.archive.snapshot import Snapshot
from compliance.collect import sitemap
from compliance.collect.drawing import needs_script
from compliance.collect.frontier import Target
from compliance.collect.guard import is_private
from compliance.collect.urls import Site, join, tidy
from compliance.match.links import Scored
from compliance.match.site import menu_seen
from compliance.model.document import Document, Link
from compliance.model.status import PERMANENT, Access, Region

if TYPE_CHECKING:
    from compliance.collect.crawl import Crawl

#: An address typed without a scheme is tried over http where https does not answer.
_OTHER_SCHEME = frozenset({Access.REFUSED, Access.TLS, Access.TIMEOUT})
_MAX_SITEMAPS = 3


def enter(crawl: Crawl) -> Document | None:
    """Reads the home page, drawn by the browser where its menu comes by script, and queues what it links.

    Tried once more where the failure may pass; over http where https was only guessed. None where it cannot be read.
    """
    info = crawl.writer.info
    start = tidy(info.start_url)
    assert start is not None, "the start address was checked before"
    copy = info.as_site or ""
    public = tidy(copy) if copy else start
    assert public is not None
    crawl.site = Site.of(public, start if copy else "")
    crawl.private = is_private(start)
    target = Target(public, Scored(frozenset(), 100), 0, -1, False, "", "")
    crawl.frontier.mark(public)
    record, document = crawl.take(target, role="home")
    headers = Snapshot(crawl.writer.folder).headers(record)
    if record.access not in {Access.OK, Access.TRUNCATED, Access.NEEDS_JAVASCRIPT} and record.access not in PERMANENT:
        time.sleep(min(2.0, crawl.settings.delay * 2))
        crawl.known.pop(public, None)
        record, document = crawl.take(target, role="home", patient=True)
    if record.access in _OTHER_SCHEME and info.settings.get("scheme_guessed") and public.startswith("https://"):
        target = Target("http://" + public.removeprefix("https://"), target.scored, 0, -1, False)
        crawl.site = Site.of(target.url)
        crawl.frontier.mark(target.url)
        record, document = crawl.take(target, role="home")
        crawl.writer.update(site_url=crawl.site.root)
    final = record.final_url
    if document is not None and not crawl.site.same_host(final):
        crawl.site = Site.of(final)
        crawl.writer.update(site_url=final)
    if document is not None and (needs_script(record, document) or not menu_seen(document)):
        record, document = crawl.drawn.draw(target, record, document)
    if record.access is Access.OK and document is not None:
        crawl.following.follow(document, target, home=True)
    crawl.home_headers = {k: " ".join(v for n, v in headers if n.lower() == k) for k in ("set-cookie", "link")}
    return document


def probe(crawl: Crawl) -> None:
    """Asks for a page that cannot exist, to know how this site says "not found"."""
    token = hashlib.sha256(crawl.site.root.encode()).hexdigest()[:10]
    url = join(crawl.site.root, f"{crawl.site.prefix}halaman-uji-{token}")
    if url is None or not crawl.rules_of(url).allows(crawl.site.fetch_url(url), crawl.settings.user_agent):
        return
    crawl.frontier.mark(url)
    target = Target(url, Scored(frozenset(), 0), 0, -1, False)
    record, document = crawl.take(target, role="probe")
    if record.access is Access.OK and document is not None and document.kind == "html":
        crawl.missing = crawl.words_of(document)


def sitemaps(crawl: Crawl, home: Document) -> None:
    """Queues what robots.txt, sitemap and feed name."""
    waiting = list(crawl.rules_of(crawl.site.root).sitemaps) or [urljoin(crawl.site.root, "/sitemap.xml")]
    waiting += [link.url for link in home.links if link.tag == "feed"][:1]
    asked = 0
    while waiting and asked < _MAX_SITEMAPS:
        found = join(crawl.site.root, waiting.pop(0))
        url = crawl.site.public_url(found) if found else None
        if url is None or crawl.frontier.seen(url) or not crawl.site.same_host(url):
            continue
        asked += 1
        crawl.frontier.mark(url)
        record, _ = crawl.take(Target(url, Scored(frozenset(), 0), 0, -1, False), role="sitemap")
        if record.access is not Access.OK:
            continue
        pages, further = sitemap.addresses(crawl.body(record))
        waiting += further
        for page in pages:
            address = join(crawl.site.root, page)
            if address is None:
                continue
            slug = re.sub(r"[-_/+.]", " ", urlsplit(address).path)
            crawl.following.offer(Link(address, slug, Region.MAIN, "sitemap"), depth=1, source=url)
