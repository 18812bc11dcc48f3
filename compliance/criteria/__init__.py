"""Criteria in YAML become a typed instrument; whatever is wrong is said with file, line and key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from compliance.criteria.overlay import applied
from compliance.criteria.rules import Vocabulary, problems_of
from compliance.criteria.source import CriteriaError, Source, did_you_mean
from compliance.model.base import Frozen, Text
from compliance.model.criteria import (
    AccountWords,
    Confidence,
    EvidenceItem,
    Fix,
    HowTo,
    Instrument,
    Lexicon,
    Overlay,
    Topic,
    TopicFile,
    Words,
    YearRules,
)

__all__ = [
    "BUNDLED",
    "DEFAULT",
    "HOME",
    "Criteria",
    "CriteriaError",
    "Vocabulary",
    "did_you_mean",
    "find",
    "load",
    "load_account_words",
    "load_vocabulary",
]

HOME = Path(__file__).resolve().parents[2] / "criteria"
DEFAULT = "kpk-desa-antikorupsi"
BUNDLED = (DEFAULT, "slip-desa", "situs", "akun")


@dataclass(frozen=True)
class Criteria:
    """An instrument with its vocabulary; `sha256` names exactly this state of both."""

    instrument: Instrument
    vocabulary: Vocabulary
    howto: HowTo
    sha256: str

    def fix(self, item: EvidenceItem) -> Fix:
        """How to put an item right: its own text, else its topic's, else the way it is published."""
        if item.fix is not None:
            return item.fix
        topic = self.vocabulary.topics.get(str(item.check.params.get("topic", "")))
        way = item.fix_on or (topic.fix_on if topic else "page")
        base = self.howto.ways[way]
        first = item.how or (topic.fix if topic else None)
        if first is None:
            return base
        return Fix(
            general=Text(id=f"{first.id} {base.general.id}", en=f"{first.en} {base.general.en}"),
            opensid=Text(id=f"{first.id} {base.opensid.id}", en=f"{first.en} {base.opensid.en}"),
            wordpress=Text(id=f"{first.id} {base.wordpress.id}", en=f"{first.en} {base.wordpress.en}"),
        )


@lru_cache(maxsize=4)
def load_vocabulary(home: Path = HOME) -> Vocabulary:
    """All topics under `home/topics`, the lexicon, the year rules and the weights of signs. Raises CriteriaError."""
    years = Source(home / "years.yaml").parse(YearRules)
    lexicon = Source(home / "lexicon.yaml").parse(Lexicon)
    topics: dict[str, Topic] = {}
    for path in sorted((home / "topics").glob("*.yaml")):
        source = Source(path)
        for index, topic in enumerate(source.parse(TopicFile).topics):
            if topic.id in topics:
                raise CriteriaError(source.problem(("topics", index, "id"), f"topic '{topic.id}' stands twice."))
            if topic.year not in years.rules:
                raise CriteriaError(
                    source.problem(
                        ("topics", index, "year"),
                        f"unknown year rule '{topic.year}'.{did_you_mean(topic.year, set(years.rules))}",
                    )
                )
            topics[topic.id] = topic
    weighed, worded = Source(home / "confidence.yaml"), Source(home / "words.yaml")
    confidence, words = weighed.parse(Confidence), worded.parse(Words)
    for source, named in ((weighed, confidence.topics), (worded, words.topics)):
        for topic_id in named:
            if topic_id not in topics:
                raise CriteriaError(
                    source.problem(
                        ("topics", topic_id), f"unknown topic '{topic_id}'.{did_you_mean(topic_id, set(topics))}"
                    )
                )
    return Vocabulary(topics=topics, lexicon=lexicon, years=years, confidence=confidence, words=words)


@lru_cache(maxsize=2)
def load_account_words(home: Path = HOME) -> AccountWords:
    """Accounts of vendors and templates. Raises CriteriaError."""
    return Source(home / "accounts.yaml").parse(AccountWords)


@lru_cache(maxsize=2)
def _howto(home: Path) -> HowTo:
    return Source(home / "howto.yaml").parse(HowTo)


def find(spec: str) -> Path:
    """The file of a criteria id or path. Raises CriteriaError with a did-you-mean."""
    if spec.endswith((".yaml", ".yml")) or "/" in spec or "\\" in spec:
        return Path(spec)
    if spec in BUNDLED:
        return HOME / f"{spec}.yaml"
    raise CriteriaError(
        f"Unknown criteria '{spec}'. Known ids: {', '.join(BUNDLED)}; or give the path of a YAML file."
        + did_you_mean(spec, set(BUNDLED))
    )


def load(spec: str, checks: Mapping[str, type[Frozen]]) -> Criteria:
    """The criteria of an id or path, checked whole.

    `checks` gives the parameter model of every check kind. Raises CriteriaError naming file, line and key.
    """
    path = find(spec)
    source = Source(path)
    vocabulary, howto = load_vocabulary(), _howto(HOME)
    kind = source.data.get("schema")
    if isinstance(kind, str) and kind.startswith("overlay/"):
        overlay = source.parse(Overlay)
        parent = path.parent / overlay.extends if overlay.extends.endswith((".yaml", ".yml")) else find(overlay.extends)
        base_source = Source(parent)
        instrument = applied(source, overlay, base_source.parse(Instrument))
        problems = problems_of(source, instrument, checks, vocabulary, howto, overlay=True)
    else:
        instrument = source.parse(Instrument)
        problems = problems_of(source, instrument, checks, vocabulary, howto, overlay=False)
    if problems:
        raise CriteriaError("\n".join(problems))
    canonical = json.dumps(
        {
            "instrument": instrument.model_dump(mode="json", by_alias=True),
            "topics": {k: t.model_dump(mode="json") for k, t in sorted(vocabulary.topics.items())},
            "lexicon": vocabulary.lexicon.model_dump(mode="json", by_alias=True),
            "years": vocabulary.years.model_dump(mode="json", by_alias=True),
            "confidence": vocabulary.confidence.model_dump(mode="json", by_alias=True),
            "words": vocabulary.words.model_dump(mode="json", by_alias=True),
        },
        sort_keys=True,
        ensure_ascii=False,
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return Criteria(instrument=instrument, vocabulary=vocabulary, howto=howto, sha256=digest)
