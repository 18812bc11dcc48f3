"""From a snapshot to the view that checks judge: read, match, and sort out what could not be seen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from compliance.archive.snapshot import Snapshot
from compliance.criteria import Vocabulary
from compliance.errors import Exit, UserError
from compliance.match.accounts import accounts_in
from compliance.match.budgets import TOPICS, budgets_of, figure_notices
from compliance.match.features import is_document_link, is_store
from compliance.match.links import STORES, LinkScorer
from compliance.match.matcher import Matcher
from compliance.match.notices import notices_of
from compliance.match.pictures import pictures_of
from compliance.match.site import Frame, frame_of, menu_seen, site_segments
from compliance.match.village import kind_of, village_names
from compliance.model.budget import Budget
from compliance.model.document import Document, Link
from compliance.model.evidence import Candidate, Disclosure, Record
from compliance.model.site import SiteFacts, SiteView
from compliance.model.status import ABSENT, Access, Region, VillageKind
from compliance.model.village import Village
from compliance.read import Reader

_DOCUMENT_WAYS = {"document", "regulation", "budget"}
_PHONE = re.compile(r"(?<!\d)(?:\(?0\d{2,3}\)?[\s.-]?\d{5,8}|(?:\+?62|0)[\s.-]?8\d{1,2}(?:[\s.-]?\d{3,4}){2,3})(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ADDRESS = re.compile(r"\b(?:jl\.?|jalan|kec\.?|kecamatan|kode pos)\b", re.I)
_PLATFORMS = (
    ("opensid", re.compile(r"opensid", re.I)),
    ("wordpress", re.compile(r"wordpress", re.I)),
    ("blogspot", re.compile(r"blogger", re.I)),
    ("joomla", re.compile(r"joomla", re.I)),
)
_REGION = re.compile(r"\b(?:kecamatan|kec\.?)\s+([A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?)")
_REGENCY = re.compile(r"\b(?:kabupaten|kab\.?)\s+([A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?)")


def view_of(
    snapshot: Snapshot,
    vocabulary: Vocabulary,
    as_of: date,
    *,
    reader: Reader,
    matcher: Matcher,
    kind: VillageKind | None = None,
    name: str | None = None,
    code: str | None = None,
) -> SiteView:
    """The view of a snapshot on a day. Pure: reads the snapshot's bodies and nothing else.

    Raises UserError (integrity) when a body is damaged.
    """
    records = _records(snapshot, reader)
    documents = _documents(snapshot, records.values(), reader)
    pages = [d for d in documents.values() if d.kind == "html"]
    frame = frame_of(pages)
    names = [name] if name else village_names(pages, matcher.machine.name_words)
    found: list[Disclosure] = []
    for document in documents.values():
        found += matcher.match(document, frame, names)
    found += _widgets(matcher, pages, frame)
    budgets = _budgets(documents, found, frame)
    scorer = LinkScorer(vocabulary)
    builder = _Sorter(vocabulary, scorer, records, documents)
    disclosures, near = builder.sort(found)
    first = next((r for r in snapshot.records if r.role == "home"), None)
    home = records[first.url] if first is not None else None
    home_document = documents.get(home.url) if home is not None else None
    return SiteView(
        village=_village(pages, names, kind, name, code, snapshot),
        as_of=as_of,
        facts=_facts(snapshot, home, home_document, pages),
        topics=vocabulary.topics,
        rules=vocabulary.years.rules,
        disclosures=disclosures,
        near=near,
        unseen=builder.unseen(),
        absent=builder.absent(),
        accounts=accounts_in(pages),
        notices=(*notices_of(list(documents.values()), matcher), *figure_notices(budgets)),
        budgets=budgets,
        records=records,
        pages=len(pages),
        skipped=sum(r.access in {Access.BUDGET_SKIPPED, Access.TRAP_SKIPPED} for r in records.values()),
    )


def _records(snapshot: Snapshot, reader: Reader) -> dict[str, Record]:
    """The records of what was asked for, by address; a file's access is what reading it came to (scans recognised)."""
    derived = snapshot.derived()
    for source, made in derived.items():
        if not reader.has(source):
            try:
                reader.keep(source, snapshot.body(made))
            except (ValueError, KeyError, TypeError) as error:
                raise UserError(
                    f"{snapshot.folder}: record {made.seq}, the text of a file, is not in the form that this version keeps.",
                    Exit.INTEGRITY,
                ) from error
    records: dict[str, Record] = {}
    for record in snapshot.records:
        if record.role == "derived":
            continue
        text = derived.get(record.sha256 or "")
        if text is not None and record.access in {Access.OK, Access.UNREADABLE}:
            record = record.model_copy(update={"access": text.access, "detail": text.detail})
        records[record.url] = record
    return records


