"""One document, judged alone: what the tool makes of it, and why."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from compliance.match.budgets import budgets_of, consistent, figure_notices
from compliance.match.notices import notices_of
from compliance.match.site import Frame
from compliance.match.village import names_in
from compliance.model.budget import TOTALS, Budget, Column, Key
from compliance.model.document import Document
from compliance.model.evidence import Disclosure, Notice
from compliance.model.status import Access
from compliance.read.personal import mask
from compliance.run.village import Tools

#: Parts of a budget poster (indicator 12, items 3.4.1a–d) by the parts of the topic.
_POSTER = {"a": "income", "b": "dana_desa", "c": "spending", "d": "complaint"}


@dataclass(frozen=True)
class Reading:
    """A document with its disclosures and budgets."""

    name: str
    document: Document
    disclosures: list[Disclosure]
    budgets: list[Budget]
    notices: list[Notice]
    village: str | None

    @property
    def budget(self) -> Budget | None:
        """The fullest budget."""
        return max(self.budgets, key=lambda b: len({a.key for a in b.accounts if a.key}), default=None)

    def shown(self) -> list[Disclosure]:
        """What it discloses, then what its title or headings name."""
        return sorted(filter(_worth, self.disclosures), key=lambda d: (not d.disclosed, -d.confidence, d.topic))

    def as_json(self) -> dict[str, object]:
        """The stable form: see `compliance read --help` and docs/read.md."""
        shown = self.shown()
        years = sorted(
            {y for d in shown if d.disclosed for y in d.years} | {b.fiscal_year for b in self.budgets if b.fiscal_year}
        )
        apbdes = next((d for d in shown if d.topic == "apbdes" and d.disclosed), None)
        return {
            "file": self.name,
            "kind": self.document.kind,
            "access": self.document.access.value,
            "detail": self.document.detail,
            "engine": self.document.engine,
            "village": self.village,
            "fiscal_years": years,
            "topics": [
                {
                    "id": d.topic,
                    "strength": d.strength.value,
                    "disclosed": d.disclosed,
                    "fiscal_years": list(d.years),
                    "confidence": round(d.confidence, 2),
                    "reason": reason_of(d),
                }
                for d in shown
            ],
            "budget": _budget(self.budget) if self.budget else None,
            "poster_parts": {k: p in apbdes.parts for k, p in _POSTER.items()} if apbdes else None,
            "notices": [{"kind": n.kind.value, "message": n.message.id} for n in self.notices],
        }


def reason_of(disclosure: Disclosure) -> str:
    """Why a topic was seen as it was, in a line; personal data masked."""
    why = "; ".join(f"{r.what}: {r.phrase} ({r.place})" for r in disclosure.why)
    return mask(why + (f"; {disclosure.barrier}" if disclosure.barrier else ""))


def _worth(disclosure: Disclosure) -> bool:
    return disclosure.disclosed or any(r.place in {"title", "heading"} for r in disclosure.why)


def _budget(budget: Budget) -> dict[str, object]:
    def whole(key: Key, column: Column | None = None) -> int | None:
        amount = budget.amount(key, column)
        return int(amount) if amount is not None else None

    return {
        "fiscal_year": budget.fiscal_year,
        "column": budget.column.value,
        "totals": {k.value: whole(k) for k in TOTALS},
        "dana_desa": whole(Key.DANA_DESA),
        "add": whole(Key.ADD),
        "consistent": consistent(budget),
        "confidence": round(min((f.confidence for _, c, f in budget.printed() if c is budget.column), default=1.0), 2),
    }


def read_one(
    name: str, url: str, body: bytes, tools: Tools, *, charset: str = "", title: str = "", village: str | None = None
) -> Reading:
    """A document read and judged as though it stood on a village's site.

    `village` is whose site that is; without it every village's document counts as its own.
    """
    from compliance.read import Reader

    reader = Reader(frozenset(tools.vocabulary.lexicon.groups.get("aside_heading", ())))
    digest = hashlib.sha256(body).hexdigest()
    try:
        document = reader.read(url, digest, body, charset=charset, title=title)
        if document.kind != "html" and (document.detail in {"scan", "image"} or document.meta.get("scans")):
            document = reader.file(url, digest, body, charset=charset, title=title, ocr=True)
    finally:
        reader.close()
    frame = Frame(frozenset())
    names = [village.lower()] if village else []
    found = (
        tools.matcher.match(document, frame, names)
        if document.access in {Access.OK, Access.TRUNCATED} or document.blocks
        else []
    )
    blocks = frame.content(document)
    years = tuple(sorted({y for d in found if d.disclosed for y in d.years}))
    budgets = budgets_of(document, blocks, years)
    # A name ends with its line: "PEMERINTAH DESA X", then the head of a table.
    own = [
        n
        for text in [document.title, *(b.text for b in blocks[:30])]
        for n in names_in(text, tools.matcher.machine.name_words)
    ]
    notices = [*notices_of([document], tools.matcher), *figure_notices(budgets)]
    shown = own[0].title() if own else (village or None)
    return Reading(name, document, found, budgets, notices, shown)
