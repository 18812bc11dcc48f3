"""The limits and manners of one collection."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from compliance import __version__


@dataclass(frozen=True, slots=True)
class Settings:
    """How to collect. Times in seconds, sizes in bytes.

    `max_pages` counts HTML pages that were read, `max_documents` other bodies (of these `max_pictures` pictures).
    `max_ocr` scans and pictures are recognised, for at most `max_ocr_seconds`. `delay` is our own pause between
    two requests to one host; the site's Crawl-delay counts where it is longer (at most `max_crawl_delay`).
    `max_rendered` pages are drawn by a browser where their text comes by script.
    `max_stored` things of Google Drive are asked for; `drive_base` stands in for its hosts, `drive_key` is an API key.
    `same_server` groups hosts that are one server for politeness.
    """

    max_pages: int = 80
    max_documents: int = 60
    max_pictures: int = 30
    max_stored: int = 40
    max_rendered: int = 12
    max_ocr: int = 25
    max_ocr_seconds: float = 900.0
    max_bytes: int = 300 * 1024 * 1024
    max_seconds: float = 3600.0
    max_depth: int = 8
    max_page_bytes: int = 5 * 1024 * 1024
    max_document_bytes: int = 25 * 1024 * 1024
    max_redirects: int = 10
    delay: float = 0.5
    max_crawl_delay: float = 10.0
    max_retry_after: float = 120.0
    connect_timeout: float = 10.0
    read_timeout: float = 15.0
    total_timeout: float = 60.0
    patient_timeout: float = 40.0
    trap_fetches: int = 15
    offsite: bool | None = None
    drive_base: str = ""
    drive_key: str = ""
    contact: str = ""
    proxy: str = ""
    ca_bundle: str = ""
    same_server: tuple[tuple[str, ...], ...] = field(default_factory=tuple)

    @property
    def user_agent(self) -> str:
        """Who asks: name, version and a contact."""
        contact = self.contact.strip() or "contact not configured"
        return f"desa-compliance/{__version__} (village disclosure audit; +{contact})"

    def public(self) -> dict[str, object]:
        """The settings as kept in a snapshot: without what may hold a password or key."""
        kept = asdict(self)
        kept.pop("proxy")
        kept.pop("drive_key")
        return kept
