"""What to ask for next: the likeliest first, in an order that depends on the site and the criteria only."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from compliance.collect.urls import family_of, is_endless, pattern_of
from compliance.match.links import Scored

#: Pages of a shape are compared with this many earlier ones of the shape.
_COMPARED = 6
_NEAR = 0.9
#: A shape is left after this many fetches in a row that brought nothing new.
_BARREN = 10


@dataclass(slots=True)
class Target:
    """An address to ask for."""

    url: str
    scored: Scored
    depth: int
    order: int
    document: bool
    text: str = ""
    source: str = ""


@dataclass(slots=True)
class _Shape:
    fetched: int = 0
    barren: int = 0
    closed: bool = False
    contents: list[frozenset[str]] = field(default_factory=list)


class Frontier:
    """A queue by score. Targets that name the same topic again and again fall behind."""

    def __init__(self, trap_fetches: int) -> None:
        self._heap: list[tuple[float, int, int, Target]] = []
        self._seen: dict[str, Target] = {}
        self._order = 0
        self._pushes = 0
        self._topics: Counter[str] = Counter()
        self._shapes: dict[str, _Shape] = defaultdict(_Shape)
        self._trap_fetches = trap_fetches

    def __len__(self) -> int:
        return len(self._heap)

    def seen(self, url: str) -> bool:
        """Whether an address was queued before."""
        return url in self._seen

    def mark(self, url: str) -> None:
        """Notes an address that was asked for outside the queue."""
        self._seen.setdefault(url, Target(url, Scored(frozenset(), 0), 0, -1, False))

    def add(self, url: str, scored: Scored, depth: int, document: bool, text: str, source: str) -> bool:
        """Queues an address; a better link to one that waits raises it. False where it was known already."""
        known = self._seen.get(url)
        if known is not None:
            if known.order >= 0 and (scored.score > known.scored.score or scored.topics - known.scored.topics):
                known.scored = Scored(known.scored.topics | scored.topics, max(scored.score, known.scored.score))
                known.text = known.text or text
                self._push(known)
            return False
        target = Target(url, scored, depth, self._order, document, text, source)
        self._order += 1
        self._seen[url] = target
        self._push(target)
        return True

    def _priority(self, target: Target) -> float:
        tired = min((self._topics[t] for t in target.scored.topics), default=0)
        return -(target.scored.score - 2 * target.depth - 0.75 * min(tired, 12))

    def _push(self, target: Target) -> None:
        self._pushes += 1
        heapq.heappush(self._heap, (self._priority(target), target.order, self._pushes, target))

    def pop(self) -> Target | None:
        """The likeliest address, or None. Traps are dropped here (see `trapped`)."""
        while self._heap:
            priority, _, _, target = heapq.heappop(self._heap)
            if target.order < 0:
                continue
            now = self._priority(target)
            if now > priority:
                self._push(target)
                continue
            target.order = -1
            return target
        return None

    def push_back(self, target: Target) -> None:
        """Returns a target that was popped and could not be asked for now."""
        target.order = self._order
        self._order += 1
        self._push(target)

    def waits(self, url: str) -> bool:
        """Whether an address was never queued, or still waits."""
        known = self._seen.get(url)
        return known is None or known.order >= 0

    def waiting(self) -> list[Target]:
        """What still waits, likeliest first."""
        unique = {id(t): t for _, _, _, t in self._heap if t.order >= 0}
        return sorted(unique.values(), key=lambda t: (self._priority(t), t.order))

    # -- traps --------------------------------------------------------------------------------------

    def trapped(self, target: Target) -> bool:
        """Whether the address belongs to a shape that brings nothing new. Documents are no trap."""
        if is_endless(target.url):
            return True
        if target.document:
            return False
        return any(self._shapes[k].closed for k in (pattern_of(target.url), family_of(target.url)))

    def learned(self, target: Target, content: frozenset[str], *, html: bool, new_topics: bool) -> None:
        """Notes what a fetch brought: its words, and whether it led to new links that name a topic."""
        for topic in target.scored.topics:
            self._topics[topic] += 1
        if target.document and html is False and content:
            return
        for key, strict in ((pattern_of(target.url), False), (family_of(target.url), True)):
            shape = self._shapes[key]
            shape.fetched += 1
            alike = not content or any(_alike(content, other) for other in shape.contents)
            if content and len(shape.contents) < _COMPARED:
                shape.contents.append(content)
            elif content and not alike:
                shape.contents[shape.fetched % _COMPARED] = content
            # Near-duplicates close a shape; for the coarse one, only empty-handed near-duplicates count.
            barren = alike and not new_topics
            shape.barren = shape.barren + 1 if barren else (0 if strict else max(0, shape.barren - 1))
            if shape.barren >= min(_BARREN, self._trap_fetches - 2):
                shape.closed = True


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    union = len(first | second)
    return union == 0 or len(first & second) / union >= _NEAR
