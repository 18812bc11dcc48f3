"""What the lab reports: the stable JSON form (`compliance accuracy --format json`)."""

from __future__ import annotations

from pydantic import Field

from compliance.model.base import Frozen


class Interval(Frozen):
    """A bootstrap confidence interval of 95 %, pages drawn with replacement."""

    low: float
    high: float


class Figures(Frozen):
    """Precision, recall and F1; None where nothing was predicted or nothing was there."""

    precision: float | None
    recall: float | None
    f1: float | None
    #: By figure: precision, recall, f1.
    intervals: dict[str, Interval] = Field(default_factory=dict)


class TopicFigures(Figures):
    """One topic: `support` pages disclose it, `near_misses` only seem to, of which `taken` were predicted."""

    support: int
    predicted: int
    near_misses: int
    taken: int


class Rate(Frozen):
    """A share of `of` cases; None where there is no case."""

    rate: float | None
    count: int
    of: int
    interval: Interval | None = None


class Bin(Frozen):
    """Named topics whose confidence lies in [low, high): how often they really were disclosed."""

    low: float
    high: float
    count: int
    mean: float | None
    disclosed: float | None


class ErrorCase(Frozen):
    """A cell on which verdict and answer differ. `expected`, `got`: disclosed or not_disclosed, or years."""

    id: str
    topic: str
    expected: str
    got: str
    confidence: float
    reason: str
    half: str
    title: str


class Part(Frozen):
    """The figures of a set of pages under one matcher."""

    pages: int
    #: Topics with five positives or more.
    macro: Figures
    macro_all: Figures
    micro: Figures
    #: Of the near misses, the share predicted as disclosed; and again on pages marked hard.
    false_disclosure: Rate
    false_disclosure_hard: Rate
    fiscal_years: Rate
    #: Where the topic is disclosed and found: expected strength → strength given → pages.
    strength: dict[str, dict[str, int]] = Field(default_factory=dict)
    topics: dict[str, TopicFigures] = Field(default_factory=dict)
    #: Share of cells with a name in which a person is asked, because the confidence lies between.
    manual: Rate
    reliability: list[Bin] = Field(default_factory=list)
    calibration_error: float | None = None


class Gap(Frozen):
    """Tuned minus measured: figures that were fitted to the tuned half would lie apart."""

    macro_f1: float
    interval: Interval
    inside: bool


class Accuracy(Frozen):
    """The whole report. The figures at the top are those of all pages; `halves` gives each half."""

    schema_: str = Field(default="compliance-accuracy/1", alias="schema")
    tool: str
    vocabulary: str
    pages: int
    topics_unmeasured: list[str]
    macro: Figures
    macro_all: Figures
    micro: Figures
    false_disclosure_rate: float | None
    false_disclosure_rate_hard: float | None
    fiscal_year_accuracy: float | None
    topics: dict[str, TopicFigures]
    errors: list[ErrorCase]
    whole: Part
    halves: dict[str, Part]
    gap: Gap | None
    references: dict[str, dict[str, Part]]
    milliseconds_per_page: dict[str, float]
