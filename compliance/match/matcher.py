"""The judgement on one document and one topic: is the thing itself here, or only its name?"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from compliance.criteria import Vocabulary
from compliance.match import lexicon as words
from compliance.match.amounts import figures_proof
from compliance.match.barriers import BUDGETS, barrier_of, is_letter, is_news
from compliance.match.confidence import Scorecard
from compliance.match.dating import years_shown
from compliance.match.features import Features, Scope, features_of, scope_of
from compliance.match.lexicon import Automaton, automaton
from compliance.match.parts import parts_shown
from compliance.match.proven import Proven, reasons_of
from compliance.match.signs import Talk, signs_of, talk_of
from compliance.match.site import Frame, site_segments
from compliance.match.typical import PageWords, Typical, words_of
from compliance.match.village import other_village
from compliance.model.criteria import Proof, Topic
from compliance.model.document import Document
from compliance.model.evidence import Disclosure, Reason
from compliance.model.status import Region, Strength

#: Topics whose figures make a repeated block (a widget, a footer) a disclosure of the site.
WIDGET_TOPICS = ("realisasi", "apbdes", "dana_desa", "add")
#: Topics that a block of the content shows even where it repeats on most pages: a complaint form in a dialog.
SERVICE_TOPICS = ("pengaduan", "maklumat")
#: Labelled amounts of a topic, with nothing against them, were right in all but three of a hundred labelled cases.
_FIGURES_CONFIDENCE = 0.95
#: So sure of a topic at which the title only hints that it is claimed.
_HINTED = 0.8
_LEAST = 0.001
#: A block with figures or a complaint form that repeats on the site's pages; its few words make no scorecard.
_WIDGET_CONFIDENCE = 0.9
_DIGITS = re.compile(r"\d{2}")
#: What no other sign outweighs.
_VETOES = {"other_village", "draft", "not_found", "placeholder"}
#: What speaks against a page's prose does not speak against a file that it links.
_FILE_PASSES = {"definition", "preparation", "training", "sample", "needs"}
#: So many different marks make a page a candidate for a topic that it never names.
_MARKED = 3
#: The sign of words from which such a candidate is looked at.
_TYPICAL = 0.5


class Matcher:
    """Judges documents against all topics of a vocabulary. Pure: the same document gives the same disclosures."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.machine: Automaton = automaton(vocabulary)
        self.card = Scorecard(vocabulary.confidence)
        self.typical = Typical(vocabulary.words)

    def match(self, document: Document, frame: Frame, own_names: list[str]) -> list[Disclosure]:
        """What one document shows of each topic that it names; not disclosed ones too, with what spoke against."""
        features = self._features(document, frame, own_names)
        talk = talk_of(features)
        namers = _namers(features)
        said = words_of(features)
        return [
            self._judge(self.vocabulary.topics[t], features, talk, namers, said)
            for t in self._candidates(features, said)
        ]

    def signs(
        self, document: Document, frame: Frame, own_names: list[str]
    ) -> tuple[dict[str, dict[str, float]], PageWords]:
        """What the weights are fitted on: the signs for every topic that a document may show and no barrier forbids,
        and the document's words, of which the sign `words` is made."""
        features = self._features(document, frame, own_names)
        talk, namers, said = talk_of(features), _namers(features), words_of(features)
        found = {}
        for topic_id in self._candidates(features, said):
            topic = self.vocabulary.topics[topic_id]
            proven = self._proofs(topic, features)
            barrier = barrier_of(topic, features)
            if not vetoed(topic, barrier, proven):
                found[topic_id] = self._signs(topic, features, talk, namers, proven, barrier)
        return found, said

    def _features(self, document: Document, frame: Frame, own_names: list[str]) -> Features:
        blocks = frame.content(document)
        features = features_of(document, blocks, self.machine)
        features.stranger = other_village(document, blocks, own_names, self.machine.words)
        return features

    def _candidates(self, f: Features, said: PageWords) -> list[str]:
        """Topics that are named, and those of which the text holds much without a name, in their typical words."""
        named = f.hits.topics() | f.strong.topics() | {t for _, _, h in f.files for t in h.topics()}
        marked = {
            t
            for t, roles in f.hits.by_topic.items()
            if t
            and t not in named
            and self.vocabulary.topics[t].kind != "document"
            and len({h.phrase for h in roles.get(words.MARK, ())}) >= _MARKED
        }
        marked = {t for t in marked if t not in self.typical or self.typical.sign(t, said) > _TYPICAL}
        return sorted(named | marked)

    def _proofs(self, topic: Topic, f: Features) -> list[Proven]:
        """What proves a topic, one of each kind at most, in the order of the criteria."""
        found: dict[str, Proven] = {}
        for proof in topic.proof:
            if proof.kind not in found:
                proven = self._proof(topic, proof, f)
                if proven is not None:
                    found[proof.kind] = proven
        return list(found.values())

    def _signs(
        self, topic: Topic, f: Features, talk: Talk, namers: dict[int, int], proven: list[Proven], barrier: str
    ) -> dict[str, float]:
        strong = f.strong.of(topic.id, words.NAME) or f.strong.of(topic.id, words.WEAK)
        scope = scope_of(f, strong, f.hits.of(topic.id, words.NAME))
        return signs_of(topic, f, talk, scope, {p.proof.kind for p in proven}, barrier, namers)

    def widgets(self, document: Document, frame: Frame) -> list[Disclosure]:
        """What the site's repeated blocks show: budgets with figures, judged once for the whole site."""
        found: list[Disclosure] = []
        for segment in site_segments(document, frame):
            counted = any(_DIGITS.search(b.text) for b in segment)
            if not counted and segment[0].region is not Region.MAIN:
                continue
            first = next((b.text for b in segment if b.kind == "heading"), segment[0].text)
            block_document = Document(url=document.url, kind="html", title=first, blocks=tuple(segment))
            features = features_of(block_document, segment, self.machine, slug=False)
            topics: tuple[str, ...] = WIDGET_TOPICS if features.figures >= 2 else ()
            if segment[0].region is Region.MAIN:
                topics += SERVICE_TOPICS
            for topic_id in topics:
                topic = self.vocabulary.topics.get(topic_id)
                if topic is None or not (
                    features.hits.of(topic_id, words.NAME) or features.strong.of(topic_id, words.NAME)
                ):
                    continue
                proofs = self._proofs(topic, features)
                if proofs and not barrier_of(topic, features):
                    judged = self._disclosure(topic, features, proofs[0], "", _WIDGET_CONFIDENCE)
                    found.append(replace(judged, region=segment[0].region, medium="widget"))
        return found

    # -- one topic ----------------------------------------------------------------------------------

    def _judge(self, topic: Topic, f: Features, talk: Talk, namers: dict[int, int], said: PageWords) -> Disclosure:
        barrier = barrier_of(topic, f)
        proofs = self._proofs(topic, f)
        signs = self._signs(topic, f, talk, namers, proofs, barrier)
        signs["words"] = self.typical.sign(topic.id, said)
        confidence = 0.0 if vetoed(topic, barrier, proofs) else self.card.probability(topic, signs)
        if not barrier and any(p.proof.kind == "figures" for p in proofs):
            confidence = max(confidence, _FIGURES_CONFIDENCE)
        elif topic.id in BUDGETS and not proofs:
            # Money is shown by figures, a text or a file; never by talk of it.
            confidence = min(confidence, self.card.publish - _LEAST)
        elif "name.none" in signs:
            # What is never named may be asked of a person, and is not claimed.
            confidence = min(confidence, self.card.publish - _LEAST)
        elif "name.weak" in signs and confidence < _HINTED:
            confidence = min(confidence, self.card.publish - _LEAST)
        proven = proofs[0] if proofs else None
        if proven is None and confidence >= self.card.doubt:
            proven = self._shown(topic, f)
        return self._disclosure(topic, f, proven, barrier, confidence)

    def _disclosure(
        self, topic: Topic, f: Features, proven: Proven | None, barrier: str, confidence: float
    ) -> Disclosure:
        why = proven.why if proven else self._mentions(topic, f)
        strength = Strength.MENTION
        if barrier == "draft":
            strength = Strength.DRAFT
        elif proven is not None:
            strength = Strength.PAGE if proven.proof.kind == "page" else Strength.DOCUMENT
        disclosed = confidence >= self.card.publish
        # Of a place that is only a mention no year is asked.
        years, period = years_shown(topic, f, proven) if confidence >= self.card.doubt or proven else ((), False)
        excerpt = self._excerpt(topic, f, proven)
        return Disclosure(
            topic=topic.id,
            url=f.document.url,
            title=f.document.title,
            strength=strength if disclosed or strength is Strength.DRAFT else Strength.MENTION,
            disclosed=disclosed,
            confidence=confidence,
            doubtful=not disclosed and confidence >= self.card.doubt,
            years=years,
            period=period,
            excerpt=excerpt,
            why=why,
            barrier=barrier if not disclosed else "",
            target=proven.target.url if proven and proven.target else "",
            medium=f.document.kind,
            ocr=f.document.ocr,
            parts=parts_shown(topic, f, proven),
            posted=f.document.posted.isoformat() if f.document.posted else None,
        )

    def _shown(self, topic: Topic, f: Features) -> Proven:
        """What the signs together say to be shown, where none of the kinds of proof holds by itself."""
        strong = f.strong.of(topic.id, words.NAME) or f.strong.of(topic.id, words.WEAK)
        scope = scope_of(f, strong, f.hits.of(topic.id, words.NAME)) or Scope(f, None)
        marks = scope.distinct(f.hits.of(topic.id, words.MARK))
        return Proven(Proof(kind="page"), reasons_of(topic, f, marks), scope)

    # -- proofs -------------------------------------------------------------------------------------

    def _proof(self, topic: Topic, proof: Proof, f: Features) -> Proven | None:
        if proof.kind == "file":
            return self._file(topic, f)
        strong = f.strong.of(topic.id, words.NAME) or f.strong.of(topic.id, words.WEAK)
        scope = scope_of(f, strong, [] if proof.title else f.hits.of(topic.id, words.NAME))
        if proof.kind == "figures":
            return figures_proof(topic, proof, f, scope, self.machine)
        if scope is None:
            return None
        marks = scope.distinct(f.hits.of(topic.id, words.MARK))
        if len(marks) < proof.marks or scope.words < proof.words:
            return None
        if proof.kind == "regulation":
            return self._regulation(topic, f, scope)
        if proof.kind in {"page", "letter"} and "news" not in topic.allow and is_news(f):
            return None
        if proof.kind == "list" and scope.rows < proof.rows:
            return None
        if proof.kind == "letter" and not is_letter(f):
            return None
        return Proven(proof, reasons_of(topic, f, marks), scope)

    def _regulation(self, topic: Topic, f: Features, scope: Scope) -> Proven | None:
        if not f.regulation or f.clauses < 2:
            return None
        if topic.id not in {"perdes", "sk_kades", "sop"} and not self.machine.find([f.subject]).of(
            topic.id, words.NAME
        ):
            return None
        if topic.id == "sk_kades" and "keputusan" not in f.regulation and not f.regulation.startswith("sk"):
            return None
        if topic.id == "perdes" and "keputusan" in f.regulation:
            return None
        return Proven(Proof(kind="regulation"), reasons_of(topic, f, {" ".join(f.regulation.split())}), scope)

    def _file(self, topic: Topic, f: Features) -> Proven | None:
        for link, name, hits in f.files:
            if not hits.of(topic.id, words.NAME):
                continue
            if any(hits.group(g) for g in ("draft", "form", "training", "placeholder")):
                continue
            if topic.needs and not (hits.of(topic.id, words.NEED) or f.hits.of(topic.id, words.NEED)):
                continue
            reason = Reason("file", name[:120], "link")
            return Proven(Proof(kind="file"), (reason,), None, target=link)
        return None

    # -- telling why --------------------------------------------------------------------------------

    def _mentions(self, topic: Topic, f: Features) -> tuple[Reason, ...]:
        for hits, place in ((f.strong, "title"), (f.hits, "text")):
            found = hits.of(topic.id, words.NAME) or hits.of(topic.id, words.WEAK)
            if found:
                return (Reason("name", found[0].phrase, place),)
        return tuple(Reason("name", name[:80], "link") for _, name, h in f.files if h.of(topic.id, words.NAME))[:1]

    def _excerpt(self, topic: Topic, f: Features, proven: Proven | None) -> str:
        if proven and proven.target is not None:
            return proven.why[0].phrase
        line = proven.line if proven else -1
        if line < 0:
            hits = f.hits.of(topic.id, words.NAME) or f.hits.of(topic.id, words.WEAK) or f.hits.of(topic.id, words.MARK)
            line = hits[0].line if hits else -1
        if line < 0:
            return f.document.title[:300]
        first = max(0, line - (1 if proven and proven.line >= 0 else 0))
        texts = [
            b.text for i, b in enumerate(f.blocks[first : line + 4], first) if b.kind != "image" and i not in f.people
        ]
        return " · ".join(texts)[:400]


def vetoed(topic: Topic, barrier: str, proofs: list[Proven]) -> bool:
    """Whether a barrier outweighs every sign: always for some; for money, and where a
    word is missing without which nothing is that topic, unless a file of that name is linked."""
    if barrier in _VETOES:
        return True
    filed = any(p.proof.kind == "file" for p in proofs) and barrier in _FILE_PASSES
    if barrier == "district" and "news" not in topic.allow:
        return not filed
    return (barrier == "needs" or (bool(barrier) and topic.id in BUDGETS)) and not filed


def _namers(f: Features) -> dict[int, int]:
    """How many topics each title or heading names."""
    lines: Counter[int] = Counter()
    for topic, roles in f.strong.by_topic.items():
        if topic:
            lines.update({h.line for h in roles.get(words.NAME, ())})
    return dict(lines)
