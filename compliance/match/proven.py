"""What one kind of proof gives, and the reasons that are told for it."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.match import lexicon as words
from compliance.match.features import Features, Scope
from compliance.model.criteria import Proof, Topic
from compliance.model.document import Link
from compliance.model.evidence import Reason


@dataclass(frozen=True, slots=True)
class Proven:
    """A proof that holds: its reasons, the part of the document that it holds in, and where it is best quoted.

    `target` is the link that carries it, `line` the block quoted (-1: none), `years` those that its place tells.
    """

    proof: Proof
    why: tuple[Reason, ...]
    scope: Scope | None
    target: Link | None = None
    line: int = -1
    years: tuple[int, ...] = ()


def reasons_of(topic: Topic, f: Features, marks: set[str]) -> tuple[Reason, ...]:
    """The name found, and where; then up to six marks."""
    reasons: list[Reason] = []
    for hit in (f.strong.of(topic.id, words.NAME) or f.strong.of(topic.id, words.WEAK))[:1]:
        place = "title" if hit.line <= 1 else "heading"
        reasons.append(Reason("name", hit.phrase, place))
    if not reasons:
        reasons += [Reason("name", h.phrase, "text") for h in f.hits.of(topic.id, words.NAME)[:1]]
    reasons += [Reason("mark", m, "text") for m in sorted(marks)[:6]]
    return tuple(reasons)
