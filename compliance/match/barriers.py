"""What speaks against taking a document for the thing that it names."""

from __future__ import annotations

import re

from compliance.match import lexicon as words
from compliance.match.features import Features
from compliance.model.criteria import Topic

#: A draft is called so among the first blocks of a page.
_TOP = 12
_EVENT_ENOUGH = 3
_ADOPTED = re.compile(
    r" (?:ditetapkan menjadi|telah ditetapkan|disahkan menjadi|telah disahkan|sudah ditetapkan|akan dibahas|tahun depan) "
)
_UNADOPTED = re.compile(r" (?:belum (?:ditetapkan|disahkan|disepakati|final)|untuk dibahas|bahan pembahasan) ")
_DRAFT = re.compile(r" (?:draft?|konsep|rancangan|usulan) ")
#: A line that says of the document that it is a draft has at most so many words.
_DRAFT_LINE = 14
#: A note at the foot has at most so many words.
_NOTE = 25
_SAY_WHAT_IT_IS = {"form", "training"}
#: A budget of one work, or of one payment, is not the village's budget.
BUDGETS = {"apbdes", "apbdes_perubahan", "realisasi", "dana_desa", "add"}
#: What the village passes as its budget, and the plans before it.
_PASSED, _PLANNED = frozenset({"apbdes", "apbdes_perubahan", "add"}), frozenset({"rkpdes", "rpjmdes"})
#: "Hasil SKM Kecamatan …", "SOP Dinas Kependudukan": whose document it is.
_OTHERS = re.compile(
    r" (?:kecamatan|dinas|disdukcapil|dukcapil|puskesmas|kabupaten|provinsi|bpjs|polsek|polres|sd|sdn|smp|smpn|sma|kua) (?!ke )\w"
)
_VILLAGE = re.compile(r" (?:desa|kalurahan|nagari|gampong|kampung|lembang|pekon|tiyuh|negeri) ")


def barrier_of(topic: Topic, f: Features) -> str:
    """What speaks against a disclosure, or ''. The order is from the surest to the weakest sign."""
    strong, hits = f.strong, f.hits
    if f.stranger:
        return "other_village"
    # A meeting may be about a draft; the thing itself may not be one.
    if "preparation" not in topic.allow and _drafted(topic, f):
        return "draft"
    if strong.group("not_found") and f.words < 40:
        return "not_found"
    if hits.group("placeholder") and f.words < 60 and not f.figures and not f.files:
        return "placeholder"
    if _over(topic, f, "form") or f.unfilled:
        return "form"
    if _district(f):
        return "district"
    if topic.id in BUDGETS and _costing(topic, f):
        return "costing"
    if topic.id in _PASSED and _planned(f):
        return "plan"
    if hits.of(topic.id, words.NEGATIVE):
        return "negative"
    if topic.needs and not (hits.of(topic.id, words.NEED) or strong.of(topic.id, words.NEED)):
        return "needs"
    if "training" not in topic.allow and _over(topic, f, "training"):
        return "training"
    if "preparation" not in topic.allow and _over(topic, f, "preparation"):
        return "preparation"
    if hits.group("sample") and not f.figures:
        return "sample"
    if "definition" not in topic.allow and _defines(topic, f):
        return "definition"
    return ""


def _over(topic: Topic, f: Features, group: str) -> bool:
    """Whether a word of a group stands in the title, or in a heading that names the topic: it speaks of the topic.

    In other headings of the page it speaks of something else.
    """
    said = f.strong.group(group)
    if not said:
        return False
    named = {h.line for h in f.strong.of(topic.id, words.NAME)}
    # "Pembentukan tim …" in the subject of a decree is what it decides, not that it is still being prepared.
    firsts = f.heads if group in _SAY_WHAT_IT_IS else {i for i in f.heads if f.strong_at[i] < 0}
    return any(h.line in firsts or h.line in named for h in said)


