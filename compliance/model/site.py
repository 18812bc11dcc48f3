"""A village's site as the checks see it: what was found, what could not be seen, and facts about the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from compliance.model.accounts import Attested, Completeness, Exists, Observed, Ownership
from compliance.model.budget import Budget
from compliance.model.criteria import Topic, YearRule
from compliance.model.evidence import Candidate, Disclosure, Notice, Record
from compliance.model.status import Access, Channel
from compliance.model.village import Village


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """An account that the site links: `url` as linked, `where` the region of the page, `kind` and `canonical_id` as
    `compliance.match.social` tells them."""

    channel: Channel
    url: str
    where: str
    kind: str = ""
    canonical_id: str = ""
    #: The newest day that the address of a post of it, linked on the site, tells: a lower bound of its activity.
    last_post: str | None = None


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account with what is known of it on the day of judgement.

    `links_back`, `same_name`: None where its description was not seen. `last_post`: ISO day. `posts_in_window`: posts
    of the last `WINDOW_DAYS` days that were seen. `silent`: posts without text. `unread`: posts of which
    something was not read (a picture, a film, a file, a text cut short). `topics`: what its posts disclose.
    """

    seen: AccountSeen
    observed: Observed
    ownership: Ownership
    links_back: bool | None = None
    same_name: bool | None = None
    last_post: str | None = None
    posts_in_window: int | None = None
    completeness: Completeness = Completeness.NONE
    silent: int = 0
    unread: int = 0
    topics: tuple[str, ...] = ()
    attested: Attested | None = None

    @property
    def channel(self) -> Channel:
        """Its platform."""
        return self.seen.channel

    @property
    def url(self) -> str:
        """Its address as the site links it."""
        return self.seen.url

    @property
    def counts(self) -> bool:
        """Whether it is a channel of the village at all: it is not known to be missing or somebody else's."""
        return self.observed.exists is not Exists.NO and self.ownership is not Ownership.CONTRADICTED

    @property
    def read_whole(self) -> bool:
        """Whether everything that it ever published was seen as text: only then may a topic be called missing on it."""
        return self.observed.exists is Exists.YES and self.observed.whole and not self.unread


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What is known of the site itself. None: could not be observed."""

    host: str
    scheme: str
    copy: bool
    home: Access
    home_detail: str
    menu_seen: bool
    viewport: bool | None
    contact: tuple[str, ...]
    newest: date | None
    newest_url: str
    dated_pages: int


@dataclass(frozen=True)
class SiteView:
    """All that a check may look at. Pure data; the same snapshot and criteria give the same view.

    `disclosures` and `near` by topic (near: named, and no disclosure). `unseen`: places that may show a topic and
    were not read. `absent`: links that name a topic and lead nowhere. `posts`: what the accounts' posts disclose, by topic.
    """

    village: Village
    as_of: date
    facts: SiteFacts
    topics: Mapping[str, Topic]
    rules: Mapping[str, YearRule]
    disclosures: Mapping[str, list[Disclosure]]
    near: Mapping[str, list[Disclosure]]
    unseen: Mapping[str, list[Candidate]]
    absent: Mapping[str, list[Candidate]]
    accounts: tuple[AccountView, ...]
    notices: tuple[Notice, ...]
    budgets: tuple[Budget, ...]
    records: Mapping[str, Record]
    pages: int
    skipped: int = 0
    posts: Mapping[str, list[Disclosure]] = field(default_factory=dict)
    extras: Mapping[str, str] = field(default_factory=dict)

    @property
    def assessable(self) -> bool:
        """Whether the home page could be read at all."""
        return self.facts.home in {Access.OK, Access.TRUNCATED, Access.NEEDS_JAVASCRIPT}

    @property
    def covered(self) -> bool:
        """The first half of the coverage gate: home page and menu were seen."""
        return self.facts.home in {Access.OK, Access.TRUNCATED} and self.facts.menu_seen
