"""What was collected and what was found in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from compliance.model.base import Frozen, Text
from compliance.model.status import Access, Channel, NoticeKind, Publication, Region, Strength


class Record(Frozen):
    """One thing asked for, with its provenance: a line of the manifest.

    `offset` and `length` point into the snapshot's WARC (bytes); `elapsed_ms` in milliseconds; `bytes` is the
    body as kept. A record without a body (skipped, refused, unreachable) has sha256 None. A derived record (role
    derived: the text of a file, the DOM of a rendered page) names its `source` by sha256 and the `engine` that made it.
    A platform's reply (role account) names the `account` (platform:kind:id) and, as `engine`, the route.
    """

    seq: int
    url: str
    final_url: str
    role: str = "page"
    redirects: tuple[str, ...] = ()
    method: str = "http"
    status: int | None = None
    access: Access
    detail: str = ""
    started_at: str = ""
    elapsed_ms: int = 0
    content_type: str = ""
    filename: str = ""
    charset: str = ""
    bytes: int = 0
    sha256: str | None = None
    truncated: bool = False
    attempts: int = 1
    link_text: str = ""
    source: str = ""
    engine: str = ""
    account: str = ""
    offset: int | None = None
    length: int | None = None


class SnapshotInfo(Frozen):
    """The head of a snapshot: what was asked for, by whom, when, with which limits."""

    schema_: str = Field(default="compliance-snapshot/1", alias="schema")
    tool: str
    start_url: str
    site_url: str
    as_site: str | None = None
    user_agent: str
    started_at: str
    finished_at: str | None = None
    complete: bool = False
    settings: dict[str, object] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a place was read as it was: one step of an explanation, with the phrase and where it stands."""

    what: str
    phrase: str
    place: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A place that shows a topic, or only names it.

    `disclosed` is the judgement; `strength` says how; `why` lists the phrases and their places; `barrier` says
    what spoke against (draft, news, definition …). `target` is the link that carries it, where it is a file.
    """

    topic: str
    url: str
    title: str
    strength: Strength
    disclosed: bool
    confidence: float
    years: tuple[int, ...] = ()
    period: bool = False
    excerpt: str = ""
    why: tuple[Reason, ...] = ()
    barrier: str = ""
    target: str = ""
    channel: Channel = Channel.WEBSITE
    region: Region = Region.MAIN
    medium: str = "html"
    parts: tuple[str, ...] = ()
    posted: str | None = None
    ocr: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may show a topic and was not, or could not be, read."""

    topic: str
    url: str
    text: str
    access: Access
    detail: str = ""
    score: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of one item. Built by the functions of `checks.kit`, so that it is always whole."""

    publication: Publication
    reason: Text
    confidence: float = 1.0
    channels: dict[str, Publication] = field(default_factory=dict)
    evidence: tuple[Disclosure, ...] = ()
    looked_at: tuple[str, ...] = ()
    near_misses: tuple[tuple[str, Text], ...] = ()
    manual: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something an auditor should see. `severity`: info, warning or serious."""

    kind: NoticeKind
    severity: Literal["info", "warning", "serious"]
    message: Text
    url: str = ""
    excerpt: str = ""
