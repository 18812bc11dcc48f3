"""Links to platforms, recognised by address: the example table, variants made by rule, and anything at all."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.match.social import PLATFORMS, classify
from compliance.match.social.kinds import Verdict
from compliance.match.social.whatsapp import number_of

TABLE = Path(__file__).parents[1] / "data" / "social-links.tsv"
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))


def told(url: str) -> tuple[str, str, str, str]:
    link = classify(url)
    return link.verdict.value, link.platform, link.kind, link.canonical_id


@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["url"][:60])
def test_table(row: dict[str, str]) -> None:
    assert told(row["url"]) == (row["verdict"], row["platform"], row["kind"], row["canonical_id"])


# -- variants by rule ---------------------------------------------------------------------------------

Change = Callable[[str, random.Random], str]


def _host_case(url: str, draw: random.Random) -> str:
    head, sep, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{head}{sep}{''.join(c.upper() if draw.random() < 0.5 else c for c in host)}{slash}{path}"


def _tracked(url: str, draw: random.Random) -> str:
    extra = draw.choice(
        [
            "utm_source=web&utm_medium=footer",
            "fbclid=IwAR0abc",
            "ref=bookmarks",
            "igshid=YmMy",
            "mibextid=ZbWKwL",
            "lang=id",
        ]
    )
    return f"{url}{'&' if '?' in url else '?'}{extra}"


def _no_scheme(url: str, _: random.Random) -> str:
    return url.split("://", 1)[1]


def _relative(url: str, _: random.Random) -> str:
    return "//" + url.split("://", 1)[1]


def _plain_http(url: str, _: random.Random) -> str:
    return "http://" + url.split("://", 1)[1]


def _junk(url: str, draw: random.Random) -> str:
    return (
        draw.choice([" ", "\n\t", "“", "("])
        + url
        + draw.choice([" ", "\n", "\t", ")", '"', ",", ";", "\u200b", "\ufeff"])
    )


def _encoded(url: str, _: random.Random) -> str:
    return quote(url, safe="")


def _escaped(url: str, _: random.Random) -> str:
    return url.replace("&", "&amp;")


def _backslashes(url: str, _: random.Random) -> str:
    return url.replace("/", "\\")


def _doubled(url: str, _: random.Random) -> str:
    return "http://" + url


def _fragment(url: str, _: random.Random) -> str:
    return f"{url}#tentang"


CHANGES: list[Change] = [
    _host_case,
    _tracked,
    _no_scheme,
    _relative,
    _plain_http,
    _junk,
    _encoded,
    _escaped,
    _backslashes,
    _doubled,
    _fragment,
]
MOBILE = {"www.facebook.com": "m.facebook.com", "www.instagram.com": "m.instagram.com", "www.youtube.com": "m.youtube.com", "twitter.com": "mobile.twitter.com", "www.tiktok.com": "m.tiktok.com"}  # fmt: skip
TABS = {"page_or_profile": ["/about", "/photos", "/?locale=id_ID"], "handle": ["/featured", "/streams", "/community"], "user": ["/", "/media", "/with_replies"],
        "profile": ["/", "?lang=id"], "username": ["/", "?start=1"]}  # fmt: skip


def variants() -> list[tuple[str, tuple[str, str, str, str]]]:
    """300 variants of the table's whole addresses; none of them changes what is meant."""
    draw = random.Random(20261124)
    whole = [r for r in ROWS if r["url"].startswith("http") and r["verdict"] != "negative"]
    found: list[tuple[str, tuple[str, str, str, str]]] = []
    while len(found) < 300:
        row = draw.choice(whole)
        url = row["url"]
        for old, new in MOBILE.items():
            if f"//{old}/" in url and draw.random() < 0.3:
                url = url.replace(f"//{old}/", f"//{new}/")
        simple = url.count("/") == 3 and "?" not in url
        if simple and row["kind"] in TABS and draw.random() < 0.4:
            url += draw.choice(TABS[row["kind"]])
        for change in draw.sample(CHANGES, draw.choice([1, 1, 2])):
            if change in {_no_scheme, _relative, _plain_http, _doubled} and "://" not in url:
                continue
            url = change(url, draw)
        found.append((url, (row["verdict"], row["platform"], row["kind"], row["canonical_id"])))
    return found


def test_variants_mean_the_same() -> None:
    wrong = [(url, told(url), expected) for url, expected in variants() if told(url) != expected]
    assert len(wrong) <= 3, wrong[:10]


@pytest.mark.parametrize("row", [r for r in ROWS if r["kind"] == "share"], ids=lambda r: r["url"][:50])
@pytest.mark.parametrize("change", CHANGES, ids=lambda c: c.__name__)
def test_no_variant_of_a_share_link_is_an_account(row: dict[str, str], change: Change) -> None:
    assert classify(change(row["url"], random.Random(1))).verdict is not Verdict.ACCOUNT


# -- anything at all ----------------------------------------------------------------------------------

