"""Criteria in YAML become a typed instrument; whatever is wrong is said with file, line and key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from compliance.errors import UserError
from compliance.model.base import Frozen, Text
from compliance.model.criteria import (
    EvidenceItem,
    Fix,
    HowTo,
    Instrument,
    Lexicon,
    Overlay,
    Topic,
    TopicFile,
    YearRules,
)

HOME = Path(__file__).resolve().parent.parent / "criteria"
DEFAULT = "kpk-desa-antikorupsi"
BUNDLED = (DEFAULT, "slip-desa", "situs")

_Model = TypeVar("_Model", bound=BaseModel)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Key = tuple[str | int, ...]


class CriteriaError(UserError):
    """A criteria file is wrong. Each problem reads `file:line: key: what was expected and found`."""


@dataclass(frozen=True)
class Vocabulary:
    """What the matcher works with: topics, the words common to all, and the year rules."""

    topics: dict[str, Topic]
    lexicon: Lexicon
    years: YearRules


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


class _Source:
    """A YAML file as data, with the line on which each key stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Key, int] = {}
        self._nodes: set[int] = set()
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise CriteriaError(f"{path}: no such criteria file. Expected a path to a YAML file.") from error
        except (OSError, UnicodeDecodeError) as error:
            raise CriteriaError(f"{path}: cannot be read as UTF-8 text ({error}).") from error
        try:
            loader = _Loader(text)
            try:
                node = loader.get_single_node()
                self._walk(node, ())
                self.data: Any = None if node is None else loader.construct_document(node)
            finally:
                loader.dispose()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line = mark.line + 1 if mark else 1
            raise CriteriaError(f"{path}:{line}: not valid YAML: {error.problem}.") from error
        except yaml.YAMLError as error:
            raise CriteriaError(f"{path}:1: not valid YAML: {error}.") from error
        except (ValueError, RecursionError) as error:
            raise CriteriaError(f"{path}:1: not valid YAML: {error}.") from error
        if not isinstance(self.data, dict):
            raise CriteriaError(f"{path}:1: expected a mapping with the key 'schema', found {_kind(self.data)}.")

    def _walk(self, node: yaml.Node | None, key: Key) -> None:
        if node is None:
            return
        if id(node) in self._nodes:
            raise CriteriaError(
                f"{self.path}:{node.start_mark.line + 1}: {_dotted(key)}: an alias (*name) stands here. Write the value out."
            )
        self._nodes.add(id(node))
        self.lines[key] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            seen: dict[str, int] = {}
            for name, value in node.value:
                label = str(name.value)
                line = name.start_mark.line + 1
                if label in seen:
                    raise CriteriaError(
                        f"{self.path}:{line}: {_dotted((*key, label))}: the key stands twice "
                        f"(first on line {seen[label]}). Keep one."
                    )
                seen[label] = line
                self._walk(value, (*key, label))
                self.lines[(*key, label)] = line
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                self._walk(value, (*key, index))

    def line(self, key: Key) -> int:
        """The line of a key, or of the nearest key above it."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def problem(self, key: Key, message: str) -> str:
        """One problem, as it is printed."""
        return f"{self.path}:{self.line(key)}: {_dotted(key) or 'file'}: {message}"

    def parse(self, model: type[_Model]) -> _Model:
        """The data as a typed model, or every problem at once."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            fields = _field_names(model)
            raise CriteriaError("\n".join(self._said(e, fields) for e in error.errors())) from error

    def _said(self, error: Any, fields: set[str]) -> str:
        key = tuple(str(p) if not isinstance(p, int) else p for p in error["loc"] if p != "[key]")
        found = error.get("input")
        if error["type"] == "extra_forbidden":
            return self.problem(key, f"unknown key.{did_you_mean(str(key[-1]), fields)}")
        if error["type"] == "missing":
            return self.problem(key, "this key is required and is missing. Add it.")
        shown = json.dumps(found, ensure_ascii=False, default=str)
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        hint = ""
        expected = error.get("ctx", {}).get("expected")
        if isinstance(found, str) and isinstance(expected, str):
            hint = did_you_mean(found, set(expected.replace("'", "").replace(" or ", ", ").split(", ")))
        return self.problem(key, f"{error['msg']}, found {shown}.{hint}")


def _kind(value: object) -> str:
    return "nothing" if value is None else f"a {type(value).__name__}"


def _dotted(key: Key) -> str:
    return ".".join(str(part) for part in key)


