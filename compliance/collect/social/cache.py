"""Replies of platforms, kept for a day so that nobody is asked twice, and for a month as a first look at what is missing."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from compliance.archive.atomic import write_atomic
from compliance.collect.social.routes import Ask, Reply, dig, origin_of
from compliance.model.status import Access

_FRESH = timedelta(hours=24)
_KEPT = timedelta(days=30)


class Cache:
    """A folder of replies, a file each; without a folder it holds nothing. A damaged file counts as none."""

    def __init__(self, folder: Path | None, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._now = now

    def fresh(self, ask: Ask) -> Reply | None:
        """What was asked for in the last day and answered."""
        return self._younger(ask, _FRESH)

    def earlier(self, ask: Ask) -> Reply | None:
        """The last kept reply to a request, of a month at most."""
        return self._younger(ask, _KEPT)

    def _younger(self, ask: Ask, age: timedelta) -> Reply | None:
        path = self._file(ask.route, ask.url)
        if path is None or not path.is_file():
            return None
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            reply = Reply(
                ask.url,
                ask.route,
                str(kept["final_url"]),
                int(kept["status"]),
                Access(kept["access"]),
                base64.b64decode(kept["body"], validate=True),
                str(kept["detail"]),
                str(kept["fetched_at"]),
            )
        except (OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
            return None
        when = reply.moment
        return reply if when is not None and timedelta(0) <= self._now() - when < age else None

    def keep(self, reply: Reply) -> None:
        """Keeps what the platform answered of the account; a refusal, a wall or a broken line is asked for again."""
        path = self._file(reply.route, reply.url)
        whole = reply.status in {200, 404} and reply.access in {Access.OK, Access.NOT_FOUND}
        refused = dig(reply.data(), "error") is not None or origin_of(reply.final_url) != origin_of(reply.url)
        if path is None or reply.route == "picture" or not whole or refused:
            return
        kept = {
            "final_url": reply.final_url,
            "status": reply.status,
            "access": reply.access.value,
            "body": base64.b64encode(reply.body).decode(),
            "detail": reply.detail,
            "fetched_at": reply.fetched_at,
        }
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomic(path, json.dumps(kept))
            path.chmod(0o600)
        except OSError:
            # Without its cache a run asks again tomorrow; it does not fail for it.
            return

    def _file(self, route: str, url: str) -> Path | None:
        if self._folder is None:
            return None
        return self._folder / f"{hashlib.sha256(f'{route} {url}'.encode()).hexdigest()}.json"
