"""`make fit`: fits the weights of words and signs (criteria/words.yaml, confidence.yaml) on the tuned half of the pages.

A logistic regression with one weight a sign, corrections for the three kinds of topics, and one base a topic; all
drawn towards zero (ridge), so that a topic with few pages leans on what holds for its kind. The strength of that and
the two thresholds are chosen by cross-validation over pages of the tuned half; the measured half is never looked at.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections import Counter, defaultdict
from math import sqrt
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, lil_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from checks import parameters
from compliance.archive.atomic import write_atomic
from compliance.criteria import HOME, load, load_vocabulary
from compliance.lab.pages import PageSet, load_pages
from compliance.match.matcher import Matcher
from compliance.match.site import Frame, frame_of
from compliance.match.typical import PageWords, scaled
from compliance.match.village import village_names
from compliance.model.criteria import TypicalWords
from compliance.read import Reader, read
from tests.accuracy import DOUBTFUL, PAGES, PLAIN
from tests.documents.accuracy import KEPT
from tests.villages import media
from tests.villages.pool import Entry, half_of_pool
from tests.villages.shells import SHELLS, Page
from tests.villages.shells import Entry as Link
from tests.villages.truth import year_for
from tests.villages.world import filler, invent

_FOLDS = 10
_TEXT = {"pdf-text", "docx", "xlsx", "ods", "csv"}


class Cells:
    """The cells (page, topic) of the tuned half with their signs."""

    def __init__(self, pages: PageSet) -> None:
        vocabulary = load_vocabulary()
        self.topics = vocabulary.topics
        matcher = Matcher(vocabulary)
        aside = frozenset(vocabulary.lexicon.groups["aside_heading"])
        self.signs: list[dict[str, float]] = []
        self.topic: list[str] = []
        self.page: list[str] = []
        self.true: list[bool] = []
        self.lost: Counter[str] = Counter()
        #: Every cell, also those without signs: page, topic, true; and the words of each page.
        self.said: dict[str, PageWords] = {}
        self.all: list[tuple[str, str, bool]] = []
        self.reader = Reader(aside)
        self._kept(matcher)
        for entry in half_of_pool("tuned"):
            self._pooled(entry, matcher, aside)
        for page in pages.pages:
            document = read(page.url, page.html.encode(), aside_headings=aside)
            found, self.said[page.id] = matcher.signs(
                document, frame_of([document]), village_names([document], matcher.machine.name_words)
            )
            for topic in pages.cells(page):
                true = topic in page.discloses
                self.all.append((page.id, topic, true))
                signs = found.get(topic)
                if signs is None:
                    self.lost[topic] += true
                    continue
                self.signs.append(signs)
                self.topic.append(topic)
                self.page.append(page.id)
                self.true.append(true)

    def _pooled(self, entry: Entry, matcher: Matcher, aside: frozenset[str]) -> None:
        """A document of the pool: the topics of the items that it shows, and of those that it only resembles."""
        draw = random.Random(entry.id)
        village = invent(draw)
        year, _ = year_for(entry.codes or entry.near, entry.dated, draw, old=False)
        fill = filler(village, year, draw)
        shell = draw.choice(SHELLS)(village, _MENU, ())
        html = shell.html(Page(fill(entry.title), fill(entry.body), draw.choice(["", "12 Maret 2026"])))
        document = read(f"https://desa.example/{entry.id}", html.encode(), aside_headings=aside)
        found, said = matcher.signs(document, frame_of([document]), [village.name.lower()])
        self._take(entry, entry.id, found, said)
        if {"pdf", "docx"} & set(entry.form):
            body = media.pdf(fill(entry.body), fill(entry.title))
            file = self.reader.file(
                f"https://desa.example/{entry.id}.pdf", hashlib.sha256(body).hexdigest(), body, title=fill(entry.file)
            )
            self._take(entry, f"{entry.id}.pdf", *matcher.signs(file, Frame(frozenset()), [village.name.lower()]))

    def _take(self, entry: Entry, page: str, found: dict[str, dict[str, float]], said: PageWords) -> None:
        self.said[page] = said
        shown = {TOPICS[c] for c in entry.codes if c in TOPICS}
        near = set(TOPICS.values()) - {t for c in entry.codes for t in KIN.get(c, ())}
        for topic in sorted(shown | near):
            self.all.append((page, topic, topic in shown))
            if topic in found:
                self.signs.append(found[topic])
                self.topic.append(topic)
                self.page.append(page)
                self.true.append(topic in shown)

    def _kept(self, matcher: Matcher) -> None:
        """The kept documents (make accuracy-documents): each shows its topic; of others nothing is said."""
        for line in (KEPT / "truth.jsonl").read_text(encoding="utf-8").splitlines():
            truth = json.loads(line)
            if truth["medium"] not in _TEXT:
                continue
            body = (KEPT / truth["file"]).read_bytes()
            address = f"https://contoh.example/{truth['file']}"
            document = self.reader.file(address, hashlib.sha256(body).hexdigest(), body)
            found, self.said[truth["file"]] = matcher.signs(document, Frame(frozenset()), [])
            self.all.append((truth["file"], truth["topic"], True))
            if truth["topic"] in found:
                self.signs.append(found[truth["topic"]])
                self.topic.append(truth["topic"])
                self.page.append(truth["file"])
                self.true.append(True)

    def matrix(self) -> tuple[np.ndarray, list[tuple[str, str]]]:
        """Rows of signs, kind corrections and topic bases, with the name of each column."""
        columns: dict[tuple[str, str], int] = {}
        rows: list[dict[int, float]] = []
        for signs, topic in zip(self.signs, self.topic, strict=True):
            kind = self.topics[topic].kind
            row: dict[int, float] = {}
            for sign, value in [*signs.items(), ("base", 1.0)]:
                if sign != "base":
                    row[columns.setdefault(("", sign), len(columns))] = value
                row[columns.setdefault((kind, sign), len(columns))] = value * KIND
            row[columns.setdefault((f"topic:{topic}", "base"), len(columns))] = TOPIC
            for sign in TOPIC_SIGNS & set(signs):
                row[columns.setdefault((f"topic:{topic}", sign), len(columns))] = TOPIC * signs[sign]
            rows.append(row)
        matrix = np.zeros((len(rows), len(columns)))
        for index, row in enumerate(rows):
            for column, value in row.items():
                matrix[index, column] = value
        return matrix, list(columns)


def weigh_words(cells: Cells) -> dict[str, TypicalWords]:
    """Fits a weight a word for each topic, and gives every cell's signs the sign `words` as pages of other folds see it.

    The weights of the YAML come from all pages; a cell's own page never speaks for itself.
    """
    pages = sorted(cells.said)
    seen: Counter[tuple[str, str]] = Counter()
    for page in pages:
        seen.update(_marked(cells.said[page]))
    column = {word: i for i, word in enumerate(sorted(w for w, n in seen.items() if n >= COMMON))}
    matrix = lil_matrix((len(pages), len(column)))
    for row, page in enumerate(pages):
        said = cells.said[page]
        for part, word in _marked(said):
            if (part, word) in column:
                size = len(said.title if part == "title" else said.text)
                matrix[row, column[part, word]] = 1 / sqrt(max(1, size))
    matrix = matrix.tocsr()
    place = {page: row for row, page in enumerate(pages)}
    by_topic: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for page, topic, true in cells.all:
        by_topic[topic].append((place[page], true))
    scores: dict[tuple[str, str], float] = {}
    fitted: dict[str, TypicalWords] = {}
    names = list(column)
    for topic, known in sorted(by_topic.items()):
        rows, true = np.array([r for r, _ in known]), np.array([t for _, t in known])
        if true.sum() < POSITIVES or true.all():
            continue
        # A document and its page are one: they stay in one fold.
        groups = np.array([pages[r].removesuffix(".pdf") for r in rows])
        for train, test in GroupKFold(8, shuffle=True, random_state=7).split(rows, true, groups):
            weights, base = _heaviest(matrix[rows[train]], true[train])
            for row, score in zip(rows[test], matrix[rows[test]] @ weights + base, strict=True):
                scores[pages[row], topic] = float(score)
        weights, base = _heaviest(matrix[rows], true)
        parts: dict[str, dict[str, float]] = {"title": {}, "text": {}}
        for index in np.flatnonzero(weights):
            part, word = names[index]
            parts[part][word] = round(float(weights[index]), 1)
        fitted[topic] = TypicalWords(base=round(base, 2), title=parts["title"], text=parts["text"])
    for signs, topic, page in zip(cells.signs, cells.topic, cells.page, strict=True):
        if (page, topic) in scores:
            signs["words"] = scaled(scores[page, topic])
    return fitted


#: A word counts from so many pages on; a topic is weighed from so many disclosures on; so many words are kept a topic.
COMMON, POSITIVES, HEAVIEST = 3, 4, 100


def _marked(said: PageWords) -> list[tuple[str, str]]:
    return [("title", w) for w in said.title] + [("text", w) for w in said.text]


def _heaviest(matrix: csr_matrix, true: np.ndarray) -> tuple[np.ndarray, float]:
    fitted = LogisticRegression(C=20, solver="liblinear", max_iter=2000).fit(matrix, true)
    weights = fitted.coef_[0]
    least = np.sort(np.abs(weights))[-HEAVIEST] if len(weights) > HEAVIEST else 0
    return np.where(np.abs(weights) >= least, weights, 0.0), float(fitted.intercept_[0])


_MENU = (Link("Beranda", "/"), Link("Profil", "/profil"), Link("Keuangan", "/keuangan"), Link("PPID", "/ppid"))
#: Items that are a part of another item's topic, shown by documents that need not show the topic itself.
_PART_ONLY = frozenset({"1.1.9", "3.4.1b", "3.4.1d"})
#: The topic that an item is about. A document of the pool names every item that it shows, so it shows no other topic.
TOPICS = {
    e.code: str(e.check.params["topic"])
    for _, _, e in load("kpk-desa-antikorupsi", parameters()).instrument.items()
    if e.check.kind == "published" and e.code not in _PART_ONLY
}
#: Topics that a document of an item may show too: a revised budget is a budget, a report on an audit is supervision.
KIN = {
    "1.1.4": ("apbdes",),
    "1.3.4": ("gratifikasi",),
    "1.4.2": ("pengadaan",),
    "1.4.6": ("pengadaan",),
    "2.1.2": ("pengawasan",),
    "2.2.1": ("pengawasan",),
    "2.2.3": ("pengawasan", "lhp"),
    "2.3.4": ("pengawasan",),
}
#: From here on a person is asked: of places below it, hardly one in fifteen shows the thing.
DOUBT = 0.2
#: How freely a kind, and a topic, may differ from what holds for all (1 = as freely as the shared weight).
KIND, TOPIC = 0.6, 0.6
#: Signs that a topic may weigh in its own way.
TOPIC_SIGNS = {
    "name.title",
    "name.head",
    "proof.page",
    "proof.list",
    "proof.file",
    "proof.none",
    "marks.scope",
    "name.text",
}


def main() -> None:
    """Fits, chooses, prints what was reached in cross-validation, and writes the YAML."""
    cells = Cells(load_pages(PAGES, DOUBTFUL).half("tuned"))
    cells.reader.close()
    words = weigh_words(cells)
    matrix, columns = cells.matrix()
    true = np.array(cells.true)
    groups = np.array(cells.page)
    print(f"{len(true)} cells, {true.sum()} disclosed, {sum(cells.lost.values())} disclosed but never named or vetoed")
    print("  lost:", dict(cells.lost.most_common(12)))
    best: tuple[float, float, float] = (-1, 0, 0)
    plain = {p.id for p in load_pages(PLAIN).pages}
    plainly = np.array([p in plain for p in cells.page])
    hard = {p.id for p in load_pages(PAGES).pages} - plain
    shown = Counter(t for p, t, true in zip(cells.page, cells.topic, cells.true, strict=True) if true and p in plain)
    # A topic that the plain pages hardly show is learned from the hard ones.
    weight = np.array(
        [HARD if p in hard and shown[t] >= POSITIVES else 1.0 for p, t in zip(cells.page, cells.topic, strict=True)]
    )
    for strength in (0.5, 1.0):
        guessed = np.zeros(len(true))
        for train, test in GroupKFold(_FOLDS, shuffle=True, random_state=7).split(matrix, true, groups):
            guessed[test] = (
                model(strength).fit(matrix[train], true[train], weight[train]).predict_proba(matrix[test])[:, 1]
            )
        for threshold in np.arange(0.3, 0.9, 0.05):
            taken = guessed >= threshold
            macro, _, _ = figures(cells, taken)
            precision = (taken & true & plainly).sum() / max(1, (taken & plainly).sum())
            recall = (taken & true & plainly).sum() / (true & plainly).sum()
            near = taken[~true & plainly]
            if precision >= PRECISION and macro > best[0]:
                best = (macro, strength, float(threshold))
                print(
                    f"  C {strength} from {threshold:.2f}: macro F1 {macro:.3f} of all; on plain pages precision {precision:.3f}, "
                    f"recall {recall:.3f}, taken {sum(near)} of {len(near)}"
                )
    _, strength, threshold = best
    fitted = model(strength).fit(matrix, true, weight)
    write(fitted.intercept_[0], dict(zip(columns, fitted.coef_[0], strict=True)), threshold)
    write_words(words)


#: The plain pages are re-creations of real ones; the hard ones were written to be hard. The plain ones weigh more, and
#: among the settings that reach this precision on them (a false "published" hides corruption) the best F1 is taken.
HARD = 0.4
PRECISION = 0.91


def model(strength: float) -> LogisticRegression:
    """The regression with a given freedom."""
    return LogisticRegression(C=strength, max_iter=3000)


def figures(cells: Cells, taken: np.ndarray) -> tuple[float, float, float]:
    """Macro F1, micro precision and recall over the cells of the tuned half."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for topic, true, got in zip(cells.topic, cells.true, taken, strict=True):
        if true or got:
            counts[topic]["tp" if true and got else "fn" if true else "fp"] += 1
    for topic, lost in cells.lost.items():
        counts[topic]["fn"] += lost
    total = sum(counts.values(), Counter())
    f1 = [2 * c["tp"] / (2 * c["tp"] + c["fp"] + c["fn"]) for c in counts.values() if c["tp"] + c["fn"] >= 5]
    return (
        sum(f1) / max(1, len(f1)),
        total["tp"] / max(1, total["tp"] + total["fp"]),
        total["tp"] / max(1, total["tp"] + total["fn"]),
    )