def _documents(snapshot: Snapshot, records: Iterable[Record], reader: Reader) -> dict[str, Document]:
    """The documents of a snapshot by address; a body that came under several names counts once."""
    documents: dict[str, Document] = {}
    seen: set[str] = set()
    for record in sorted(records, key=lambda r: r.seq):
        if record.role in {"robots", "sitemap", "probe", "list", "folder"} or record.sha256 is None:
            continue
        if record.access not in {Access.OK, Access.TRUNCATED, Access.NEEDS_JAVASCRIPT, Access.UNREADABLE}:
            continue
        if record.sha256 in seen:
            continue
        seen.add(record.sha256)
        title = record.link_text
        document = reader.known(record.final_url, record.sha256, title)
        if document is None:
            body = snapshot.body(record)
            from compliance.read import sniff

            document = reader.read(
                record.final_url,
                record.sha256,
                body,
                charset=record.charset,
                title=title if sniff(body) != "html" else "",
                truncated=record.truncated,
            )
        documents[record.url] = document
    return documents


def _widgets(matcher: Matcher, pages: list[Document], frame: Frame) -> list[Disclosure]:
    """Repeated blocks with figures, judged once: from the first page that shows each."""
    best: dict[tuple[str, tuple[int, ...]], Disclosure] = {}
    for page in pages[:3]:
        for disclosure in matcher.widgets(page, frame):
            best.setdefault((disclosure.topic, disclosure.years), disclosure)
    return list(best.values())


def _budgets(documents: dict[str, Document], found: list[Disclosure], frame: Frame) -> tuple[Budget, ...]:
    """The budgets of the places that show one; figures that two places share count once."""
    years: dict[str, set[int]] = defaultdict(set)
    for disclosure in found:
        if disclosure.disclosed and disclosure.topic in TOPICS and not disclosure.target:
            years[disclosure.url].update(disclosure.years)
    budgets: dict[tuple[object, ...], Budget] = {}
    for document in documents.values():
        if document.url not in years:
            continue
        blocks = frame.content(document)
        framed = [b for segment in site_segments(document, frame) for b in segment] if document.kind == "html" else []
        for part in (blocks, framed):
            for budget in budgets_of(document, part, tuple(sorted(years[document.url]))):
                figures = tuple((a.key, c, f.amount) for a, c, f in budget.printed() if a.key)
                budgets.setdefault((budget.fiscal_year, budget.column, figures), budget)
    return tuple(budgets.values())


