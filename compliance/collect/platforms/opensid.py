"""OpenSID 22 to 26: public documents and products of law come as JSON."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from compliance.collect.platforms.base import Probe, said
from compliance.model.document import Document, Link
from compliance.model.status import Region

_ANCHOR = re.compile(
    r"""<a\s[^<>]{0,500}?href=(?P<q>["'])(?P<url>[^"'<>]{0,2000})(?P=q)[^<>]{0,500}>(?P<name>[^<]{0,500}(?:<(?!/?a\b)[^<]{0,500}){0,20})</a>""",
    re.I | re.S,
)


class OpenSID:
    """Fingerprint: cookie sidcsrf, or its name in generator or footer."""

    name = "opensid"
    probes = (
        Probe("/ppid", covers=("informasi-publik", "informasi_publik")),
        Probe(
            "/fweb/peraturan/datatables?draw=1&start=0&length=100",
            covers=("peraturan-desa", "peraturan_desa"),
            ajax=True,
        ),
        Probe("/internal_api/informasi-publik?page[size]=100", covers=("informasi-publik",)),
        Probe(
            "/informasi-publik/data",
            covers=("informasi-publik", "informasi_publik"),
            ajax=True,
            form=(("draw", "1"), ("start", "0"), ("length", "100")),
            token="sidcsrf",
        ),
        Probe("/internal_api/produk-hukum?page[size]=100", covers=("peraturan-desa", "produk-hukum")),
    )

    def matches(self, home: Document, headers: dict[str, str]) -> bool:
        """See the class."""
        return "sidcsrf" in headers.get("set-cookie", "") or bool(re.search(r"opensid", said(home), re.I))

    def entries(self, probe: Probe, data: Any) -> list[Link]:
        """Each document with its own name; a document without an address of its own is at its number."""
        if probe.path == "/ppid":
            rows = data["data"]["ppid"]
            return [_link(str(r["dokumen"] or ""), str(r["nama"])) for r in rows if r.get("enabled", "1") in {"1", 1}]
        found = []
        if probe.form:
            # Each row is a line of the table, its second cell a link in HTML.
            for row in data["data"]:
                anchor = _ANCHOR.search(str(row[1]))
                if anchor is not None:
                    found.append(_link(unescape(anchor["url"]), unescape(anchor["name"])))
            return found
        for row in data["data"]:
            values = row.get("attributes", row)
            address = values.get("url") or values.get("dokumen") or f"/dokumen_web/unduh_berkas/{int(row['id'])}"
            found.append(_link(str(address), str(values["nama"])))
        return found


def _link(address: str, name: str) -> Link:
    return Link(address, " ".join(name.split())[:300], Region.MAIN, "api")
