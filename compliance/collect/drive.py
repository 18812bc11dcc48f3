"""Google Drive and Docs: what a link names, what is asked for it, and what the answer means.

Only what Drive shows without a login is read. A folder proves nothing; the files in it are read like any document.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from compliance.collect.fetch import Answer
from compliance.model.status import Access

_IN_PATH = re.compile(
    r"/(?:drive/)?(?:u/\d+/)?(folders|file/d|document/d|spreadsheets/d|presentation/d|forms/d)/(e/)?([\w-]+)"
)
_KINDS = {
    "folders": "folder",
    "file/d": "file",
    "document/d": "document",
    "spreadsheets/d": "spreadsheets",
    "presentation/d": "presentation",
    "forms/d": "form",
}
_EXPORT = {"document": "pdf", "spreadsheets": "xlsx", "presentation": "pdf"}
_API = "https://www.googleapis.com"
_SAMPLE = re.compile(
    r"^(?:x+|0+|1?234567890.*|abc.*|your.*|id[-_ ]?.*|contoh.*|sample.*|example.*|.*placeholder.*|.*xxxxx.*)$", re.I
)
_NEEDS = re.compile(
    r"you need access|request access|anda memerlukan akses|minta akses|perlu izin|sign in|accounts\.google\.com/(?:v3/)?signin",
    re.I,
)
_QUOTA = re.compile(
    r"quota exceeded|too many users have viewed|kuota.{0,40}terlampaui|terlalu banyak pengguna|unusual traffic", re.I
)
_GONE = re.compile(
    r"file you have requested does not exist|file does not exist|berkas yang anda minta tidak ada|in the (?:owner's )?trash|sampah",
    re.I,
)
_SCAN = re.compile(r"can't scan this file for viruses|tidak dapat memindai file ini", re.I)


@dataclass(frozen=True, slots=True)
class Stored:
    """A thing in a store: kind folder, file, document, spreadsheets, presentation or form, and its id.

    `published`: an id under which a document was published to the web, which is not the document's own.
    """

    kind: str
    id: str
    published: bool = False

    @property
    def sample(self) -> bool:
        """Whether the id is a placeholder that somebody forgot to fill in."""
        return len(self.id) < 15 or _SAMPLE.match(self.id) is not None or len(set(self.id)) < 6


def parse(url: str) -> Stored | None:
    """What a Drive or Docs address names; None where it names nothing (the store's own pages)."""
    parts = urlsplit(url)
    found = _IN_PATH.search(parts.path)
    if found:
        return Stored(_KINDS[found[1]], found[3], bool(found[2]))
    asked = parse_qs(parts.query).get("id", [""])[0]
    if asked and re.search(r"folder", parts.path, re.I):
        return Stored("folder", asked)
    return Stored("file", asked) if asked and re.search(r"/(?:open|uc|file|download|thumbnail)\b", parts.path) else None


def address(stored: Stored, base: str = "", key: str = "") -> str:
    """What is asked for it. `base` stands in for Google's hosts (a test server); `key` is a Drive API key."""
    if key and stored.kind in {"folder", "file"}:
        api = f"{base or _API}/drive/v3/files"
        if stored.kind == "file":
            return f"{api}/{stored.id}?" + urlencode({"alt": "media", "key": key})
        return f"{api}?" + urlencode(
            {
                "q": f"'{stored.id}' in parents and trashed = false",
                "pageSize": 200,
                "fields": "nextPageToken,files(id,name,mimeType)",
                "key": key,
            }
        )
    if stored.kind == "folder":
        return f"{base or 'https://drive.google.com'}/embeddedfolderview?id={stored.id}"
    if stored.published:
        return f"{base or 'https://docs.google.com'}/{stored.kind}/d/e/{stored.id}/pub?output={_EXPORT.get(stored.kind, 'pdf')}"
    if stored.kind in _EXPORT:
        return f"{base or 'https://docs.google.com'}/{stored.kind}/d/{stored.id}/export?format={_EXPORT[stored.kind]}"
    return f"{base or 'https://drive.google.com'}/uc?export=download&id={stored.id}"


def outcome(answer: Answer, stored: Stored) -> tuple[Access, str]:
    """What an answer means: ok, permission_needed, not_found (deleted), rate_limited, empty, or as it came."""
    if answer.access in {Access.LOGIN_REQUIRED, Access.BLOCKED} or answer.status == 403:
        text = answer.body[:20_000].decode("utf-8", "replace")
        return (Access.RATE_LIMITED, "quota") if _QUOTA.search(text) else (Access.PERMISSION_NEEDED, "drive locked")
    if answer.access in {Access.NOT_FOUND, Access.GONE}:
        return Access.NOT_FOUND, "drive deleted"
    if answer.access is not Access.OK:
        return answer.access, answer.detail
    if answer.body.lstrip()[:1] == b"<" and (stored.kind != "folder" or b"flip-entr" not in answer.body):
        text = answer.body[:200_000].decode("utf-8", "replace")
        for pattern, access, detail in (
            (_QUOTA, Access.RATE_LIMITED, "quota"),
            (_GONE, Access.NOT_FOUND, "drive deleted"),
            (_SCAN, Access.TOO_LARGE, "drive scan"),
            (_NEEDS, Access.PERMISSION_NEEDED, "drive locked"),
        ):
            if pattern.search(text):
                return access, detail
        return Access.UNREADABLE, "drive"
    if stored.kind == "folder":
        found = entries(answer.body)
        if found is None:
            return Access.UNREADABLE, "drive"
        return (Access.OK, f"{len(found)} files") if found else (Access.EMPTY, "empty folder")
    return Access.OK, ""


#: Drive's public page shows no more than about this many things of a folder.
_SHOWN = 100


def cut(body: bytes) -> bool:
    """Whether a folder holds, or may hold, more than an answer shows."""
    if body.lstrip()[:1] == b"{":
        return b'"nextPageToken"' in body
    return len(entries(body) or []) >= _SHOWN


def entries(body: bytes) -> list[tuple[str, str]] | None:
    """The address and name of each thing in a folder, from Drive's public page or the API; None for other bodies."""
    if body.lstrip()[:1] == b"{":
        try:
            files = json.loads(body)["files"]
            return [(_view(str(f["id"]), str(f["mimeType"])), str(f["name"])) for f in files]
        except (ValueError, KeyError, TypeError):
            return None
    from bs4 import BeautifulSoup

    page = BeautifulSoup(body, "lxml")
    if page.select_one("[class*=flip-]") is None:
        return None
    found = []
    for entry in page.select(".flip-entry"):
        link = entry.find("a", href=True)
        name = entry.select_one(".flip-entry-title")
        if link is not None and name is not None:
            found.append((str(link["href"]), name.get_text(" ", strip=True)))
    return found


def _view(identity: str, mime: str) -> str:
    for suffix, place in (
        ("folder", "drive/folders"),
        ("document", "document/d"),
        ("spreadsheet", "spreadsheets/d"),
        ("presentation", "presentation/d"),
    ):
        if mime == f"application/vnd.google-apps.{suffix}":
            host = "drive.google.com" if suffix == "folder" else "docs.google.com"
            return f"https://{host}/{place}/{identity}"
    return f"https://drive.google.com/file/d/{identity}/view"