class _Sorter:
    """Sorts matches and links into what is shown, what only comes near, what is unseen, what is absent."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        scorer: LinkScorer,
        records: dict[str, Record],
        documents: dict[str, Document],
    ) -> None:
        self.vocabulary = vocabulary
        self.scorer = scorer
        self.records = records
        self.documents = documents
        self._unseen: dict[str, dict[str, Candidate]] = defaultdict(dict)
        self._absent: dict[str, dict[str, Candidate]] = defaultdict(dict)
        self._final = {r.final_url: r for r in records.values()}

    def sort(self, found: list[Disclosure]) -> tuple[dict[str, list[Disclosure]], dict[str, list[Disclosure]]]:
        """(shown, near) by topic. A link that names a file counts only as far as the file was read."""
        shown: dict[str, list[Disclosure]] = defaultdict(list)
        near: dict[str, list[Disclosure]] = defaultdict(list)
        by_url: dict[tuple[str, str], Disclosure] = {(d.topic, d.url): d for d in found if not d.target}
        self._links()
        self._pages(found)
        for disclosure in found:
            if not disclosure.disclosed:
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
        record = self.records.get(link.target) or self._final.get(link.target)
        if record is None:
            self._add_unseen(
                link.topic,
                Candidate(link.topic, link.target, link.excerpt, Access.BUDGET_SKIPPED, "not asked for"),
            )
            return None
        if record.access in ABSENT:
            self._absent[link.topic].setdefault(
                link.target, Candidate(link.topic, link.target, link.excerpt, record.access)
            )
            return None
        if record.access is not Access.OK:
            self._add_unseen(link.topic, Candidate(link.topic, link.target, link.excerpt, record.access, record.detail))
            return None
        judged = by_url.get((link.topic, record.final_url)) or by_url.get((link.topic, record.url))
        if judged is None:
            document = self.documents.get(record.url)
            if document is not None and document.kind != "html":
                self._add_unseen(
                    link.topic,
                    Candidate(link.topic, link.target, link.excerpt, Access.UNREADABLE, "unrecognised"),
                )
                return None
            return replace(link, disclosed=False, barrier="unconfirmed", target="")
        return None

    def _links(self) -> None:
        """Every link that names a topic: where it leads nowhere, or was not read, that is noted."""
        for document in self.documents.values():
            if document.kind != "html":
                continue
            for link in document.links:
                if link.tag in {"form", "jsonld", "feed"} or link.url.startswith(("mailto:", "tel:")):
                    continue
                if link.tag == "script":
                    for topic in self.scorer.score_text(f"{link.text} | {link.heading}"):
                        shown = link.heading.strip() or link.text
                        candidate = Candidate(topic, document.url, shown, Access.NEEDS_JAVASCRIPT, "button")
                        self._add_unseen(topic, candidate)
                    continue
                record = self.records.get(link.url)
                if record is not None and record.detail == "offsite":
                    # One address may be offered under several names: each says what it may hold.
                    for topic in self.scorer.score(link).topics:
                        self._add_unseen(topic, Candidate(topic, link.url, link.text, record.access, record.detail))
                if not link.url:
                    for topic in self.scorer.score_text(link.text):
                        key = f"label:{link.text}"
                        self._absent[topic].setdefault(
                            key, Candidate(topic, document.url, link.text, Access.EMPTY, "label")
                        )
                    continue
        for record in self.records.values():
            if record.role not in {"page", "home"} or (record.access is Access.OK and record.url in self.documents):
                continue
            slug = re.sub(r"[-_/+.]", " ", urlsplit(record.url).path)
            topics = self.scorer.score_text(f"{record.link_text} | {slug}")
            for topic in topics:
                candidate = Candidate(topic, record.url, record.link_text or slug.strip(), record.access, record.detail)
                if record.access in ABSENT:
                    self._absent[topic].setdefault(record.url, candidate)
                elif record.access is not Access.OK:
                    self._add_unseen(topic, candidate)
            if record.access in ABSENT or record.access is Access.OK:
                continue
            if is_store(record.url):
                holds_any = _is_folder(record.url)
            else:
                holds_any = bool(topics & set(STORES)) and not _is_file(record.url) and record.detail != "offsite"
            if holds_any:
                self._any_document(record.url, record.link_text, record.access, record.detail)

    def _pages(self, found: list[Disclosure]) -> None:
        """Pages whose content we cannot read: lists filled by script, and pictures where text is missing."""
        disclosed = {(d.topic, d.url) for d in found if d.disclosed}
        named: dict[str, set[str]] = defaultdict(set)
        for disclosure in found:
            if any(r.place in {"title", "heading"} for r in disclosure.why):
                named[disclosure.url].add(disclosure.topic)
        for document in self.documents.values():
            topics = named.get(document.url, set())
            if document.kind != "html":
                continue
            if self._drawn(document.url):
                # What it shows after its scripts is all that it shows.
                self._pictures(document, topics, disclosed)
                continue
            if self._half_drawn(document.url):
                for topic in sorted(topics):
                    if (topic, document.url) not in disclosed:
                        self._add_unseen(
                            topic,
                            Candidate(topic, document.url, document.title, Access.NEEDS_JAVASCRIPT, "scripts missing"),
                        )
            if self._half_drawn(document.url) and topics & set(STORES) and not self._listed(document.url):
                self._any_document(document.url, document.title, Access.NEEDS_JAVASCRIPT, "scripts missing")
            if document.meta.get("empty_list") and not self._listed(document.url):
                for topic in topics:
                    self._add_unseen(
                        topic, Candidate(topic, document.url, document.title, Access.NEEDS_JAVASCRIPT, "list")
                    )
                if topics & set(STORES):
                    self._any_document(document.url, document.title, Access.NEEDS_JAVASCRIPT, "list")
            self._pictures(document, topics, disclosed)

    def _drawn(self, url: str) -> bool:
        """Whether a page was read as a browser shows it."""
        record = self._final.get(url) or self.records.get(url)
        return record is not None and _whole(record)

    def _half_drawn(self, url: str) -> bool:
        """Whether a browser drew a page without some of the scripts that it asked for."""
        record = self._final.get(url) or self.records.get(url)
        return record is not None and record.method == "browser" and bool(record.detail)

    def _listed(self, url: str) -> bool:
        """Whether the list that a page fills by script was read where the script would have asked."""
        first = urlsplit(url).path.strip("/").split("/")[0]
        return any(
            r.role == "list" and r.access is Access.OK and first and first in r.detail.split(",")
            for r in self.records.values()
        )

    def _pictures(self, document: Document, topics: set[str], disclosed: set[tuple[str, str]]) -> None:
        """Pictures that may be the document itself: named for it, or nearly all that a page named for it holds."""
        for picture in pictures_of(document, frozenset(topics), self.scorer):
            record = self.records.get(picture.url) or self._final.get(picture.url)
            access, detail = (record.access, record.detail) if record else (Access.UNREADABLE, "image")
            for topic in sorted(picture.topics):
                if (topic, document.url) in disclosed or self.vocabulary.topics[topic].fix_on == "article":
                    continue
                if record is not None and (topic, record.final_url) in disclosed:
                    continue
                if access is Access.OK:
                    access, detail = Access.UNREADABLE, "unrecognised"
                if access in ABSENT:
                    # A photograph without words shows no document; a dead picture shows nothing.
                    continue
                self._add_unseen(topic, Candidate(topic, picture.url, picture.text, access, detail))

    def _any_document(self, url: str, text: str, access: Access, detail: str) -> None:
        """A list or store that may hold any document."""
        for topic in self.vocabulary.topics.values():
            if topic.fix_on in _DOCUMENT_WAYS:
                self._add_unseen(topic.id, Candidate(topic.id, url, text, access, detail))

    def _add_unseen(self, topic: str, candidate: Candidate) -> None:
        self._unseen[topic].setdefault(candidate.url, candidate)

    def unseen(self) -> dict[str, list[Candidate]]:
        """What may show a topic and was not read, by topic."""
        return {t: list(c.values()) for t, c in self._unseen.items()}

    def absent(self) -> dict[str, list[Candidate]]:
        """Links that name a topic and lead nowhere, by topic."""
        return {t: list(c.values()) for t, c in self._absent.items()}


def _whole(record: Record) -> bool:
    """Whether a page was read as a browser shows it, with all the scripts that it asked for."""
    return record.method == "browser" and record.access is Access.OK and not record.detail


def _is_file(url: str) -> bool:
    return is_document_link(Link(url, "", Region.MAIN))


def _is_folder(url: str) -> bool:
    """A folder of a file store, which may hold anything; a single file there names itself."""
    return "folder" in url.lower() or "/drive/u/" in url


def _village(
    pages: list[Document],
    names: list[str],
    kind: VillageKind | None,
    name: str | None,
    code: str | None,
    snapshot: Snapshot,
) -> Village:
    shown = name or (names[0].title() if names else None)
    platform = None
    for page in pages[:5]:
        signature = f"{page.meta.get('generator', '')} " + " ".join(
            b.text for b in page.blocks if b.region is Region.FOOTER
        )
        platform = next((p for p, pattern in _PLATFORMS if pattern.search(signature)), None)
        if platform:
            break
    text = " ".join(b.text for p in pages[:3] for b in p.blocks if b.region in {Region.FOOTER, Region.HEADER})
    district, regency = _REGION.search(text), _REGENCY.search(text)
    return Village(
        name=shown,
        code=code,
        kind=kind or VillageKind(kind_of(pages)),
        district=district[1] if district else None,
        regency=regency[1] if regency else None,
        websites=(snapshot.info.site_url,),
        platform=platform,
    )


def _facts(snapshot: Snapshot, home: Record | None, document: Document | None, pages: list[Document]) -> SiteFacts:
    url = snapshot.info.site_url
    parts = urlsplit(url)
    dated = [(p.posted, p.url) for p in pages if p.posted is not None]
    newest = max(dated, default=(None, ""))
    contact: list[str] = []
    viewport: bool | None = None
    menu = False
    if document is not None:
        text = "\n".join(b.text for b in document.blocks)
        contact += [k for k, p in (("phone", _PHONE), ("email", _EMAIL), ("address", _ADDRESS)) if p.search(text)]
        if any(link.url.startswith("mailto:") for link in document.links) and "email" not in contact:
            contact.append("email")
        viewport = "viewport" in document.meta
        menu = menu_seen(document) and ("scripted_links" not in document.meta or (home is not None and _whole(home)))
    return SiteFacts(
        host=parts.hostname or "",
        scheme=parts.scheme,
        copy=snapshot.info.as_site is not None,
        home=home.access if home is not None else Access.REFUSED,
        home_detail=home.detail if home is not None else "",
        menu_seen=menu,
        viewport=viewport,
        contact=tuple(contact),
        newest=newest[0],
        newest_url=newest[1],
        dated_pages=len(dated),
    )
