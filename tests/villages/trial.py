"""A generated site, collected and judged as any village's, and how its verdicts agree with the truth."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from compliance.collect.settings import Settings
from compliance.model.result import ItemResult
from compliance.run.village import Tools, collect, judge_snapshot, load_criteria
from tests.villages.serve import serve
from tests.villages.site import Plan, build
from tests.villages.truth import AS_OF, CODES

#: Both mean that the item is not there for the year asked; `partial` and `unobserved` agree with nothing.
CATEGORIES = ("published", "outdated", "not_published")


@dataclass(frozen=True)
class Cell:
    """One item of one site: what it must come to, what it came to, and whether a person is asked without need."""

    seed: int
    code: str
    expected: str
    got: str
    manual: bool
    reason: str

    @property
    def verdict(self) -> str:
        """The verdict as it counts: a needless call for a person agrees with nothing."""
        return "manual" if self.manual else self.got


def judge(plan: Plan, tools: Tools) -> dict[str, ItemResult]:
    """The items of a built site, collected over loopback without delay and judged on the day of the truth."""
    host = f"{plan.village.name.replace(' ', '').lower()}.{plan.village.kind.sebutan}.example"
    with tempfile.TemporaryDirectory(prefix="village-") as folder, serve(build(plan).files) as address:
        snapshot = collect(
            address, Settings(delay=0.0, max_pages=300), Path(folder) / "s", Tools.make(), as_site=f"https://{host}"
        )
        result = judge_snapshot(snapshot, load_criteria([]), AS_OF, tools)[0]
    return {i.code: i for c in result.components for n in c.indicators for i in n.items}


def cells(plan: Plan, items: dict[str, ItemResult]) -> list[Cell]:
    """Verdict beside truth, for every item that the generator made observable."""
    truth = plan.truth()
    return [
        Cell(
            plan.seed,
            code,
            truth[code],
            items[code].publication.value,
            items[code].outcome.value == "manual" and items[code].publication.value == "unobserved",
            items[code].reason.id,
        )
        for code in CODES
    ]


@dataclass(frozen=True)
class Agreement:
    """How verdicts agree with the truth over many items."""

    items: int
    kappa: float
    false_published: float
    false_not_published: float
    unobserved: float
    manual: float
    confusion: dict[tuple[str, str], int]


def agreement(cells: Iterable[Cell]) -> Agreement:
    """Cohen's kappa over expected and given verdicts; shares are of all items.

    Unobserved, partial and needless manual are verdicts that the truth never has: each counts as disagreement.
    False published: published (or outdated) where nothing of it is on the site. False not-published: the contrary.
    """
    pairs = Counter((c.expected, c.verdict) for c in cells)
    total = sum(pairs.values())
    if not total:
        raise ValueError("no items were judged")
    same = sum(n for (e, g), n in pairs.items() if e == g) / total
    left, right = Counter[str](), Counter[str]()
    for (expected, got), count in pairs.items():
        left[expected] += count
        right[got] += count
    chance = sum(left[c] * right[c] for c in left) / total**2
    shown = {"published", "outdated", "partial"}
    return Agreement(
        items=total,
        kappa=(same - chance) / (1 - chance) if chance < 1 else 1.0,
        false_published=sum(n for (e, g), n in pairs.items() if e == "not_published" and g in shown) / total,
        false_not_published=sum(n for (e, g), n in pairs.items() if e != "not_published" and g == "not_published")
        / total,
        unobserved=sum(n for (_, g), n in pairs.items() if g == "unobserved") / total,
        manual=sum(n for (_, g), n in pairs.items() if g == "manual") / total,
        confusion=dict(pairs),
    )
