"""The criteria: instrument, components, indicators, evidence items, topics and year rules.

These models are the schema of the YAML files under `criteria/`; their JSON Schema is generated from here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from compliance.model.base import Frozen, Text
from compliance.model.status import LegalStatus, Outcome, VillageKind, Web, WeightStatus

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$")]
ItemCode = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
Points = Annotated[float, Field(ge=0, le=100)]


class Source(Frozen):
    """A legal or official source and whether its wording was read for this project."""

    title: Text
    status: LegalStatus
    note: Text | None = None


class Guide(Frozen):
    """What holds for a kind of evidence: when it is met, how that is verified, what a machine cannot see."""

    success: Text
    verification: Text
    cannot_see: Text


class Fix(Frozen):
    """How to put it right, in general and on the two commonest platforms."""

    general: Text
    opensid: Text
    wordpress: Text


class CheckSpec(Frozen):
    """The check that judges an item: `kind` names a module of `checks/`, the rest are its parameters."""

    kind: Identifier
    params: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, value: Any) -> Any:
        """YAML writes parameters beside `kind`; here they are gathered."""
        if isinstance(value, dict) and "params" not in value:
            return {"kind": value.get("kind"), "params": {k: v for k, v in value.items() if k != "kind"}}
        return value


class EvidenceItem(Frozen):
    """One *bukti dukung*: what is asked, how it is checked, how to fix it."""

    code: ItemCode
    title: Text
    web: Web
    check: CheckSpec
    share: float = Field(default=1, gt=0)
    year: Identifier | None = None
    guide: Identifier
    legal: tuple[Identifier, ...] = ()
    success: Text | None = None
    verification: Text | None = None
    cannot_see: Text | None = None
    fix: Fix | None = None
    fix_on: Identifier | None = None
    how: Text | None = None
    applies: bool = True


class Indicator(Frozen):
    """A numbered indicator with its weight in points."""

    number: int = Field(ge=1)
    title: Text
    weight: Points
    items: tuple[EvidenceItem, ...] = Field(min_length=1)


class Component(Frozen):
    """A component: indicators whose weights sum to its own."""

    id: Identifier
    title: Text
    weight: Points
    indicators: tuple[Indicator, ...] = Field(min_length=1)


class Weights(Frozen):
    """Whether the weights are the official ones, and where they come from."""

    status: WeightStatus
    note: Text


class Instrument(Frozen):
    """A criteria set, resolved: every item carries its texts."""

    schema_: Literal["instrument/1"] = Field(alias="schema")
    id: Identifier
    version: str
    title: Text
    source: Text
    pass_mark: Points
    weights: Weights
    not_published: dict[Web, Outcome]
    credit: dict[Outcome, Annotated[float, Field(ge=0, le=1)]]
    kinds: tuple[VillageKind, ...] = Field(min_length=1)
    sources: dict[Identifier, Source] = Field(default_factory=dict)
    guides: dict[Identifier, Guide] = Field(min_length=1)
    components: tuple[Component, ...] = Field(min_length=1)

    def items(self) -> list[tuple[Component, Indicator, EvidenceItem]]:
        """Every item with its indicator and component, in order."""
        return [(c, i, e) for c in self.components for i in c.indicators for e in i.items]

    def total(self) -> Fraction:
        """The sum of the component weights, in points."""
        return sum((Fraction(str(c.weight)) for c in self.components), Fraction(0))


class Overlay(Frozen):
    """Changes to an instrument: weights, shares, credit and applicability; the original stays untouched."""

    schema_: Literal["overlay/1"] = Field(alias="schema")
    extends: str
    id: Identifier
    version: str
    title: Text | None = None
    pass_mark: Points | None = None
    weights: Weights | None = None
    credit: dict[Outcome, Annotated[float, Field(ge=0, le=1)]] = Field(default_factory=dict)
    components: dict[Identifier, Points] = Field(default_factory=dict)
    indicators: dict[int, Points] = Field(default_factory=dict)
    shares: dict[ItemCode, Annotated[float, Field(gt=0)]] = Field(default_factory=dict)
    applies: dict[ItemCode, bool] = Field(default_factory=dict)


class YearRule(Frozen):
    """Which fiscal years are current on a day of year N.

    `accept` are offsets from N that are current; `grace` are accepted too until the `due` day (MM-DD, in
    year N) has passed. `covers`: a period must contain N. `any`: no year is asked; older than `max_age`
    years is said. Source: the year table of the instrument.
    """

    title: Text
    accept: tuple[int, ...] = ()
    grace: tuple[int, ...] = ()
    due: Annotated[str, Field(pattern=r"^\d\d-\d\d$")] | None = None
    covers: bool = False
    any: bool = False
    max_age: int = 6
    required: bool = True


class YearRules(Frozen):
    """The file of year rules."""

    schema_: Literal["years/1"] = Field(alias="schema")
    rules: dict[Identifier, YearRule]


class HowTo(Frozen):
    """The file that says, per way of publishing, what to click on each platform."""

    schema_: Literal["howto/1"] = Field(alias="schema")
    ways: dict[Identifier, Fix]


class Proof(Frozen):
    """One way in which a place can show the thing itself. Every part that is given must hold.

    figures: that many rows with a label out of `marks` and an amount. Marks: that many different content
    marks. words: that many words of main content. regulation: the text of a village regulation about it.
    file: a link with a target whose name says what it is. list: that many rows or items. title: the thing
    is named in title, heading, or file name.
    """

    kind: Literal["figures", "regulation", "file", "page", "list", "letter"]
    marks: int = 0
    words: int = 0
    figures: int = 0
    rows: int = 0
    title: bool = True


class Topic(Frozen):
    """What one kind of disclosure is called, looks like, and is confused with.

    `part_counts`: how many different phrases of a part must stand there (default one). `part_rows`: how many rows
    must hold the part beside an amount, in their own words or under a heading that names it. `part_heads`: parts that
    say what the document itself is, so that a title, a first heading or the file's name must name them. `part_not`: words
    that deny a part where the first of title, headings and file name that holds a word of either holds one of them. `needs`: without one of
    these words nothing is this topic. `measured`: ten labelled disclosures and ten near misses exist, and at least a
    quarter of the disclosures on pages that nobody looked at are found; an item of another topic is never unmet.
    """

    id: Identifier
    title: Text
    names: tuple[str, ...] = Field(min_length=1)
    weak_names: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    parts: dict[Identifier, tuple[str, ...]] = Field(default_factory=dict)
    part_counts: dict[Identifier, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    part_rows: dict[Identifier, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    part_heads: tuple[Identifier, ...] = ()
    part_not: dict[Identifier, Annotated[tuple[str, ...], Field(min_length=1)]] = Field(default_factory=dict)
    mention: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    proof: tuple[Proof, ...] = Field(min_length=1)
    allow: tuple[Literal["news", "definition", "preparation", "training"], ...] = ()
    year: Identifier = "in_force"
    fix_on: Identifier
    fix: Text
    measured: bool = False

    @property
    def kind(self) -> Literal["activity", "page", "document"]:
        """What its evidence is: something that was done, a page that says it, or a document."""
        if "news" in self.allow:
            return "activity"
        return "page" if any(p.kind == "page" for p in self.proof) else "document"

    @model_validator(mode="after")
    def _counted_parts_exist(self) -> Topic:
        unknown = sorted({*self.part_counts, *self.part_rows, *self.part_heads, *self.part_not} - set(self.parts))
        if unknown:
            raise ValueError(f"counts for parts that the topic does not have: {', '.join(unknown)}")
        return self


class Confidence(Frozen):
    """How much each sign speaks for or against a topic being shown; fitted on the tuned half of the labelled pages.

    The sum of the weights of the signs that are there, through the logistic function, is the probability that the
    place shows the topic. `kinds` are corrections for topics whose evidence is an activity, a page, or a document;
    `topics` for single topics. From `publish` on a place counts as disclosed; from `doubt` on a person is asked.
    """

    schema_: Literal["confidence/1"] = Field(alias="schema")
    publish: Annotated[float, Field(gt=0, lt=1)]
    doubt: Annotated[float, Field(gt=0, lt=1)]
    base: float
    signs: dict[str, float]
    kinds: dict[Literal["activity", "page", "document"], dict[str, float]]
    topics: dict[Identifier, dict[str, float]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _doubt_lies_below(self) -> Confidence:
        if self.doubt > self.publish:
            raise ValueError("doubt must not lie above publish")
        return self


class TypicalWords(Frozen):
    """What the words of a page say for or against one topic: a weight a word, apart for title and text."""

    base: float
    title: dict[str, float] = Field(default_factory=dict)
    text: dict[str, float] = Field(default_factory=dict)


class Words(Frozen):
    """The words that are typical of pages which show a topic, or only talk about it; fitted on the tuned half of the
    labelled pages. They are one sign among those that `Confidence` weighs, and prove nothing by themselves."""

    schema_: Literal["words/1"] = Field(alias="schema")
    topics: dict[Identifier, TypicalWords]


class AccountWords(Frozen):
    """Accounts that are none of the village's. `vendors`: parts of addresses that only the software's maker uses;
    `vendor_names`: whole names of theirs; `samples`: names that templates print; `sample_numbers`: telephone numbers that installations print. All are
    written with letters and digits only."""

    schema_: Literal["accounts/1"] = Field(alias="schema")
    vendors: frozenset[str]
    vendor_names: frozenset[str]
    samples: frozenset[str]
    sample_numbers: frozenset[str]


class TopicFile(Frozen):
    """A file of topics."""

    schema_: Literal["topics/1"] = Field(alias="schema")
    topics: tuple[Topic, ...] = Field(min_length=1)


class Lexicon(Frozen):
    """Words that hold for every topic: placeholders, drafts, training, definitions, other authorities …"""

    schema_: Literal["lexicon/1"] = Field(alias="schema")
    synonyms: dict[str, tuple[str, ...]]
    groups: dict[Identifier, tuple[str, ...]]
