"""The signs that speak for or against a page showing a topic: what an assessor notices at a glance, as numbers.

None of them is a phrase of one topic: they are kinds of evidence (where the name stands, which proof holds, figures,
clauses, signature, rows, files) and kinds of talk (an event told, a definition, a form, a promise, another authority).
Each lies between 0 and about 1. `compliance.match.confidence` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from math import log1p

from compliance.match import lexicon as words
from compliance.match.accounts import account_of
from compliance.match.features import Features, Scope
from compliance.model.criteria import Topic
from compliance.model.document import Link
from compliance.model.status import Region

# All are asked of the text in lower case.
_MONEY = re.compile(r"\brp\.?\s?\d|\d{1,3}(?:\.\d{3}){2,}|\d\s?(?:juta|mil[iy]ar)\b")
_TIME = re.compile(r"\d\s?(?:menit|jam|hari)\b|\d[.:]\d{2}\s?(?:-|–|s/?d\.?|sampai)\s?\d{1,2}[.:]\d{2}")
_PHONE = re.compile(r"(?<!\d)(?:\+?62|0)[\s.-]?8\d{1,2}(?:[\s.-]?\d{3,4}){2,3}(?!\d)")
_MAIL = re.compile(r"[\w+-]@[\w-]+\.\w")
_STREET = re.compile(r"\bjl\.|\bjalan (?=[^\W\d_])")
_BLANK = re.compile(r"_{4,}|\.{5,}|…{2,}")
_NUMBERED = re.compile(r"\bno(?:mor|\.)?\s*:?\s*[\w./-]{1,24}(?:\s+tahun\s+\d{4}|/\d{4})")
_FIGURE = re.compile(r"\d")
_NOT_ZERO = re.compile(r"[1-9]")
_ORDINAL = re.compile(r"^\s*[A-Za-z]{0,2}\d{1,3}\b[\s|.]|\b\d{1,3}\s?-\s?\d{1,3}\b")
_NUMBERED_STEP = re.compile(r"(?:^|[\n.;,]\s*|\s)\d{1,2}[).]\s")
_VILLAGE = re.compile(r" (?:desa|kalurahan|nagari|gampong|kampung|lembang|pekon|tiyuh|negeri|ohoi) ")


@dataclass(frozen=True, slots=True)
class Talk:
    """The signs of a whole document, computed once."""

    signs: dict[str, float]
    dead: tuple[Link, ...]


def talk_of(f: Features) -> Talk:
    """The signs that hold for every topic alike."""
    text = "\n".join(b.text for b in f.blocks if b.kind != "image")[:30_000].lower()
    head = f.head(60)
    hits, strong = f.hits, f.strong

    def some(group: str, most: int = 3) -> float:
        return min(len(hits.distinct("", group)), most) / most

    def first(group: str) -> float:
        return float(any(h.line in f.heads for h in strong.group(group)))

    count = f.words
    numbered = [b for b in f.blocks if b.kind == "row" and _FIGURE.search(b.text)]
    zeros = sum(not _NOT_ZERO.search(_ORDINAL.sub("", b.text)) for b in numbered)
    signs = {
        "zeros": zeros / len(numbered) if numbered else 0.0,
        "counted": min(len(numbered) - zeros, 6) / 6,
        "accounts": min(sum(k.region is Region.MAIN and account_of(k) is not None for k in f.document.links), 3) / 3,
        "steps": min(len(_NUMBERED_STEP.findall(text)) + len(hits.group("step")), 5) / 5,
        "offices": min(len(hits.group("office")), 6) / 6,
        "short": float(count < 30),
        "bare": float(count < 12),
        "long": min(log1p(count) / 7, 1.2),
        "event": some("event", 4),
        "event_title": first("event"),
        "training": some("training", 2),
        "training_title": first("training"),
        "preparation": some("preparation", 2),
        "preparation_title": first("preparation"),
        "definition": some("definition"),
        "definition_title": first("definition"),
        "define_verb": some("define_verb", 2),
        "invites": some("invites", 3),
        "invites_title": first("invites"),
        "howto": some("howto", 2),
        "howto_title": first("howto"),
        "explains": some("explains", 2),
        "explains_title": first("explains"),
        "intends": some("intends", 3),
        "intends_title": first("intends"),
        "form": some("form", 2),
        "form_title": first("form"),
        "sample": some("sample", 2),
        "request": some("request", 2),
        "announce": some("announce", 2),
        "announce_title": first("announce"),
        "placeholder": some("placeholder", 1),
        "placeholder_short": float(bool(hits.group("placeholder")) and count < 60),
        "draft": some("draft", 1),
        "district": some("district"),
        "district_title": first("district"),
        "authority": some("authority"),
        "authority_title": first("authority") * (1 - float(bool(_VILLAGE.search(" ".join(f.strong_text[:1]))))),
        "national": some("national"),
        "national_title": first("national"),
        "costing_title": first("costing"),
        "gallery": first("gallery"),
        "index": first("index"),
        "money": min(len(_MONEY.findall(text)), 6) / 6,
        "times": min(len(_TIME.findall(text)), 4) / 4,
        "reach": min(_reached(text), 3) / 3,
        "signed": min(len(hits.group("signed")), 2) / 2,
        "blank": min(len(_BLANK.findall(text)), 3) / 3 if any(x in text for x in _BLANKS) else 0.0,
        "numbered": min(len(_NUMBERED.findall(text)), 2) / 2,
        "coming": min(len(hits.group("coming")), 4) / 4,
        "question": min(text.count("?"), 3) / 3,
        "held": min(len(hits.group("held")), 4) / 4,
        "picture": min(len(hits.group("picture")), 3) / 3,
        "digits": min(len(_FIGURE.findall(text)) / max(1, len(text)) * 8, 1.0),
        "clauses": min(f.clauses, 5) / 5,
        "regulation": float(bool(f.regulation)),
        "regulation_head": float(bool(re.search(r"\b(?:peraturan|keputusan|qanun)\b", head))),
        "images": min(sum(b.kind == "image" and b.region is Region.MAIN for b in f.blocks), 4) / 4,
        "crowd": min(log1p(len(hits.topics())) / 3, 1.0),
    }
    dead = tuple(k for k in f.document.links if k.region is Region.MAIN and not k.url and k.text.strip())
    return Talk({k: v for k, v in signs.items() if v}, dead)


_BLANKS = ("____", ".....", "……")


def _reached(text: str) -> int:
    """How many telephone numbers, e-mail addresses and streets a text gives."""
    count = len(_PHONE.findall(text)) + len(_STREET.findall(text))
    return count + len(_MAIL.findall(text)) if "@" in text else count


def signs_of(
    topic: Topic,
    f: Features,
    talk: Talk,
    scope: Scope | None,
    proofs: Collection[str],
    barrier: str,
    namers: dict[int, int],
) -> dict[str, float]:
    """The signs for one topic. `proofs`: kinds of proof that hold; `namers`: how many topics each strong text names."""
    names = f.hits.of(topic.id, words.NAME)
    strong = f.strong.of(topic.id, words.NAME)
    weak = f.strong.of(topic.id, words.WEAK)
    titled = [h for h in strong if f.strong_at[h.line] < 0]
    headed = [h for h in strong if h.line in f.heads]
    files = sum(bool(h.of(topic.id, words.NAME)) for _, _, h in f.files)
    marks = f.hits.distinct(topic.id, words.MARK)
    inside = scope.distinct(f.hits.of(topic.id, words.MARK)) if scope else marks
    size = scope.words if scope else f.words
    rows = scope.rows if scope else 0
    out = {
        "name.title": float(bool(titled)),
        "name.head": float(bool(headed) and not titled),
        "name.heading": float(bool(strong) and not headed and not titled),
        "name.weak": float(bool(weak) and not strong),
        "name.text": float(bool(names) and not strong),
        "name.none": float(not names and not strong and not weak),
        "name.often": min(len({h.line for h in names}), 4) / 4,
        "name.shared": min(min((namers.get(h.line, 1) for h in strong), default=1) - 1, 3) / 3,
        "name.money": min(sum(bool(_MONEY.search(f.blocks[i].text.lower())) for i in {h.line for h in names}), 2) / 2,
        "name.digits": min(sum(bool(_FIGURE.search(f.blocks[i].text)) for i in {h.line for h in names}), 3) / 3,
        "url": float(any(u in f.document.url.lower() for u in topic.urls)),
        "marks": min(log1p(len(marks)) / 2.5, 1.2),
        "marks.scope": min(log1p(len(inside)) / 2.5, 1.2),
        "marks.dense": min(len(inside) / max(4.0, size / 12), 1.0),
        "scope.words": min(log1p(size) / 6, 1.2),
        "scope.part": float(scope is not None and scope.lines is not None),
        "rows": min(log1p(rows) / 3, 1.2),
        "files": min(files, 3) / 3,
        "dead": float(any(words.normal(k.text) and topic_named(f, topic, k) for k in talk.dead)),
        "needs": float(
            bool(topic.needs) and not (f.hits.of(topic.id, words.NEED) or f.strong.of(topic.id, words.NEED))
        ),
        "negative": float(bool(f.hits.of(topic.id, words.NEGATIVE))),
        "mention": float(bool(f.hits.of(topic.id, words.MENTION))),
    }
    out |= {f"proof.{kind}": 1.0 for kind in proofs}
    if not proofs:
        out["proof.none"] = 1.0
    if f.document.kind != "html":
        out["file"] = 1.0
        out["file.head"] = float(bool(titled or headed))
    level = next(n for n in _LEVELS if out.get(f"name.{n}"))
    # Marks say much under the topic's own name, and little where it stands in passing.
    out[f"marks.{level}"] = out["marks.scope"]
    if proofs and not barrier:
        out["proof.clean" if level in {"title", "head", "heading"} else "proof.faint"] = 1.0
    if barrier:
        out[f"barrier.{barrier}"] = 1.0
    return {k: v for k, v in out.items() if v} | talk.signs


_LEVELS = ("title", "head", "heading", "weak", "text", "none")


def topic_named(f: Features, topic: Topic, link: Link) -> bool:
    """Whether a link without a target names the topic."""
    text = words.normal(link.text)
    return any(f" {h.phrase} " in text for h in f.hits.of(topic.id, words.NAME))
