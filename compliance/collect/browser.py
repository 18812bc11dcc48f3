"""Pages whose text comes by script, drawn by the system's Chromium (Edge on Windows).

Such pages may be hostile: the browser runs without the rights of root, loads no picture, font or medium, and keeps
nothing. It asks no server itself: what a page wants is fetched by the crawl, under its rules and its manners.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.model.status import Access

if TYPE_CHECKING:
    import psutil
    from playwright.sync_api import BrowserContext, Page, Playwright, Route

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_PAGE_SECONDS = 20.0
_QUIET_SECONDS = 6.0
#: Nothing that a page does may take longer than this, nor the browser more memory: then it is ended from outside.
_LAST_SECONDS = _PAGE_SECONDS + _QUIET_SECONDS + 14.0
_MAX_MEMORY = 1_000_000_000
_MAX_DOM = 4 * 1024 * 1024
_NEEDED = {"document", "script", "xhr", "fetch"}
_NOBODY = 65534
#: Folders of browsers bear the number of the process that started them.
_PREFIX = "compliance-browser-"
#: Headers that no longer describe a body as the fetcher unpacked it, or that are none of a page's business.
_OURS = {
    "content-encoding",
    "content-length",
    "transfer-encoding",
    "connection",
    "set-cookie",
    "strict-transport-security",
}
Loaded = tuple[int, list[tuple[str, str]], bytes]
#: Scripts have done their work; without them the page reads like any other.
_STRIP = "() => { document.querySelectorAll('script, noscript, template').forEach(e => e.remove()); return document.documentElement.outerHTML; }"


def executable() -> str | None:
    """The browser of this system, or None."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    if sys.platform == "win32":
        for root in ("PROGRAMFILES", "PROGRAMFILES(X86)"):
            path = Path(os.environ.get(root, "")) / "Microsoft/Edge/Application/msedge.exe"
            if path.is_file():
                return str(path)
    return None


def available() -> bool:
    """Whether pages can be drawn: a browser, the driver, and no need to run as root."""
    from importlib.util import find_spec

    return (
        executable() is not None
        and find_spec("playwright") is not None
        and (not _root() or shutil.which("setpriv") is not None)
    )


