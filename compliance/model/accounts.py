"""What is known of an account on a social platform: whether it exists, whose it is, when it was active, what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from compliance.model.status import Channel


class Exists(StrEnum):
    """`no` only on the platform's own word, seen twice; everything that we could not see is `unknown`."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Ownership(StrEnum):
    """`proven`: site and account name one another; `likely`: the site names the account; `contradicted`: the account
    says that it is somebody else's."""

    PROVEN = "proven"
    LIKELY = "likely"
    UNPROVEN = "unproven"
    CONTRADICTED = "contradicted"


class Completeness(StrEnum):
    """How much of an account's posts was seen. `full`: all of the window; `lower_bound`: a day told by an address."""

    FULL = "full"
    PARTIAL = "partial"
    LOWER_BOUND = "lower_bound"
    NONE = "none"


class Why(StrEnum):
    """Why an account is known as it is: one closed list."""

    OK = "ok"
    NOT_FOUND = "not_found"
    NOT_FOUND_UNCONFIRMED = "not_found_unconfirmed"
    SUSPENDED = "suspended"
    PRIVATE = "private"
    PREVIEW_DISABLED = "preview_disabled"
    LOGIN_WALL = "login_wall"
    RATE_LIMITED = "rate_limited"
    CHALLENGE = "challenge"
    CONSENT = "consent"
    GEO_BLOCKED = "geo_blocked"
    ROBOTS_DISALLOWED = "robots_disallowed"
    TOKEN_MISSING = "token_missing"
    TOKEN_INVALID = "token_invalid"
    PERMISSION_MISSING = "permission_missing"
    PARSE_CHANGED = "parse_changed"
    NETWORK = "network"
    SHORT_LINK_UNRESOLVED = "short_link_unresolved"
    KIND_UNSUPPORTED = "kind_unsupported"
    BUDGET = "budget"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the route shows it. `posted`: when, None where the route does not tell. `text` may be empty: a picture
    alone. `pictures`: addresses of its pictures. `carries`: a file, film or poll, whose content the route does not show."""

    url: str
    text: str
    posted: datetime | None = None
    title: str = ""
    pictures: tuple[str, ...] = ()
    carries: bool = False


@dataclass(frozen=True, slots=True)
class Observed:
    """What the platform said of an account. `links`: addresses in its description; `count`: posts in all, where told.

    `complete`: how much of the posts of the last `WINDOW_DAYS` days was seen; `whole`: all posts that there are were seen.
    `method`: api, public_page, site_evidence or manual.
    """

    exists: Exists
    why: Why
    method: str = "public_page"
    name: str = ""
    about: str = ""
    links: tuple[str, ...] = ()
    followers: int | None = None
    count: int | None = None
    posts: tuple[Post, ...] = ()
    complete: Completeness = Completeness.NONE
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Attested:
    """What a person saw of an account and signed: by whom and when, until when it counts (dates as ISO days)."""

    by: str
    on: str
    until: str
    result: str
    name: str = ""
    about: str = ""
    last_post: str = ""
    posts: int | None = None
    links_back: bool | None = None
    answered: bool | None = None
    topics: tuple[str, ...] = ()
    screenshot: str = ""
    sha256: str = ""
    way: str = ""
    note: str = ""


#: Days of posts are told in western Indonesian time, as their villages and most readers do.
WIB = timezone(timedelta(hours=7))
#: Days before the day of judgement in which posts are counted.
WINDOW_DAYS = 90
#: Platforms whose accounts can be read by machine under the rules of `compliance.collect.social`.
READABLE: frozenset[Channel] = frozenset(
    {
        Channel.TELEGRAM,
        Channel.YOUTUBE,
        Channel.TIKTOK,
        Channel.WHATSAPP,
        Channel.FACEBOOK,
        Channel.INSTAGRAM,
        Channel.X,
    }
)
