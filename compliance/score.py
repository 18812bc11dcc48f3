"""Findings become points. The whole scoring is on this page.

An item's share of its indicator's weight is an exact fraction. met 1, partial ½, outdated 0 (the criteria may say
otherwise). `proven` counts what is there; `possible` adds in full what is open (manual, unobserved). Points are
rounded once, per indicator: proven down and possible up, to halves. What does not apply leaves the denominator,
and the rest is scaled to 100.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from compliance.model.criteria import EvidenceItem, Indicator, Instrument
from compliance.model.evidence import Finding
from compliance.model.result import Interval
from compliance.model.status import Outcome, Publication, Verdict, Web

_OPEN = {Outcome.MANUAL, Outcome.UNOBSERVED}
_DIRECT = {
    Publication.PUBLISHED: Outcome.MET,
    Publication.PARTIAL: Outcome.PARTIAL,
    Publication.OUTDATED: Outcome.OUTDATED,
    Publication.UNOBSERVED: Outcome.UNOBSERVED,
    Publication.NOT_APPLICABLE: Outcome.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True)
class Points:
    """Exact points, proven and possible."""

    proven: Fraction
    possible: Fraction


def outcome_of(finding: Finding, item: EvidenceItem, instrument: Instrument) -> Outcome:
    """What a finding means for the score: an item that is not published falls by the criteria's rule for its kind."""
    if finding.manual:
        return Outcome.MANUAL
    if finding.publication is Publication.NOT_PUBLISHED:
        return instrument.not_published[item.web]
    return _DIRECT[finding.publication]


def credit(outcome: Outcome, instrument: Instrument) -> Points:
    """The part of an item's share that an outcome earns, between 0 and 1."""
    if outcome in _OPEN:
        return Points(Fraction(0), Fraction(1))
    earned = Fraction(str(instrument.credit.get(outcome, 0)))
    return Points(earned, earned)


def indicator_items(indicator: Indicator, outcomes: Mapping[str, Outcome], instrument: Instrument) -> dict[str, Points]:
    """Exact points of each item that applies; they sum to the indicator's."""
    items = [i for i in indicator.items if outcomes[i.code] is not Outcome.NOT_APPLICABLE]
    shares = sum((Fraction(str(i.share)) for i in items), Fraction(0))
    points: dict[str, Points] = {}
    for item in items:
        part = Fraction(str(indicator.weight)) * Fraction(str(item.share)) / shares
        earned = credit(outcomes[item.code], instrument)
        points[item.code] = Points(part * earned.proven, part * earned.possible)
    return points


def rounded(points: Points) -> Interval:
    """Halves: proven down, possible up."""
    return Interval(proven=floor(points.proven * 2) / 2, possible=ceil(points.possible * 2) / 2)


def total(indicators: list[tuple[Fraction, Interval]]) -> Interval:
    """The sum over the indicators that apply (weight, score), scaled to 100 and rounded like them."""
    weight = sum((w for w, _ in indicators), Fraction(0))
    if weight == 0:
        return Interval(proven=0, possible=0)
    scale = Fraction(100) / weight
    return rounded(
        Points(
            sum((Fraction(s.proven) for _, s in indicators), Fraction(0)) * scale,
            min(Fraction(100), sum((Fraction(s.possible) for _, s in indicators), Fraction(0)) * scale),
        )
    )


def verdict(score: Interval, pass_mark: float) -> Verdict:
    """Passed when proven reaches the mark, not passed when even possible does not, else undetermined."""
    if score.proven >= pass_mark:
        return Verdict.PASSED
    return Verdict.NOT_PASSED if score.possible < pass_mark else Verdict.UNDETERMINED


def publishable(item: EvidenceItem) -> bool:
    """Whether an item counts in the publication index: P and D items do."""
    return item.web is not Web.MANUAL
