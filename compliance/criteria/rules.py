"""What no single field of an instrument can tell: sums, references, parameters, doubles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pydantic import ValidationError

from compliance.criteria.source import Key, Source, did_you_mean, field_names
from compliance.model.base import Frozen
from compliance.model.criteria import Confidence, EvidenceItem, HowTo, Instrument, Lexicon, Topic, Words, YearRules


@dataclass(frozen=True)
class Vocabulary:
    """What the matcher works with: topics, the words common to all, and the year rules."""

    topics: dict[str, Topic]
    lexicon: Lexicon
    years: YearRules
    confidence: Confidence
    words: Words


def problems_of(
    source: Source,
    instrument: Instrument,
    checks: Mapping[str, type[Frozen]],
    vocabulary: Vocabulary,
    howto: HowTo,
    *,
    overlay: bool,
) -> list[str]:
    """What no single field can tell: sums, references, parameters, doubles."""
    problems: list[str] = []
    seen: set[str] = set()
    numbers: set[int] = set()
    for c_index, component in enumerate(instrument.components):
        key: Key = ("components", c_index)
        total = sum((Fraction(str(i.weight)) for i in component.indicators), Fraction(0))
        if total != Fraction(str(component.weight)):
            place: Key = ("components", component.id) if overlay else (*key, "weight")
            problems.append(
                source.problem(
                    place,
                    f"the weights of the indicators of component {component.id} sum to {float(total):g}, "
                    f"expected {component.weight:g}.",
                )
            )
        for i_index, indicator in enumerate(component.indicators):
            i_key = (*key, "indicators", i_index)
            if indicator.number in numbers:
                problems.append(source.problem((*i_key, "number"), f"number {indicator.number} stands twice."))
            numbers.add(indicator.number)
            for e_index, item in enumerate(indicator.items):
                e_key = (*i_key, "items", e_index)
                if item.code in seen:
                    problems.append(source.problem((*e_key, "code"), f"code '{item.code}' stands twice."))
                seen.add(item.code)
                problems += _item_problems(source, e_key, item, instrument, vocabulary, howto, checks)
    if instrument.total() != 100:
        problems.append(
            source.problem(
                ("components",), f"the component weights sum to {float(instrument.total()):g}, expected 100."
            )
        )
    return problems


def _item_problems(
    source: Source,
    key: Key,
    item: EvidenceItem,
    instrument: Instrument,
    vocabulary: Vocabulary,
    howto: HowTo,
    checks: Mapping[str, type[Frozen]],
) -> list[str]:
    problems: list[str] = []

    def unknown(place: Key, what: str, name: str, known: set[str]) -> None:
        if name not in known:
            problems.append(source.problem(place, f"unknown {what} '{name}'.{did_you_mean(name, known)}"))

    unknown((*key, "guide"), "guide", item.guide, set(instrument.guides))
    for index, legal in enumerate(item.legal):
        unknown((*key, "legal", index), "source", legal, set(instrument.sources))
    if item.year is not None:
        unknown((*key, "year"), "year rule", item.year, set(vocabulary.years.rules))
    if item.fix_on is not None:
        unknown((*key, "fix_on"), "way of publishing", item.fix_on, set(howto.ways))
    kind = item.check.kind
    unknown((*key, "check", "kind"), "check", kind, set(checks))
    if kind not in checks:
        return problems
    try:
        checks[kind].model_validate(item.check.params)
    except ValidationError as error:
        fields = field_names(checks[kind])
        problems += [source.said({**e, "loc": (*key, "check", *e["loc"])}, fields) for e in error.errors()]
        return problems
    names = [item.check.params.get("topic"), *item.check.params.get("topics", ())]
    for name in names:
        if name is not None:
            unknown((*key, "check", "topic"), "topic", str(name), set(vocabulary.topics))
    parts = [item.check.params.get("part"), *item.check.params.get("parts", ())]
    topic = vocabulary.topics.get(str(item.check.params.get("topic")))
    for part in parts if topic is not None else ():
        if part is None or topic is None:
            continue
        unknown((*key, "check", "part"), f"part of topic '{topic.id}'", str(part), set(topic.parts))
    return problems
