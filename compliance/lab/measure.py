"""From verdicts and answers to figures, with their uncertainty.

Scores are counted per cell (page, topic): precision and recall of predicted topics against what the page discloses.
Intervals come from drawing pages, not cells, with replacement: cells of one page are not independent.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from compliance.lab.matchers import Verdict
from compliance.lab.pages import LabelledPage, PageSet, half_of
from compliance.lab.report import Bin, ErrorCase, Figures, Gap, Interval, Part, Rate, TopicFigures

#: Topics with fewer positives do not enter the macro figures: one page would move them too far.
ENOUGH = 5
_DRAWS, _SEED = 1000, 20261124
_EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0001)
_NOTHING = Verdict("", False, 0.0)


@dataclass(slots=True)
class _Row:
    """One page's part in every count."""

    hits: list[tuple[str, str]] = field(default_factory=list)  # (topic, tp|fp|fn)
    near: int = 0
    near_taken: int = 0
    hard: int = 0
    hard_taken: int = 0
    years: int = 0
    years_right: int = 0


Verdicts = dict[str, dict[str, Verdict]]


def part_of(pages: PageSet, verdicts: Verdicts, *, intervals: bool = True) -> Part:
    """The figures of a set of pages. `verdicts`: page id → topic → verdict."""
    rows = [_row(page, pages.cells(page), verdicts.get(page.id, {})) for page in pages.pages]
    counts = _counts(rows)
    support = {t: c["tp"] + c["fn"] for t, c in counts.items()}
    enough = [t for t, n in support.items() if n >= ENOUGH]
    present = [t for t, n in support.items() if n > 0]
    drawn = _draws(rows, enough, present) if intervals and rows else []

    def spread(pick: Callable[[_Draw], float | None]) -> Interval | None:
        found = sorted(v for d in drawn if (v := pick(d)) is not None)
        return _interval(found) if found else None

    taken: Counter[str] = Counter()
    near: Counter[str] = Counter()
    strength: dict[str, Counter[str]] = defaultdict(Counter)
    named: list[tuple[float, bool]] = []
    asked = 0
    for page in pages.pages:
        given = verdicts.get(page.id, {})
        for topic in pages.cells(page):
            verdict = given.get(topic, _NOTHING)
            true = topic in page.discloses
            if topic in page.labels and not true:
                near[topic] += 1
                taken[topic] += verdict.disclosed
            if true and verdict.disclosed:
                strength[page.strength.value][verdict.strength.value] += 1
            if topic in given:
                named.append((verdict.confidence, true))
                asked += verdict.unsure
    bins = _reliability(named)
    return Part(
        pages=len(rows),
        macro=_macro(counts, enough, {"f1": spread(lambda d: d.macro)}),
        macro_all=_macro(counts, present, {"f1": spread(lambda d: d.macro_all)}),
        micro=_figures(
            _sum(counts),
            {
                "precision": spread(lambda d: d.precision),
                "recall": spread(lambda d: d.recall),
                "f1": spread(lambda d: d.micro),
            },
        ),
        false_disclosure=_rate(
            sum(r.near_taken for r in rows), sum(r.near for r in rows), spread(lambda d: d.false_disclosure)
        ),
        false_disclosure_hard=_rate(
            sum(r.hard_taken for r in rows), sum(r.hard for r in rows), spread(lambda d: d.false_hard)
        ),
        fiscal_years=_rate(sum(r.years_right for r in rows), sum(r.years for r in rows), spread(lambda d: d.years)),
        strength={k: dict(v) for k, v in sorted(strength.items())},
        topics={
            t: TopicFigures(
                **_figures(counts[t]).model_dump(),
                support=support.get(t, 0),
                predicted=counts[t]["tp"] + counts[t]["fp"],
                near_misses=near[t],
                taken=taken[t],
            )
            for t in pages.topics()
        },
        manual=_rate(asked, len(named), None),
        reliability=bins,
        calibration_error=_calibration_error(bins),
    )


