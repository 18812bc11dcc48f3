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
from compliance.match.features import Features, Scope, features_of, scope_of
from compliance.match.lexicon import Automaton, automaton
from compliance.match.proven import Proven, reasons_of
from compliance.match.signs import Talk, signs_of, talk_of
from compliance.match.site import Frame, site_segments
from compliance.match.typical import PageWords, Typical, words_of
from compliance.match.village import other_village
from compliance.match.years import clean, column_years, dated_years, listed_years, years_of
from compliance.model.criteria import Proof, Topic
from compliance.model.document import Document
from compliance.model.evidence import Disclosure, Reason
from compliance.model.status import Region, Strength

#: Topics whose figures make a repeated block (a widget, a footer) a disclosure of the site.
WIDGET_TOPICS = ("realisasi", "apbdes", "dana_desa", "add")
#: Topics that a block of the content shows even where it repeats on most pages: a complaint form in a dialog.
SERVICE_TOPICS = ("pengaduan", "maklumat")
_BUDGET_RULES = {"budget", "budget_change", "report", "plan"}
#: Year rules for which the day of signing or holding tells the year where nothing else does.
_DATED_RULES = {"recent", "planning", "in_force", "report"}
#: Labelled amounts of a topic, with nothing against them, were right in all but three of a hundred labelled cases.
_FIGURES_CONFIDENCE = 0.95
#: So sure of a topic that is never named that a person is asked.
_UNNAMED = 0.85
#: So sure of a topic that only the running text names that it is claimed.
_PASSING = 0.8
_LEAST = 0.001
#: A block with figures or a complaint form that repeats on the site's pages; its few words make no scorecard.
_WIDGET_CONFIDENCE = 0.9
_DIGITS = re.compile(r"\d{2}")
#: What no other sign outweighs.
_VETOES = {"other_village", "draft", "not_found", "placeholder"}
#: What speaks against a page's prose does not speak against a file that it links.
_FILE_PASSES = {"definition", "preparation", "training", "sample", "needs"}
#: So many different marks make a page a candidate for a topic that it never names.
_MARKED = 5


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
            self._judge(self.vocabulary.topics[t], features, talk, namers, said) for t in self._candidates(features)
        ]

    def signs(
        self, document: Document, frame: Frame, own_names: list[str]
    ) -> tuple[dict[str, dict[str, float]], PageWords]:
        """What the weights are fitted on: the signs for every topic that a document may show and no barrier forbids,
        and the document's words, of which the sign `words` is made."""
        features = self._features(document, frame, own_names)
        talk, namers = talk_of(features), _namers(features)
        found = {}
        for topic_id in self._candidates(features):
            topic = self.vocabulary.topics[topic_id]
            proven = self._proofs(topic, features)
            barrier = barrier_of(topic, features)
            if not vetoed(topic, barrier, proven):
                found[topic_id] = self._signs(topic, features, talk, namers, proven, barrier)
        return found, words_of(features)

    def _features(self, document: Document, frame: Frame, own_names: list[str]) -> Features:
        blocks = frame.content(document)
        features = features_of(document, blocks, self.machine)
        features.stranger = other_village(document, blocks, own_names, self.machine.words)
        return features

    @staticmethod
    def _candidates(f: Features) -> list[str]:
        """Topics that are named, and those of which the text holds much without a name."""
        named = f.hits.topics() | f.strong.topics() | {t for _, _, h in f.files for t in h.topics()}
        marked = {
            t
            for t, roles in f.hits.by_topic.items()
            if t and len({h.phrase for h in roles.get(words.MARK, ())}) >= _MARKED
        }
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

    def _judge(
        self, topic: Topic, f: Features, talk: Talk, namers: dict[int, int], said: PageWords
    ) -> Disclosure:
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
            # What is never named may be asked of a person where much speaks for it, and is not claimed.
            most = self.card.publish if confidence >= _UNNAMED else self.card.doubt
            confidence = min(confidence, most - _LEAST)
        elif "name.text" in signs and confidence < _PASSING:
            # Named in passing, on a page that is headed by something else.
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
        years, period = self._years(topic, f, proven) if confidence >= self.card.doubt or proven else ((), False)
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
            parts=_parts(topic, f, proven),
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

    def _years(self, topic: Topic, f: Features, proven: Proven | None) -> tuple[tuple[int, ...], bool]:
        if proven and proven.years:
            return proven.years, False
        budget = topic.year in _BUDGET_RULES or topic.id in BUDGETS
        if proven and proven.proof.kind == "file":
            names = [clean(name) for _, name, hits in f.files if hits.of(topic.id, words.NAME)]
            if topic.year == "midterm":
                found = years_of(names, list, [], budget=budget, period=True)
                if found[0]:
                    return found
            elif listed := listed_years(names, budget=budget):
                return listed, False
        lines = {h.line for h in f.hits.of(topic.id, words.NAME)}
        named = [clean(f.blocks[i].text) for i in sorted(lines)[:40]]
        found = years_of(f.strong_years, f.body_years, named, budget=budget, period=topic.year == "midterm")
        if not found[0] and (series := column_years([b.cells[0] for b in f.blocks if b.kind == "row" and b.cells])):
            return series, False
        if found[0] or topic.year not in _DATED_RULES:
            return found
        texts = [b.text for b in f.blocks if b.kind != "image"]
        return dated_years(texts, report=topic.year == "report", activity="news" in topic.allow), False


def _parts(topic: Topic, f: Features, proven: Proven | None) -> tuple[str, ...]:
    """The parts of a topic that stand where it is shown."""
    if proven is None or proven.scope is None:
        return ()
    scope = proven.scope
    return tuple(
        p
        for p in topic.parts
        if len(scope.distinct(f.hits.of(topic.id, words.PART + p))) >= topic.part_counts.get(p, 1)
        and (p not in topic.part_rows or _beside_amounts(topic, p, f, scope) >= topic.part_rows[p])
    )


def _beside_amounts(topic: Topic, part: str, f: Features, scope: Scope) -> int:
    """How many rows with an amount hold a part, in their own words or in a column that is headed by it."""
    marked = {h.line for h in f.hits.of(topic.id, words.PART + part)}
    rows = [r for group, _ in f.groups for r in group.rows if r.line in scope]
    figures = {r.line for r in rows}
    columns: dict[int, set[int]] = {}
    for line in marked - figures:
        block = f.blocks[line]
        if block.kind == "row":
            said = {h.phrase for h in f.hits.of(topic.id, words.PART + part) if h.line == line}
            headed = {i for i, c in enumerate(block.cells) if any(f" {s} " in words.normal(c) for s in said)}
            columns.setdefault(block.table, set()).update(headed)
    count = 0
    for line in figures:
        block = f.blocks[line]
        cells = [block.cells[i] for i in columns.get(block.table, ()) if block.kind == "row" and i < len(block.cells)]
        count += line in marked or any(re.search(r"[A-Za-z0-9]", c) for c in cells)
    return count


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
