"""The result contract, version compliance-result/1: every report reads only this."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from compliance.model.base import Frozen, Text
from compliance.model.status import (
    NoticeKind,
    Outcome,
    Publication,
    Strength,
    Verdict,
    Web,
    WeightStatus,
)
from compliance.model.village import Village


class ToolInfo(Frozen):
    """The program that judged."""

    name: str
    version: str


class InstrumentInfo(Frozen):
    """The criteria judged by; `sha256` is that of the resolved criteria."""

    id: str
    version: str
    title: Text
    sha256: str
    weights: WeightStatus
    weights_note: Text
    pass_mark: float


class Interval(Frozen):
    """Points proven by what was seen, and possible if all that is open were met."""

    proven: float
    possible: float


class SnapshotSummary(Frozen):
    """What the judgement rests on. `access` counts requests by what became of them."""

    sha256: str
    pages: int
    documents: int
    requests: int
    bytes: int
    access: dict[str, int]
    complete: bool = True


class Score(Frozen):
    """The score interval out of `total`, and the publication index: published of publishable items."""

    proven: float
    possible: float
    total: float
    verdict: Verdict
    published: int
    publishable: int
    observed_items: int
    items: int


class Evidence(Frozen):
    """A place that shows the item."""

    url: str
    channel: str
    medium: str
    title: str
    fiscal_years: list[int]
    excerpt: str
    matched: list[str] = Field(default_factory=list)
    why: list[str] = Field(default_factory=list)
    sha256: str | None
    fetched_at: str | None
    method: str
    locator: str
    ocr: bool


class NearMiss(Frozen):
    """What came nearest, and why it does not count."""

    url: str
    title: str
    reason: Text


class ItemLinks(Frozen):
    """The three link columns of the Norma Penilaian workbook."""

    website: list[str] = Field(default_factory=list)
    social: list[str] = Field(default_factory=list)
    drive: list[str] = Field(default_factory=list)


class FixText(Frozen):
    """How to put it right, for the platform the village uses."""

    text: Text
    platform: str


class LegalBasis(Frozen):
    """The legal basis of an item; unverified means recalled, not read."""

    title: Text
    status: str


class ItemResult(Frozen):
    """The verdict on one evidence item."""

    code: str
    title: Text
    web: Web
    share: float
    points: Interval
    publication: Publication
    channels: dict[str, Publication]
    outcome: Outcome
    automatic_outcome: Outcome
    confidence: float
    reason: Text
    success: Text
    cannot_see: Text
    legal: list[LegalBasis]
    looked_at: list[str]
    evidence: list[Evidence]
    links: ItemLinks
    near_misses: list[NearMiss]
    fix: FixText | None
    attestation: dict[str, str] | None = None
    appeal: dict[str, str] | None = None


class IndicatorResult(Frozen):
    """One indicator; points rounded to halves, proven down and possible up."""

    number: int
    title: Text
    weight: float
    score: Interval
    items: list[ItemResult]


class ComponentResult(Frozen):
    """One component."""

    id: str
    title: Text
    weight: float
    score: Interval
    indicators: list[IndicatorResult]


class Account(Frozen):
    """An account that the site claims.

    `why` is a key of the closed list of reasons, `reason` its sentence, `to_do` what the village or the office should do.
    `activity`: last_post (ISO day or None), posts_in_window, window_days, completeness. `links_back` and `same_name` are
    None where its description was not seen. `topics`: what its posts disclose. `attested`: who saw it and when.
    """

    platform: str
    url: str
    kind: str = ""
    canonical_id: str = ""
    exists: Literal["yes", "no", "unknown"]
    ownership: Literal["proven", "likely", "unproven", "contradicted"]
    activity: dict[str, str | int | None]
    topics: list[str]
    method: str
    reason: Text
    name: str = ""
    about: str = ""
    followers: int | None = None
    links_back: bool | None = None
    same_name: bool | None = None
    why: str = "not_asked"
    to_do: Text | None = None
    attested: Text | None = None


class NoticeResult(Frozen):
    """Something an auditor should see that is no verdict on an item."""

    kind: NoticeKind
    severity: Literal["info", "warning", "serious"]
    message: Text
    url: str
    excerpt: str


class DisclosureResult(Frozen):
    """A place where a topic was found, in whatever strength."""

    topic: str
    url: str
    strength: Strength
    disclosed: bool
    fiscal_years: list[int]


class SumResult(Frozen):
    """A sum that does not come out, in rupiah."""

    account: str
    column: Literal["original", "changed", "realised"]
    printed: int
    expected: int
    difference: int


class BudgetResult(Frozen):
    """The figures of one budget in rupiah; null where none is printed. `totals` and `fields` (the five bidang) by
    account, of the `column` named."""

    fiscal_year: int | None
    column: Literal["original", "changed", "realised"]
    url: str
    medium: str
    ocr: bool
    totals: dict[str, int | None]
    dana_desa: int | None
    add: int | None
    fields: dict[str, int | None] = Field(default_factory=dict)
    consistent: bool | None
    sums: list[SumResult]


class Unseen(Frozen):
    """An address that matters and could not be read."""

    url: str
    text: str
    access: str
    detail: Text
    topics: list[str]


class Result(Frozen):
    """One village judged by one instrument."""

    schema_: Literal["compliance-result/1"] = Field(default="compliance-result/1", alias="schema")
    tool: ToolInfo
    instrument: InstrumentInfo
    village: Village
    period: str | None = None
    as_of: str
    collected_at: str
    assessable: bool
    reason: Text
    snapshot: SnapshotSummary
    score: Score
    components: list[ComponentResult]
    accounts: list[Account]
    budgets: list[BudgetResult] = Field(default_factory=list)
    notices: list[NoticeResult]
    disclosures: list[DisclosureResult]
    unseen: list[Unseen]
    topic_titles: dict[str, Text] = Field(default_factory=dict)


class Results(Frozen):
    """Several instruments judged in one call."""

    results: list[Result]
