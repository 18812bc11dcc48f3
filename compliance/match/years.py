"""Fiscal years: which ones a place shows, and whether they are current on a given day.

A posting date is not a fiscal year; neither is the year of a law that is cited, nor that of a copyright line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum

from compliance.model.criteria import YearRule
from compliance.read.dates import ANY_DATE, MONTH_AND_YEAR, with_years

_YEAR = r"((?:19|20)\d\d)"
_CITED = re.compile(
    r"\b(?:undang undang|uu|peraturan pemerintah|pp|permendagri|permendesa?\w*(?: pdtt?)?|permenpan\w*(?: rb)?|permenkeu|pmk"
    r"|permenkominfo|perpres|perbup|perwali|perda|pergub|perki|kepmen\w*|peraturan (?:menteri|presiden|bupati|wali ?kota|daerah|gubernur"
    r"|komisi informasi|kpk|lkpp|bpk)[a-z ]{0,80}?)(?: republik indonesia| ri)?(?: (?:nomor|no))? ?\d{1,3}[a-z]?(?: \w{1,8}){0,2}? tahun "
    r"(?:19|20)\d\d|\b(?:hak cipta|copyright|all rights|c) (?:19|20)\d\d(?: (?:19|20)\d\d)?"
    r"|\b(?:bulan )?(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)(?: tahun)? (?:19|20)\d\d"
    r"|\b(?:uu|pp) (?:no )?\d{1,3} (?:19|20)\d\d"
    r"|\b(?:diperbarui|update|updated|diposting|posting|diposkan|dipublikasikan|diunggah|diupload|terakhir diubah)(?: (?:pada|tanggal|tgl|tahun|bulan|hari|oleh|admin|operator|di|[a-z]{3,9}day|\d{1,2})){0,3} (?:19|20)\d\d"
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|&copy;)\s*(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?", re.I)
_OWN_NUMBER = re.compile(r"\b(?:nomor|no) ?[\w ]{1,24}? tahun " + _YEAR)
_BUDGET = re.compile(
    r"\b(?:tahun anggaran|t a|ta|tahun angg|anggaran tahun|tahun buku|setahun) "
    + _YEAR
    + r"(?: (?:dan|s d|sd|sampai|"
    + _YEAR
    + r") ?"
    + _YEAR
    + r"?)?"
)
_PERIOD = re.compile(_YEAR + r" (?:s d |sd |sampai dengan |sampai |hingga )?" + _YEAR)
_TAHUN = re.compile(r"\b(?:tahun|thn|th|periode|semester (?:i|ii|1|2)) (?:anggaran )?" + _YEAR)
_ANY = re.compile(r"(?<!\d)" + _YEAR + r"(?!\d)")
_HAS_YEAR = re.compile(r"(?:19|20)\d\d")
_MIN, _MAX = 2005, 2045


class YearState(StrEnum):
    """What a set of years means on a day."""

    CURRENT = "current"
    OUTDATED = "outdated"
    AHEAD = "ahead"
    MISSING = "missing"


def clean(raw: str) -> str:
    """A raw text prepared for reading years: dates, cited laws and copyright lines removed; normalised.

    A text without any year gives ''.
    """
    if "20" not in raw and "19" not in raw and "2O" not in raw and "2o" not in raw:
        return ""
    raw = with_years(raw)
    if not _HAS_YEAR.search(raw):
        return ""
    text = ANY_DATE.sub(" ", _COPYRIGHT.sub(" ", raw))
    text = re.sub(r"[^a-z0-9]+", " ", text.lower())
    return _CITED.sub(" ", text)


def clean_lines(raws: list[str]) -> list[str]:
    """Each text as `clean` gives it; a citation that runs over two printed lines ("… Nomor 14 / Tahun 2017") is one."""
    out: list[str] = []
    before = ""
    for raw in raws:
        text = clean(raw)
        if text and _NUMBER_ENDS.search(before):
            text = re.sub(r"^ ?tahun \d{4}", " ", text)
        out.append(text)
        before = raw
    return out


_NUMBER_ENDS = re.compile(r"\b(?:nomor|no\.?)\s*:?\s*[\w./-]{1,20}\s*$", re.I)


def _kept(found: list[str]) -> list[int]:
    return [y for y in (int(f) for f in found if f) if _MIN <= y <= _MAX]


def years_of(
    strong: list[str], body: Callable[[], list[str]], named: list[str], *, budget: bool, period: bool
) -> tuple[tuple[int, ...], bool]:
    """The fiscal years of a place, and whether they are the two ends of a period.

    `strong`: title, headings, file name. `named`: the blocks that name the topic. `body`: gives the rest, where it is asked
    for. All cleaned by `clean`. `budget`: the topic is a budget, plan or report, so the year in a regulation's own number
    does not count. `period`: the topic runs over several years.
    """
    if period:
        for first, last in _periods(strong, named, body):
            if 3 <= int(last) - int(first) <= _LONGEST:
                return (int(first), int(last)), True
    for texts in (strong, named):
        found = _of(texts, _BUDGET)
        if found:
            return found, False
    ranged = _ranges([*strong, *named]) or (() if budget else _ranges(body()))
    if ranged:
        return ranged, False
    stripped = [_OWN_NUMBER.sub(" ", t) for t in strong] if budget else strong
    for pattern in (_TAHUN, _ANY):
        found = _of(stripped, pattern)
        if found:
            return found, False
    found = _of(body(), _BUDGET)
    if found:
        return found, False
    stripped = [_OWN_NUMBER.sub(" ", t) for t in named] if budget else named
    for pattern in (_TAHUN, _ANY):
        found = _of(stripped, pattern)
        if found:
            return found, False
    return (), False


def _periods(strong: list[str], named: list[str], body: Callable[[], list[str]]) -> Iterator[tuple[str, str]]:
    """Two years that stand as the ends of a period; the running text is asked last."""
    for text in (*strong, *named):
        yield from _PERIOD.findall(text)
    for text in body():
        yield from _PERIOD.findall(text)


def told_years(body: list[str]) -> tuple[int, ...]:
    """What the running text says where nothing surer does: years said to be such, else the only year. All cleaned."""
    found = _of(body, _TAHUN)
    only = found or _of(body, _ANY)
    return only if found or len(only) == 1 else ()


def has_year(text: str) -> bool:
    """Whether a cleaned text names a year."""
    return bool(_ANY.search(text))


def as_at_years(texts: list[str]) -> tuple[int, ...]:
    """The year of the day for which a list says that it holds: "Data per Juni 2024"."""
    found = {y for text in texts if "20" in text for m in _AS_AT.finditer(text) for y in _kept(_ANY.findall(m[0]))}
    return (max(found),) if found else ()


_DAY = "senin|selasa|rabu|kamis|jum.?at|sabtu|ahad|minggu"
_SAID_DATE = rf"(?:{ANY_DATE.pattern})"
#: "Sukamaju, 4 Maret 2024" at the end of a line, which is no weekday's date.
_PLACE_AND_DATE = re.compile(
    rf"(?:^|[.:;|)\n]\s*)(?!(?i:{_DAY})\b)[A-Z][\w'’ -]{{2,40}},\s*(?i:tanggal\s*)?(?i:{_SAID_DATE})\W{{0,3}}(?:$|\n|\||[.(])"
)
_ADOPTED_ON = re.compile(
    rf"\b(?:ditetapkan|diundangkan|disahkan|ditandatangani|disepakati|dibuat|pada tanggal|pada hari|tertanggal|tanggal)\b[^.;\n]{{0,60}}?{_SAID_DATE}",
    re.I,
)
_STAMPED = re.compile(rf"\b(?:ttd|cap|stempel|tertanda)\b[^.\n]{{0,40}}?{_SAID_DATE}", re.I)
_AS_AT = re.compile(
    rf"\b(?:per|diperbarui(?: pada)?\s*:?|keadaan|kondisi|posisi|data per|sampai dengan|s\.?d\.?|hingga)\s+(?:tanggal\s+|akhir\s+)?"
    rf"(?:{_SAID_DATE}|{MONTH_AND_YEAR})",
    re.I,
)
#: "8–21 Mei 2025", "sejak Maret 2025": when something was done, in a sentence.
_DONE_ON = re.compile(
    rf"\b\d{{1,2}}\s?(?:-|–|s\.?d\.?|sampai|dan)\s?\d{{1,2}}\s+{MONTH_AND_YEAR}"
    rf"|\b(?:pada|tanggal|tgl|bulan|akhir|awal|selama)\s+(?:tanggal\s+|bulan\s+|hari\s+\w+\s+)?(?:{_SAID_DATE}|{MONTH_AND_YEAR})",
    re.I,
)
_HELD_ON = re.compile(rf"\b(?:{_DAY})\b\W{{0,3}}\s*(?:tanggal\s*)?{_SAID_DATE}", re.I)
#: A line of fewer words that holds a date is what the platform prints over an article.
_SENTENCE = 9


#: "Sejak Januari 2023 dipakai …": from when something holds.
_SINCE = re.compile(
    rf"\b(?:sejak|mulai|per|terhitung)\s+(?:tanggal\s+|bulan\s+)?(?:{_SAID_DATE}|{MONTH_AND_YEAR})", re.I
)


def dated_years(texts: list[str], *, report: bool, activity: bool) -> tuple[int, ...]:
    """The year in which a text says that it was signed, adopted, or (an activity) held: asked only where no year is
    named. Of a report only the day counts up to which it reports."""
    patterns = [_AS_AT] if report else [_PLACE_AND_DATE, _ADOPTED_ON, _STAMPED, _AS_AT, _SINCE]
    found: set[int] = set()
    for text in texts:
        if "20" not in text:
            continue
        tried = [*patterns, _HELD_ON, _DONE_ON] if activity and len(text.split()) >= _SENTENCE else patterns
        for pattern in tried:
            for match in pattern.finditer(text):
                found.update(_kept(_ANY.findall(match[0])))
    if not found and not report:
        # The days that its sentences tell, where they agree; what the platform prints over an article is no sentence.
        told = {
            y
            for text in texts
            if "20" in text and len(text.split()) >= _SENTENCE
            for match in _TOLD.finditer(text)
            for y in _kept(_ANY.findall(match[0]))
        }
        return tuple(told) if len(told) == 1 else ()
    return (max(found),) if found else ()


_TOLD = re.compile(rf"{_SAID_DATE}|{MONTH_AND_YEAR}", re.I)


def _ranges(texts: list[str]) -> tuple[int, ...]:
    """Every year of the first range that is said: "2023 s.d. 2025"."""
    for text in texts:
        for first, last in _RANGE.findall(text):
            if 0 < int(last) - int(first) <= _LONGEST:
                return tuple(y for y in range(int(first), int(last) + 1) if _MIN <= y <= _MAX)
    return ()


def column_years(cells: list[str]) -> tuple[int, ...]:
    """The years that stand in the first column of a table, a row each: a series over several years. `cells` are first cells."""
    found = {int(c) for c in (cell.strip() for cell in cells) if _ANY.fullmatch(c)}
    return tuple(sorted(y for y in found if _MIN <= y <= _MAX)) if len(found) >= _SERIES else ()


_SERIES = 2


def listed_years(names: list[str], *, budget: bool) -> tuple[int, ...]:
    """Every year that the names of files say, ranges filled: "APBDes 2022 s.d. 2025". All cleaned by `clean`."""
    found: set[int] = set()
    for name in names:
        text = _OWN_NUMBER.sub(" ", name) if budget and len(_ANY.findall(name)) > 1 else name
        for first, last in _RANGE.findall(text):
            if 0 < int(last) - int(first) <= _LONGEST:
                found.update(range(int(first), int(last) + 1))
        found.update(_kept(_ANY.findall(text)))
    return tuple(sorted(y for y in found if _MIN <= y <= _MAX))


_RANGE = re.compile(_YEAR + r" (?:s d|sd|sampai dengan|sampai|hingga) " + _YEAR)
_LONGEST = 10


def _of(texts: list[str], pattern: re.Pattern[str]) -> tuple[int, ...]:
    found: set[int] = set()
    for text in texts:
        for match in pattern.finditer(text):
            found.update(_kept(list(match.groups())))
    return tuple(sorted(found))


def judge_years(rule: YearRule, years: tuple[int, ...], period: bool, as_of: date) -> YearState:
    """What the years mean on the day `as_of` under a rule. Source: the year table of the instrument."""
    current = as_of.year
    if rule.any:
        return YearState.CURRENT
    if not years:
        return YearState.MISSING
    if rule.covers:
        first, last = min(years), max(years)
        if len(years) >= 2 or period:
            if first <= current <= last:
                return YearState.CURRENT
            return YearState.OUTDATED if last < current else YearState.AHEAD
        # A single year: a plan of six years that begins then.
        if first <= current <= first + 5:
            return YearState.MISSING
        return YearState.OUTDATED if first < current else YearState.AHEAD
    accepted = {current + offset for offset in rule.accept}
    if rule.due is not None and as_of <= date(current, int(rule.due[:2]), int(rule.due[3:])):
        accepted |= {current + offset for offset in rule.grace}
    shown = set(years)
    if period and len(years) == 2:
        shown = set(range(min(years), max(years) + 1))
    if shown & accepted:
        return YearState.CURRENT
    if all(y > max(accepted) for y in shown):
        return YearState.AHEAD
    return YearState.OUTDATED