def errors_of(pages: PageSet, verdicts: Verdicts) -> list[ErrorCase]:
    """Every cell on which verdict and answer differ, and every right cell with wrong years."""
    found: list[ErrorCase] = []
    for page in pages.pages:
        given = verdicts.get(page.id, {})
        for topic in pages.cells(page):
            verdict = given.get(topic, _NOTHING)
            true = topic in page.discloses
            if true != verdict.disclosed:
                reason = verdict.reason or "topic not named"
                found.append(_case(page, topic, _word(true), _word(verdict.disclosed), verdict.confidence, reason))
        years = _years_on(page, pages.cells(page), given)
        if years is not None and years != tuple(sorted(page.fiscal_years)):
            found.append(_case(page, YEARS, _years(page.fiscal_years), _years(years), 1.0, "years of the topics found"))
    return found


#: The topic under which wrong years are listed among the errors.
YEARS = "fiscal_years"


def _case(page: LabelledPage, topic: str, expected: str, got: str, confidence: float, reason: str) -> ErrorCase:
    return ErrorCase(
        id=page.id,
        topic=topic,
        expected=expected,
        got=got,
        confidence=round(confidence, 3),
        reason=reason,
        half=half_of(page.id),
        title=page.title[:120],
    )


def _years_on(page: LabelledPage, cells: list[str], given: dict[str, Verdict]) -> tuple[int, ...] | None:
    """The years given for the topics that were rightly found on a page; None where none was, or no year is asked."""
    right = [given[t] for t in cells if t in given and given[t].disclosed and t in page.discloses]
    if not right or not page.fiscal_years:
        return None
    return tuple(sorted({y for v in right for y in v.years}))


def gap_of(pages: PageSet, verdicts: Verdicts) -> Gap | None:
    """How far the tuned half lies above the measured one, over topics that count in both; None with an empty half."""
    halves = [pages.half("tuned"), pages.half("measured")]
    rows = [[_row(p, h.cells(p), verdicts.get(p.id, {})) for p in h.pages] for h in halves]
    if not all(rows):
        return None
    supports = [_counts(r) for r in rows]
    topics = [t for t in supports[0] if all(s[t]["tp"] + s[t]["fn"] >= ENOUGH for s in supports)]
    if not topics:
        return None
    means = [_mean_f1(s, topics) for s in supports]
    drawn = [_draws(r, topics, topics) for r in rows]
    spread = _interval(sorted(a.macro - b.macro for a, b in zip(*drawn, strict=True)))
    gap = means[0] - means[1]
    return Gap(macro_f1=round(gap, 4), interval=spread, inside=spread.low <= 0 <= spread.high)


# -- counting -------------------------------------------------------------------------------------------


def _row(page: LabelledPage, cells: list[str], given: dict[str, Verdict]) -> _Row:
    row = _Row()
    for topic in cells:
        verdict = given.get(topic, _NOTHING)
        true = topic in page.discloses
        if verdict.disclosed or true:
            row.hits.append((topic, ("tp" if true else "fp") if verdict.disclosed else "fn"))
        if topic in page.labels and not true:
            row.near += 1
            row.near_taken += verdict.disclosed
            row.hard += page.hard
            row.hard_taken += page.hard and verdict.disclosed
    years = _years_on(page, cells, given)
    if years is not None:
        row.years, row.years_right = 1, int(years == tuple(sorted(page.fiscal_years)))
    return row


Counts = dict[str, Counter[str]]


def _counts(rows: Sequence[_Row]) -> Counts:
    counts: Counts = defaultdict(Counter)
    for row in rows:
        for topic, kind in row.hits:
            counts[topic][kind] += 1
    return counts


def _sum(counts: Counts) -> Counter[str]:
    total: Counter[str] = Counter()
    for count in counts.values():
        total.update(count)
    return total


def _f1(count: Counter[str]) -> float:
    denominator = 2 * count["tp"] + count["fp"] + count["fn"]
    return 2 * count["tp"] / denominator if denominator else 0.0


def _mean_f1(counts: Counts, topics: Sequence[str]) -> float:
    return sum(_f1(counts[t]) for t in topics) / len(topics) if topics else 0.0