HOSTS = sorted({host for module in PLATFORMS for host in module.HOSTS})
_piece = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(HOSTS), st.lists(_piece, max_size=4), _piece)
def test_never_fails_and_every_account_has_a_name(host: str, parts: list[str], query: str) -> None:
    link = classify(f"https://{host}/{'/'.join(parts)}?{query}")
    if link.verdict is Verdict.ACCOUNT:
        assert link.canonical_id and link.platform


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_judged(text: str) -> None:
    assert classify(text).verdict in set(Verdict)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        ["https://www.facebook.com/sharer/sharer.php?u=", "https://twitter.com/intent/tweet?url=", "https://t.me/share/url?url=",
         "https://api.whatsapp.com/send?text=", "https://www.facebook.com/dialog/share?href=", "https://wa.me/?text="]
    ),
    st.text(max_size=60),
)  # fmt: skip
def test_no_share_link_is_an_account(button: str, text: str) -> None:
    assert classify(button + quote(text, safe="")).verdict is not Verdict.ACCOUNT


# -- single rules -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.instagram.com%2Fdesa_ranu&h=AT0", ("account", "instagram", "profile", "desa_ranu")),
        ("https://www.google.com/url?q=https://t.me/desaranu&sa=D", ("account", "telegram", "username", "desaranu")),
        ("https://www.youtube.com/redirect?q=https%3A%2F%2Fdesaranu.desa.example", ("negative", "", "redirector", "")),
        ("https://www.facebook.com/share/1AbCdEfGh/", ("resolve", "facebook", "short", "1AbCdEfGh")),
        ("https://www.facebook.com/p/Desa-Ranu-100064812345678/", ("account", "facebook", "id", "100064812345678")),
        ("https://www.facebook.com/pg/desaranu/photos/?ref=page_internal", ("account", "facebook", "page_or_profile", "desaranu")),
        ("https://www.facebook.com/permalink.php?story_fbid=pfbid0x&id=100064812345678", ("content", "facebook", "post", "100064812345678")),
        ("https://www.instagram.com/stories/desa_ranu/3141592653589793238/", ("content", "instagram", "story", "desa_ranu")),
        ("https://youtube.com/@desa%20ranu", ("negative", "youtube", "broken", "")),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", ("content", "youtube", "video", "dQw4w9WgXcQ")),
        ("https://www.youtube.com/embed/live_stream?channel=UC3gRBswFkuteshdwMZAQafQ", ("account", "youtube", "channel_id", "UC3gRBswFkuteshdwMZAQafQ")),
        ("https://twitter.com/#!/DesaRanu", ("account", "x", "user", "desaranu")),
        ("https://x.com/i/web/status/1836000000000000001", ("content", "x", "post", "1836000000000000001")),
        ("https://vm.tiktok.com/ZSabc/", ("resolve", "tiktok", "short", "ZSabc")),
        ("https://www.threads.net/desa_ranu", ("negative", "threads", "broken", "")),
        ("https://t.me/s/desaranu", ("account", "telegram", "username", "desaranu")),
        ("tg://resolve?domain=desaranu", ("account", "telegram", "username", "desaranu")),
        ("https://t.me/joinchat/AbCdEfGhIjKl0001", ("account", "telegram", "invite", "+AbCdEfGhIjKl0001")),
        ("https://wa.me/081234567891", ("account", "whatsapp", "number", "+6281234567891")),
        ("https://wa.me/?text=Halo", ("negative", "", "share", "")),
        ("https://wa.me/6281xxxxxxxx", ("negative", "whatsapp", "broken", "")),
        ("https://s.id/desaranu", ("resolve", "", "short", "desaranu")),
        ("https://desaranu.desa.example/facebook.com/desa", ("negative", "", "other", "")),
        ("https://facebook.com.contoh.example/desaranu", ("negative", "", "other", "")),
        ("mailto:desa@contoh.example", ("negative", "", "other", "")),
    ],
)  # fmt: skip
def test_rules(url: str, expected: tuple[str, str, str, str]) -> None:
    assert told(url) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0812 3456 7890", "+6281234567890"),
        ("+62-812-3456-7890", "+6281234567890"),
        ("62 0812 3456 7890", "+6281234567890"),
        ("812.3456.7890", "+6281234567890"),
        ("0812", ""),
        ("08xx-xxxx", ""),
    ],
)
def test_numbers(text: str, expected: str) -> None:
    assert number_of(text) == expected


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("https://www.facebook.com/v19.0/dialog/share?app_id=1", "negative"),
        ("https://www.facebook.com/v2.10/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Fdesaranu", "account"),
        ("https://www.instagram.com/sharer.php?u=x", "negative"),
        ("https://x.com/tweet?url=x", "negative"),
        ("https://www.facebook.com/username", "negative"),
        ("https://www.youtube.com/c/yourchannel", "negative"),
        ("https://www.facebook.com/ctest", "account"),
        ("https://" + "m." * 400_000 + "facebook.com/x", "negative"),
    ],
)
def test_what_attacks_have_shown(url: str, verdict: str) -> None:
    assert classify(url).verdict.value == verdict
