"""The names of statuses, as users read them."""

from __future__ import annotations

from compliance.model.base import Text
from compliance.model.status import Channel, Publication

PUBLICATION = {
    Publication.PUBLISHED: Text(id="terbit", en="published"),
    Publication.PARTIAL: Text(id="sebagian", en="partial"),
    Publication.OUTDATED: Text(id="usang", en="outdated"),
    Publication.NOT_PUBLISHED: Text(id="tidak terbit", en="not published"),
    Publication.UNOBSERVED: Text(id="belum teramati", en="unobserved"),
    Publication.NOT_APPLICABLE: Text(id="tidak berlaku", en="not applicable"),
}

PLATFORM_NAMES = {
    Channel.WEBSITE: "situs",
    Channel.FACEBOOK: "Facebook",
    Channel.INSTAGRAM: "Instagram",
    Channel.TIKTOK: "TikTok",
    Channel.YOUTUBE: "YouTube",
    Channel.TELEGRAM: "Telegram",
    Channel.WHATSAPP: "WhatsApp",
    Channel.X: "X",
    Channel.THREADS: "Threads",
    Channel.LINE: "LINE",
}