def _figures(count: Counter[str], intervals: dict[str, Interval | None] | None = None) -> Figures:
    predicted, there = count["tp"] + count["fp"], count["tp"] + count["fn"]
    return Figures(
        precision=round(count["tp"] / predicted, 4) if predicted else None,
        recall=round(count["tp"] / there, 4) if there else None,
        f1=round(_f1(count), 4) if predicted or there else None,
        intervals=_known(intervals or {}),
    )


def _known(intervals: dict[str, Interval | None]) -> dict[str, Interval]:
    return {name: interval for name, interval in intervals.items() if interval is not None}


def _macro(counts: Counts, topics: Sequence[str], intervals: dict[str, Interval | None]) -> Figures:
    """Means over topics; a topic without a prediction has no precision and does not enter that mean."""
    each = [_figures(counts[t]) for t in topics]
    precisions = [f.precision for f in each if f.precision is not None]
    recalls = [f.recall for f in each if f.recall is not None]
    return Figures(
        precision=round(sum(precisions) / len(precisions), 4) if precisions else None,
        recall=round(sum(recalls) / len(recalls), 4) if recalls else None,
        f1=round(_mean_f1(counts, topics), 4) if topics else None,
        intervals=_known(intervals),
    )


def _rate(count: int, of: int, interval: Interval | None) -> Rate:
    return Rate(rate=round(count / of, 4) if of else None, count=count, of=of, interval=interval)


# -- uncertainty ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Draw:
    macro: float
    macro_all: float
    micro: float
    precision: float | None
    recall: float | None
    false_disclosure: float | None
    false_hard: float | None
    years: float | None


def _draws(rows: Sequence[_Row], enough: Sequence[str], present: Sequence[str]) -> list[_Draw]:
    """The figures of pages drawn with replacement; the draws are the same in every run."""
    drawn: list[_Draw] = []
    generator = random.Random(_SEED)
    for _ in range(_DRAWS):
        sample = generator.choices(rows, k=len(rows))
        counts = _counts(sample)
        total = _sum(counts)
        here = {t for t, c in counts.items() if c["tp"] + c["fn"]}
        drawn.append(
            _Draw(
                _mean_f1(counts, [t for t in enough if t in here]),
                _mean_f1(counts, [t for t in present if t in here]),
                _f1(total),
                _ratio(total["tp"], total["tp"] + total["fp"]),
                _ratio(total["tp"], total["tp"] + total["fn"]),
                _ratio(sum(r.near_taken for r in sample), sum(r.near for r in sample)),
                _ratio(sum(r.hard_taken for r in sample), sum(r.hard for r in sample)),
                _ratio(sum(r.years_right for r in sample), sum(r.years for r in sample)),
            )
        )
    return drawn


def _ratio(count: int, of: int) -> float | None:
    return count / of if of else None


def _interval(values: list[float]) -> Interval:
    return Interval(low=round(values[int(0.025 * len(values))], 4), high=round(values[int(0.975 * len(values))], 4))


def _reliability(named: list[tuple[float, bool]]) -> list[Bin]:
    bins: list[Bin] = []
    for low, high in itertools.pairwise(_EDGES):
        inside = [(p, t) for p, t in named if low <= p < high]
        bins.append(
            Bin(
                low=low,
                high=min(high, 1.0),
                count=len(inside),
                mean=round(sum(p for p, _ in inside) / len(inside), 4) if inside else None,
                disclosed=round(sum(t for _, t in inside) / len(inside), 4) if inside else None,
            )
        )
    return bins


def _calibration_error(bins: list[Bin]) -> float | None:
    """Mean distance between confidence and share disclosed, weighed by the number of cases (expected calibration error)."""
    total = sum(b.count for b in bins)
    if not total:
        return None
    return round(
        sum(b.count * abs(b.mean - b.disclosed) for b in bins if b.mean is not None and b.disclosed is not None)
        / total,
        4,
    )


def _word(disclosed: bool) -> str:
    return "disclosed" if disclosed else "not_disclosed"


def _years(years: tuple[int, ...]) -> str:
    return ", ".join(map(str, years)) or "none"
