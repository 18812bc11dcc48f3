"""The whole measurement: read the pages, run the matchers, count."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from time import perf_counter

from compliance import __version__
from compliance.criteria import Vocabulary
from compliance.lab.matchers import Judge, Ours, keyword, phrase
from compliance.lab.measure import Verdicts, errors_of, gap_of, part_of
from compliance.lab.pages import Half, PageSet
from compliance.lab.report import Accuracy, Part
from compliance.model.document import Document
from compliance.read import read

HALVES: tuple[Half, ...] = ("tuned", "measured")


def measure(pages: PageSet, vocabulary: Vocabulary, progress: Callable[[str], None] = lambda _: None) -> Accuracy:
    """The report on labelled pages. Pure but for the clock, which gives milliseconds a page."""
    progress("membaca")
    aside = frozenset(vocabulary.lexicon.groups["aside_heading"])
    started = perf_counter()
    documents = {p.id: read(p.url, p.html.encode(), aside_headings=aside) for p in pages.pages}
    reading = perf_counter() - started
    progress("mencocokkan")
    ours = Ours(vocabulary)
    verdicts = _verdicts(pages, documents, ours)
    progress("menghitung")
    whole = part_of(pages, verdicts)
    references = {
        name: _halves(pages, _verdicts(pages, documents, judge), intervals=False)
        for name, judge in (("keyword", keyword(vocabulary)), ("phrase", phrase(vocabulary)))
    }
    count = max(1, len(pages.pages))
    return Accuracy(
        tool=f"desa-compliance {__version__}",
        vocabulary=fingerprint(vocabulary),
        pages=len(pages.pages),
        topics_unmeasured=unmeasured(pages, vocabulary),
        macro=whole.macro,
        macro_all=whole.macro_all,
        micro=whole.micro,
        false_disclosure_rate=whole.false_disclosure.rate,
        false_disclosure_rate_hard=whole.false_disclosure_hard.rate,
        fiscal_year_accuracy=whole.fiscal_years.rate,
        topics=whole.topics,
        errors=errors_of(pages, verdicts),
        whole=whole,
        halves=_halves(pages, verdicts),
        gap=gap_of(pages, verdicts),
        references=references,
        milliseconds_per_page={
            "read": round(1000 * reading / count, 2),
            "match": round(1000 * ours.seconds / count, 2),
        },
    )


def unmeasured(pages: PageSet, vocabulary: Vocabulary) -> list[str]:
    """Topics of the vocabulary that no page discloses or only seems to."""
    known = {t for p in pages.pages for t in p.labels if (p.id, t) not in pages.doubtful}
    return sorted(t for t in vocabulary.topics if t not in known)


def fingerprint(vocabulary: Vocabulary) -> str:
    """A short name of the vocabulary's whole content."""
    return hashlib.sha256(repr(vocabulary).encode()).hexdigest()[:16]


def _verdicts(pages: PageSet, documents: dict[str, Document], judge: Judge) -> Verdicts:
    return {p.id: judge(p, documents[p.id]) for p in pages.pages}


def _halves(pages: PageSet, verdicts: Verdicts, *, intervals: bool = True) -> dict[str, Part]:
    return {name: part_of(pages.half(name), verdicts, intervals=intervals) for name in HALVES}
