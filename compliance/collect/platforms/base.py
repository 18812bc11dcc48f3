"""What a platform module has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from compliance.model.document import Document, Link


@dataclass(frozen=True, slots=True)
class Probe:
    """An address to ask, under the site's root. `covers`: the first parts of the pages whose lists it holds.

    `ajax`: the server answers only what says that a script asks. `form`: fields that the list's script posts; with
    `token`, the name of the cookie whose value is posted too.
    """

    path: str
    covers: tuple[str, ...] = ()
    ajax: bool = False
    form: tuple[tuple[str, str], ...] = ()
    token: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The entries of an answer. `whole`: the answer has all that the list holds."""

    links: list[Link]
    whole: bool


class Platform(Protocol):
    """A platform: stateless."""

    @property
    def name(self) -> str:
        """Its name in results."""

    @property
    def probes(self) -> tuple[Probe, ...]:
        """What is asked, in this order."""

    def matches(self, home: Document, headers: dict[str, str]) -> bool:
        """Whether a site runs on it. `headers` of the home page's answer, names in lower case."""

    def entries(self, probe: Probe, data: Any) -> list[Link]:
        """The entries of an answer's JSON. May raise KeyError, TypeError, AttributeError or IndexError for other JSON."""


def said(home: Document) -> str:
    """What a home page says that it was made with: its generator and its footer."""
    return f"{home.meta.get('generator', '')} " + " ".join(b.text for b in home.blocks if b.region.value == "footer")
