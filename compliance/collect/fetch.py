"""One request, politely: waits its turn, streams with a cap, follows redirects one by one, never raises."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Event, Lock, Thread
from urllib.parse import unquote, urlsplit

import requests
import urllib3

from compliance.collect import access as mapping
from compliance.collect.settings import Settings
from compliance.collect.urls import join, politeness_key
from compliance.model.status import Access

_CHUNK = 64 * 1024
_FILENAME = re.compile(r"""filename\*?\s*=\s*(?:UTF-8'')?["']?([^"';]+)""", re.I)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.I)
_PAGE_TYPES = (
    "text/html",
    "application/xhtml",
    "text/plain",
    "application/json",
    "text/xml",
    "application/xml",
    "application/rss",
    "application/atom",
)


@dataclass(slots=True)
class Answer:
    """What came of asking for an address."""

    url: str
    final_url: str
    access: Access
    status: int | None = None
    body: bytes = b""
    detail: str = ""
    redirects: tuple[str, ...] = ()
    headers: list[tuple[str, str]] = field(default_factory=list)
    content_type: str = ""
    charset: str = ""
    filename: str = ""
    truncated: bool = False
    started_at: str = ""
    elapsed_ms: int = 0
    retry_after: float | None = None
    posted: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What the script of a list page posts to read it. `cookie`: name and value that the server gave for it."""

    fields: tuple[tuple[str, str], ...]
    cookie: tuple[str, str] | None = None


@dataclass(slots=True)
class _Turn:
    """Whose turn it is at one server: a lock, and when the next request may start."""

    lock: Lock = field(default_factory=Lock)
    free_at: float = 0.0
    delay: float = 0.0


class _Watch:
    """Ends bodies that are still coming after their time: one thread for all of them."""

    def __init__(self) -> None:
        self._waiting: dict[int, tuple[float, requests.Response]] = {}
        self._lock = Lock()
        self._closed = Event()
        self._thread: Thread | None = None

    def add(self, response: requests.Response, deadline: float) -> None:
        """Watches a body until `remove`."""
        with self._lock:
            self._waiting[id(response)] = (deadline, response)
            if self._thread is None:
                self._thread = Thread(target=self._run, daemon=True)
                self._thread.start()

    def remove(self, response: requests.Response) -> None:
        """The body has come."""
        with self._lock:
            self._waiting.pop(id(response), None)

    def close(self) -> None:
        """Ends the thread."""
        self._closed.set()

    def _run(self) -> None:
        while not self._closed.wait(0.25):
            with self._lock:
                late = [r for deadline, r in self._waiting.values() if time.monotonic() >= deadline]
            for response in late:
                response.raw.shutdown()


class Fetcher:
    """Asks for addresses. At most one request at a time per politeness key, with a pause between two."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.requests = 0
        self._ca_bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
        self._turns: dict[str, _Turn] = {}
        self._lock = Lock()
        self._sessions: dict[str, requests.Session] = {}
        self._watch = _Watch()

    def close(self) -> None:
        """Closes all connections."""
        self._watch.close()
        for session in self._sessions.values():
            session.close()

    def set_delay(self, url: str, delay: float) -> None:
        """Sets the site's Crawl-delay (seconds) for the server of an address."""
        self._turn(url).delay = min(delay, self.settings.max_crawl_delay)

    def hold(self, url: str, seconds: float) -> None:
        """No request to the server of an address before that many seconds have passed (Retry-After)."""
        turn = self._turn(url)
        turn.free_at = max(turn.free_at, time.monotonic() + min(seconds, self.settings.max_retry_after))

    def _turn(self, url: str) -> _Turn:
        key = politeness_key(url, self.settings.same_server)
        with self._lock:
            return self._turns.setdefault(key, _Turn(delay=0.0))

    def _session(self, url: str) -> requests.Session:
        key = politeness_key(url, self.settings.same_server)
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                session = requests.Session()
                session.headers.update(
                    {
                        "User-Agent": self.settings.user_agent,
                        "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
                        "Accept-Language": "id,en;q=0.5",
                        "Accept-Encoding": "gzip, deflate",
                    }
                )
                # The environment is asked once a server, and a .netrc never: no login is offered to anybody.
                session.trust_env = False
                proxy = self.settings.proxy
                session.proxies.update(
                    {"http": proxy, "https": proxy} if proxy else requests.utils.get_environ_proxies(url)
                )
                adapter = requests.adapters.HTTPAdapter(max_retries=urllib3.Retry(0, redirect=False), pool_maxsize=1)
                session.mount("http://", adapter)
                session.mount("https://", adapter)
                self._sessions[key] = session
            return session

    def get(
        self,
        url: str,
        *,
        may_follow: Callable[[str], Access | None] = lambda _: None,
        patient: bool = False,
        max_bytes: int | None = None,
        ajax: bool = False,
        form: Form | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Asks for an address and follows its redirects; with a `form` it posts it and follows none.

        `headers` go with this request alone (and with the redirects that `may_follow` allows). `may_follow` is asked before each redirect; an access value stops there. `patient` doubles the patience
        for slow answers. Every failure is an access value; nothing is raised but KeyboardInterrupt.
        """
        started = datetime.now(UTC)
        clock = time.monotonic()
        chain: list[str] = []
        current = url
        while True:
            answer = self._one(current, patient, max_bytes, ajax, form, headers)
            location = next((v for k, v in answer.headers if k.lower() == "location"), None)
            if answer.status in {301, 302, 303, 307, 308} and location is not None:
                target = join(current, location.encode("latin-1", "replace").decode("utf-8", "replace"))
                stop = Access.REFUSED if target is None or form is not None else may_follow(target)
                if target is not None and (
                    target in chain or target == current or len(chain) >= self.settings.max_redirects
                ):
                    stop = Access.REDIRECT_LOOP
                chain.append(current)
                if stop is not None or target is None:
                    answer = Answer(
                        url=url,
                        final_url=target or current,
                        access=stop or Access.REFUSED,
                        status=answer.status,
                        headers=answer.headers,
                        detail="redirect",
                    )
                else:
                    current = target
                    continue
            elif (
                answer.access is Access.OK
                and chain
                and mapping.is_login(answer.final_url)
                and not mapping.is_login(url)
            ):
                answer.access = Access.LOGIN_REQUIRED
            answer.url = url
            answer.redirects = tuple(chain)
            answer.started_at = started.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            answer.elapsed_ms = int((time.monotonic() - clock) * 1000)
            return answer

    def _one(
        self,
        url: str,
        patient: bool,
        max_bytes: int | None,
        ajax: bool,
        form: Form | None,
        headers: dict[str, str] | None,
    ) -> Answer:
        turn = self._turn(url)
        with turn.lock:
            wait = turn.free_at - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            self.requests += 1
            try:
                return self._ask(url, patient, max_bytes, ajax, form, headers)
            except (
                requests.exceptions.RequestException,
                urllib3.exceptions.HTTPError,
                OSError,
                ValueError,
            ) as error:
                return Answer(url=url, final_url=url, access=mapping.of_error(error), detail=type(error).__name__)
            finally:
                turn.free_at = max(turn.free_at, time.monotonic() + max(self.settings.delay, turn.delay))

    def _ask(
        self,
        url: str,
        patient: bool,
        max_bytes: int | None,
        ajax: bool,
        form: Form | None,
        more_headers: dict[str, str] | None,
    ) -> Answer:
        settings = self.settings
        reading = settings.patient_timeout if patient else settings.read_timeout
        deadline = time.monotonic() + max(settings.total_timeout, 2 * reading if patient else 0)
        session = self._session(url)
        with session.request(
            "GET" if form is None else "POST",
            url,
            data=None if form is None else form.fields,
            cookies=dict([form.cookie]) if form is not None and form.cookie else None,
            stream=True,
            allow_redirects=False,
            headers={"X-Requested-With": "XMLHttpRequest"} if ajax else more_headers,
            timeout=(settings.connect_timeout, reading),
            verify=settings.ca_bundle or self._ca_bundle or True,
        ) as response:
            session.cookies.clear()
            headers = list(response.raw.headers.items())
            answer = Answer(
                url=url,
                final_url=url,
                access=mapping.of_status(response.status_code),
                status=response.status_code,
                headers=headers,
                content_type=response.headers.get("content-type", "")[:200],
            )
            answer.posted = form is not None
            answer.charset = _charset(answer.content_type)
            answer.filename = _filename(response.headers.get("content-disposition", ""), url)
            answer.retry_after = _retry_after(response.headers.get("retry-after"))
            if 300 <= response.status_code < 400:
                return answer
            page = answer.content_type.lower().startswith(_PAGE_TYPES)
            cap = max_bytes or (settings.max_page_bytes if page else settings.max_document_bytes)
            declared = response.headers.get("content-length", "")
            if not page and declared.isdigit() and int(declared) > cap and answer.access is Access.OK:
                answer.access, answer.detail = Access.TOO_LARGE, declared
                return answer
            self._read(response, answer, cap, deadline, self._watch)
            if answer.access is Access.OK and not answer.body.strip():
                answer.access = Access.EMPTY
            return answer

    @staticmethod
    def _read(response: requests.Response, answer: Answer, cap: int, deadline: float, watch: _Watch) -> None:
        """Reads the body up to the cap; what was read before a failure is kept and marked truncated."""
        parts: list[bytes] = []
        size = 0
        try:
            # A body that drips keeps every single read within its time; the whole is ended from outside.
            watch.add(response, deadline)
            try:
                for chunk in response.raw.stream(_CHUNK, decode_content=True):
                    parts.append(chunk)
                    size += len(chunk)
                    if size > cap:
                        break
            finally:
                watch.remove(response)
        except (urllib3.exceptions.HTTPError, requests.exceptions.RequestException, OSError) as error:
            answer.truncated, answer.detail = True, type(error).__name__
            if answer.access is Access.OK:
                found = mapping.of_error(error)
                answer.access = Access.TRUNCATED if parts and found in {Access.REFUSED, Access.TIMEOUT} else found
        if time.monotonic() >= deadline:
            answer.truncated, answer.detail = True, "deadline"
            if answer.access in {Access.OK, Access.TRUNCATED}:
                answer.access = Access.TIMEOUT
        if size > cap:
            answer.truncated = True
            answer.detail = answer.detail or f"cap {cap}"
            if answer.access is Access.OK:
                answer.access = (
                    Access.TRUNCATED if answer.content_type.lower().startswith(_PAGE_TYPES) else Access.TOO_LARGE
                )
        answer.body = b"" if answer.access is Access.TOO_LARGE else b"".join(parts)[:cap]


def _charset(content_type: str) -> str:
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def _filename(disposition: str, url: str) -> str:
    found = _FILENAME.search(disposition)
    name = unquote(found[1]) if found else unquote(urlsplit(url).path.rsplit("/", 1)[-1])
    return name.strip()[:200]


def _retry_after(value: str | None) -> float | None:
    """Retry-After in seconds, from a number or a date."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value.strip())
    try:
        when = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
