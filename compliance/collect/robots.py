"""robots.txt, read live for every host (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass, field

from protego import Protego

from compliance.model.status import Access

#: RFC 9309 2.5: at least the first 500 KiB are parsed.
MAX_BYTES = 512 * 1024


@dataclass(frozen=True)
class Rules:
    """The rules of one host for our user agent. `unreachable`: RFC 9309 2.3.1.4, everything is disallowed."""

    parser: Protego | None = None
    unreachable: bool = False
    why: Access = Access.OK
    sitemaps: tuple[str, ...] = field(default_factory=tuple)

    def allows(self, url: str, agent: str) -> bool:
        """Whether we may ask for an address."""
        if self.unreachable:
            return False
        return self.parser is None or bool(self.parser.can_fetch(url, agent))

    def delay(self, agent: str) -> float:
        """The Crawl-delay in seconds; 0 where there is none."""
        if self.parser is None:
            return 0.0
        value = self.parser.crawl_delay(agent)
        return float(value) if value is not None and value > 0 else 0.0


def parse(body: bytes) -> Rules:
    """The rules in a robots.txt. An HTML page served instead has no rules."""
    text = body[:MAX_BYTES].decode("utf-8", "replace").lstrip("\ufeff")
    if text.lstrip()[:1] == "<":
        return Rules()
    parser = Protego.parse(text)
    return Rules(parser=parser, sitemaps=tuple(parser.sitemaps))
