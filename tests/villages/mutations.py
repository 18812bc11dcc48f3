"""What a village may do to one document, and which verdicts must move with it; all others must stay."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from tests.villages.site import Placed, Plan
from tests.villages.truth import DATED, NOT_PUBLISHED, RULES
from tests.villages.world import invent

NAMES = ("remove", "age", "empty", "image", "account", "stranger")
#: Items that an account may satisfy too (instrument.md §2: published on website or social media).
SOCIAL = frozenset(["1.4.1", "3.1.2", "3.1.3", "3.1.4", "3.2.5", "3.3.2", "3.5.3b", "4.2.4", "4.2.5", "5.1.1", "5.2.3"])


@dataclass(frozen=True)
class Mutation:
    """A changed plan, the document that was changed, and what its items must now come to.

    `open_` are items that may no longer be called not published, because an account exists that was not read.
    """

    name: str
    plan: Plan
    placed: Placed
    expected: dict[str, str]
    open_: frozenset[str] = frozenset()


def mutate(plan: Plan, name: str, draw: random.Random) -> Mutation | None:
    """One mutation of one document that alone shows what it shows; None where no document allows it."""
    candidates = [p for p in plan.placed if p.shows(plan.village) and _allows(plan, p, name)]
    if not candidates:
        return None
    chosen = draw.choice(candidates)
    changed, accounts = _changed(plan, chosen, name)
    others = tuple(changed if p == chosen else p for p in plan.placed)
    mutated = replace(plan, placed=tuple(p for p in others if p is not None), accounts=accounts)
    truth = mutated.truth()
    moved = {c: truth[c] for c in chosen.shows(plan.village)}
    open_ = frozenset(c for c in SOCIAL if truth[c] == NOT_PUBLISHED) if accounts else frozenset()
    return Mutation(name, mutated, chosen, moved, open_)


def _allows(plan: Plan, placed: Placed, name: str) -> bool:
    if any(len(plan.supporters(c)) > 1 for c in placed.shows(plan.village)):
        return False
    if name == "age":
        return not placed.past and set(placed.entry.codes) <= DATED and bool(RULES[placed.entry.dated].past)
    if name == "image":
        return "image" in placed.entry.form and placed.way != "image"
    if name == "empty":
        return placed.way in {"html", "article"}
    if name == "stranger":
        return "{desa}" in placed.entry.title or "{desa}" in placed.entry.body[:300]
    return True


def _changed(plan: Plan, placed: Placed, name: str) -> tuple[Placed | None, tuple[str, ...]]:
    if name == "remove":
        return None, ()
    if name == "age":
        return replace(placed, year=RULES[placed.entry.dated].past[0], past=True), ()
    if name == "empty":
        return replace(placed, empty=True), ()
    if name == "image":
        return replace(placed, way="image"), ()
    if name == "account":
        return replace(placed, gone=True), ("https://www.facebook.com/pemdes.contoh.laman",)
    other = invent(random.Random(placed.seed), kind=plan.village.kind, unlike=plan.village.name)
    return replace(placed, owner=other), ()
