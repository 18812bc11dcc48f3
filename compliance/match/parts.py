"""Which parts of a topic a document shows, and which the kind of document that it says it is denies."""

from __future__ import annotations

import re

from compliance.match import lexicon as words
from compliance.match.features import Features, Scope
from compliance.match.proven import Proven
from compliance.model.criteria import Topic


def parts_shown(topic: Topic, f: Features, proven: Proven | None) -> tuple[str, ...]:
    """The parts of a topic that stand where it is shown."""
    if proven is None or proven.scope is None:
        return ()
    scope = proven.scope
    return tuple(
        p
        for p in topic.parts
        if (p not in topic.part_heads or _in_heads(topic, words.PART + p, f))
        and not (p in topic.part_not and _denied(topic, p, f))
        and len(scope.distinct(f.hits.of(topic.id, words.PART + p)))
        >= topic.part_counts.get(p, 1 - (p in topic.part_heads))
        and (p not in topic.part_rows or _beside_amounts(topic, p, f, scope) >= topic.part_rows[p])
    )


def _in_heads(topic: Topic, role: str, f: Features) -> set[int]:
    return {h.line for h in f.strong.of(topic.id, role)} & f.heads


def _denied(topic: Topic, part: str, f: Features) -> bool:
    """Whether the first of title, headings and file name that says what the document is says that it is another thing."""
    others = _in_heads(topic, words.PART_NOT + part, f)
    return bool(others) and min(others) <= min(_in_heads(topic, words.PART + part, f) or others)


def _beside_amounts(topic: Topic, part: str, f: Features, scope: Scope) -> int:
    """How many rows with an amount hold a part, in their own words or in a column that is headed by it."""
    marked = {h.line for h in f.hits.of(topic.id, words.PART + part)}
    rows = [r for group, _ in f.groups for r in group.rows if r.line in scope]
    figures = {r.line for r in rows}
    columns: dict[int, set[int]] = {}
    for line in marked - figures:
        block = f.blocks[line]
        if block.kind == "row":
            said = {h.phrase for h in f.hits.of(topic.id, words.PART + part) if h.line == line}
            headed = {i for i, c in enumerate(block.cells) if any(f" {s} " in words.normal(c) for s in said)}
            columns.setdefault(block.table, set()).update(headed)
    count = 0
    for line in figures:
        block = f.blocks[line]
        cells = [block.cells[i] for i in columns.get(block.table, ()) if block.kind == "row" and i < len(block.cells)]
        count += line in marked or any(re.search(r"[A-Za-z0-9]", c) for c in cells)
    return count
