"""How sure it is that a place shows a topic: the weights of the criteria applied to the signs found."""

from __future__ import annotations

from math import exp

from compliance.model.criteria import Confidence, Topic


class Scorecard:
    """Weighs signs. The weights are in `criteria/confidence.yaml`; `make fit` fits them again."""

    def __init__(self, confidence: Confidence) -> None:
        self.publish = confidence.publish
        self.doubt = confidence.doubt
        self._confidence = confidence
        self._weights: dict[str, dict[str, float]] = {}

    def probability(self, topic: Topic, signs: dict[str, float]) -> float:
        """The probability, between 0 and 1, that the place shows the topic."""
        weights = self._of(topic)
        total = weights["base"] + sum(weights.get(sign, 0.0) * value for sign, value in signs.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

    def against(self, topic: Topic, signs: dict[str, float]) -> str:
        """The sign that speaks most against the topic, or '' where none does."""
        weights = self._of(topic)
        worst = min(((weights.get(s, 0.0) * v, s) for s, v in signs.items()), default=(0.0, ""))
        return worst[1] if worst[0] < 0 else ""

    def _of(self, topic: Topic) -> dict[str, float]:
        known = self._weights.get(topic.id)
        if known is None:
            known = {"base": self._confidence.base}
            for part in (
                self._confidence.signs,
                self._confidence.kinds.get(topic.kind, {}),
                self._confidence.topics.get(topic.id, {}),
            ):
                for sign, weight in part.items():
                    known[sign] = known.get(sign, 0.0) + weight
            self._weights[topic.id] = known
        return known
