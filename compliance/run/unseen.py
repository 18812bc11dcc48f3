"""What is shown, what only comes near, what could not be seen, and what is not there: sorted by topic.

The rule behind all of it: "not published" is said only where nothing is left that may show the topic and was not read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from urllib.parse import urlsplit

from compliance.criteria import Vocabulary
from compliance.match.features import is_document_link, is_store, says_nothing
from compliance.match.links import STORES, LinkScorer
from compliance.match.pictures import page_topics, pictures_of
from compliance.match.site import MIN_PAGES, shows_nothing
from compliance.model.document import Document, Link
from compliance.model.evidence import Candidate, Disclosure, Record
from compliance.model.status import ABSENT, Access, Region

#: Topics that a list or store of documents may hold.
_DOCUMENT_WAYS = {"document", "regulation", "budget"}
#: What speaks against a file that was read: a reason. Anything else is our not knowing.
_REASONS = frozenset(
    {
        "other_village",
        "draft",
        "form",
        "district",
        "training",
        "preparation",
        "sample",
        "placeholder",
        "definition",
        "costing",
    }
)

#: A poster of a budget has at least so many words; the banner of a meeting has fewer.
_POSTER_WORDS = 25

Sorted = tuple[dict[str, list[Disclosure]], dict[str, list[Disclosure]]]


class Sorter:
    """Sorts the matches, links and records of one site. `loading`: addresses of pages that need their scripts."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        scorer: LinkScorer,
        records: dict[str, Record],
        documents: dict[str, Document],
        loading: set[str],
    ) -> None:
        self.vocabulary = vocabulary
        self.scorer = scorer
        self.records = records
        self.documents = documents
        self.loading = loading
        self._unseen: dict[str, dict[str, Candidate]] = defaultdict(dict)
        self._absent: dict[str, dict[str, Candidate]] = defaultdict(dict)
        self._final = {r.final_url: r for r in records.values()}
        pages = [d for d in documents.values() if d.kind == "html"]
        linked = {link.url for d in pages for link in d.links if link.text.strip()}
        #: How many pages show a picture: what stands on three is the frame's.
        self._shown_on = Counter(u for d in pages for u in {b.cells[0] for b in d.blocks if b.kind == "image"})
        #: Pictures that stand on a page and that nothing links to: their page says what they may be.
        self._pictured = {b.cells[0] for d in pages for b in d.blocks if b.kind == "image"} - linked
        self._listed = {
            part for r in records.values() if r.role == "list" and r.access is Access.OK for part in r.detail.split(",")
        }

    def sort(self, found: list[Disclosure]) -> Sorted:
        """(shown, near) by topic. A link that names a file counts only as far as the file was read."""
        shown: dict[str, list[Disclosure]] = defaultdict(list)
        near: dict[str, list[Disclosure]] = defaultdict(list)
        by_url: dict[tuple[str, str], Disclosure] = {(d.topic, d.url): d for d in found if not d.target}
        self._links()
        self._records()
        self._files(by_url)
        self._pages(found)
        for disclosure in found:
            if not disclosure.disclosed and not (disclosure.doubtful and disclosure.target):
                near[disclosure.topic].append(disclosure)
            elif not disclosure.target:
                shown[disclosure.topic].append(disclosure)
            else:
                resolved = self._resolve(disclosure, by_url)
                if resolved is not None:
                    near[disclosure.topic].append(resolved)
        return dict(shown), dict(near)

    def _resolve(self, link: Disclosure, by_url: dict[tuple[str, str], Disclosure]) -> Disclosure | None:
        """What a named file came to: nothing to add (judged itself, or unseen), or a near miss."""
        record = self._record(link.target)
        if record is None:
            self._add(link.topic, link.target, link.excerpt, Access.BUDGET_SKIPPED, "not asked for")
            return None
        if record.access in ABSENT:
            self._gone(link.topic, link.target, link.excerpt, record.access, record.detail)
            return None
        if record.access is not Access.OK:
            self._add(link.topic, link.target, link.excerpt, record.access, record.detail)
            return None
        document = self.documents.get(record.url)
        judged = by_url.get((link.topic, record.final_url)) or by_url.get((link.topic, record.url))
        if document is not None and document.kind != "html":
            self._unknown(link.topic, record, judged, link.excerpt)
            return None
        return (
            None
            if judged is not None
            else replace(link, disclosed=False, doubtful=False, barrier="unconfirmed", target="")
        )

    def _files(self, by_url: dict[tuple[str, str], Disclosure]) -> None:
        """Files that were read, are named for a topic, and do not show it for a reason that we could name."""
        for record in self.records.values():
            document = self.documents.get(record.url)
            if document is None or document.kind == "html" or record.access is not Access.OK:
                continue
            if record.url in self._pictured:
                continue
            name = re.sub(r"[-_+.]", " ", record.filename)
            for topic in sorted(self.scorer.poster_topics(f"{record.link_text} | {name}")):
                judged = by_url.get((topic, record.final_url)) or by_url.get((topic, record.url))
                self._unknown(topic, record, judged, record.link_text or record.filename)

    def _unknown(self, topic: str, record: Record, judged: Disclosure | None, text: str) -> None:
        # Four in ten disclosures are told in words that are not recognised: a file named for a topic is no proof of absence.
        if judged is None or not (judged.disclosed or judged.doubtful or judged.barrier in _REASONS):
            self._add(topic, record.url, text, Access.UNREADABLE, "unrecognised")

    def _links(self) -> None:
        """Links that lead nowhere, to scripts, or to pages on other hosts: each for the topics that it names."""
        for document in self.documents.values():
            for link in document.links if document.kind == "html" else ():
                if link.tag in {"form", "jsonld", "feed"} or link.url.startswith(("mailto:", "tel:")):
                    continue
                if link.tag == "script":
                    shown = link.heading.strip() or link.text
                    for topic in self.scorer.score_text(f"{link.text} | {link.heading}"):
                        self._add(topic, document.url, shown, Access.NEEDS_JAVASCRIPT, "button")
                elif not link.url:
                    for topic in self.scorer.score_text(link.text):
                        self._absent[topic].setdefault(
                            f"label:{link.text}", Candidate(topic, document.url, link.text, Access.EMPTY, "label")
                        )
                else:
                    record = self.records.get(link.url)
                    if record is not None and record.detail == "offsite":
                        # One address may be offered under several names: each says what it may hold.
                        topics = self.scorer.score(link).topics
                        if not topics and says_nothing(link):
                            topics = page_topics(document, self.scorer)
                        for topic in topics:
                            self._add(topic, link.url, link.text, record.access, record.detail)

    def _records(self) -> None:
        """What was asked for, or left, and not read: for the topics of its name; a store or list, for any document."""
        for record in self.records.values():
            if record.role not in {"page", "home", "folder"} or record.url in self._pictured:
                continue
            if record.access is Access.OK:
                if record.role == "folder" and record.truncated:
                    self._any_document(record.url, record.link_text, Access.TRUNCATED, "folder cut")
                continue
            slug = re.sub(r"[-_/+.]", " ", urlsplit(record.url).path)
            topics = self.scorer.score_text(f"{record.link_text} | {slug}")
            for topic in topics:
                if record.access in ABSENT:
                    self._gone(topic, record.url, record.link_text or slug.strip(), record.access, record.detail)
                else:
                    self._add(topic, record.url, record.link_text or slug.strip(), record.access, record.detail)
            if record.access not in ABSENT and self._holds_any(record, topics):
                self._any_document(record.url, record.link_text, record.access, record.detail)

    @staticmethod
    def _holds_any(record: Record, topics: frozenset[str]) -> bool:
        """Whether something unread may hold any document: a folder, a file of a folder whose name says nothing, a list."""
        if is_store(record.url):
            return _is_folder(record.url) or not topics
        return bool(topics & set(STORES)) and not _is_file(record.url) and record.detail != "offsite"

    def _pages(self, found: list[Disclosure]) -> None:
        """Pages whose content we cannot read: what scripts fill, and pictures where text is missing."""
        disclosed = {(d.topic, d.url) for d in found if d.disclosed and not d.target}
        named: dict[str, set[str]] = defaultdict(set)
        for disclosure in found:
            if any(r.place in {"title", "heading"} for r in disclosure.why):
                named[disclosure.url].add(disclosure.topic)
        for document in self.documents.values():
            if document.kind != "html":
                continue
            topics = named.get(document.url, set())
            missing = self._missing(document)
            if missing:
                for topic in sorted(topics):
                    if (topic, document.url) not in disclosed:
                        self._add(topic, document.url, document.title, Access.NEEDS_JAVASCRIPT, missing)
                if topics & set(STORES):
                    self._any_document(document.url, document.title, Access.NEEDS_JAVASCRIPT, missing)
                if self.scorer.names_group(document.title, "gallery"):
                    self._any_activity(document.url, document.title, Access.NEEDS_JAVASCRIPT, missing)
            self._pictures(document, disclosed)

    def _missing(self, document: Document) -> str:
        """Why a page may show less than a visitor sees: the detail of its candidates, or ''."""
        record = self._record(document.url)
        if "canvas" in document.meta:
            return "canvas"
        if record is not None and whole(record):
            return ""
        if urlsplit(document.url).path.strip("/").split("/")[0] in self._listed:
            # Its list was read where its script would have asked.
            return ""
        needs = document.url in self.loading
        if record is not None and record.method == "browser":
            # Where only a script of the frame might have filled the page, and did not, there is nothing to be filled.
            return "scripts missing" if needs or record.role == "home" else ""
        if document.meta.get("empty_list"):
            return "list"
        return "loads" if needs or (shows_nothing(document) and not self._says_so(document)) else ""

    def _says_so(self, document: Document) -> bool:
        """Whether a page says itself that it holds nothing yet."""
        return any(self.scorer.names_group(b.text, "placeholder") for b in document.main_blocks())

    def _pictures(self, document: Document, disclosed: set[tuple[str, str]]) -> None:
        """Pictures that may be the document itself: named for it, or nearly all that a page named for it holds."""
        page = self._record(document.url)
        for picture in pictures_of(document, self.scorer, called=page.link_text if page is not None else ""):
            record = self._record(picture.url)
            access, detail = (record.access, record.detail) if record else (Access.UNREADABLE, "image")
            if access in ABSENT or (self._shown_on[picture.url] >= MIN_PAGES and not picture.own):
                # Nothing is there, it was read and is a label or button, or it is the frame's.
                continue
            if access is Access.OK:
                access, detail = Access.UNREADABLE, "unrecognised"
            topics = picture.topics | (picture.perhaps if self._like_poster(record) else frozenset())
            if record is not None and any(u == record.final_url for _, u in disclosed):
                # It shows one thing of the budget: it is no secret that it does not show the others.
                topics -= self.scorer.posters
            for topic in sorted(topics):
                shown = (topic, document.url) in disclosed or (record and (topic, record.final_url) in disclosed)
                if not shown and self.vocabulary.topics[topic].fix_on != "article":
                    self._add(topic, picture.url, picture.text, access, detail)

    def _like_poster(self, record: Record | None) -> bool:
        """Whether a picture without a name may be a poster: as full of words as one, or not looked at."""
        if record is None or record.access is not Access.OK:
            return record is None or (record.access, record.detail) != (Access.UNREADABLE, "no text")
        document = self.documents.get(record.url)
        return document is not None and sum(len(b.text.split()) for b in document.blocks) >= _POSTER_WORDS

    def _any_document(self, url: str, text: str, access: Access, detail: str) -> None:
        for topic in self.vocabulary.topics.values():
            if topic.fix_on in _DOCUMENT_WAYS:
                self._add(topic.id, url, text, access, detail)

    def _any_activity(self, url: str, text: str, access: Access, detail: str) -> None:
        for topic in self.vocabulary.topics.values():
            if topic.fix_on == "article":
                self._add(topic.id, url, text, access, detail)

    def _record(self, url: str) -> Record | None:
        return self.records.get(url) or self._final.get(url)

    def _add(self, topic: str, url: str, text: str, access: Access, detail: str) -> None:
        self._unseen[topic].setdefault(url, Candidate(topic, url, text, access, detail))

    def _gone(self, topic: str, url: str, text: str, access: Access, detail: str) -> None:
        self._absent[topic].setdefault(url, Candidate(topic, url, text, access, detail))

    def unseen(self) -> dict[str, list[Candidate]]:
        """What may show a topic and was not read, by topic."""
        return {t: list(c.values()) for t, c in self._unseen.items()}

    def absent(self) -> dict[str, list[Candidate]]:
        """Links that name a topic and lead nowhere, by topic."""
        return {t: list(c.values()) for t, c in self._absent.items()}


def whole(record: Record) -> bool:
    """Whether a page was read as a browser shows it, with all the scripts that it asked for."""
    return record.method == "browser" and record.access is Access.OK and not record.detail


def _is_file(url: str) -> bool:
    return is_document_link(Link(url, "", Region.MAIN))


def _is_folder(url: str) -> bool:
    return "folder" in url.lower() or "/drive/u/" in url
