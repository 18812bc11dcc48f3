"""What each evidence item must come to, from the instrument's own year table: not from the product's criteria."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

AS_OF = date(2026, 11, 24)
N = AS_OF.year
PUBLISHED, OUTDATED, NOT_PUBLISHED = "published", "outdated", "not_published"
#: Items that the website can satisfy: P and D items of instrument.md §2, without the one that asks for an account.
CODES: tuple[str, ...] = (
    "1.1.1",
    "1.1.2",
    "1.1.3",
    "1.1.4",
    "1.1.5",
    "1.1.7",
    "1.1.9",
    "1.1.10",
    "1.2.1",
    "1.2.2",
    "1.2.5",
    "1.3.1",
    "1.3.4",
    "1.4.1",
    "1.4.2",
    "1.4.5",
    "1.4.6",
    "1.4.8",
    "1.5.1",
    "1.5.2",
    "2.1.2",
    "2.1.4",
    "2.2.1",
    "2.2.3",
    "2.3.4",
    "3.1.1",
    "3.1.2",
    "3.1.3",
    "3.1.4",
    "3.1.5",
    "3.1.6",
    "3.2.1",
    "3.2.2",
    "3.2.3",
    "3.2.4",
    "3.2.5",
    "3.3.1",
    "3.3.2",
    "3.4.1a",
    "3.4.1b",
    "3.4.1c",
    "3.4.1d",
    "3.4.2c",
    "3.5.1a",
    "3.5.1b",
    "3.5.1c",
    "3.5.3b",
    "4.1.1",
    "4.1.2",
    "4.1.3",
    "4.2.1",
    "4.2.2",
    "4.2.3",
    "4.2.4",
    "4.2.5",
    "4.3.1",
    "4.3.2",
    "4.3.3",
    "4.3.4",
    "5.1.1",
    "5.1.2",
    "5.2.1",
    "5.2.2",
    "5.2.3",
    "5.2.4",
)


@dataclass(frozen=True)
class Years:
    """Which years of a kind of document are current on the day, and which are past."""

    current: tuple[int, ...]
    past: tuple[int, ...]


#: Instrument §4, on 24 November 2026.
RULES: dict[str, Years] = {
    "budget": Years((N,), (N - 2, N - 3)),
    "budget_change": Years((N, N - 1), (N - 3,)),
    "plan": Years((N,), (N - 2, N - 3)),
    "report": Years((N - 1,), (N - 3, N - 4)),
    "survey": Years((N, N - 1), (N - 3,)),
    "activity": Years((N, N - 1), (N - 4,)),
    "midterm": Years((N,), (N - 12,)),
    "none": Years((N, N - 1), ()),
}
#: Items for which no year is asked (rules, procedures, charters in force).
IN_FORCE = frozenset(
    [
        "1.2.1",
        "1.2.2",
        "1.2.5",
        "1.3.1",
        "1.3.4",
        "1.5.1",
        "1.5.2",
        "3.1.1",
        "3.1.2",
        "3.1.3",
        "3.1.4",
        "3.3.1",
        "3.3.2",
        "3.5.1a",
        "3.5.1b",
        "3.5.1c",
        "3.5.3b",
        "4.2.3",
        "4.2.5",
        "5.1.1",
        "5.1.2",
        "5.2.1",
        "5.2.2",
        "5.2.3",
        "5.2.4",
    ]
)
#: Items whose old year makes them outdated beyond doubt: the year table names them.
DATED = frozenset(["1.1.1", "1.1.2", "1.1.3", "1.1.5", "1.1.10", "3.2.1", "3.4.2c", "3.4.1a", "3.4.1c"])


def year_for(codes: tuple[str, ...], dated: str, draw: random.Random, *, old: bool) -> tuple[int, bool]:
    """A year for a document, and whether it is past; only documents all of whose items have a clear past may be old."""
    rule = RULES[dated]
    if "1.1.4" in codes:
        rule = RULES["budget_change"]
    may = bool(rule.past) and bool(codes) and set(codes) <= DATED
    if old and may:
        return draw.choice(rule.past), True
    return draw.choice(rule.current), False


def expected(code: str, *, past: bool) -> str:
    """What an item comes to, from one document that shows it."""
    return OUTDATED if past and code not in IN_FORCE else PUBLISHED
