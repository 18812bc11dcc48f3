"""From a snapshot to the view that checks judge: read, match, and sort out what could not be seen."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from compliance.archive.snapshot import Snapshot
from compliance.collect.social import PICTURE, ROLE
from compliance.criteria import Vocabulary
from compliance.errors import Exit, UserError
from compliance.match.accounts import accounts_in
from compliance.match.budgets import TOPICS, budgets_of, figure_notices
from compliance.match.links import LinkScorer
from compliance.match.matcher import Matcher
from compliance.match.notices import notices_of
from compliance.match.site import Frame, filled_by_script, frame_of, marks_of, menu_seen, site_segments
from compliance.match.village import kind_of, village_names
from compliance.model.budget import Budget
from compliance.model.document import Document
from compliance.model.evidence import Disclosure, Record
from compliance.model.site import SiteFacts, SiteView
from compliance.model.status import Access, Region, VillageKind
from compliance.model.village import Village
from compliance.read import Reader
from compliance.run.accounts import Accounts
from compliance.run.unseen import Sorter, whole

_PHONE = re.compile(r"(?<!\d)(?:\(?0\d{2,3}\)?[\s.-]?\d{5,8}|(?:\+?62|0)[\s.-]?8\d{1,2}(?:[\s.-]?\d{3,4}){2,3})(?!\d)")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]+)+")
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
    builder = Sorter(vocabulary, scorer, records, documents, _filled(snapshot, records, pages, reader))
    disclosures, near = builder.sort(found)
    first = next((r for r in snapshot.records if r.role == "home"), None)
    home = records[first.url] if first is not None else None
    home_document = documents.get(home.url) if home is not None else None
    facts = _facts(snapshot, home, home_document, pages)
    seen = Accounts(snapshot, accounts_in(pages), _pictures(snapshot, reader))
    accounts, posts = seen.views(matcher, names, facts.host, as_of)
    records |= seen.records(posts)
    return SiteView(
        village=_village(pages, names, kind, name, code, snapshot),
        as_of=as_of,
        facts=facts,
        topics=vocabulary.topics,
        rules=vocabulary.years.rules,
        disclosures=disclosures,
        near=near,
        unseen=builder.unseen(),
        absent=builder.absent(),
        accounts=accounts,
        posts=posts,
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
        if record.role in {"derived", ROLE, PICTURE}:
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


def _pictures(snapshot: Snapshot, reader: Reader) -> dict[str, Document]:
    """The pictures of posts as read and recognised, by the post's address."""
    found: dict[str, Document] = {}
    for record in snapshot.records:
        if record.role == PICTURE and record.sha256 is not None:
            known = reader.known(record.final_url, record.sha256, "")
            found[record.link_text] = known or reader.read(record.final_url, record.sha256, snapshot.body(record))
    return found


def _filled(snapshot: Snapshot, records: dict[str, Record], pages: list[Document], reader: Reader) -> set[str]:
    """The addresses of pages that need their scripts: as they came, before a browser drew some of them."""
    came = {p.url: p for p in pages}
    for record in snapshot.records:
        drawn = records.get(record.url)
        if drawn is None or drawn.method != "browser" or record.method == "browser" or not record.sha256:
            continue
        body = snapshot.body(record)
        before = reader.read(record.final_url, record.sha256, body, charset=record.charset, truncated=record.truncated)
        if before.kind == "html":
            came[drawn.final_url] = before
    marks = Counter(mark for page in came.values() for mark in marks_of(page))
    return {
        url
        for url, page in came.items()
        if filled_by_script(page, marks)
        or page.access is Access.NEEDS_JAVASCRIPT
        or {"empty_list", "scripted_links"} & set(page.meta)
    }


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
        drawn = home is not None and home.method == "browser"
        # A home page drawn without some of its scripts may lack a part of its menu.
        menu = menu_seen(document) and (whole(home) if home and drawn else "scripted_links" not in document.meta)
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
