"""How a platform is asked and what its answers mean: the parts that the platform modules share.

Each module has two pure functions. `step` names the next request, given the replies so far, or None where nothing (more)
may be asked; `tell` says what the replies mean. Neither asks anything itself, so a snapshot can be judged again offline.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from compliance.model.accounts import Completeness, Exists, Observed, Post, Why
from compliance.model.site import AccountSeen
from compliance.model.status import Access, Channel

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

#: Two looks at a missing account lie so far apart, unless two routes say the same. Source: rule of social accounts §1.
SECOND_LOOK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Ask:
    """A request. `route`: its name, stable; `token`: which secret goes into the header `header` (never into the address);
    `robots`: whether the host's robots.txt decides (an API that one holds a token for has terms instead); `units` and
    `dollars`: what it costs."""

    url: str
    route: str
    token: str = ""
    header: str = "Authorization"
    robots: bool = True
    units: int = 0
    dollars: float = 0.0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as kept in the snapshot. `final_url`: where redirects led, also where they were not followed."""

    url: str
    route: str
    final_url: str
    status: int | None
    access: Access
    body: bytes = b""
    detail: str = ""
    fetched_at: str = ""

    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    def data(self) -> dict[str, Any] | None:
        """The body as a JSON object, or None where it is none."""
        return json_object(self.text())

    @property
    def moment(self) -> datetime | None:
        """When it came, in UTC."""
        try:
            return datetime.fromisoformat(self.fetched_at.replace("Z", "+00:00")).astimezone(UTC)
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True, slots=True)
class Keys:
    """What may be used: the names of the tokens that are there, the operator's Instagram id, and what was opted into.

    `rss`: YouTube's feeds although its robots.txt disallows them. `public_access`: the Facebook token has Page Public
    Content Access, so that its "does not exist" can be believed.
    """

    tokens: frozenset[str] = frozenset()
    instagram_operator: str = ""
    rss: bool = False
    public_access: bool = False


class Platform(Protocol):
    """What a module of this package offers."""

    PLATFORM: Channel

    def step(self, account: AccountSeen, replies: Sequence[Reply], keys: Keys, since: datetime) -> Ask | None:
        """The next request, or None."""

    def tell(self, account: AccountSeen, replies: Sequence[Reply], since: datetime) -> Observed:
        """What the replies say. `since`: the first moment of the window of activity."""


@dataclass(slots=True)
class Missing:
    """Looks at which the platform itself said that an account is not there."""

    looks: list[Reply] = field(default_factory=list)
    why: Why = Why.NOT_FOUND

    def add(self, reply: Reply, why: Why = Why.NOT_FOUND) -> None:
        """One more look."""
        self.looks.append(reply)
        self.why = why

    def confirmed(self) -> bool:
        """Whether two routes say so, or one said it twice, far enough apart."""
        if len({r.route for r in self.looks}) > 1:
            return True
        moments = [m for r in self.looks if (m := r.moment) is not None]
        return len(moments) > 1 and max(moments) - min(moments) >= SECOND_LOOK

    def observed(self, method: str) -> Observed:
        """`no` where it is confirmed; else unknown, to be looked at again."""
        if self.confirmed():
            return Observed(Exists.NO, self.why, method)
        return Observed(Exists.UNKNOWN, Why.NOT_FOUND_UNCONFIRMED, method)


_STOPPED = {
    Access.ROBOTS_DENIED: Why.ROBOTS_DISALLOWED,
    Access.RATE_LIMITED: Why.RATE_LIMITED,
    Access.BLOCKED: Why.RATE_LIMITED,
    Access.LOGIN_REQUIRED: Why.LOGIN_WALL,
    Access.BUDGET_SKIPPED: Why.BUDGET,
    Access.PERMISSION_NEEDED: Why.TOKEN_MISSING,
}
_LOGIN = re.compile(r"/(?:login|signin|accounts/login|checkpoint)\b", re.I)
_CONSENT = re.compile(r"^https?://consent\.", re.I)


def stopped(reply: Reply) -> Why | None:
    """Why a reply says nothing of the account: refused, limited, sent to a login or consent page, broken. None where the
    platform answered (also with "not found")."""
    if reply.access in _STOPPED:
        return _STOPPED[reply.access]
    if _CONSENT.match(reply.final_url):
        return Why.CONSENT
    if _LOGIN.search(reply.final_url.split("?")[0]) and not _LOGIN.search(reply.url.split("?")[0]):
        return Why.LOGIN_WALL
    if reply.status == 429:
        return Why.RATE_LIMITED
    if reply.status is None or reply.status >= 500 or reply.access in {Access.TIMEOUT, Access.DNS, Access.TLS, Access.REFUSED, Access.REDIRECT_LOOP}:  # fmt: skip
        return Why.NETWORK
    if reply.access in {Access.EMPTY, Access.TRUNCATED} or not reply.body.strip():
        return Why.NETWORK if reply.status in {200, None} else None
    return None


