"""One module per check kind: pure functions over a site view, named from the YAML.

Each module has `Params` (the parameters that YAML may give) and `judge(params, item, site) -> Finding`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from compliance.model.base import Frozen
from compliance.model.criteria import EvidenceItem
from compliance.model.evidence import Finding
from compliance.model.site import SiteView

#: The check kinds that criteria may name; each is the module of that name.
KINDS = (
    "published",
    "several",
    "manual",
    "village_domain",
    "https",
    "reachable",
    "viewport",
    "contact",
    "fresh",
    "no_notice",
    "account",
)


class Check(Protocol):
    """What a check module offers."""

    Params: type[Frozen]

    @staticmethod
    def judge(params: Frozen, item: EvidenceItem, site: SiteView) -> Finding:
        """The finding on one item. Never raises on what a village publishes."""


def check(kind: str) -> Check:
    """The module of a check kind. Raises KeyError for an unknown one (criteria are checked before)."""
    if kind not in KINDS:
        raise KeyError(kind)
    return cast(Check, import_module(f"checks.{kind}"))


def parameters() -> dict[str, type[Frozen]]:
    """The parameter model of every check kind."""
    return {kind: check(kind).Params for kind in KINDS}
