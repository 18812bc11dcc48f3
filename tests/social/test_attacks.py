"""What hostile platforms, pages, caches and forms may try: each was once a fault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from compliance.collect.settings import Settings
from compliance.collect.social import PLATFORMS, observe, window_start
from compliance.collect.social.asking import Client, Limits, forbidden
from compliance.collect.social.routes import Ask, Keys, Reply, number
from compliance.collect.social.tokens import Tokens
from compliance.errors import Exit, UserError
from compliance.match.owners import ownership_of, same_name, same_site
from compliance.match.site import Frame
from compliance.model.accounts import Attested, Completeness, Exists, Observed, Ownership, Post, Why
from compliance.model.status import Access
from compliance.run.accounts import _text_of
from compliance.run.attested import FILE, add_attestations, attestations
from compliance.run.form import read_form
from compliance.run.village import Tools, judge_snapshot, load_criteria
from tests.social.platforms import FIXTURES, Answer, platforms
from tests.social.test_form import GOOD, KNOWN, NUMBER, TOPICS, filled
from tests.social.test_platforms import (
    API,
    FACEBOOK,
    GRAPH,
    LOOKS,
    NOW,
    PAGE,
    PREVIEW,
    SECRETS,
    TELEGRAM,
    TIKTOK,
    USER,
    XUSER,
    YOUTUBE,
    read,
)
from tests.social.test_village import AS_OF, BUDGET, channel, run

TOKEN = "id|rahasia/dua"


def answer(data: object, status: int = 200) -> Answer:
    return Answer(json.dumps(data).encode(), status, "application/json")


# -- tokens ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reply",
    [
        answer(
            {"id": "1", "name": "x", "paging": {"next": f"https://graph.facebook.com/v25.0/1?access_token={TOKEN}"}}
        ),
        answer({"error": {"message": f"Malformed access token {TOKEN}", "code": 190}}, 400),
        Answer(status=302, to="https://evil.example/x?access_token=id%7Crahasia%2Fdua"),
    ],
)
def test_a_token_that_a_platform_repeats_is_kept_nowhere(tmp_path: Path, reply: Answer) -> None:
    with platforms({GRAPH: reply}) as server:
        _, replies = read(server, FACEBOOK, tokens={"facebook": TOKEN}, limits=Limits(cache=tmp_path / "c"))
    said = b"".join(r.body + r.final_url.encode() for r in replies)
    said += b"".join(p.read_bytes() for p in (tmp_path / "c").glob("*"))
    assert b"rahasia" not in said


def test_with_a_token_no_redirect_is_followed() -> None:
    with platforms({GRAPH: Answer(status=302, to="https://graph.facebook.com/lain"), "graph.facebook.com/lain": answer({})}) as server:  # fmt: skip
        read(server, FACEBOOK, tokens=SECRETS)
        assert server.paths() == [GRAPH]


# -- what is asked for -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com./x",
        "https://%66acebook.com/x",
        "https://facebook.com\\@evil.example/x",
        "https://www.tiktok.com/%65mbed/x",
        "https://www.youtube.com/x/../results",
        "https://fb.watch/x",
        "https://t.co/x",
        "https://[x/a.jpg",
    ],
)
def test_a_forbidden_address_in_disguise_is_forbidden(url: str) -> None:
    assert forbidden(url)


def test_robots_of_a_host_leads_nowhere_else_and_a_limit_on_it_stops_the_host() -> None:
    with platforms({PREVIEW: Answer(b"x")}) as server:
        server.robots["t.me"] = Answer(status=302, to="https://www.facebook.com/rahasia")
        read(server, TELEGRAM)
        assert not any("facebook" in p for p in server.paths())
    with platforms({}) as server:
        server.robots["www.youtube.com"] = Answer(b"x", 429)
        read(server, YOUTUBE, keys=Keys(rss=True))
        assert server.paths() == []


def test_the_graphs_own_word_for_too_much_stops_it() -> None:
    with platforms({GRAPH: answer({"error": {"code": 4}}, 400)}) as server:
        client = Client(Settings(delay=0.0), Tokens(SECRETS), Limits(delay=0.0, base=server.address))
        ask = Ask(f"https://{GRAPH}", "facebook.node", token="facebook", robots=False)
        client.ask(ask)
        assert client.ask(ask).access is Access.RATE_LIMITED
        client.close()


# -- whole or not ------------------------------------------------------------------------------------------


def test_what_was_asked_for_a_window_only_is_not_whole() -> None:
    since = int(window_start(NOW).timestamp())
    posts = f"graph.facebook.com/v25.0/9/published_posts?fields=message,created_time,permalink_url,full_picture&since={since}&limit=100"
    one = {"id": "9_1", "message": "x", "created_time": "2026-11-20T00:00:00+0000", "permalink_url": "https://www.facebook.com/9/posts/1"}  # fmt: skip
    with platforms({GRAPH: answer({"id": "9", "name": "Desa"}), posts: answer({"data": [one]})}) as server:
        observed, _ = read(server, FACEBOOK, tokens=SECRETS)
    assert observed.posts and observed.complete is Completeness.FULL and not observed.whole


@pytest.mark.parametrize(
    "change",
    [
        lambda b: b"".join(b.partition(b'<section class="tgme_channel_history">')[:2]),
        lambda b: b.replace(b"tgme_widget_message", b"tgme_widget_msg"),
        lambda b: b.replace(b"</section>", b'<a class="tme_messages_more" href="/s/x?before=2"></a></section>'),
        lambda b: b.replace(b"pemdestirtamukti/", b"kanal_lain/"),
        lambda b: b.replace(b'<a class="tgme_widget_message_date"', b'<div class="tgme_widget_message_document"></div><a class="tgme_widget_message_date"'),
    ],
)  # fmt: skip
def test_a_preview_that_was_not_understood_is_not_whole(tmp_path: Path, tools: Tools, change: Any) -> None:
    body = change(channel((2, "2026-11-20", "Kerja bakti")).body)
    from tests.social.test_village import PREVIEW as OURS
    from tests.social.test_village import TELEGRAM as LINK

    with run(tmp_path, tools, (LINK,), {OURS: Answer(body)}) as (items, _, _, _):
        assert items["3.4.2d"].publication.value == "unobserved"


def test_a_caption_does_not_stand_for_its_picture(tmp_path: Path, tools: Tools) -> None:
    from tests.social.test_village import PREVIEW as OURS
    from tests.social.test_village import TELEGRAM as LINK

    body = channel((2, "2026-11-20", "Info")).body.replace(b"<a class=\"tgme_widget_message_date\"", b"<a class='tgme_widget_message_photo_wrap' style=\"background-image:url('https://cdn.example/a.jpg')\"></a><a class=\"tgme_widget_message_date\"")  # fmt: skip
    with run(tmp_path, tools, (LINK,), {OURS: Answer(body)}) as (items, _, _, _):
        assert items["3.4.2d"].publication.value == "unobserved"


@pytest.mark.parametrize(("items", "count"), [([], "50"), ([{"x": 1}, "a", None], "3"), (7, "3")])
def test_fewer_videos_than_the_platform_counts_are_not_whole(items: object, count: str) -> None:
    whole = {"kind": "youtube#channelListResponse", "items": [{"id": "UCx", "snippet": {"title": "Desa"}, "contentDetails": {"relatedPlaylists": {"uploads": "UUx"}}, "statistics": {"videoCount": count}}]}  # fmt: skip
    uploads = "www.googleapis.com/youtube/v3/playlistItems?part=snippet,contentDetails&maxResults=50&playlistId=UUx"
    with platforms({API: answer(whole), uploads: answer({"items": items})}) as server:
        observed, _ = read(server, YOUTUBE, tokens=SECRETS)
    assert observed.exists is Exists.YES and not observed.whole


def test_silence_is_not_said_of_days_that_nobody_looked_at(tmp_path: Path, tools: Tools) -> None:
    from tests.social.test_village import PREVIEW as OURS
    from tests.social.test_village import TELEGRAM as LINK

    with run(tmp_path, tools, (LINK,), {OURS: channel((2, "2026-11-20", "Kerja bakti"))}) as (_, _, snapshot, _):
        later = judge_snapshot(snapshot, load_criteria(["akun"]), date(2027, 6, 30), tools)[0]
    items = {i.code: i for c in later.components for n in c.indicators for i in n.items}
    assert items["akun.aktif"].publication.value == "unobserved"
    assert items["akun.apbdes"].publication.value == "unobserved"


# -- somebody else's ---------------------------------------------------------------------------------------


def test_answers_about_others_are_not_ours() -> None:
    other_user = {"data": {"id": "1", "username": "orang_lain", "name": "x"}}
    other_page = {"id": "1", "name": "Desa Lain", "username": "desalain"}
    tiktok = (FIXTURES / "tiktok/profile_ok.html").read_bytes().replace(b'"uniqueId": "desasukamaju"', b'"uniqueId": "lain"')  # fmt: skip
    with platforms(
        {
            USER: answer(other_user),
            GRAPH: answer(other_page),
            "www.tiktok.com/@desasukamaju": Answer(tiktok),
            "www.tiktok.com/oembed?url=https%3A%2F%2Fwww.tiktok.com%2F%40desasukamaju": answer({"author_url": "https://www.tiktok.com/@lain"}),
            PREVIEW: Answer(status=302, to="https://t.me/kanal_lain"),
            "t.me/kanal_lain": Answer((FIXTURES / "telegram/channel_no_preview.html").read_bytes()),
        }
    ) as server:  # fmt: skip
        for seen in (XUSER, FACEBOOK, TIKTOK, TELEGRAM):
            assert read(server, seen, tokens={k: v for k, v in SECRETS.items() if k != "youtube"})[0].exists is Exists.UNKNOWN  # fmt: skip


def test_a_shelf_of_another_channel_is_not_ours() -> None:
    def shown(video: str, owner: str) -> dict[str, object]:
        by = {"runs": [{"navigationEndpoint": {"browseEndpoint": {"browseId": owner}}}]}
        return {"videoRenderer": {"videoId": video, "title": {"simpleText": video}, "ownerText": by}}

    data = {"metadata": {"channelMetadataRenderer": {"title": "x", "externalId": "UCown"}}, "contents": [shown("mine", "UCown"), shown("other", "UCelse")]}  # fmt: skip
    with platforms({PAGE: Answer(f"<script>var ytInitialData = {json.dumps(data)};</script>".encode())}) as server:
        assert [p.text for p in read(server, YOUTUBE)[0].posts] == ["mine"]


@pytest.mark.parametrize(
    ("name", "back", "owner"),
    [
        ("Pemerintah Desa Tirtamukti", True, "proven"),
        ("Pemdes Tirta Mukti", True, "proven"),
        ("Kecamatan Sanggara", True, "contradicted"),
        ("Pemerintah Desa Karangsari", True, "contradicted"),
        ("Pemerintah Desa Tirtamuktijaya", False, "contradicted"),
        ("Kabar Tirtamukti", False, "likely"),
    ],
)
def test_whose_an_account_is(name: str, back: bool, owner: str) -> None:
    observed = Observed(Exists.YES, Why.OK, name=name)
    assert ownership_of(back, ["tirtamukti"], observed, TELEGRAM) is Ownership(owner)


OURS = [
    "Pemdes Tirtamukti Official", "Desa Wisata Tirtamukti", "Desa Hijau Tirtamukti", "Desa Smart Tirtamukti", "Desa Agrowisata Tirtamukti",
    "Desa Tirtamukti-Sanggara", "Desa Tirtamukti Kec. Sanggara", "KIM Tirtamukti", "PEMERINTAH DESA TIRTAMUKTI 🇮🇩", "Kampung Tirta Mukti",
    "𝐃𝐞𝐬𝐚 𝐓𝐢𝐫𝐭𝐚𝐦𝐮𝐤𝐭𝐢", "Desa Kampung Tirtamukti", "Kanal Desa Kita",
]  # fmt: skip
NOT_OURS = [
    "Pemdes Karangsari", "desa karangsari", "Desa Wisata Karangsari", "Ds. Karangsari", "Pemerintah Kecamatan Sanggara", "Kec. Sanggara",
    "Info Kecamatan Sanggara", "Pemkab Cemara", "Kominfo Cemara", "Kecamatan Tirtamukti", "Puskesmas Tirtamukti", "SDN 1 Tirtamukti",
    "Desa Tirtamukti Barat", "Desa Tirtamukti II",
]  # fmt: skip
BIOS = [
    "Berbatasan dengan Desa Karangsari di utara", "Kepala Desa Budi Santoso", "Alamat: Kampung Cibodas RT 02 RW 01 Kecamatan Sanggara",
    "Membangun Desa Bersama Rakyat", "Kampung Halaman Tercinta", "Negeri Seribu Bukit", "Kerja sama dengan Desa Karangsari",
]  # fmt: skip


@pytest.mark.parametrize("back", [True, False])
def test_names_of_our_own_accounts_and_of_others(back: bool) -> None:
    def of(name: str, about: str = "") -> Ownership:
        return ownership_of(back, ["tirtamukti"], Observed(Exists.YES, Why.OK, name=name, about=about), TELEGRAM)

    ours = Ownership.PROVEN if back else Ownership.LIKELY
    assert [n for n in OURS if of(n) is not ours] == []
    assert [n for n in NOT_OURS if of(n) is not Ownership.CONTRADICTED] == []
    assert [b for b in BIOS if of("Pemdes Tirtamukti", b) is not ours] == []
    assert of("Kanal", "Akun resmi Pemerintah Desa Karangsari") is Ownership.CONTRADICTED


def test_figures_in_a_post_are_read_as_people_write_them(tools: Tools) -> None:
    def shows(text: str) -> bool:
        document = _text_of(Post("https://t.me/x/1", text, NOW))
        found = tools.matcher.match(document, Frame(frozenset()), ["tirtamukti"])
        return any(d.topic == "apbdes" and d.disclosed and 2026 in d.years for d in found)

    rows = "Pendapatan Desa Rp 1.520.000.000{0}Belanja Desa Rp 1.540.000.000{0}Pembiayaan Rp 20.000.000"
    for text in (
        "APBDes 2026\n" + rows.format(", "),
        "#APBDes2026 Desa Tirtamukti\n" + rows.format("\n"),
        "𝗔𝗣𝗕𝗗𝗲𝘀 𝟮𝟬𝟮𝟲\n" + rows.format("; "),
        rows.format("\n") + "\n#apbdes2026",
    ):
        assert shows(text), text
    assert not shows("📢 APBDes 2026 sudah ditetapkan, silakan cek di kantor desa. #APBDes2026")


@pytest.mark.parametrize(
    "change",
    [
        lambda b: b[: b.index(b'<div class="tgme_widget_message" data-post="pemdestirtamukti/2"')],
        lambda b: b.replace(b'<div class="tgme_widget_message_text', b'<a class="tgme_widget_message_forwarded_from">Pemdes Karangsari</a><div class="tgme_widget_message_text'),
        lambda b: b.replace(b'<div class="tgme_widget_message_text js-message_text" dir="auto">APBDes', b'<div class="tgme_widget_message_reply"><div class="tgme_widget_message_text js-message_text">APBDes').replace(b"</div><a class", b"</div></div><div class='message_media_not_supported'></div><a class"),
        lambda b: b.replace(b"APBDes Tahun", b"HOAX! APBDes Tahun"),
    ],
)  # fmt: skip
def test_posts_that_are_not_the_channels_own_word(tmp_path: Path, tools: Tools, change: Any) -> None:
    from tests.social.test_village import PREVIEW as OURS_
    from tests.social.test_village import TELEGRAM as LINK

    body = change(channel((1, "2026-11-10", "Kerja bakti"), (2, "2026-11-20", BUDGET)).body)
    with run(tmp_path, tools, (LINK,), {OURS_: Answer(body)}) as (items, _, _, _):
        assert items["3.4.2d"].publication.value != "published"


def test_names_and_hosts_that_only_look_alike() -> None:
    seen = replace(TELEGRAM, canonical_id="pemdeskarangsari")
    assert same_name(Observed(Exists.YES, Why.OK, name="Desa Karangsari"), seen, ["sari"]) is False
    assert same_name(Observed(Exists.YES, Why.OK, name="Desa Sari"), seen, ["sari"]) is True
    assert not same_site("https://sites.google.com/view/lain", "sites.google.com")


# -- missing -----------------------------------------------------------------------------------------------


def test_a_proxys_404_and_a_graph_error_of_a_broken_server_say_nothing() -> None:
    nginx = Answer(b"<html><head><title>404 Not Found</title></head><body><center>nginx</center></body></html>", 404)
    none = answer({"kind": "youtube#channelListResponse", "pageInfo": {"totalResults": 0}})
    with platforms({API: none, PAGE: nginx}) as server:
        assert read(server, YOUTUBE, tokens=SECRETS)[0].exists is Exists.UNKNOWN
    look = Reply("https://graph.facebook.com/x", "facebook.node.public", "", 503, Access.SERVER_ERROR, b'{"error":{"code":803}}')  # fmt: skip
    looks = [replace(look, fetched_at=(NOW + timedelta(hours=h)).isoformat()) for h in (0, 1)]
    assert observe(FACEBOOK, looks, NOW).exists is Exists.UNKNOWN


# -- hostile bodies ----------------------------------------------------------------------------------------

ODD: list[Any] = [None, True, 7, -1, 10**400, 1.5, "", "\ud800", "9" * 400 + "k", [], [[]], {}, {"a": 1}, ["x"], "0001-01-01T00:00:00+14:00"]  # fmt: skip


def _places(data: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _places(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _places(value, (*path, index))


def _put(data: Any, path: tuple[str | int, ...], value: object) -> Any:
    copied = json.loads(json.dumps(data))
    node = copied
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = value
    return copied


def test_odd_values_in_every_place_raise_nothing() -> None:
    names = sorted(p for p in FIXTURES.rglob("*.json"))
    extra = [{"error": {"code": 10, "error_subcode": 1, "errors": [{"reason": "x"}]}}, {"alerts": [{"alertRenderer": {"type": "ERROR", "text": {"runs": [{"text": "x"}]}}}]}]  # fmt: skip
    sources = [json.loads(p.read_text(encoding="utf-8")) for p in names] + extra
    keys = Keys(frozenset(SECRETS), "1", rss=True, public_access=True)
    tried = 0
    for data in sources:
        for path in _places(data):
            for value in ODD:
                try:
                    body = json.dumps(_put(data, path, value)).encode()
                except ValueError:
                    continue
                for seen, route, url, _ in LOOKS[3::2] if tried % 3 else LOOKS[3:]:
                    reply = Reply(url, route, url, 200, Access.OK, body, fetched_at="2026-11-24T00:00:00Z")
                    found = observe(seen, [reply], NOW)
                    "".join((found.name, found.about, *(p.url + p.text for p in found.posts))).encode()
                    PLATFORMS[seen.channel].step(seen, [reply], keys, window_start(NOW))
                tried += 1
    assert tried > 1_000


@pytest.mark.parametrize(
    "body",
    [
        b'<div class="tgme_page_title">x</div><div class="tgme_page_extra">1' + b" " * 100_000 + b"x</div>",
        b'<div class="tgme_page_title">x</div><div class="tgme_page_extra">' + b"1" * 100_000 + b"</div>",
        b"<script " * 100_000,
        b'<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__">' * 20_000,
        b'<div class="tgme_channel_info"></div><div class="tgme_widget_message" data-post="pemdessukamaju/1"><div class="tgme_widget_message_text">' + b"a<br>" * 19_000,
        b"<b>" * 400_000,
        b'{"a":' * 100_000,
        b'<?xml version="1.0" encoding="foo-bar"?><feed/>',
        b'<?xml version="1.0"?><!DOCTYPE f [<!ENTITY a "b">]><feed>&a;</feed>',
    ],
    ids=range(9),
)  # fmt: skip
def test_bodies_made_to_hold_up_end(body: bytes) -> None:
    for seen, route, url, _ in [*LOOKS, (YOUTUBE, "youtube.feed", "https://www.youtube.com/feeds/videos.xml", "")]:
        assert observe(seen, [Reply(url, route, url, 200, Access.OK, body)], NOW).exists is not Exists.NO
    assert number("1" + " " * 100_000 + "x") is None


def test_an_odd_final_address_raises_nothing() -> None:
    reply = Reply("https://t.me/s/pemdessukamaju", "telegram.preview", "https://[", 200, Access.OK, b"x")
    assert observe(TELEGRAM, [reply], NOW).exists is Exists.UNKNOWN


# -- cache -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"status": Infinity}', '{"fetched_at": "2099-01-01T00:00:00Z"}', '{"fetched_at": "9999-12-31T23:59:59-23:59"}', "null"],
)  # fmt: skip
def test_a_damaged_or_poisoned_cache_counts_as_none(tmp_path: Path, text: str) -> None:
    good = Answer((FIXTURES / "telegram/s_channel_ok.html").read_bytes())
    limits = Limits(cache=tmp_path / "c")
    with platforms({PREVIEW: good}) as server:
        first, _ = read(server, TELEGRAM, limits=limits)
        kept = next((tmp_path / "c").iterdir())
        changed = text if not text.startswith('{"') else json.dumps(json.loads(kept.read_text(encoding="utf-8")) | json.loads(text))  # fmt: skip
        kept.write_text(changed, encoding="utf-8")
        assert read(server, TELEGRAM, limits=limits)[0] == first and len(server.paths()) == 2


def test_a_cache_that_cannot_be_written_stops_nothing_and_errors_are_not_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with platforms({USER: [answer({"title": "Unauthorized"}, 401), Answer((FIXTURES / "x/v2_user.json").read_bytes())]}) as server:  # fmt: skip
        limits = Limits(cache=tmp_path / "c", x_dollars=0.02)
        assert read(server, XUSER, tokens=SECRETS, limits=limits)[0].why is Why.TOKEN_INVALID
        assert read(server, XUSER, tokens=SECRETS, limits=limits)[0].exists is Exists.YES
        assert read(server, XUSER, tokens=SECRETS, limits=Limits(cache=tmp_path / "file", x_dollars=0.02))[0].exists is Exists.YES  # fmt: skip


# -- attestations ------------------------------------------------------------------------------------------

SEEN = Attested("Staf", "2026-11-20", "2027-02-18", "ada")


def test_attestations_that_do_not_count(tmp_path: Path, tools: Tools) -> None:
    from tests.social.test_village import PREVIEW as OURS
    from tests.social.test_village import TELEGRAM as LINK

    page, number_ = "https://www.facebook.com/pemdestirtamukti", "https://wa.me/6281298765432"
    with run(tmp_path, tools, (LINK, page, number_), {OURS: channel((2, "2026-11-20", BUDGET))}) as (_, _, kept, _):

        def judged(made: Attested) -> Any:
            (kept.folder / FILE).unlink(missing_ok=True)
            add_attestations(kept.folder, {"facebook:page_or_profile:pemdestirtamukti": made, NUMBER: made})
            result = judge_snapshot(kept, load_criteria(["akun"]), AS_OF, tools)[0]
            return next(a for a in result.accounts if a.platform == "facebook")

        assert judged(replace(SEEN, result="tidak ada")).exists == "unknown"
        assert judged(replace(SEEN, result="tidak ada", screenshot="a.png", sha256="0" * 64)).exists == "no"
        assert judged(replace(SEEN, result="tidak terlihat", topics=("apbdes",), last_post="2026-11-19")).topics == []
        assert judged(replace(SEEN, on="2027-01-10", until="2027-04-10", last_post="2027-01-09")).activity["last_post"] is None  # fmt: skip
        assert judged(replace(SEEN, name="Pemerintah Desa Karangsari")).ownership == "contradicted"
        assert "3201234567890123" not in judged(replace(SEEN, by="Staf 3201234567890123")).attested.id
        later = replace(SEEN, on="2025-01-01", until="2025-04-01", result="tidak ada")
        add_attestations(kept.folder, {"facebook:page_or_profile:pemdestirtamukti": later})
        result = judge_snapshot(kept, load_criteria(["akun"]), AS_OF, tools)[0]
        assert next(a for a in result.accounts if a.platform == "facebook").exists == "yes"


@pytest.mark.parametrize(
    "line",
    [b"\xff", b'{"account": "a", "until": 5}', b"[" * 50_000, b'{"account": "a"}', b'{"account": "a", "by": "x", "on": "kemarin", "until": "2027-01-01", "result": "ada", "topics": []}', b'{"account": "a", "by": "x", "on": "2026-01-01", "until": "2027-01-01", "result": "ada", "topics": "apbdes"}'],
)  # fmt: skip
def test_a_damaged_attestation_is_told_by_line(tmp_path: Path, line: bytes) -> None:
    add_attestations(tmp_path, {"a": SEEN})
    with (tmp_path / FILE).open("ab") as file:
        file.write(line)
    with pytest.raises(UserError, match=f"{FILE}:2") as error:
        attestations(tmp_path)
    assert error.value.exit_code is Exit.INTEGRITY


def test_a_file_without_its_last_line_end_is_gone_on_with(tmp_path: Path) -> None:
    path = add_attestations(tmp_path, {"a": SEEN})
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    add_attestations(tmp_path, {"b": SEEN})
    assert set(attestations(tmp_path)) == {"a", "b"}


# -- forms -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([GOOD, GOOD], ":3: kolom 'akun'"),
        ([GOOD | {"akun": ""}], ":2: kolom 'akun'"),
        ([GOOD | {"kiriman 90 hari": "9" * 5000}], ":2: kolom 'kiriman 90 hari'"),
        ([GOOD | {"tanggal periksa": "2026-W47-1"}], ":2: kolom 'tanggal periksa'"),
        ([GOOD | {"tanggal periksa": "2026-11-23 xyz"}], ":2: kolom 'tanggal periksa'"),
        ([GOOD | {"tangkapan layar": "a" * 300}], ":2: kolom 'tangkapan layar'"),
        ([GOOD | {"kiriman terakhir": "2026-11-24"}], ":2: kolom 'kiriman terakhir'"),
        ([{}, {}, GOOD | {"hasil": "?"}], ":4: kolom 'hasil'"),
        ([GOOD | {"catatan": "x" * 200_000}], ":"),
    ],
)
def test_odd_rows_are_told(tmp_path: Path, rows: list[dict[str, str]], told: str) -> None:
    with pytest.raises(UserError) as error:
        read_form(filled(tmp_path / "f.csv", *rows), by="", today=AS_OF, topics=TOPICS, known=KNOWN)
    assert told in str(error.value)
