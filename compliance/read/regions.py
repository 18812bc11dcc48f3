"""Which part of a page an element is: menu, header, aside, footer or main content."""

from __future__ import annotations

import re
from typing import Any

from compliance.model.status import Region

_SPLIT = re.compile(r"[^a-z0-9]+")
REGION_TAGS = {
    "nav": Region.MENU,
    "marquee": Region.ASIDE,
    "aside": Region.ASIDE,
    "footer": Region.FOOTER,
    "header": Region.HEADER,
}
_ROLES = {
    "navigation": Region.MENU,
    "banner": Region.HEADER,
    "contentinfo": Region.FOOTER,
    "complementary": Region.ASIDE,
    "search": Region.ASIDE,
}
_MENU = {
    "nav",
    "navbar",
    "menu",
    "navigation",
    "offcanvas",
    "topbar",
    "breadcrumb",
    "breadcrumbs",
    "pagination",
    "topnav",
    "navmenu",
    "mainmenu",
    "tabs",
    "pagelist",
}
_ASIDE = {
    "sidebar", "widget", "widgets", "aside", "related", "comments", "komentar", "share", "sharing",
    "sosmed", "marquee", "ticker", "recent", "arsip", "rightcontent", "leftcontent", "cookie",
}  # fmt: skip
_FOOTER = {"footer", "colophon", "copyright"}
_HEADER = {"masthead", "siteheader", "header"}
#: `entry-header`, `card-footer` … belong to the content they stand in.
_CONTENT_PREFIX = {
    "entry",
    "post",
    "card",
    "page",
    "section",
    "article",
    "box",
    "content",
    "panel",
    "modal",
    "table",
    "title",
    "single",
    "has",
    "no",
    "with",
    "full",
    "col",
    "row",
    "main",
    # Page builders call every piece of content a widget.
    "elementor",
    "wpb",
    "vc",
    "et",
    "fl",
    "brxe",
    "kt",
    "uagb",
}
#: What Elementor says that a part of the page is.
_BUILT = {"header": Region.HEADER, "footer": Region.FOOTER}
_NEVER = {
    "html",
    "body",
    "main",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "span",
    "p",
    "li",
    "td",
    "tr",
    "table",
    "img",
    "button",
    "input",
    "i",
    "b",
    "strong",
}


def region_of(element: Any, inherited: Region, in_content: bool) -> Region:
    """The region of an element, given that of its parent. `in_content`: inside main or article."""
    tag = element.tag
    if inherited is not Region.MAIN:
        return inherited
    found = REGION_TAGS.get(tag)
    attributes = element.attrib
    if found is None and "role" in attributes:
        found = _ROLES.get(attributes["role"])
    if found is None and "data-elementor-type" in attributes:
        found = _BUILT.get(attributes["data-elementor-type"])
    if found is Region.HEADER and in_content:
        return inherited
    if (
        found is Region.FOOTER
        and in_content
        and tag == "footer"
        and element.getparent().tag in {"article", "blockquote", "figure"}
    ):
        return inherited
    if found is None and tag not in _NEVER and ("class" in attributes or "id" in attributes):
        found = _by_name(attributes)
        if found is Region.MENU and not _mostly_links(element):
            found = None
        if found is Region.HEADER and in_content:
            found = None
    if found is None or _holds_content(element):
        return inherited
    return found


def lists_pages(element: Any) -> bool:
    """Whether a list consists of links to pages alone, as a menu does that no markup calls one."""
    items = [child for child in element if child.tag == "li"]
    if len(items) < _MENU_ITEMS or not _mostly_links(element):
        return False
    targets = [a.get("href") or "" for a in element.iter("a")]
    return len(targets) >= len(items) and not any(_FILE.search(t) or "drive.google" in t for t in targets)


_MENU_ITEMS = 4
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png)(?:$|[?#])|unduh|download", re.I)


def _by_name(attributes: Any) -> Region | None:
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}".lower().split()
    for name in names:
        words = [w for w in _SPLIT.split(name) if w]
        if not words or words[0] in _CONTENT_PREFIX:
            continue
        tokens = {*words, "".join(words)}
        if tokens & _FOOTER:
            return Region.FOOTER
        if tokens & _ASIDE:
            return Region.ASIDE
        if tokens & _MENU:
            return Region.MENU
        if len(words) <= 2 and tokens & _HEADER:
            return Region.HEADER
    return None


def _holds_content(element: Any) -> bool:
    """A wrapper named after a sidebar that holds the main content is no sidebar."""
    return next(element.iter("main", "article"), None) is not None


def _mostly_links(element: Any) -> bool:
    total = linked = 0
    for node in element.iter():
        if not isinstance(node.tag, str) or node.tag in {"script", "style"}:
            continue
        text = len((node.text or "").strip())
        total += text + len((node.tail or "").strip() if node is not element else "")
        if node.tag == "a":
            linked += sum(len(t.strip()) for t in node.itertext())
    return total == 0 or linked >= 0.5 * total
