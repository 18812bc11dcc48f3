"""Of which years a document shows a topic."""

from __future__ import annotations

import re

from compliance.match import lexicon as words
from compliance.match.barriers import BUDGETS
from compliance.match.features import Features
from compliance.match.proven import Proven
from compliance.match.years import (
    as_at_years,
    clean,
    column_years,
    dated_years,
    has_year,
    listed_years,
    told_years,
    years_of,
)
from compliance.model.criteria import Topic


def years_shown(topic: Topic, f: Features, proven: Proven | None) -> tuple[tuple[int, ...], bool]:
    """The fiscal years that a place shows of a topic, and whether they are the two ends of a period.

    What the proof itself names comes first, then the subject of a regulation, the names of files, title and headings, a
    table's column of years, and last the days that are told. Source: instrument, year table.
    """
    if proven and proven.years:
        return proven.years, False
    budget = topic.year in _BUDGET_RULES or topic.id in BUDGETS
    if topic.id in _REGULATIONS and (subject := _subject_years(f)):
        return subject, False
    titled = any(f.strong_at[h.line] < 0 for h in f.strong.of(topic.id, words.NAME))
    # Under the topic's own title, a file that names nothing else belongs to it.
    names = [
        clean(name)
        for _, name, hits in f.files
        if hits.of(topic.id, words.NAME) or (titled and not hits.topics() and not hits.by_topic.get(""))
    ]
    if len(names) > 1 or (proven and proven.proof.kind == "file"):
        if topic.year == "midterm":
            found = years_of(names, list, [], budget=budget, period=True)
            if found[0]:
                return found
        elif listed := listed_years(names, budget=budget):
            return listed, False
    lines = {h.line for h in f.hits.of(topic.id, words.NAME)}
    named = [clean(f.blocks[i].text) for i in sorted(lines)[:40]]
    if topic.id in _REGULATIONS and f.regulation:
        # Others that it cites come after its own number.
        named = [text for text in named if has_year(text)][:1]
    found = years_of(f.strong_years, f.body_years, named, budget=budget, period=topic.year == "midterm")
    series = column_years([b.cells[0] for b in f.blocks if b.kind == "row" and b.cells])
    if series and (not found[0] or set(found[0]) <= set(series)) and not found[1]:
        return series, False
    texts = [b.text for b in f.blocks if b.kind != "image"]
    if topic.year == "recent" and not _of_strong(f) and (at := as_at_years(texts)):
        return at, False
    if found[0]:
        return found
    if topic.year in _DATED_RULES:
        found = dated_years(texts, report=topic.year == "report", activity="news" in topic.allow), False
    if not found[0] and not budget:
        found = told_years(f.body_years()), False
    return found


def _of_strong(f: Features) -> bool:
    """Whether what says first what a document is names a year."""
    return any(has_year(f.strong_years[i]) for i in f.heads)


def _subject_years(f: Features) -> tuple[int, ...]:
    """The year of the plan or budget that a regulation sets; the year of its own number says less."""
    subject = f.subject.strip()
    return years_of([subject], list, [], budget=True, period=False)[0] if _PLANS.search(subject) else ()


_BUDGET_RULES = {"budget", "budget_change", "report", "plan"}
#: Year rules for which the day of signing or holding tells the year where nothing else does.
_DATED_RULES = {"recent", "planning", "in_force", "report"}
_REGULATIONS = frozenset({"perdes", "sk_kades"})
_PLANS = re.compile(r"\b(?:apb|anggaran pendapatan|rencana kerja|rkp|laporan pertanggungjawaban|realisasi)")
