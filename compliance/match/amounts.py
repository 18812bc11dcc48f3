"""The proof by figures: labelled amounts of a topic, in a table or a run of lines, or the columns of a file's budget."""

from __future__ import annotations

import re
from decimal import Decimal

from compliance.match import lexicon as words
from compliance.match.barriers import BUDGETS
from compliance.match.features import Features, Scope, section
from compliance.match.figures import FigureGroup, FigureRow
from compliance.match.lexicon import Automaton, Hits
from compliance.match.proven import Proven, reasons_of
from compliance.match.years import clean, years_of
from compliance.model.budget import Column
from compliance.model.criteria import Proof, Topic
from compliance.model.document import Block
from compliance.model.evidence import Reason
from compliance.read.rupiah import printed

#: What the columns of a budget make it, and how many accounts of the tree it must name.
_COLUMNS = {"apbdes": Column.ORIGINAL, "apbdes_perubahan": Column.CHANGED, "realisasi": Column.REALISED}
_BUDGET_ACCOUNTS = 4
#: So many accounts with one and the same amount are a template.
_MANY_ALIKE = 5


def figures_proof(topic: Topic, proof: Proof, f: Features, scope: Scope | None, machine: Automaton) -> Proven | None:
    """Labelled amounts of this topic, group by group: a page may hold a budget and a realisation."""
    marks = f.hits.distinct(topic.id, words.MARK)
    if len(marks) < proof.marks:
        return None
    whole = _budget(topic, proof, f)
    if whole is not None:
        return whole
    found: list[FigureRow] = []
    captions: list[str] = []
    strong_hits = f.strong.of(topic.id, words.NAME)
    for group, caption in f.groups:
        if not _right_column(topic, group, caption):
            continue
        named = (
            bool(caption.of(topic.id, words.NAME))
            or (scope is not None and group.rows[0].line in scope)
            or _told_by_columns(topic, group, caption, f)
        )
        rows = []
        for row in group.rows:
            label = words.normal(row.label)
            if proof.title:
                if named and any(f" {m} " in label for m in marks):
                    rows.append(row)
            elif _labels(topic, label, machine, short=len(group.rows) >= 3):
                rows.append(row)
        rows = [r for r in rows if max(r.values) <= _VILLAGE_MOST]
        if len(rows) >= max(1, proof.figures) and (proof.title or len(group.rows) >= 2 or named):
            found += rows
            captions += _naming(group.caption, caption)
    if not found or not _counted([v for r in found for v in r.values]):
        return None
    if not proof.title and f.document.kind != "html" and not _budget_file(f):
        return None
    if scope is None:
        lines = {line for r in found for line in section(f.blocks, _heading_before(f.blocks, r.line))}
        scope = Scope(f, frozenset(lines))
    reasons = reasons_of(topic, f, set())
    quoted = [r for r in found if r.line not in f.people][:3]
    reasons += tuple(Reason("figure", f"{r.label}: {printed(r.values[0])}", "table") for r in quoted)
    titles = [f.strong_years[h.line] for h in strong_hits if f.strong_at[h.line] < 0]
    years: tuple[int, ...] = ()
    captioned = [clean(c) for c in captions if c] if topic.id in BUDGETS else []
    for texts in (captioned, titles):
        years = years or years_of(texts, list, [], budget=True, period=False)[0]
    return Proven(proof, reasons, scope, line=found[0].line, years=years)


def _budget(topic: Topic, proof: Proof, f: Features) -> Proven | None:
    """A file whose figures make a budget: which of the three it is, its columns say."""
    column = _COLUMNS.get(topic.id)
    if column is None or not any(f.strong.of(t, words.NAME) or f.hits.of(t, words.NAME) for t in _COLUMNS):
        return None
    for budget in f.budgets:
        keyed = [a for a in budget.accounts if a.key is not None and column in a.amounts]
        if not _counted([a.amounts[column].amount for a in keyed]):
            continue
        if budget.column is not column or len({a.key for a in keyed}) < _BUDGET_ACCOUNTS:
            continue
        reasons = reasons_of(topic, f, set())
        reasons += tuple(
            Reason("figure", f"{a.label[:80]}: {printed(a.amounts[column].amount)}", "table") for a in keyed[:3]
        )
        years = (budget.fiscal_year,) if budget.fiscal_year else ()
        return Proven(proof, reasons, Scope(f, None), line=keyed[0].amounts[column].line, years=years)
    return None


