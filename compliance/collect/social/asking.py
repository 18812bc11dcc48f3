"""Asks platforms under their rules: robots.txt live for each host, one request a host in five seconds over the whole run,
few an account, nothing more from a host that refuses, what was asked today from a cache, and a budget of quota and money."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from compliance.collect import robots
from compliance.collect.fetch import Answer, Fetcher
from compliance.collect.guard import allowed
from compliance.collect.settings import Settings
from compliance.collect.social.cache import Cache
from compliance.collect.social.routes import Ask, Keys, Reply, code, origin_of
from compliance.collect.social.tokens import Tokens
from compliance.model.status import Access

#: What the platforms are never asked for, whatever their robots.txt says today. Source: rules of social accounts §0.
FORBIDDEN: tuple[tuple[str, str], ...] = (
    ("facebook.com", ""),
    ("fb.com", ""),
    ("instagram.com", ""),
    ("twitter.com", ""),
    ("x.com", ""),
    ("threads.net", ""),
    ("threads.com", ""),
    ("fb.me", ""),
    ("fb.watch", ""),
    ("m.me", ""),
    ("messenger.com", ""),
    ("instagr.am", ""),
    ("t.co", ""),
    ("tiktok.com", "/embed"),
    ("tiktok.com", "/auth"),
    ("tiktok.com", "/link"),
    ("tiktok.com", "/inapp"),
    ("youtube.com", "/youtubei/"),
    ("youtube.com", "/results"),
    ("youtube.com", "/api/"),
)
#: Hosts of their interfaces, which have terms instead.
_INTERFACES = frozenset({"graph.facebook.com", "api.x.com", "www.googleapis.com"})
PER_ACCOUNT = 3
#: Seconds between two requests to a platform's host.
PAUSE = 5.0
_REFUSED = frozenset({403, 429})
#: The Graph API's codes for "too much", which come with status 400.
_LIMITED = frozenset({4, 17, 32, 341, 613, 80001, 80002})


@dataclass(frozen=True, slots=True)
class Limits:
    """How platforms are asked. `delay`: seconds between two requests to a host. `base`: stands in for all platforms (tests
    only). `cache`: a folder, or None for no cache. `youtube_units`, `x_dollars`: what may be spent. `wait`: whether to
    wait for the second look at accounts that seem missing."""

    delay: float = PAUSE
    base: str = ""
    cache: Path | None = None
    youtube_units: int = 9_000
    x_dollars: float = 1.0
    second_look: float = 600.0
    wait: bool = False
    keys: Keys = field(default_factory=Keys)


@dataclass(slots=True)
class Spent:
    """What was spent: requests, YouTube's units, X's dollars."""

    requests: int = 0
    youtube_units: int = 0
    x_dollars: float = 0.0
    cached: int = 0


class Client:
    """One for a whole run: pauses, refusals, cache and budget hold over all villages."""

    def __init__(
        self,
        settings: Settings,
        tokens: Tokens,
        limits: Limits,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.limits = replace(limits, keys=replace(limits.keys, tokens=tokens.names))
        self.spent = Spent()
        self._tokens = tokens
        self._now = now
        self._cache = Cache(limits.cache, now)
        self._agent = settings.user_agent
        self._fetcher = Fetcher(replace(settings, delay=limits.delay, max_redirects=3, read_timeout=20.0))
        self._rules: dict[str, robots.Rules] = {}
        self._stopped: set[str] = set()

    @property
    def keys(self) -> Keys:
        """What may be used."""
        return self.limits.keys

    def may_open(self, url: str) -> bool:
        """Whether an address that a platform gave leads into the outside world, and not into our own network."""
        return bool(self.limits.base) or allowed(url, False)

    def earlier(self, ask: Ask) -> Reply | None:
        """The last kept reply to a request, of a month at most."""
        return self._cache.earlier(ask)

    def close(self) -> None:
        """Closes all connections."""
        self._fetcher.close()

    def ask(self, ask: Ask, *, fresh: bool = False) -> Reply:
        """The reply to a request; `fresh` passes the cache by. Raises nothing but KeyboardInterrupt.

        A forbidden address is a fault of this program and raises AssertionError.
        """
        if forbidden(ask.url):
            raise AssertionError(f"{ask.url} is never asked for")
        kept = None if fresh else self._cache.fresh(ask)
        if kept is not None:
            self.spent.cached += 1
            return kept
        refusal = self._refusal(ask)
        if refusal is not None:
            return Reply(ask.url, ask.route, ask.url, None, refusal[0], detail=refusal[1], fetched_at=_iso(self._now()))
        host = _host(ask.url)
        headers = {"Accept-Language": "en-US,en;q=0.9"}
        if ask.token:
            name, value = self._tokens.header(ask.token, ask.header)
            headers[name] = value
        answer = self._fetcher.get(
            self._place(ask.url), may_follow=lambda target: self._may_follow(ask, target), headers=headers
        )
        self.spent.requests += 1 + len(answer.redirects)
        self.spent.youtube_units += ask.units
        self.spent.x_dollars += ask.dollars
        reply = self._reply(ask, answer)
        # An interface may refuse one question (403) and answer the next; 429 and its own word for it stop it as well.
        limited = bool(ask.token) and code(reply.data(), "error", "code") in _LIMITED
        if answer.status == 429 or (answer.status in _REFUSED and not ask.token) or limited:
            self._stopped.add(host)
        self._cache.keep(reply)
        return reply

    def _refusal(self, ask: Ask) -> tuple[Access, str] | None:
        """Why a request is not made, or None."""
        if _host(ask.url) in self._stopped:
            return Access.RATE_LIMITED, "host stopped"
        if ask.token and ask.token not in self._tokens.names:
            return Access.PERMISSION_NEEDED, ask.token
        if self.spent.youtube_units + ask.units > self.limits.youtube_units and ask.units:
            return Access.BUDGET_SKIPPED, "youtube_units"
        if self.spent.x_dollars + ask.dollars > self.limits.x_dollars and ask.dollars:
            return Access.BUDGET_SKIPPED, "x_dollars"
        if ask.robots:
            rules = self._rules_of(ask.url)
            if not rules.allows(ask.url, self._agent):
                return Access.ROBOTS_DENIED, "unreachable" if rules.unreachable else "rule"
        return None

    def _may_follow(self, ask: Ask, target: str) -> Access | None:
        """Redirects are followed inside a host alone; elsewhere the place they lead to is noted and not asked for. With a
        token none is followed."""
        public = self._public(target)
        if ask.token or origin_of(public) != origin_of(ask.url) or forbidden(public):
            return Access.LOGIN_REQUIRED if "login" in public else Access.REFUSED
        if ask.robots and not self._rules_of(public).allows(public, self._agent):
            return Access.ROBOTS_DENIED
        return None

    def _rules_of(self, url: str) -> robots.Rules:
        host = _host(url)
        if host not in self._rules:
            answer = self._fetcher.get(
                self._place(f"https://{host}/robots.txt"),
                max_bytes=robots.MAX_BYTES,
                may_follow=lambda to: None if origin_of(self._public(to)) == f"https://{host}" else Access.REFUSED,
            )
            self.spent.requests += 1
            if answer.status == 429:
                self._stopped.add(host)
            if answer.access in {Access.OK, Access.TRUNCATED}:
                self._rules[host] = robots.parse(answer.body)
            elif answer.status is not None and 400 <= answer.status < 500 and answer.status != 429:
                self._rules[host] = robots.Rules()
            else:
                self._rules[host] = robots.Rules(unreachable=True, why=answer.access)
            self._fetcher.set_delay(self._place(url), self._rules[host].delay(self._agent))
        return self._rules[host]

    # -- a stand-in for all platforms ---------------------------------------------------------------------

    def _place(self, url: str) -> str:
        """Where an address is asked for: itself, or under the stand-in as /host/path."""
        return f"{self.limits.base.rstrip('/')}/{url.removeprefix('https://')}" if self.limits.base else url

    def _public(self, url: str) -> str:
        base = self.limits.base.rstrip("/")
        return f"https://{url.removeprefix(base).lstrip('/')}" if base and url.startswith(base) else url

    def _reply(self, ask: Ask, answer: Answer) -> Reply:
        return Reply(
            ask.url,
            ask.route,
            self._tokens.hide(self._public(answer.final_url)) if answer.final_url else ask.url,
            answer.status,
            answer.access,
            self._tokens.hide_in(answer.body),
            self._tokens.hide(answer.detail),
            _iso(self._now()),
        )


def forbidden(url: str) -> bool:
    """Whether an address is one that is never asked for."""
    try:
        parts = parse_url(url)
    except LocationParseError:
        return True
    host = unquote(parts.host or "").lower().rstrip(".")
    if host in _INTERFACES:
        return False
    # As a server reads it: decoded, and without steps back.
    place = normpath("/" + unquote(parts.path or "/").lower().lstrip("/"))
    return any((host == n or host.endswith(f".{n}")) and f"{place}/".startswith(p) for n, p in FORBIDDEN)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _iso(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
