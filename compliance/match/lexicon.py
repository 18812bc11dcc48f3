"""The vocabulary as one automaton, built once: every phrase of every topic is found in a single pass."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate, product
from typing import Any

import ahocorasick

from compliance.criteria import Vocabulary

_NON_WORD = re.compile(r"[^a-z0-9\n]+")
_YEAR = re.compile(r" (?:19|20)\d\d(?= )")
_SYNONYM = re.compile(r"<([a-z_]+)>")
#: The roles that a phrase can have for a topic; parts are `part:<id>`, what denies them `no:<id>`, common groups `group`.
NAME, WEAK, NOT_NAME, MARK, MENTION, NEGATIVE, NEED, GROUP, PART, PART_NOT = (
    "name", "weak", "not", "mark", "mention", "negative", "need", "group", "part:", "no:",
)  # fmt: skip


def normal(text: str) -> str:
    """Lower case, every run of other characters one blank, a blank at both ends. Line breaks stay."""
    return " " + _NON_WORD.sub(" ", text.lower()).replace("\n", " \n ").strip(" ") + " "


def normal_lines(texts: list[str]) -> list[str]:
    """Each text as `normal` gives it; texts hold no line breaks. One pass over all of them."""
    joined = _NON_WORD.sub(" ", "\n".join(texts).lower())
    return [f" {line.strip(' ')} " for line in joined.split("\n")] if texts else []


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: `start`, `end` in the searched text, `line` the index of its block."""

    phrase: str
    start: int
    end: int
    line: int


@dataclass(slots=True)
class Hits:
    """All phrases of a text, by topic and role; groups under topic ''."""

    by_topic: dict[str, dict[str, list[Hit]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def of(self, topic: str, role: str) -> list[Hit]:
        """The hits of a role; [] where there are none."""
        roles = self.by_topic.get(topic)
        return roles.get(role, []) if roles else []

    def group(self, name: str) -> list[Hit]:
        """The hits of a common group."""
        return self.of("", name)

    def topics(self) -> set[str]:
        """The topics that are named."""
        return {t for t, roles in self.by_topic.items() if t and (NAME in roles or WEAK in roles)}

    def distinct(self, topic: str, role: str) -> set[str]:
        """The different phrases of a role."""
        return {h.phrase for h in self.of(topic, role)}


@dataclass(frozen=True, slots=True)
class _Payload:
    phrase: str
    roles: tuple[tuple[str, str], ...]
    every: bool


class Automaton:
    """All phrases of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._machine: Any = ahocorasick.Automaton()
        self._synonyms = vocabulary.lexicon.synonyms
        table: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for topic in vocabulary.topics.values():
            roles: list[tuple[str, tuple[str, ...]]] = [
                (NAME, topic.names), (WEAK, topic.weak_names), (NOT_NAME, topic.not_names), (MARK, topic.marks),
                (MENTION, topic.mention), (NEGATIVE, topic.negative), (NEED, topic.needs),
            ]  # fmt: skip
            roles += [(PART + part, phrases) for part, phrases in topic.parts.items()]
            roles += [(PART_NOT + part, phrases) for part, phrases in topic.part_not.items()]
            for role, phrases in roles:
                for phrase in phrases:
                    for form in self.forms(phrase):
                        if (topic.id, role) not in table[form]:
                            table[form].append((topic.id, role))
        for group, phrases in vocabulary.lexicon.groups.items():
            for phrase in phrases:
                for form in self.forms(phrase):
                    table[form].append(("", group))
        for form, payload in table.items():
            every = any(role in {NAME, WEAK, NOT_NAME} for _, role in payload)
            self._machine.add_word(form, (form, _Payload(form.strip(), tuple(payload), every)))
        self._machine.make_automaton()
        self._roots = {
            group: tuple(sorted({form.split()[0] for p in phrases for form in self.forms(p)}))
            for group, phrases in vocabulary.lexicon.groups.items()
        }
        #: The words of the topics' own names.
        self.name_words = frozenset(
            word for form, payload in table.items() if any(role == NAME for _, role in payload) for word in form.split()
        )
        #: The single words of the names and groups: they belong to the language of disclosures, not to places.
        self.words = frozenset(
            word
            for form, payload in table.items()
            if any(role in {NAME, NOT_NAME} or not topic for topic, role in payload)
            for word in form.split()
        )

    def roots(self, group: str) -> tuple[str, ...]:
        """The first words of a group's phrases: a text without any of them holds no phrase of the group."""
        return self._roots[group]

    def forms(self, phrase: str) -> list[str]:
        """All spellings of a phrase, normalised with blanks around."""
        names = _SYNONYM.findall(phrase)
        out = []
        for choice in product(*(self._synonyms.get(n, (n,)) for n in names)):
            text = phrase
            for name, word in zip(names, choice, strict=True):
                text = text.replace(f"<{name}>", word, 1)
            out.append(normal(text))
        return out

    def find(self, lines: list[str]) -> Hits:
        """The phrases in the given lines (already normalised, one a block)."""
        hits = Hits()
        if not lines:
            return hits
        text = _YEAR.sub("", "\n".join(lines))
        starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
        by_topic = hits.by_topic
        found: dict[str, tuple[_Payload, list[Hit], set[int]]] = {}
        for end, (form, payload) in self._machine.iter(text):
            known = found.get(form)
            if known is None:
                known = found[form] = (payload, [], set())
            start = end - len(form) + 1
            place = bisect_right(starts, start) - 1
            # Of a mark, one hit a line says all; of a name, each counts, since some may lie inside a longer phrase.
            if payload.every or place not in known[2]:
                known[2].add(place)
                known[1].append(Hit(payload.phrase, start, end, place))
        for payload, of_form, _ in found.values():
            for topic, role in payload.roles:
                by_topic[topic][role] += of_form
        for roles in by_topic.values():
            for role in (NAME, WEAK):
                if role in roles:
                    roles[role].sort(key=lambda h: h.start)
            if NOT_NAME in roles:
                spans = [(h.start, h.end) for h in roles[NOT_NAME]]
                for role in (NAME, WEAK):
                    roles[role] = [h for h in roles[role] if not any(s <= h.start and h.end <= e for s, e in spans)]
        return hits


_automata: dict[int, tuple[Vocabulary, Automaton]] = {}


def automaton(vocabulary: Vocabulary) -> Automaton:
    """The automaton of a vocabulary; built at the first call and kept."""
    known = _automata.get(id(vocabulary))
    if known is None or known[0] is not vocabulary:
        known = _automata[id(vocabulary)] = (vocabulary, Automaton(vocabulary))
    return known[1]