def write(base: float, weights: dict[tuple[str, str], float], threshold: float) -> None:
    """The YAML, in a fixed order with three decimals."""
    shared: dict[str, float] = {}
    kinds: dict[str, dict[str, float]] = {"activity": {}, "page": {}, "document": {}}
    topics: dict[str, dict[str, float]] = defaultdict(dict)
    for (part, sign), weight in sorted(weights.items()):
        if abs(weight) < 0.02:
            continue
        if part == "":
            shared[sign] = round(weight, 3)
        elif part in kinds:
            kinds[part][sign] = round(weight * KIND, 3)
        else:
            topics[part.removeprefix("topic:")][sign] = round(weight * TOPIC, 3)

    def line(name: str, values: dict[str, float]) -> str:
        return f"{name}: {{{', '.join(f'{k}: {v:g}' for k, v in values.items())}}}"

    text = [
        "# yaml-language-server: $schema=./schema/confidence.schema.json",
        "# How much each sign speaks for (+) or against (-) a page showing a topic. Written by `make fit` from the tuned half of the",
        "# labelled pages; see compliance/match/signs.py for what each sign is, and `compliance accuracy` for what it comes to.",
        "schema: confidence/1",
        f"publish: {threshold:.2f}",
        f"doubt: {DOUBT}",
        f"base: {base:.3f}",
        "signs:",
        *(f"  {k}: {v:g}" for k, v in shared.items()),
        "kinds:",
        *(f"  {line(k, v)}" for k, v in kinds.items()),
        "topics:",
        *(f"  {line(k, v)}" for k, v in topics.items()),
    ]
    write_atomic(Path(HOME / "confidence.yaml"), "\n".join(text) + "\n")


def write_words(words: dict[str, TypicalWords]) -> None:
    """The YAML of words, alphabetically."""
    text = [
        "# yaml-language-server: $schema=./schema/words.schema.json",
        "# The words that are typical of pages which show a topic (+) or only talk about it (-), apart for titles and text.",
        "# Written by `make fit`; one sign among others (confidence.yaml, `words`), never a proof.",
        "schema: words/1",
        "topics:",
    ]
    for topic, known in words.items():
        text.append(f"  {topic}:")
        text.append(f"    base: {known.base:g}")
        for part, weights in (("title", known.title), ("text", known.text)):
            # Some words are values of their own in YAML ("yes", "no", "null").
            text.append(f"    {part}: {{{', '.join(f'{_quoted(w)}: {v:g}' for w, v in sorted(weights.items()))}}}")
    write_atomic(Path(HOME / "words.yaml"), "\n".join(text) + "\n")


def _quoted(word: str) -> str:
    return f'"{word}"' if word in {"yes", "true", "false", "off", "null", "nan", "inf"} else word


if __name__ == "__main__":
    sys.exit(main())