def _root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _sweep() -> None:
    """Removes what browsers left whose process was killed before it could tidy up."""
    import psutil

    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        number = folder.name.removeprefix(_PREFIX).split("-")[0]
        if number.isdigit() and not psutil.pid_exists(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


class _Watch:
    """Ends a browser that a page holds up or fills: a script that never returns is beyond the driver's own time limits."""

    def __init__(self, mark: str) -> None:
        self._mark = mark
        self._deadline: float | None = None
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self.ended = False

    def begin(self) -> None:
        """A page begins."""
        self.ended = False
        self._deadline = time.monotonic() + _LAST_SECONDS

    def done(self) -> None:
        """The page is done."""
        self._deadline = None

    def close(self) -> None:
        """Ends the watch."""
        self._closed.set()
        self._thread.join()

    def _run(self) -> None:
        import psutil

        while not self._closed.wait(0.3):
            deadline = self._deadline
            if deadline is None:
                continue
            try:
                processes = self._processes()
                late = time.monotonic() > deadline
                if late or any(p.memory_info().rss > _MAX_MEMORY for p in processes):
                    self.ended = True
                    for process in processes:
                        process.kill()
            except psutil.Error:
                continue

    def _processes(self) -> list[psutil.Process]:
        """The browser's own process and those under it."""
        import psutil

        for child in psutil.Process().children(recursive=True):
            if any(self._mark in argument for argument in child.cmdline()):
                return [child, *child.children(recursive=True)]
        return []


class Browser:
    """Draws one page after the other. Started with the first page; use as a context manager.

    `load` fetches an address that a page wants: (status, headers, body), or None where it may not be loaded.
    """

    def __init__(self, load: Callable[[str], Loaded | None], user_agent: str) -> None:
        self._load = load
        self._user_agent = user_agent
        self._playwright: Playwright | None = None
        self._context: BrowserContext | None = None
        self._folder: Path | None = None
        self._watch: _Watch | None = None
        self.requests = 0
        #: Of the page drawn last: what it asked for in vain, and errors of its scripts.
        self.refused = self.errors = 0

    def draw(self, url: str) -> tuple[Access, str, str]:
        """(access, address at the end, HTML after the scripts) of a page. Access: ok, timeout, refused, too_large."""
        from playwright.sync_api import Error, TimeoutError

        try:
            context = self._started()
            assert self._watch is not None, "started with the browser"
            self._watch.begin()
            page = context.new_page()
        except Error:
            self.close()
            return Access.REFUSED, url, ""
        try:
            return self._draw(page, url)
        except TimeoutError:
            return Access.TIMEOUT, url, ""
        except Error:
            # The page broke the browser, or went away: the next page gets a new one.
            self.close()
            return Access.REFUSED, url, ""
        finally:
            if self._context is not None:
                try:
                    page.close(run_before_unload=False)
                except Error:
                    self.close()
            if self._watch is not None:
                self._watch.done()

    def _draw(self, page: Page, url: str) -> tuple[Access, str, str]:
        from playwright.sync_api import TimeoutError

        self.refused = self.errors = 0
        page.on("pageerror", self._failed)
        page.set_default_timeout(_PAGE_SECONDS * 1000)
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.route("**/*", self._route)
        page.goto(url, wait_until="domcontentloaded", timeout=_PAGE_SECONDS * 1000)
        # Pages that poll never fall silent; what they show by now is what a visitor sees.
        with suppress(TimeoutError):
            page.wait_for_load_state("networkidle", timeout=_QUIET_SECONDS * 1000)
        page.wait_for_timeout(300)
        html = page.evaluate(_STRIP)
        if not isinstance(html, str):
            # The page has put something of its own in the place of what every page has.
            return Access.REFUSED, page.url, ""
        if len(html) > _MAX_DOM:
            return Access.TOO_LARGE, page.url, ""
        return Access.OK, page.url, "<!doctype html>" + html

    def _failed(self, _: object) -> None:
        self.errors += 1

    def _route(self, route: Route) -> None:
        request = route.request
        if request.url.startswith(("data:", "blob:")):
            route.continue_()
            return
        if request.resource_type not in _NEEDED:
            route.abort()
            return
        found = self._load(request.url) if request.method == "GET" else None
        if found is None or (found[0] >= 400 and request.resource_type in {"xhr", "fetch"}):
            self.refused += 1
        if found is None:
            route.abort()
            return
        self.requests += 1
        status, headers, body = found
        route.fulfill(status=status, headers={k: v for k, v in headers if k.lower() not in _OURS}, body=body)

    def _started(self) -> BrowserContext:
        if self._context is not None:
            return self._context
        from playwright.sync_api import sync_playwright

        path = executable()
        assert path is not None, "asked for only where a browser is available"
        _sweep()
        self._folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        profile = self._folder / "profile"
        profile.mkdir()
        if _root():
            path = self._unprivileged(path, profile)
        self._watch = _Watch(str(profile))
        self._watch.begin()
        self._playwright = sync_playwright().start()
        # Containers seldom allow the sandbox of namespaces; the user without rights is then what holds.
        self._context = self._playwright.chromium.launch_persistent_context(
            str(profile),
            executable_path=path,
            headless=True,
            chromium_sandbox=not _root(),
            args=[
                "--disable-extensions",
                "--disable-background-networking",
                "--js-flags=--max-old-space-size=256",
                "--renderer-process-limit=2",
                "--disable-dev-shm-usage",
            ],
            user_agent=self._user_agent,
            locale="id-ID",
            accept_downloads=False,
            service_workers="block",
            java_script_enabled=True,
            timeout=30_000,
            env={**os.environ, "TMPDIR": str(profile)},
        )
        return self._context

    def _unprivileged(self, path: str, profile: Path) -> str:
        """A program that starts the browser as nobody, for those who run as root."""
        assert self._folder is not None
        starter = self._folder / "start"
        starter.write_text(
            f'#!/bin/sh\nexport HOME="{profile}" XDG_CONFIG_HOME="{profile}" XDG_CACHE_HOME="{profile}"\n'
            f'exec setpriv --reuid={_NOBODY} --regid={_NOBODY} --clear-groups --no-new-privs "{path}" "$@"\n'
        )
        starter.chmod(starter.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        self._folder.chmod(0o755)
        os.chown(profile, _NOBODY, _NOBODY)
        return str(starter)

    def close(self) -> None:
        """Ends the browser and removes what it left."""
        from playwright.sync_api import Error

        if self._context is not None:
            if self._watch is not None:
                self._watch.begin()
            with suppress(Error):
                self._context.close()
            self._context = None
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        if self._playwright is not None:
            self._playwright.stop()
            self._playwright = None
        if self._folder is not None:
            for _ in range(10):
                shutil.rmtree(self._folder, ignore_errors=True)
                if not self._folder.exists():
                    break
                time.sleep(0.1)
            self._folder = None

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
