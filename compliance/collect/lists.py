"""Asks a platform for the lists that its pages fill by script; silent where they are not there."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from compliance.collect.fetch import Form
from compliance.collect.frontier import Target
from compliance.collect.platforms import Platform, Probe, links_of, platform_of
from compliance.collect.urls import join
from compliance.match.links import Scored
from compliance.model.document import Document
from compliance.model.status import Access

if TYPE_CHECKING:
    from compliance.collect.crawl import Crawl


def read_lists(crawl: Crawl, home: Document) -> None:
    """Queues what the platform's lists name. A list's record says which pages' lists it holds, whole."""
    platform = platform_of(home, crawl.home_headers)
    if platform is None:
        return
    covered: set[str] = set()
    for probe in platform.probes:
        if probe.covers and covered.issuperset(probe.covers):
            continue
        found = join(crawl.site.root, probe.path)
        url = crawl.site.public_url(found) if found else None
        if url is None or crawl.frontier.seen(url):
            continue
        if not crawl.rules_of(url).allows(crawl.site.fetch_url(url), crawl.settings.user_agent):
            continue
        crawl.frontier.mark(url)
        target = Target(url, Scored(frozenset(), 0), 0, -1, False)
        form = _form(probe, crawl.home_headers.get("set-cookie", ""))
        say = partial(_covered, platform, probe)
        record, _ = crawl.take(target, role="list", ajax=probe.ajax, form=form, say=say)
        listed = links_of(platform, probe, crawl.body(record)) if record.access is Access.OK else None
        if listed is not None and listed.whole:
            covered.update(probe.covers)
        for link in listed.links if listed else ():
            address = join(crawl.site.root, link.url)
            if address is not None:
                crawl.following.offer(replace(link, url=crawl.site.public_url(address)), depth=1, source=url)


def _form(probe: Probe, cookies: str) -> Form | None:
    """What a probe posts, with the token that the home page's answer gave against forged requests."""
    if not probe.form:
        return None
    found = re.search(rf"(?:^|[\s,;]){re.escape(probe.token)}=([^;,\s]+)", cookies) if probe.token else None
    if found is None:
        return Form(probe.form)
    return Form((*probe.form, (probe.token, found[1])), (probe.token, found[1]))


def _covered(platform: Platform, probe: Probe, body: bytes) -> str:
    """The pages whose lists an answer holds; "no list" for something else, "cut" for a part."""
    listed = links_of(platform, probe, body)
    if listed is None:
        return "no list"
    return ",".join(probe.covers) if listed.whole else "cut"