def did_you_mean(word: str, known: set[str] | list[str]) -> str:
    """` Did you mean 'x'?`, or nothing where no known word is near."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f" Did you mean '{near[0]}'?" if near else ""


def _field_names(model: type[BaseModel], seen: set[type[BaseModel]] | None = None) -> set[str]:
    """All key names that may stand anywhere in a model."""
    seen = seen if seen is not None else set()
    if model in seen:
        return set()
    seen.add(model)
    names: set[str] = set()
    for name, info in model.model_fields.items():
        names.add(info.alias or name)
        stack: list[Any] = [info.annotation]
        while stack:
            annotation = stack.pop()
            if isinstance(annotation, type) and issubclass(annotation, BaseModel):
                names |= _field_names(annotation, seen)
            stack.extend(getattr(annotation, "__args__", ()))
    return names


@lru_cache(maxsize=4)
def load_vocabulary(home: Path = HOME) -> Vocabulary:
    """All topics under `home/topics`, the lexicon and the year rules. Raises CriteriaError."""
    years = _Source(home / "years.yaml").parse(YearRules)
    lexicon = _Source(home / "lexicon.yaml").parse(Lexicon)
    topics: dict[str, Topic] = {}
    for path in sorted((home / "topics").glob("*.yaml")):
        source = _Source(path)
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
    return Vocabulary(topics=topics, lexicon=lexicon, years=years)


@lru_cache(maxsize=2)
def _howto(home: Path) -> HowTo:
    return _Source(home / "howto.yaml").parse(HowTo)


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
    source = _Source(path)
    kind = source.data.get("schema")
    if isinstance(kind, str) and kind.startswith("overlay/"):
        overlay = source.parse(Overlay)
        parent = path.parent / overlay.extends if overlay.extends.endswith((".yaml", ".yml")) else find(overlay.extends)
        base_source = _Source(parent)
        instrument = _apply(source, overlay, base_source.parse(Instrument))
        problems = _problems(source, instrument, checks, overlay=True)
    else:
        instrument = source.parse(Instrument)
        problems = _problems(source, instrument, checks, overlay=False)
    if problems:
        raise CriteriaError("\n".join(problems))
    vocabulary, howto = load_vocabulary(), _howto(HOME)
    canonical = json.dumps(
        {
            "instrument": instrument.model_dump(mode="json", by_alias=True),
            "topics": {k: t.model_dump(mode="json") for k, t in sorted(vocabulary.topics.items())},
            "lexicon": vocabulary.lexicon.model_dump(mode="json", by_alias=True),
            "years": vocabulary.years.model_dump(mode="json", by_alias=True),
        },
        sort_keys=True,
        ensure_ascii=False,
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return Criteria(instrument=instrument, vocabulary=vocabulary, howto=howto, sha256=digest)


def _apply(source: _Source, overlay: Overlay, base: Instrument) -> Instrument:
    """The base with an overlay's changes. Every key of the overlay must exist in the base."""
    codes = {item.code for _, _, item in base.items()}
    numbers = {i.number for c in base.components for i in c.indicators}
    components = {c.id for c in base.components}
    checks: list[tuple[str, dict[Any, Any], set[Any]]] = [
        ("components", overlay.components, components),
        ("indicators", overlay.indicators, numbers),
        ("shares", overlay.shares, codes),
        ("applies", overlay.applies, codes),
    ]
    problems = [
        source.problem(
            (name, str(key)),
            f"'{key}' is not in {base.id}.{did_you_mean(str(key), {str(k) for k in known})}",
        )
        for name, changes, known in checks
        for key in changes
        if key not in known
    ]
    if problems:
        raise CriteriaError("\n".join(problems))
    return base.model_copy(
        update={
            "id": overlay.id,
            "version": overlay.version,
            "title": overlay.title or base.title,
            "pass_mark": base.pass_mark if overlay.pass_mark is None else overlay.pass_mark,
            "weights": overlay.weights or base.weights,
            "credit": {**base.credit, **overlay.credit},
            "components": tuple(
                c.model_copy(
                    update={
                        "weight": overlay.components.get(c.id, c.weight),
                        "indicators": tuple(
                            i.model_copy(
                                update={
                                    "weight": overlay.indicators.get(i.number, i.weight),
                                    "items": tuple(
                                        e.model_copy(
                                            update={
                                                "share": overlay.shares.get(e.code, e.share),
                                                "applies": overlay.applies.get(e.code, e.applies),
                                            }
                                        )
                                        for e in i.items
                                    ),
                                }
                            )
                            for i in c.indicators
                        ),
                    }
                )
                for c in base.components
            ),
        }
    )


def _problems(source: _Source, instrument: Instrument, checks: Mapping[str, type[Frozen]], overlay: bool) -> list[str]:
    """What no single field can tell: sums, references, parameters, doubles."""
    problems: list[str] = []
    vocabulary, howto = load_vocabulary(), _howto(HOME)
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
    source: _Source,
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
        fields = _field_names(checks[kind])
        problems += [source._said({**e, "loc": (*key, "check", *e["loc"])}, fields) for e in error.errors()]
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
