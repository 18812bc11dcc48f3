"""How likely a link leads to a disclosure: by its text, its row, and its address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from compliance.criteria import Vocabulary
from compliance.match import lexicon as words
from compliance.match.features import is_document_link, name_of
from compliance.match.lexicon import automaton, normal
from compliance.model.document import Link
from compliance.model.status import Region

#: Places that hold lists of documents, whatever their subject.
STORES = ("perdes", "ppid", "antikorupsi", "sk_kades")
_HUB = re.compile(
    r"\b(?:transparansi|dokumen|informasi|layanan|pelayanan|profil|download|unduhan|unduh|pemerintahan|regulasi|peraturan|publikasi|keuangan|"
    r"pembangunan|lembaga|laporan|data|arsip|anggaran|akuntabilitas|integritas|desa anti ?korupsi|indikator|evidence|bukti)\b"
)
_LOW = re.compile(
    r"/(?:tag|author|feed|category|kategori|label|search|page|arsip|archive|login|siteman|wp-admin|cart|lapak|galeri)(?:/|$)|[?&](?:page|paged|s|q|cari|sort|order|replytocom|month|date|tgl)=",
    re.I,
)
_DEAD = re.compile(r"/first/(?:kategori|arsip)/\d+|/index\.php/first/(?:kategori|arsip)/\d+")


@dataclass(frozen=True, slots=True)
class Scored:
    """A link's topics (named in text, row, file name or address) and its crawl score."""

    topics: frozenset[str]
    score: int


class LinkScorer:
    """Scores links; the same link always gets the same score."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._machine = automaton(vocabulary)
        self._urls = [(t.id, normal(u)) for t in vocabulary.topics.values() for u in t.urls]
        #: Topics that villages show as a poster: the budget and its parts.
        self.posters = frozenset(t.id for t in vocabulary.topics.values() if t.fix_on == "budget")
        self._texts: dict[str, frozenset[str]] = {}
        self._groups: dict[tuple[str, str], bool] = {}
        self._known: dict[tuple[str, str, str, Region, str], Scored] = {}

    def score(self, link: Link) -> Scored:
        """The topics and score of a link found on a page."""
        key = (link.url, link.text, link.heading if is_document_link(link) else "", link.region, link.tag)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._score(link)
        return known

    def score_text(self, text: str) -> frozenset[str]:
        """The topics that a text names."""
        found = self._texts.get(text)
        if found is None:
            roles = self._machine.find([normal(text)]).by_topic
            found = self._texts[text] = frozenset(t for t, r in roles.items() if t and words.NAME in r)
        return found

    def names_group(self, text: str, group: str) -> bool:
        """Whether a text has a phrase of a group of the lexicon."""
        found = self._groups.get((text, group))
        if found is None:
            found = self._groups[text, group] = bool(self._machine.find([normal(text)]).group(group))
        return found

    def poster_topics(self, text: str) -> set[str]:
        """The topics that a picture's name claims; a photograph of a training or meeting claims none."""
        hits = self._machine.find([normal(text)])
        if any(hits.group(g) for g in ("training", "preparation", "event", "announce")):
            return set()
        return {t for t, roles in hits.by_topic.items() if t and roles.get(words.NAME)}

    def _score(self, link: Link) -> Scored:
        document = is_document_link(link)
        text = normal(name_of(link) if document else link.text)
        hits = self._machine.find([text])
        topics = {t for t, roles in hits.by_topic.items() if t and roles.get(words.NAME)}
        path = normal(unquote(urlsplit(link.url).path))
        by_url = self._machine.find([path])
        topics |= {t for t, roles in by_url.by_topic.items() if t and roles.get(words.NAME)}
        hinted = {t for t, form in self._urls if form in path}
        named = topics - {"berita"}
        score = 10 * min(2, len(named)) + 4 * bool(hinted - {"berita"})
        if _HUB.search(text) or _HUB.search(path):
            score += 4
        if link.region in {Region.MENU, Region.HEADER}:
            score += 6
        elif link.region is Region.FOOTER:
            score += 1
        elif link.region is Region.ASIDE:
            score -= 2
        if document:
            score += 2
        if _LOW.search(link.url):
            score -= 8
        if _DEAD.search(link.url):
            # Made by the software, often dead: visited last, and never held against or for the village.
            return Scored(frozenset(), score - 12)
        return Scored(frozenset(named), score)
