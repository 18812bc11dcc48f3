"""A village's site as the checks see it: what was found, what could not be seen, and facts about the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

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
    were not read. `absent`: links that name a topic and lead nowhere.
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
    accounts: tuple[AccountSeen, ...]
    notices: tuple[Notice, ...]
    budgets: tuple[Budget, ...]
    records: Mapping[str, Record]
    pages: int
    skipped: int = 0
    extras: Mapping[str, str] = field(default_factory=dict)

    @property
    def assessable(self) -> bool:
        """Whether the home page could be read at all."""
        return self.facts.home in {Access.OK, Access.TRUNCATED, Access.NEEDS_JAVASCRIPT}

    @property
    def covered(self) -> bool:
        """The first half of the coverage gate: home page and menu were seen."""
        return self.facts.home in {Access.OK, Access.TRUNCATED} and self.facts.menu_seen
