"""Every status of the project, each in one closed list."""

from __future__ import annotations

from enum import StrEnum


class Access(StrEnum):
    """What happened when a thing was asked for."""

    OK = "ok"
    NOT_FOUND = "not_found"
    GONE = "gone"
    SOFT_404 = "soft_404"
    EMPTY = "empty"
    LOGIN_REQUIRED = "login_required"
    BLOCKED = "blocked"
    ROBOTS_DENIED = "robots_denied"
    RATE_LIMITED = "rate_limited"
    TIMEOUT = "timeout"
    DNS = "dns"
    TLS = "tls"
    REFUSED = "refused"
    SERVER_ERROR = "server_error"
    REDIRECT_LOOP = "redirect_loop"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    NEEDS_JAVASCRIPT = "needs_javascript"
    TRAP_SKIPPED = "trap_skipped"
    BUDGET_SKIPPED = "budget_skipped"
    PERMISSION_NEEDED = "permission_needed"


#: We looked and nothing is there: the village published nothing at this address.
ABSENT = frozenset({Access.NOT_FOUND, Access.GONE, Access.SOFT_404, Access.EMPTY})
#: Asking again in the same run cannot help.
PERMANENT = ABSENT | {
    Access.OK,
    Access.LOGIN_REQUIRED,
    Access.BLOCKED,
    Access.ROBOTS_DENIED,
    Access.REDIRECT_LOOP,
    Access.TOO_LARGE,
    Access.UNREADABLE,
    Access.ENCRYPTED,
    Access.NEEDS_JAVASCRIPT,
    Access.TRAP_SKIPPED,
    Access.BUDGET_SKIPPED,
    Access.PERMISSION_NEEDED,
    Access.DNS,
    Access.TLS,
}


class Publication(StrEnum):
    """The automatic fact about an evidence item."""

    PUBLISHED = "published"
    PARTIAL = "partial"
    OUTDATED = "outdated"
    NOT_PUBLISHED = "not_published"
    UNOBSERVED = "unobserved"
    NOT_APPLICABLE = "not_applicable"


class Outcome(StrEnum):
    """What the fact means for the score."""

    MET = "met"
    PARTIAL = "partial"
    OUTDATED = "outdated"
    UNMET = "unmet"
    MANUAL = "manual"
    UNOBSERVED = "unobserved"
    NOT_APPLICABLE = "not_applicable"


class Verdict(StrEnum):
    """The score interval against the pass mark."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    UNDETERMINED = "undetermined"
    NOT_ASSESSED = "not_assessed"


class Strength(StrEnum):
    """How strongly a place shows a topic, weakest last."""

    DOCUMENT = "document"
    PAGE = "page"
    DRAFT = "draft"
    MENTION = "mention"


class Web(StrEnum):
    """How far a machine can decide an item: see the instrument's legend."""

    PUBLISH = "P"
    DECIDABLE = "D"
    MANUAL = "M"


class WeightStatus(StrEnum):
    """Where the weights come from."""

    ASSUMED = "assumed"
    OFFICIAL = "official"


class LegalStatus(StrEnum):
    """Whether the wording of a legal source was read for this project."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


class VillageKind(StrEnum):
    """Desa and its regional equals have an APBDes; a kelurahan does not."""

    DESA = "desa"
    KELURAHAN = "kelurahan"


class Region(StrEnum):
    """Where on a page a block or link stands."""

    MAIN = "main"
    MENU = "menu"
    HEADER = "header"
    ASIDE = "aside"
    FOOTER = "footer"


class Channel(StrEnum):
    """Where a village publishes. Accounts use their platform's name."""

    WEBSITE = "website"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    TIKTOK = "tiktok"
    YOUTUBE = "youtube"
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    X = "x"
    THREADS = "threads"
    LINE = "line"


class NoticeKind(StrEnum):
    """Things an auditor should see that are no verdict on an item."""

    PERSONAL_DATA = "personal_data"
    GAMBLING = "gambling"
    FIGURES = "figures"
    STALE = "stale"
    TEMPLATE = "template"
    OTHER_VILLAGE = "other_village"
    SECURITY = "security"
    BROKEN_LINK = "broken_link"
