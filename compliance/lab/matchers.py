"""The matchers that the lab compares: ours, and the two ways in which scanners of other countries work.

The two references live here only. `keyword` finds a topic where the text of any link of the page holds a name of the
topic (how the scanner of American city websites works); `phrase` where an anchor's whole text is such a name, found by
walking the tree (how the Italian checker of transparency sections works). Neither looks at what the page shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from compliance.criteria import Vocabulary
from compliance.lab.pages import LabelledPage
from compliance.match.lexicon import normal
from compliance.match.matcher import Matcher
from compliance.match.site import frame_of
from compliance.match.village import village_names
from compliance.model.document import Document
from compliance.model.evidence import Disclosure
from compliance.model.status import Strength


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a matcher says of one topic on one page.

    `confidence` is the probability that the page shows it; `unsure` says that a person is asked.
    """

    topic: str
    disclosed: bool
    confidence: float = 1.0
    years: tuple[int, ...] = ()
    strength: Strength = Strength.MENTION
    reason: str = ""
    unsure: bool = False


#: A matcher judges a page that was read; topics that it does not name are not disclosed.
Judge = Callable[[LabelledPage, Document], dict[str, Verdict]]


class Ours:
    """The product's matcher on single pages: no frame is known, so only the markup tells menu from content."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._matcher = Matcher(vocabulary)
        #: Seconds spent matching.
        self.seconds = 0.0

    def __call__(self, page: LabelledPage, document: Document) -> dict[str, Verdict]:
        """The verdicts on one page."""
        started = perf_counter()
        best: dict[str, Disclosure] = {}
        for found in page_disclosures(self._matcher, document):
            kept = best.get(found.topic)
            if kept is None or (found.disclosed, found.confidence) > (kept.disclosed, kept.confidence):
                best[found.topic] = found
        self.seconds += perf_counter() - started
        return {
            topic: Verdict(topic, d.disclosed, d.confidence, d.years, d.strength, _reason(d), d.doubtful)
            for topic, d in best.items()
        }


def page_disclosures(matcher: Matcher, document: Document) -> list[Disclosure]:
    """What one page shows, its fixed blocks included, as though it were a whole site."""
    frame = frame_of([document])
    own = village_names([document], matcher.machine.name_words)
    return [*matcher.match(document, frame, own), *matcher.widgets(document, frame)]


def _reason(d: Disclosure) -> str:
    why = "; ".join(f"{r.what}: {r.phrase} ({r.place})" for r in d.why[:6])
    return f"{why}; {d.barrier}" if d.barrier else why


def keyword(vocabulary: Vocabulary) -> Judge:
    """A topic is there when the text of a link holds one of its names."""
    names = _names(vocabulary)

    def judge(page: LabelledPage, document: Document) -> dict[str, Verdict]:
        texts = [normal(k.text) for k in document.links if k.url]
        return {
            topic: Verdict(topic, True, reason=f"link: {name}")
            for topic, forms in names.items()
            for name in forms
            if any(name in text for text in texts)
        }

    return judge


def phrase(vocabulary: Vocabulary) -> Judge:
    """A topic is there when the whole text of an anchor is one of its names."""
    from lxml import html

    names = {name: topic for topic, forms in _names(vocabulary).items() for name in forms}

    def judge(page: LabelledPage, document: Document) -> dict[str, Verdict]:
        found: dict[str, Verdict] = {}
        # An empty page, or one of comments, has no tree.
        for anchor in html.fromstring(f"<div>{page.html}</div>".encode()).iter("a"):
            topic = names.get(normal(" ".join(str(t) for t in anchor.itertext())))
            if topic is not None and anchor.get("href"):
                found[topic] = Verdict(topic, True, reason="anchor")
        return found

    return judge


def _names(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The names of every topic in all their spellings; its title is one."""
    from compliance.match.lexicon import automaton

    machine = automaton(vocabulary)
    return {
        topic.id: sorted({form for name in (*topic.names, topic.title.id) for form in machine.forms(name)})
        for topic in vocabulary.topics.values()
    }
