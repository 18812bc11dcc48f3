"""Accounts on social platforms, read by the routes that their rules allow: one module a platform.

`read_accounts` asks and keeps every reply in the snapshot; `observe` says what the kept replies mean, offline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from types import ModuleType

from compliance.archive.snapshot import Snapshot
from compliance.collect.social import facebook, instagram, telegram, tiktok, whatsapp, x, youtube
from compliance.collect.social.routes import Reply
from compliance.model.accounts import WINDOW_DAYS, Exists, Observed, Why
from compliance.model.evidence import Record
from compliance.model.site import AccountSeen
from compliance.model.status import Channel

PLATFORMS: dict[Channel, ModuleType] = {
    m.PLATFORM: m for m in (telegram, youtube, tiktok, whatsapp, facebook, instagram, x)
}
ROLE = "account"
#: A picture of a post; its record's link text is the post's address.
PICTURE = "picture"


def account_key(account: AccountSeen) -> str:
    """What names an account in a snapshot: platform, kind, id."""
    return f"{account.channel.value}:{account.kind}:{account.canonical_id}"


def window_start(at: datetime) -> datetime:
    """The first moment of the window of activity."""
    return at - timedelta(days=WINDOW_DAYS)


def replies_of(snapshot: Snapshot) -> dict[str, list[Reply]]:
    """The replies that a snapshot keeps, by account, in the order of asking."""
    found: dict[str, list[Reply]] = {}
    for record in records_of(snapshot):
        found.setdefault(record.account, []).append(reply_of(record, snapshot.body(record)))
    return found


def records_of(snapshot: Snapshot) -> list[Record]:
    """The records of platforms' replies."""
    return [r for r in snapshot.records if r.role == ROLE and r.account]


def reply_of(record: Record, body: bytes) -> Reply:
    """A kept record as the reply that it was."""
    return Reply(
        record.url,
        record.engine,
        record.final_url,
        record.status,
        record.access,
        body,
        record.detail,
        record.started_at,
    )


def observe(account: AccountSeen, replies: Sequence[Reply], at: datetime) -> Observed:
    """What the replies say of an account, on a day. Of a platform without a module nothing is known."""
    module = PLATFORMS.get(account.channel)
    if module is None:
        return Observed(Exists.UNKNOWN, Why.KIND_UNSUPPORTED)
    found: Observed = module.tell(account, list(replies), window_start(at))
    return found


def unconfirmed(accounts: Iterable[tuple[AccountSeen, Sequence[Reply]]], at: datetime) -> list[AccountSeen]:
    """The accounts that wait for a second look."""
    return [a for a, replies in accounts if observe(a, replies, at).why is Why.NOT_FOUND_UNCONFIRMED]
