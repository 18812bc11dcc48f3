"""Whose an account is: what it is called, what it says of itself, and what it links. Source: social accounts §1."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from compliance.match.village import NO_NAMES, SPLIT_PARTS
from compliance.model.accounts import Observed, Ownership
from compliance.model.site import AccountSeen

_VILLAGE_ID = re.compile(
    r"(?:pem(?:erintah)?[._-]?)?(?:des|desa|kalurahan|kelurahan|nagari|gampong|kampung|pekon|lembang)[._-]?[a-z]{4,}"
)
_KIND_BEFORE = re.compile(
    r"^(?:pemerintah|pemdes|pem)?(?:desa|kalurahan|kelurahan|nagari|gampong|kampung|pekon|lembang)?"
)
_LONG_NAME = 6
_SHARED = frozenset({"sites.google.com", "docs.google.com", "drive.google.com", "linktr.ee", "s.id", "bit.ly"})
#: What a village is called, in front of its name; and offices, schools and clinics that bear a village's name too.
_KINDS = frozenset(
    [
        "pemdes",
        "desa",
        "ds",
        "kalurahan",
        "kelurahan",
        "nagari",
        "gampong",
        "kampung",
        "pekon",
        "lembang",
        "tiyuh",
        "negeri",
        "pemnag",
        "pemkal",
    ]
)
_OFFICES = frozenset(
    [
        "kecamatan",
        "kec",
        "camat",
        "kabupaten",
        "kab",
        "pemkab",
        "pemkot",
        "pemprov",
        "bupati",
        "gubernur",
        "dinas",
        "diskominfo",
        "kominfo",
        "dpmd",
        "dinsos",
        "disdukcapil",
        "inspektorat",
        "dprd",
        "puskesmas",
        "polsek",
        "polres",
        "polda",
        "koramil",
        "kodim",
        "kua",
        "sd",
        "sdn",
        "smp",
        "smpn",
        "sma",
        "sman",
        "smk",
        "tk",
        "paud",
    ]
)
_OFFICIAL = re.compile(
    r"(?:(?:resmi|official)\s+(?:pemerintah\s+|pemdes\s+)?|pemerintah\s+|pemdes\s+)(?:desa\s+|kalurahan\s+|nagari\s+|gampong\s+|pekon\s+)([A-Za-z][\w-]*(?:\s+[A-Z][\w-]*)?)",
    re.I,
)
_ABOUT = 500


def ownership_of(back: bool, names: list[str], observed: Observed, account: AccountSeen) -> Ownership:
    """Whose an account is, by what it is called, then by what it says of itself, then by the links between the two.

    Site and account naming one another is proof. An account that is called after another village, a part that was split
    off ours, or an office above or beside the village is not the village's, whatever it links. Names in a description
    are neighbours, hamlets and programmes; only "resmi Pemerintah Desa X" says whose it is. Source: rule of ownership,
    social accounts §1.
    """
    own = [_squeeze(n) for n in names if n]
    words = _words(observed.name)
    first = next((w for w in words if w in _OFFICES or w in _KINDS), "")
    if own and first in _OFFICES:
        return Ownership.CONTRADICTED
    ours = _places(words, own)
    if own and words and not ours:
        for index, word in enumerate(words):
            if word in _KINDS and any(
                w not in NO_NAMES and w not in _KINDS and len(w) > 3 for w in words[index + 1 : index + 4]
            ):
                return Ownership.CONTRADICTED
    if any(_split_off(words, end, names) for _, end in ours):
        return Ownership.CONTRADICTED
    identity = _squeeze(account.canonical_id)
    if own and not ours and not any(o in identity for o in own):
        for match in _OFFICIAL.finditer(plain(observed.about)[:_ABOUT]):
            if not _places(_words(match[1]), own):
                return Ownership.CONTRADICTED
    if back:
        return Ownership.PROVEN
    # "desakarangsari": a name that says desa and is not ours; an id is no proof, so nothing more than doubt follows.
    named = _VILLAGE_ID.match(account.canonical_id.lower().lstrip("@"))
    if own and named and not observed.name and not any(o in identity for o in own):
        return Ownership.UNPROVEN
    return Ownership.LIKELY


def plain(text: str) -> str:
    """A text in plain letters: social media like letters that only look like letters."""
    return unicodedata.normalize("NFKC", text)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", plain(text).lower())


def _places(words: list[str], own: list[str]) -> list[tuple[int, int]]:
    """Where whole words make one of our names, with blanks or without: (first, after the last)."""
    return [
        (i, j)
        for i in range(len(words))
        for j in range(i + 1, min(len(words), i + 4) + 1)
        if "".join(words[i:j]) in own
    ]


def _split_off(words: list[str], end: int, names: list[str]) -> bool:
    """Whether a name of ours is followed by the part that only another village has: Tirtamukti Barat."""
    after = words[end] if end < len(words) else ""
    return after in SPLIT_PARTS and not any(after in n.split() for n in names)


def same_name(observed: Observed, account: AccountSeen, names: list[str]) -> bool | None:
    """Whether an account bears the village\'s name in its own or in its id; None where the village\'s is not known."""
    own = [_squeeze(n) for n in names if n]
    if not own:
        return None
    words = _words(observed.name)
    if any(not _split_off(words, end, names) for _, end in _places(words, own)):
        return next((w for w in words if w in _OFFICES or w in _KINDS), "") not in _OFFICES
    identity = "" if account.kind in {"channel_id", "id", "number"} else _squeeze(account.canonical_id)
    return any(_KIND_BEFORE.sub("", identity) == o or (len(o) >= _LONG_NAME and o in identity) for o in own)


def _squeeze(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def same_site(url: str, host: str) -> bool:
    """Whether an address is on the village\'s site: its host or one below it."""
    try:
        other = (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return False
    own = host.lower().removeprefix("www.")
    # On a host that many sites share, the host proves nothing.
    return bool(own) and own not in _SHARED and (other == own or other.endswith(f".{own}"))
