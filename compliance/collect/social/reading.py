"""The pass over a village's accounts: asks, keeps every reply in the snapshot, and looks a second time at the missing."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from compliance.archive.snapshot import SnapshotWriter
from compliance.collect.social import PICTURE, PLATFORMS, ROLE, account_key, observe, window_start
from compliance.collect.social.asking import PER_ACCOUNT, Client, forbidden
from compliance.collect.social.routes import Ask, Reply
from compliance.match.accounts import SHORT
from compliance.model.accounts import Why
from compliance.model.evidence import Record
from compliance.model.site import AccountSeen

#: Accounts of one site that are read at most: a site that links a hundred names no village's.
_MOST = 20
#: A longer text says itself what its picture shows.
_CAPTION = 80
#: Pictures of posts without text that are asked for, an account.
_PICTURES = 3


class AccountReader:
    """Reads the accounts of one village into its snapshot."""

    def __init__(
        self,
        writer: SnapshotWriter,
        client: Client,
        known: dict[str, list[Reply]],
        progress: Callable[[int, int, str], None] = lambda done, waiting, url: None,
        take_picture: Callable[[Record], None] = lambda record: None,
    ) -> None:
        self._writer = writer
        self._client = client
        self._replies = known
        self._progress = progress
        self._asks: dict[str, Ask] = {}
        self._take_picture = take_picture

    def run(self, accounts: Sequence[AccountSeen], at: datetime) -> None:
        """Reads each account, then looks again at those that seem missing, where time allows."""
        chosen = [a for a in accounts if a.channel in PLATFORMS and a.kind != SHORT][:_MOST]
        for number, account in enumerate(chosen, 1):
            self._progress(number, len(chosen) - number, account.url)
            self._read(account, at)
            self._pictures(account, at)
        self._second_look(chosen, at)

    def _read(self, account: AccountSeen, at: datetime) -> None:
        module = PLATFORMS[account.channel]
        replies = self._replies.setdefault(account_key(account), [])
        while len(replies) < PER_ACCOUNT:
            ask: Ask | None = module.step(account, replies, self._client.keys, window_start(at))
            if ask is None:
                return
            self._asks[ask.url] = ask
            first = self._before(account, ask) if not replies else None
            if first is not None:
                replies.append(self._kept(account, ask, first))
            replies.append(self._kept(account, ask, self._client.ask(ask, fresh=first is not None)))

    def _pictures(self, account: AccountSeen, at: datetime) -> None:
        """Asks for the pictures of the newest posts that have no text: a poster of the budget is often posted so."""
        posts = observe(account, self._replies[account_key(account)], at).posts
        # Those without text first: a poster with the caption "Info" may be a budget too.
        silent = sorted((p for p in posts if p.pictures), key=lambda p: len(p.text.strip()) > _CAPTION)[:_PICTURES]
        known = {r.link_text for r in self._writer.records if r.role == PICTURE}
        for post in silent:
            if post.url in known:
                continue
            ask = Ask(post.pictures[0], PICTURE)
            if not ask.url.startswith("https://") or forbidden(ask.url) or not self._client.may_open(ask.url):
                continue
            reply = self._client.ask(ask)
            record = self._record(account, ask, reply, role=PICTURE, link_text=post.url)
            self._take_picture(self._writer.add(record, reply.body, []))

    def _before(self, account: AccountSeen, ask: Ask) -> Reply | None:
        """An earlier run's look that found the account missing: with today's it makes two."""
        earlier = self._client.earlier(ask)
        when = earlier.moment if earlier is not None else None
        if earlier is None or when is None or _seconds_since(when) < self._client.limits.second_look:
            return None
        missing = observe(account, [earlier], datetime.now(UTC)).why is Why.NOT_FOUND_UNCONFIRMED
        return earlier if missing else None

    def _kept(self, account: AccountSeen, ask: Ask, reply: Reply) -> Reply:
        self._writer.add(self._record(account, ask, reply), reply.body, [])
        return reply

    @staticmethod
    def _record(account: AccountSeen, ask: Ask, reply: Reply, *, role: str = ROLE, link_text: str = "") -> Record:
        return Record(
            seq=0,
            url=reply.url,
            final_url=reply.final_url,
            role=role,
            method="api" if ask.token else "public_page",
            status=reply.status,
            access=reply.access,
            detail=reply.detail,
            started_at=reply.fetched_at,
            engine=reply.route,
            account=account_key(account),
            link_text=link_text,
        )

    def _second_look(self, accounts: Sequence[AccountSeen], at: datetime) -> None:
        """Asks once more for what was said to be missing, ten minutes after the first look; waits only where told to."""
        for account in accounts:
            replies = self._replies[account_key(account)]
            if observe(account, replies, at).why is not Why.NOT_FOUND_UNCONFIRMED:
                continue
            last = replies[-1]
            remaining = self._client.limits.second_look - (_seconds_since(last.moment) if last.moment else 0)
            if remaining > 0:
                if not self._client.limits.wait:
                    continue
                self._progress(len(accounts), 0, f"{account.url} ({remaining:.0f} s)")
                time.sleep(remaining)
            ask = self._asks.get(last.url) or Ask(last.url, last.route)
            replies.append(self._kept(account, ask, self._client.ask(ask, fresh=True)))


def _seconds_since(when: datetime) -> float:
    return (datetime.now(UTC) - when).total_seconds()
