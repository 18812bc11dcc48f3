"""Links as programs and people break them: doubled hosts, lost question marks, templates, old forms."""

from __future__ import annotations

import pytest

from compliance.match.social import classify

UC = "UCabcdefghijklmnopqrstuv"
CHANNEL = "0029Va4K0PZ5a245NkngBA2M"
SAME = [
    ("https://web.facebook.com/https://www.facebook.com/desasukamaju", "account facebook desasukamaju"),
    ("https://facebook.com/www.facebook.com/desasukamaju", "account facebook desasukamaju"),
    ("https://www.instagram.com/https://instagram.com/desa.sukamaju/", "account instagram desa.sukamaju"),
    ("https://www.facebook.com/profile.php&id=100012345678901", "account facebook 100012345678901"),
    ("https://www.facebook.com/profile.php%3Fid=100012345678901", "account facebook 100012345678901"),
    ("https://www.facebook.com/profile.php?id=100012345678901/", "account facebook 100012345678901"),
    (
        "https://www.facebook.com/plugins/likebox.php?href=https%3A%2F%2Ffacebook.com%2Fdesasukamaju",
        "account facebook desasukamaju",
    ),
    ("https://www.facebook.com/#!/desasukamaju", "account facebook desasukamaju"),
    ("https://p.facebook.com/desasukamaju", "account facebook desasukamaju"),
    ("https://fil-ph.facebook.com/desasukamaju", "account facebook desasukamaju"),
    ("fb://page/100012345678901", "account facebook 100012345678901"),
    (
        "fb://facewebmodal/f?href=https://www.facebook.com/desasukamaju",
        "account facebook desasukamaju",
    ),
    ("intent://instagram.com/_u/desasukamaju/#Intent;package=com.instagram.android", "account instagram desasukamaju"),
    ("https//facebook.com/desasukamaju", "account facebook desasukamaju"),
    ("htpp://facebook.com/desasukamaju", "account facebook desasukamaju"),
    ("https:facebook.com/desasukamaju", "account facebook desasukamaju"),
    ("https://instagram.com/desasukamaju.", "account instagram desasukamaju"),
    (f"https://www.youtube.com/c/{UC}", f"account youtube {UC}"),
    (f"https://www.youtube.com/user/{UC}", f"account youtube {UC}"),
    ("https://youtu.be/@desasukamaju", "account youtube @desasukamaju"),
    (f"https://www.youtube.com/subscribe_embed?channelid={UC}", f"account youtube {UC}"),
    (f"https://wa.me/channel/{CHANNEL}", f"account whatsapp {CHANNEL}"),
    ("https://wa.me/send?phone=6281298765432", "account whatsapp +6281298765432"),
    ("https://wa.me/62081298765432", "account whatsapp +6281298765432"),
    ("https://wa.me/626281298765432", "account whatsapp +6281298765432"),
    ("https://wa.me/６２８１２９８７６５４３２", "account whatsapp +6281298765432"),
    ("https://t.me/+081298765432", "account telegram +6281298765432"),
    ("https://t.me/s/desasukamaju/152", "content telegram desasukamaju"),
    ("https://line.me/R/oaMessage/@123abcde/?Halo", "account line @123abcde"),
    ("https://line.me/ti/p/~desasukamaju", "account line ~desasukamaju"),
    ("https://href.li/?https://t.me/desasukamaju", "account telegram desasukamaju"),
    ("https://www.google.co.id/url?q=https://t.me/desasukamaju&sa=D", "account telegram desasukamaju"),
    ("https://www.instagram.com/digitaldesaidaman", "account instagram digitaldesaidaman"),
]
NONE = [
    "https://www.facebook.com/{username}",
    "https://www.instagram.com/%7Bnama%7D",
    "https://t.me/[nama]",
    "https://www.facebook.com/me",
    "https://www.facebook.com/pages/",
    "https://www.facebook.com/groups/create",
    "https://www.instagram.com/login",
    "https://www.youtube.com/movies",
    "https://twitter.com/widgets",
    "https://www.whatsapp.com/channel/desasukamaju",
    "https://chat.whatsapp.com/gabung",
    "https://wa.me/620000000000",
    "https://wa.me/6288888888888",
    "https://www.facebook.com/plugins/like.php?href=https://desa.example",
    "https://www.google.com/url?q=https://desa.example",
    "https://www.instagram.com/digitaldesa.id",
    "https://web.facebook.com/https://desasukamaju.desa.example/",
]


@pytest.mark.parametrize(("url", "means"), SAME)
def test_what_was_meant_is_found(url: str, means: str) -> None:
    link = classify(url)
    assert f"{link.verdict.value} {link.platform} {link.canonical_id}" == means


@pytest.mark.parametrize("url", NONE)
def test_names_nobody(url: str) -> None:
    assert classify(url).verdict.value == "negative"
