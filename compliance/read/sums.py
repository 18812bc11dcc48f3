"""Whether the figures of a budget add up, and how sure each is in that light.

Source of the identities: Permendagri 20/2018. Income less spending is surplus or deficit; with net financing it gives
the SiLPA; a parent is the sum of its children.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from compliance.model.budget import BIDANG, Budget, Column, Key

_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Sum:
    """An identity of the account tree in one column: what is printed, and what it should add up to (rupiah)."""

    key: Key
    column: Column
    printed: Decimal
    expected: Decimal
    of: tuple[Key, ...]
    tolerance: int = 1

    @property
    def holds(self) -> bool:
        """Whether both agree: to the rupiah (sen are often left out), or to what rounded amounts can differ by."""
        return abs(self.printed - self.expected) < self.tolerance

    @property
    def difference(self) -> Decimal:
        """Printed less expected."""
        return self.printed - self.expected


def sums_of(budget: Budget, column: Column) -> list[Sum]:
    """The identities that can be tested with what a column prints."""

    def each(key: Key) -> list[Decimal]:
        return list(
            dict.fromkeys(a.amounts[column].amount for a in budget.accounts if a.key is key and column in a.amounts)
        )

    def one(key: Key) -> Decimal | None:
        figure = budget.figure(key, column)
        return figure.amount if figure else None

    found: list[Sum] = []

    def test(key: Key, expected: Decimal | None, of: tuple[Key, ...]) -> None:
        printed = one(key)
        if printed is not None and expected is not None:
            # Each rounded part may be off by half of what the amounts are counted in.
            tolerance = 1 if budget.scale == 1 else budget.scale * (len(of) + 1)
            found.append(Sum(key, column, printed, expected, of, tolerance))

    income = one(Key.PENDAPATAN)
    coded = _coded_income(budget, column)
    leaves = (Key.DANA_DESA, Key.BAGI_HASIL, Key.ADD, Key.BANTUAN)
    inner = [v for k in leaves for v in _all(budget, k, column)]
    if one(Key.TRANSFER) is not None and one(Key.DANA_DESA) is not None and one(Key.ADD) is not None:
        test(Key.TRANSFER, sum(inner, Decimal(0)), leaves)
    transfer = [one(Key.TRANSFER)] if one(Key.TRANSFER) is not None else list(inner)
    outer = [v for k in (Key.PADES, Key.LAIN) for v in _all(budget, k, column)]
    parts = [v for v in [*transfer, *outer] if v is not None]
    named = (Key.PADES, Key.TRANSFER, *leaves, Key.LAIN)
    if coded is not None:
        test(Key.PENDAPATAN, coded, named)
    elif len(parts) >= 2 and (_whole_income(budget, column) or sum(parts, Decimal(0)) == income):
        # A sum that comes out confirms; one that does not says something only where every row is known.
        test(Key.PENDAPATAN, sum(parts, Decimal(0)), named)
    fields = [one(k) for k in BIDANG]
    if sum(f is not None for f in fields) >= 3:
        test(Key.BELANJA, sum((f for f in fields if f is not None), Decimal(0)), BIDANG)
    spending = one(Key.BELANJA)
    if income is not None and spending is not None:
        expected = income - spending
        # A deficit is often printed without its sign: its label says it.
        unsigned = one(Key.SURPLUS) == -expected
        test(Key.SURPLUS, -expected if unsigned else expected, (Key.PENDAPATAN, Key.BELANJA))
    taken, given = one(Key.PENERIMAAN), one(Key.PENGELUARAN)
    if taken is not None and given is not None:
        test(Key.NETO, taken - given, (Key.PENERIMAAN, Key.PENGELUARAN))
    surplus, net = one(Key.SURPLUS), one(Key.NETO)
    if surplus is not None and income is not None and spending is not None and surplus == spending - income:
        surplus = income - spending
    if net is None and taken is not None and given is not None:
        net = taken - given
    if surplus is not None and net is not None:
        test(Key.SILPA, surplus + net, (Key.SURPLUS, Key.NETO))
    return found


def _coded_income(budget: Budget, column: Column) -> Decimal | None:
    """The sum of the income accounts that have none below them, where the table gives codes; None without codes."""
    rows = {
        a.code: a.amounts[column].amount for a in budget.accounts if a.code.startswith("4.") and column in a.amounts
    }
    tops = [c for c in rows if not any(o != c and o.startswith(f"{c}.") for o in rows)]
    uncoded = [a for a in budget.accounts if not a.code and a.key in _INCOME and column in a.amounts]
    return sum((rows[c] for c in tops), Decimal(0)) if len(tops) >= 2 and not uncoded else None


_INCOME = frozenset({Key.PADES, Key.TRANSFER, Key.DANA_DESA, Key.BAGI_HASIL, Key.ADD, Key.BANTUAN, Key.LAIN})


def _whole_income(budget: Budget, column: Column) -> bool:
    """Whether every row among the income rows is one that we know: an unknown one may be the missing part."""
    places = [i for i, a in enumerate(budget.accounts) if a.key in _INCOME and column in a.amounts]
    if not places:
        return False
    between = budget.accounts[max(0, places[0] - 1) : places[-1] + 2]
    return all(a.key is not None for a in between)


def _all(budget: Budget, key: Key, column: Column) -> list[Decimal]:
    """The amounts of all rows of a kind: a village may get aid from province and district. A row printed twice counts once."""
    seen: dict[tuple[str, Decimal], Decimal] = {}
    for account in budget.accounts:
        if account.key is key and column in account.amounts:
            label = _WORDS.sub(" ", account.label.lower())
            seen.setdefault((label, account.amounts[column].amount), account.amounts[column].amount)
    if key in {Key.DANA_DESA, Key.ADD, Key.PADES}:
        return list(seen.values())[:1]
    return list(seen.values())


#: What a figure of a scan is trusted for: without a sum that confirms it, with one, and against one.
ALONE, CONFIRMED, DOUBTED = 0.8, 0.97, 0.4


def weighed(budget: Budget) -> Budget:
    """The budget with the confidence that its sums give each figure; text is doubted only where a sum contradicts it."""
    good: set[tuple[Key, Column]] = set()
    bad: set[tuple[Key, Column]] = set()
    for column in budget.columns():
        for total in sums_of(budget, column):
            named = {(k, column) for k in (total.key, *total.of)}
            if total.holds:
                good |= named
            else:
                bad |= named
    accounts = []
    for account in budget.accounts:
        amounts = {}
        for column, figure in account.amounts.items():
            known = account.key is not None and (account.key, column)
            if known and known in good:
                trust = CONFIRMED if budget.ocr else figure.confidence
            elif known and known in bad:
                trust = min(figure.confidence, DOUBTED)
            else:
                trust = min(figure.confidence, ALONE) if budget.ocr else figure.confidence
            amounts[column] = replace(figure, confidence=trust)
        accounts.append(replace(account, amounts=amounts))
    return replace(budget, accounts=tuple(accounts))


def soundness(budgets: Iterable[Budget]) -> tuple[int, int, int]:
    """How well figures fit together: sums that hold, less those that do not; keyed figures; all figures."""
    holds = keyed = count = 0
    for budget in budgets:
        for column in budget.columns():
            holds += sum(1 if s.holds else -1 for s in sums_of(budget, column))
        keyed += sum(len(a.amounts) for a in budget.accounts if a.key is not None)
        count += sum(len(a.amounts) for a in budget.accounts)
    return holds, keyed, count
