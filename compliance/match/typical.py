"""What the mere words of a page say: which of them are typical of pages that show a topic, which of talk about it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from compliance.match.features import Features
from compliance.model.criteria import TypicalWords, Words

#: Strong texts that count as the title, and characters of text that are read.
_TITLES = 5
_READ = 8_000
_LETTERS = 3
#: The score of a page that says nothing either way, and the range that is told apart.
NEUTRAL, REACH = -3.0, 3.0


@dataclass(frozen=True, slots=True)
class PageWords:
    """The different words of a page: letters only, three or more."""

    title: frozenset[str]
    text: frozenset[str]


def words_of(f: Features) -> PageWords:
    """The words of a document's titles and of its text."""
    return PageWords(_words(" ".join(f.strong_text[:_TITLES])), _words(" ".join(f.lines)[:_READ]))


def _words(text: str) -> frozenset[str]:
    return frozenset(w for w in text.split() if len(w) >= _LETTERS and w.isascii() and w.isalpha())


class Typical:
    """Weighs the words of a page. The weights are in `criteria/words.yaml`; `make fit` fits them again."""

    def __init__(self, words: Words) -> None:
        self._topics = {t: (w, w.title.keys(), w.text.keys()) for t, w in words.topics.items()}

    def __contains__(self, topic_id: str) -> bool:
        return topic_id in self._topics

    def sign(self, topic_id: str, page: PageWords) -> float:
        """Between -1 (the words of other pages) and 2 (those of pages that show it); 0 where nothing is known."""
        known = self._topics.get(topic_id)
        if known is None:
            return 0.0
        weights, title, text = known
        return scaled(_score(weights, page.title & title, page.text & text, page))


def _score(weights: TypicalWords, title: frozenset[str], text: frozenset[str], page: PageWords) -> float:
    said = sum(weights.title[w] for w in title) / sqrt(max(1, len(page.title)))
    return weights.base + said + sum(weights.text[w] for w in text) / sqrt(max(1, len(page.text)))


def scaled(score: float) -> float:
    """A score (log-odds) as a sign."""
    return min(max((score - NEUTRAL) / REACH, -1.0), 2.0)