def _budget_file(f: Features) -> bool:
    """Whether a file's first lines name a budget: in a plan or a report of something else a row proves nothing."""
    return any(h.line in f.heads for t in BUDGETS for h in f.strong.of(t, words.NAME))


def _right_column(topic: Topic, group: FigureGroup, caption: Hits) -> bool:
    """A budget is not a realisation: what the columns hold decides which of the two a group shows."""
    if topic.id in {"apbdes", "apbdes_perubahan"}:
        return group.realised is not True
    if topic.id == "realisasi":
        return group.realised is True
    return True


def _told_by_columns(topic: Topic, group: FigureGroup, caption: Hits, f: Features) -> bool:
    """A budget with a filled column of realisation shows the realisation too, under whatever name; and one that is
    called a realisation and has nothing but zeros in that column is a budget."""
    if f.document.kind != "html":
        # Of a file the columns were read, and say it better.
        return False
    if topic.id == "realisasi":
        return group.realised is True and any(h.of("apbdes", words.NAME) for h in (caption, f.strong))
    if topic.id != "apbdes" or group.realised is True:
        return False
    told = any(h.of("realisasi", words.NAME) for h in (caption, f.strong))
    return group.realised is False if told else _accounts(group) >= _BUDGET_ACCOUNTS


def _labels(topic: Topic, label: str, machine: Automaton, *, short: bool) -> bool:
    """Whether a row's label names the topic; an abbreviation does among other rows of a budget: "DD: 850.000.000"."""
    hits = machine.find([label])
    return bool(hits.of(topic.id, words.NAME) or (short and len(label.split()) <= 4 and hits.of(topic.id, words.WEAK)))


def _accounts(group: FigureGroup) -> int:
    """How many different accounts of a village budget the rows name: who lists them shows the budget, whatever its name."""
    labels = [words.normal(r.label) for r in group.rows]
    return sum(any(pattern.search(label) for label in labels) for pattern in _ACCOUNTS)


_ACCOUNTS = tuple(
    re.compile(rf" (?:{p}) ")
    for p in (
        "pad|pades|padesa|pendapatan asli(?: \\w+)?",
        "dd|dds|dana desa|dana gampong|dana kampung|dana nagari",
        "add|adg|alokasi dana \\w+",
        "bhp|bhpr|pbh|pbp|bagi hasil(?: pajak)?|bagian dari hasil pajak",
        "bantuan keuangan|bankeu|banprov|bkk|bkp|banprop",
        "penyelenggaraan pemerintahan|bidang pemerintahan|pemerintahan",
        "pelaksanaan pembangunan|bidang pembangunan|pembangunan(?: \\w+)?",
        "pembinaan(?: kemasyarakatan| masyarakat)?",
        "pemberdayaan(?: masyarakat)?",
    )
)
#: More rupiah than any village has: figures of a district or of the country.
_VILLAGE_MOST = 50_000_000_000


def _counted(amounts: list[Decimal]) -> bool:
    """Whether amounts were counted by somebody: not all zero, and not one number everywhere."""
    filled = [a for a in amounts if a]
    return bool(filled) and (len(filled) < _MANY_ALIKE or len(set(filled)) > 1)


def _naming(caption: str, hits: Hits) -> list[str]:
    """The lines of a caption that name a topic with its year; all of them where none does so."""
    lines = caption.split("\n")
    named = {h.line for roles in hits.by_topic.values() for h in roles.get(words.NAME, [])}
    chosen = [line for i, line in enumerate(lines) if i in named and clean(line).strip()]
    return chosen or lines


def _heading_before(blocks: list[Block], line: int) -> int:
    while line > 0 and blocks[line].kind != "heading":
        line -= 1
    return line