def _drafted(topic: Topic, f: Features) -> bool:
    """A draft says so in its title, or in a line that names it near the top; once adopted, it is none."""
    drafts = f.hits.group("draft")
    if not drafts and not f.strong.group("draft"):
        return False
    named = {h.line for h in f.hits.of(topic.id, words.NAME)}
    lines = {h.line for h in drafts if h.line < _TOP}
    # A headline about the draft of another plan says nothing of this one.
    kin = BUDGETS if topic.id in BUDGETS else {topic.id}
    others = {
        h.line for t, roles in f.hits.by_topic.items() if t and t not in kin for h in roles.get(words.NAME, ())
    } - named
    said = any(
        not _ADOPTED.search(f.lines[n])
        for n in lines
        # In a row of a table it is one of the papers that a step needs.
        if n in named or (f.counts[n] <= _DRAFT_LINE and n not in others and f.blocks[n].kind != "row")
    )
    # A note at the foot says it in so many words.
    said = said or any(_unadopted(f.lines[h.line]) for h in drafts if f.counts[h.line] <= _NOTE)
    titles = [f.strong_text[h.line] for h in f.strong.group("draft") if h.line in f.heads]
    return said or any(not _ADOPTED.search(t) for t in titles)


def _unadopted(line: str) -> bool:
    return bool(_DRAFT.search(line) and _UNADOPTED.search(line))


def _defines(topic: Topic, f: Features) -> bool:
    """A page that says what the thing is, instead of showing it."""
    titled = _over(topic, f, "definition")
    if f.clauses >= 3 or f.figures >= (6 if titled else 3):
        return False
    if titled:
        return True
    verbs = f.hits.group("define_verb")
    if not verbs:
        return False
    phrases = {h.phrase for h in verbs}
    lines = {h.line for h in verbs}
    return any(_defined(f.lines[h.line], h.phrase, phrases) for h in f.hits.of(topic.id, words.NAME) if h.line in lines)


def _defined(line: str, name: str, verbs: set[str]) -> bool:
    """Whether one of the verbs follows a name within a few words."""
    after = line[line.index(f" {name} ") + len(name) + 1 :] if f" {name} " in line else ""
    return any((at := after.find(f" {verb} ")) >= 0 and after.count(" ", 0, at) <= _DEFINED_WITHIN for verb in verbs)


#: So many words may stand between a name and the verb that defines it.
_DEFINED_WITHIN = 4


def is_news(f: Features) -> bool:
    """An account of an event: several words of meeting and attending, and no text of the thing itself."""
    events = f.hits.distinct("", "event") if f.hits.by_topic.get("") else set()
    return len(events) >= _EVENT_ENOUGH and f.clauses < 2


def is_letter(f: Features) -> bool:
    """A declaration speaks in the first person or under oath, and is not an article about one."""
    text = " ".join(f.lines)
    spoken = re.search(r" (?:kami|saya|dengan ini|yang bertanda ?tangan|menyatakan|berjanji|sanggup) ", text)
    return bool(spoken) and not is_news(f)


def _costing(topic: Topic, f: Features) -> bool:
    """Whether a document says first that it is the costing of a work or a receipt, and is not named for the topic."""
    named = {h.line for h in f.strong.of(topic.id, words.NAME)}
    return not (named & f.heads) and any(h.line in f.heads for h in f.strong.group("costing"))


def _planned(f: Features) -> bool:
    """Whether a document is headed as a work plan or a medium-term plan, and not as a budget: what stands there are
    indicative ceilings. Source: the instrument asks for plans (1.1.1, 1.1.2) and budget (1.1.3) as different documents."""

    def headed(topics: frozenset[str]) -> bool:
        return any(h.line in f.heads for t in topics for h in f.strong.of(t, words.NAME))

    return headed(_PLANNED) and not headed(_PASSED | {"realisasi"})


def _district(f: Features) -> bool:
    """A title that names the district and no village: a document of somebody else."""
    found = f.strong.group("district")
    titles = " ".join(f.strong_text[i] for i in sorted(f.heads))
    if _OTHERS.search(f" {f.strong_text[0]} ") and not _VILLAGE.search(f" {titles} "):
        return True
    if not found:
        return False
    if not any(f" {h.phrase} " in f" {titles} " for h in found):
        return bool(re.search(r" dinas | kabupaten ", f" {titles} ")) and not _VILLAGE.search(f" {titles} ")
    return not _VILLAGE.search(f" {titles} ")