def unknown(why: Why, method: str = "public_page") -> Observed:
    """Nothing is known, and this is why."""
    return Observed(Exists.UNKNOWN, why, method)


def json_object(text: str) -> dict[str, Any] | None:
    """A JSON object in a text, or None."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def dig(data: object, *path: str | int) -> Any:
    """What lies in nested objects and lists under a path, or None where a step is missing or of another kind."""
    for step in path:
        if isinstance(step, int) and isinstance(data, list) and -len(data) <= step < len(data):
            data = data[step]
        elif isinstance(step, str) and isinstance(data, dict):
            data = data.get(step)
        else:
            return None
    return data


def said(data: object, *path: str | int) -> str:
    """A string under a path, or ''. Half characters, which no file can hold, are replaced."""
    found = dig(data, *path)
    return found.strip().encode("utf-8", "replace").decode() if isinstance(found, str) else ""


def listed(data: object, *path: str | int) -> list[Any]:
    """A list under a path, or an empty one."""
    found = dig(data, *path)
    return found if isinstance(found, list) else []


def code(data: object, *path: str | int) -> int | None:
    """A whole number under a path, or None."""
    found = dig(data, *path)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def number(value: object) -> int | None:
    """A count: 1204, "1204", "1.2K", "1 234", "8,3 rb"; None where it is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return value if value >= 0 else None
    if not isinstance(value, str) or len(value) > _LONGEST_COUNT:
        return None
    match = _COUNT.match(value.strip())
    if not match:
        return None
    digits, unit = match[1], (match[2] or "").lower()
    if unit:
        try:
            return int(float(digits.replace(",", ".").replace(" ", "")) * _UNITS[unit])
        except (ValueError, OverflowError):
            return None
    bare = re.sub(r"[\s.,\u00a0]", "", digits)
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 15 else None


_LONGEST_COUNT = 30
_COUNT = re.compile(r"^([\d.,\s\u00a0]+?)\s*(k|rb|m|jt|b)?$", re.I)
_UNITS = {"k": 1e3, "rb": 1e3, "m": 1e6, "jt": 1e6, "b": 1e9}


def moment(text: object) -> datetime | None:
    """A time of an API or page in UTC, or None: ISO 8601, also with "+0000"."""
    if not isinstance(text, str) or not text:
        return None
    try:
        found = datetime.fromisoformat(re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", text.strip()).replace("Z", "+00:00"))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


#: Letters of a description in which addresses are looked for.
_READ_FOR_LINKS = 1_500
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:id|com|org|net|example)\b[^\s<>\"')]*", re.I
)


def links_in(*texts: str) -> tuple[str, ...]:
    """The addresses that texts name, with or without a scheme, each once."""
    found = [m[0].rstrip(".,;:!") for text in texts for m in _URL.finditer(text[:_READ_FOR_LINKS])]
    return tuple(dict.fromkeys(u if "://" in u else f"https://{u}" for u in found))[:20]


def windowed(posts: Iterable[Post], since: datetime, *, more: bool) -> Completeness:
    """How much of the window was seen: all of it where nothing more is to be had, or the oldest post lies before it."""
    kept = list(posts)
    if not more:
        return Completeness.FULL
    dated = [p.posted for p in kept if p.posted is not None]
    return Completeness.FULL if dated and min(dated) < since else Completeness.PARTIAL


def latest(replies: Sequence[Reply], judge: Callable[[Reply], Observed | None]) -> Observed | None:
    """What the newest reply that says anything says."""
    for reply in reversed(replies):
        found = judge(reply)
        if found is not None:
            return found
    return None


def with_posts(
    observed: Observed, posts: Iterable[Post], since: datetime, *, more: bool, bounded: bool = False
) -> Observed:
    """An account with its posts, newest first, each once. `bounded`: only those of the window were asked for, so that the
    account is not known whole."""
    unique = {p.url: p for p in posts}
    ordered = sorted(unique.values(), key=lambda p: (p.posted is not None, p.posted or since, p.url), reverse=True)
    return replace(
        observed, posts=tuple(ordered), complete=windowed(ordered, since, more=more), whole=not more and not bounded
    )


def soup_of(reply: Reply) -> BeautifulSoup:
    """The body as a page; nothing of it where it is XML, larger or of more tags than any page of the platforms."""
    from bs4 import BeautifulSoup

    text = reply.text()
    page = len(text) <= _PAGE and text.count("<") <= _TAGS and not text.lstrip("\ufeff \r\n\t").startswith("<?xml")
    return BeautifulSoup(text if page else "", "lxml")


#: Letters and tags of a page that are read at most.
_PAGE, _TAGS = 2_000_000, 40_000


def path_of(url: str) -> str:
    """The path of an address in lower case, or '' where it is none."""
    try:
        return urlsplit(url).path.lower().rstrip("/")
    except ValueError:
        return ""


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, or '' where it is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc.lower()}"
