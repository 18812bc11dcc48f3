"""What a link to a platform is, in closed lists."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """`account`: it names an account; `content`: a post of one; `resolve`: a short link that one redirect tells;
    `negative`: none of them."""

    ACCOUNT = "account"
    CONTENT = "content"
    RESOLVE = "resolve"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class SocialLink:
    """A judged link. `canonical_id`: the account (of content: its owner where the address tells, else the post);
    `reason`: why, in a word of the closed lists of its platform's module."""

    verdict: Verdict
    platform: str
    kind: str
    canonical_id: str = ""
    reason: str = ""


def account(platform: str, kind: str, canonical_id: str) -> SocialLink:
    """A link that names an account."""
    return SocialLink(Verdict.ACCOUNT, platform, kind, canonical_id, "names an account")


def content(platform: str, kind: str, canonical_id: str) -> SocialLink:
    """A link to one post."""
    return SocialLink(Verdict.CONTENT, platform, kind, canonical_id, "a post, not an account")


def resolve(platform: str, canonical_id: str) -> SocialLink:
    """A short link."""
    return SocialLink(Verdict.RESOLVE, platform, "short", canonical_id, "a short link; one redirect tells its target")


#: Why a link is none, and whether the platform is told (a link that is broken or belongs to somebody else).
_WHY = {
    "share": "shares a page, names nobody",
    "placeholder": "the address of the platform itself, or a sample",
    "redirector": "leads on to something else",
    "hashtag": "a topic, not an account",
    "page": "a page of the platform itself",
    "xmlns": "markup, not a link",
    "tracking": "a tracking pixel or script",
    "broken": "lacks a part that the platform needs",
    "vendor": "an account of the software or theme",
    "search": "a search",
    "other": "no address of a platform",
}


def negative(kind: str, platform: str = "") -> SocialLink:
    """A link that names no account; `kind` is a key of the closed list."""
    return SocialLink(Verdict.NEGATIVE, platform, kind, "", _WHY[kind])
