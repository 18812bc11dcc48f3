"""Addresses: one spelling for each, and whether it belongs to the site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|igshid|mc_cid|mc_eid|ref_src|_ga|replytocom)$", re.I)
_SESSION = re.compile(
    r"^(?:phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|session|sid|s|osCsid|token|zenid|cfid|cftoken)$",
    re.I,
)
_SESSION_VALUE = re.compile(r"^[0-9a-zA-Z]{8,}$")
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*|/\([SXsx]\([a-z0-9]{10,}\)\)", re.I)
_SAFE_PATH = "/:@!$&'()*+,;=~-._%"
_SAFE_QUERY = _SAFE_PATH + "?/"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_REPEAT = re.compile(r"(/[^/]+?)\1{2,}(?:/|$)|(/[^/]+/[^/]+)\2{2,}(?:/|$)")
_DIGITS = re.compile(r"\d+")
_HASHLIKE = re.compile(r"^(?=.*\d)[0-9a-f]{8,}$|^(?=.*\d)(?=.*[a-z])[0-9a-z]{16,}$", re.I)
MAX_URL = 1500


def tidy(url: str) -> str | None:
    """The one spelling of an http(s) address, or None where it is no such address.

    Lower-case host, IDNA, no default port, no fragment, blanks and other characters percent-encoded, tracking and
    session parameters dropped.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host or len(url) > MAX_URL:
        return None
    try:
        host = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    except UnicodeError:
        return None
    host = host.rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = _PATH_SESSION.sub("", parts.path) or "/"
    path = quote(unquote(path, errors="surrogateescape") if "%" not in path else path, safe=_SAFE_PATH)
    path = _dots(path)
    kept = [p for p in parts.query.split("&") if p and not _dropped(p)]
    query = quote("&".join(kept), safe=_SAFE_QUERY)
    return urlunsplit((scheme, netloc, path, query, ""))


def join(base: str, target: str) -> str | None:
    """`tidy` of a link found at `base`, or None where it is no http(s) address."""
    try:
        return tidy(urljoin(base, target.strip()))
    except ValueError:
        return None


def _dropped(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    if _TRACKING.match(name):
        return True
    return bool(_SESSION.match(name) and _SESSION_VALUE.match(value))


def _dots(path: str) -> str:
    if "/." not in path:
        return path
    out: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if len(out) > 1:
                out.pop()
        elif part != ".":
            out.append(part)
    joined = "/".join(out)
    if path.endswith(("/.", "/..")):
        joined += "/"
    return joined or "/"


def pattern_of(url: str) -> str:
    """The shape of an address: numbers and hash-like parts as #, query names without values."""
    parts = urlsplit(url)
    segments = []
    for segment in parts.path.split("/"):
        if _HASHLIKE.match(segment):
            segments.append("#")
        else:
            segments.append(_DIGITS.sub("#", segment))
    names = sorted({p.split("=")[0] for p in parts.query.split("&") if p})
    return f"{parts.netloc}{'/'.join(segments)}?{'&'.join(names)}"


def family_of(url: str) -> str:
    """A coarser shape: first path part, depth, and query names. Catches traps that vary by words."""
    parts = urlsplit(url)
    segments = [s for s in parts.path.split("/") if s]
    names = sorted({p.split("=")[0] for p in parts.query.split("&") if p})
    return f"{parts.netloc}/{_DIGITS.sub('#', segments[0]) if segments else ''}/{len(segments)}?{'&'.join(names)}"


def is_endless(url: str) -> bool:
    """Whether an address repeats its own parts, as links that lost their base do."""
    path = urlsplit(url).path
    return bool(_REPEAT.search(path)) or path.count("/") > 15


def host_of(url: str) -> str:
    """The host, without port."""
    return urlsplit(url).hostname or ""


def politeness_key(url: str, groups: tuple[tuple[str, ...], ...] = ()) -> str:
    """host:port whatever the scheme (80 and 443 are one server), or the name of a configured group."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    bare = host.removeprefix("www.")
    for group in groups:
        if host in group or bare in group:
            return "group:" + group[0]
    port = parts.port
    return bare if port in (None, 80, 443) else f"{bare}:{port}"


@dataclass(frozen=True, slots=True)
class Site:
    """The audited site: a host (and its www twin), and a path prefix where the address has one.

    With `copy`, addresses are those of the site, but requests go to the copy.
    """

    root: str
    prefix: str
    copy: str = ""

    @classmethod
    def of(cls, url: str, copy: str = "") -> Site:
        """The site of a start address. The path counts up to the first part that is a file (`/index.php/…`)."""
        parts = urlsplit(url)
        segments: list[str] = []
        for segment in parts.path.split("/"):
            if "." in segment:
                break
            if segment:
                segments.append(segment)
        prefix = "/" + "/".join(segments) + ("/" if segments else "")
        return cls(urlunsplit((parts.scheme, parts.netloc, "/", "", "")), prefix, copy)

    def _netloc(self, url: str) -> str:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        return host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"

    def contains(self, url: str) -> bool:
        """Whether an address belongs to the site."""
        if self._netloc(url) != self._netloc(self.root):
            return False
        path = urlsplit(url).path
        prefix = self.prefix.rstrip("/")
        return not prefix or path == prefix or path.startswith(prefix + "/")

    def same_host(self, url: str) -> bool:
        """Whether an address is on the site's host, in whatever folder."""
        return self._netloc(url) == self._netloc(self.root)

    def fetch_url(self, url: str) -> str:
        """Where to ask for an address: at the copy, if the site is audited from one."""
        if not self.copy or not self.same_host(url):
            return url
        parts, copy = urlsplit(url), urlsplit(self.copy)
        return urlunsplit((copy.scheme, copy.netloc, copy.path.rstrip("/") + parts.path, parts.query, ""))

    def public_url(self, url: str) -> str:
        """The address that stands for one of the copy."""
        if not self.copy:
            return url
        parts, copy, root = urlsplit(url), urlsplit(self.copy), urlsplit(self.root)
        if parts.netloc != copy.netloc:
            return url
        path = parts.path.removeprefix(copy.path.rstrip("/")) or "/"
        return urlunsplit((root.scheme, root.netloc, path, parts.query, ""))
