"""A village whose website lacks what its accounts carry: met by account, with link, day and excerpt; flips when removed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path

import pytest

from compliance.archive.snapshot import Snapshot
from compliance.collect.settings import Settings
from compliance.collect.social.asking import Client, Limits
from compliance.collect.social.routes import Keys
from compliance.collect.social.tokens import Tokens
from compliance.model.result import ItemResult, Result
from compliance.run.village import Tools, collect, judge_snapshot, load_criteria
from tests.social.platforms import Answer, Platforms, fixture, platforms
from tests.villages.media import picture
from tests.villages.serve import serve

AS_OF = date(2026, 11, 24)
UC = "UCabcdefghijklmnopqrstuv"
BUDGET = (
    "APBDes Tahun Anggaran 2026 Desa Tirtamukti\nPendapatan Desa Rp 1.520.000.000\nPendapatan Asli Desa Rp 20.000.000\n"
    "Dana Desa Rp 950.000.000\nAlokasi Dana Desa Rp 550.000.000\nBelanja Desa Rp 1.540.000.000\n"
    "Bidang Penyelenggaraan Pemerintahan Rp 600.000.000\nBidang Pembangunan Rp 740.000.000\n"
    "Bidang Pembinaan Kemasyarakatan Rp 100.000.000\nBidang Pemberdayaan Masyarakat Rp 100.000.000"
)


def site(*links: str) -> dict[str, tuple[str, bytes]]:
    """A small site that links accounts in its footer."""
    footer = "".join(f'<a href="{u}">akun</a>' for u in links)

    def page(title: str, body: str) -> tuple[str, bytes]:
        html = (
            f"<html lang='id'><head><title>{title} - Desa Tirtamukti</title></head><body><header><p>Pemerintah Desa Tirtamukti</p>"
            "<nav><ul><li><a href='/'>Beranda</a></li><li><a href='/profil'>Profil</a></li><li><a href='/berita'>Berita</a></li></ul></nav></header>"
            f"<main><h1>{title}</h1>{body}</main><footer>Desa Tirtamukti, Kecamatan Sanggara {footer}</footer></body></html>"
        )
        return "text/html; charset=utf-8", html.encode()

    return {
        "/": page("Beranda", "<p>Selamat datang di situs resmi desa kami di kaki bukit.</p>"),
        "/profil": page("Profil Desa", "<p>Desa ini berdiri pada tahun 1950 di tepi sungai, dengan tiga dusun.</p>"),
        "/berita": page("Berita", "<p>Panen raya jagung di Dusun Melati berjalan lancar dan ramai.</p>"),
    }


def channel(
    *posts: tuple[int, str, str], name: str = "Pemdes Tirtamukti", about: str = "https://tirtamukti.desa.example"
) -> Answer:
    """The preview of a Telegram channel: (number, day, text) of each post; an empty text is a picture alone."""
    shown = ""
    for number, day, text in posts:
        lines = "<br/>".join(escape(x) for x in text.split("\n"))
        body = (
            f'<div class="tgme_widget_message_text js-message_text" dir="auto">{lines}</div>'
            if text
            else "<a class='tgme_widget_message_photo_wrap' style=\"background-image:url('https://cdn.example/a.jpg')\"></a>"
        )
        shown += (
            f'<div class="tgme_widget_message" data-post="pemdestirtamukti/{number}">{body}'
            f'<a class="tgme_widget_message_date" href="#"><time datetime="{day}T03:00:00+00:00">x</time></a></div>'
        )
    return Answer(
        f"""<html><head><title>{name} – Telegram</title></head><body><div class="tgme_channel_info">
<div class="tgme_channel_info_header_title"><span>{name}</span></div>
<div class="tgme_channel_info_description">Kanal resmi <a href="{about}">{about}</a></div></div>
<section class="tgme_channel_history">{shown}</section></body></html>""".encode()
    )


def video(*titles: tuple[str, str, str]) -> dict[str, Answer | list[Answer]]:
    """The Data API's answers for a channel with videos (id, day, text)."""
    base = "www.googleapis.com/youtube/v3/"
    whole = {"kind": "youtube#channelListResponse", "pageInfo": {"totalResults": 1}, "items": [{"id": UC, "snippet": {"title": "Desa Tirtamukti", "description": "Kanal resmi"}, "contentDetails": {"relatedPlaylists": {"uploads": "UU" + UC[2:]}}, "statistics": {"videoCount": str(len(titles))}}]}  # fmt: skip
    items = [{"snippet": {"title": t.split("\n")[0], "description": "\n".join(t.split("\n")[1:])}, "contentDetails": {"videoId": v, "videoPublishedAt": f"{d}T02:00:00Z"}} for v, d, t in titles]  # fmt: skip
    return {
        f"{base}channels?part=snippet,contentDetails,statistics&id={UC}": Answer(json.dumps(whole).encode()),
        f"{base}playlistItems?part=snippet,contentDetails&maxResults=50&playlistId=UU{UC[2:]}": Answer(
            json.dumps({"items": items}).encode()
        ),
    }


@contextmanager
def run(
    tmp_path: Path,
    tools: Tools,
    links: tuple[str, ...],
    answers: dict[str, Answer | list[Answer]],
    *,
    tokens: dict[str, str] | None = None,
    limits: Limits | None = None,
    folder: str = "snapshot",
    robots: dict[str, Answer] | None = None,
) -> Iterator[tuple[dict[str, ItemResult], Result, Snapshot, Platforms]]:
    """A village collected with its accounts and judged."""
    with platforms(answers) as server, serve(site(*links)) as address:
        server.robots.update(robots or {})
        chosen = replace(limits or Limits(), base=server.address, delay=0.0, keys=Keys())
        client = Client(Settings(delay=0.0), Tokens(tokens or {}), chosen)
        snapshot = collect(
            address,
            Settings(delay=0.0),
            tmp_path / folder,
            tools,
            as_site="https://tirtamukti.desa.example",
            client=client,
        )
        client.close()
        result = judge_snapshot(snapshot, load_criteria([]), AS_OF, tools)[0]
        yield {i.code: i for c in result.components for n in c.indicators for i in n.items}, result, snapshot, server


TELEGRAM = "https://t.me/pemdestirtamukti"
PREVIEW = "t.me/s/pemdestirtamukti"
YOUTUBE = f"https://www.youtube.com/channel/{UC}"


def test_the_budget_on_accounts_meets_the_item_and_its_removal_flips_it(tmp_path: Path, tools: Tools) -> None:
    other = (1, "2026-11-10", "Kerja bakti membersihkan saluran air bersama warga.")
    shown: dict[str, Answer | list[Answer]] = {
        PREVIEW: channel((2, "2026-11-20", BUDGET), other),
        **video(("v1", "2026-11-05", BUDGET)),
    }
    gone: dict[str, Answer | list[Answer]] = {PREVIEW: channel(other), **video(("v2", "2026-11-06", "Panen raya"))}
    tokens = {"youtube": "kunci-rahasia"}
    with run(tmp_path, tools, (TELEGRAM, YOUTUBE), shown, tokens=tokens) as (items, result, snapshot, _):
        item = items["3.4.2d"]
        assert (item.publication.value, item.outcome.value) == ("published", "met")
        assert item.channels == {"telegram": "published", "youtube": "published"} | {
            k: v for k, v in item.channels.items() if k not in {"telegram", "youtube"}
        }
        first = item.evidence[0]
        assert first.url in {"https://t.me/pemdestirtamukti/2", "https://www.youtube.com/watch?v=v1"}
        assert item.links.social and not item.links.website
        assert "2026-11" in item.reason.id and first.fiscal_years == [2026] and "Pendapatan" in first.excerpt
        told = {a.platform: a for a in result.accounts}
        assert told["telegram"].ownership == "proven" and told["telegram"].activity["last_post"] == "2026-11-20"
        assert "apbdes" in told["telegram"].topics and told["youtube"].exists == "yes"
        kept = b"".join(p.read_bytes() for p in (tmp_path / "snapshot").iterdir())
        assert b"kunci-rahasia" not in kept and "kunci-rahasia" not in result.model_dump_json()
        # Judged again from the snapshot alone, it says the same.
        again = judge_snapshot(Snapshot(snapshot.folder), load_criteria([]), AS_OF, Tools.make())[0]
        assert again == result
    with run(tmp_path, tools, (TELEGRAM, YOUTUBE), gone, tokens=tokens, folder="later") as (items, _, _, _):
        # A film was not watched: its title alone does not say that the budget is not in it.
        assert items["3.4.2d"].publication.value == "unobserved"
    with run(tmp_path, tools, (TELEGRAM,), {PREVIEW: channel(other)}, folder="text") as (items, _, _, _):
        assert items["3.4.2d"].publication.value == "not_published"
        assert "Semua kiriman akun desa" in items["3.4.2d"].reason.id


def test_what_was_not_seen_whole_is_never_called_missing(tmp_path: Path, tools: Tools) -> None:
    pictures = channel((3, "2026-11-21", ""), (2, "2026-11-20", "Rapat rutin"))
    with run(tmp_path, tools, (TELEGRAM,), {PREVIEW: pictures}) as (items, result, _, _):
        assert items["3.4.2d"].publication.value == "unobserved"
        assert items["3.2.5"].publication.value == "unobserved" and items["3.2.5"].channels["telegram"] == "unobserved"
        assert "tanpa teks" in result.accounts[0].reason.id


def test_the_picture_of_a_post_is_recognised(tmp_path: Path, tools: Tools) -> None:
    rows = "".join(f"<tr><td>{line.rsplit(' Rp ')[0]}</td><td>Rp {line.rsplit(' Rp ')[1]}</td></tr>" for line in BUDGET.split("\n")[1:])  # fmt: skip
    poster = picture(f"<table>{rows}</table>", "APBDes Tahun Anggaran 2026 Desa Tirtamukti", random.Random(3))
    answers: dict[str, Answer | list[Answer]] = {
        PREVIEW: channel((3, "2026-11-21", "")),
        "cdn.example/a.jpg": Answer(poster, kind="image/png"),
    }
    with run(tmp_path, tools, (TELEGRAM,), answers, robots={"cdn.example": Answer(b"", 404)}) as (
        items,
        result,
        _,
        server,
    ):
        assert "cdn.example/a.jpg" in server.paths()
        item = items["3.4.2d"]
        assert item.publication.value == "published" and item.evidence[0].ocr
        assert item.evidence[0].url == "https://t.me/pemdestirtamukti/3" and item.evidence[0].sha256
        assert "tanpa teks" not in result.accounts[0].reason.id
    with run(tmp_path, tools, (TELEGRAM,), answers, folder="later") as (items, _, _, server):
        # The picture's host forbids machines: nothing is known of it.
        assert "cdn.example/a.jpg" not in server.paths() and items["3.4.2d"].publication.value == "unobserved"


def test_an_account_of_another_village_shows_nothing_of_ours(tmp_path: Path, tools: Tools) -> None:
    stranger = channel((2, "2026-11-20", BUDGET.replace("Tirtamukti", "Karangsari")), name="Pemerintah Desa Karangsari", about="https://karangsari.desa.example")  # fmt: skip
    with run(tmp_path, tools, (TELEGRAM,), {PREVIEW: stranger}) as (items, result, _, _):
        assert result.accounts[0].ownership == "contradicted"
        assert items["3.4.2d"].publication.value == "unobserved"


def test_missing_is_said_after_a_second_look_in_the_next_run(tmp_path: Path, tools: Tools) -> None:
    nobody = fixture("telegram/username_missing.html")
    page = Answer(nobody.body.replace(b"nosuchdesa", b"pemdestirtamukti"))
    answers: dict[str, Answer | list[Answer]] = {
        PREVIEW: Answer(status=302, to=TELEGRAM),
        "t.me/pemdestirtamukti": page,
    }
    limits = Limits(cache=tmp_path / "cache")
    with run(tmp_path, tools, (TELEGRAM,), answers, limits=limits) as (_, result, _, _):
        assert (result.accounts[0].exists, result.accounts[0].why) == ("unknown", "not_found_unconfirmed")
    for kept in (tmp_path / "cache").iterdir():
        old = json.loads(kept.read_text(encoding="utf-8"))
        old["fetched_at"] = "2026-11-24T00:00:00Z" if old["fetched_at"] > "2026-11-24T02" else old["fetched_at"]
        kept.write_text(json.dumps(old), encoding="utf-8")
    with run(tmp_path, tools, (TELEGRAM,), answers, limits=limits, folder="later") as (items, result, _, _):
        assert (result.accounts[0].exists, result.accounts[0].why) == ("no", "not_found")
        assert items["3.4.2d"].publication.value == "unobserved" and "3.2.5" in items
        assert items["3.2.5"].channels["telegram"] == "not_applicable"


def test_a_resumed_run_asks_for_no_account_twice(tmp_path: Path, tools: Tools) -> None:
    answers: dict[str, Answer | list[Answer]] = {PREVIEW: channel((2, "2026-11-20", BUDGET))}
    with run(tmp_path, tools, (TELEGRAM,), answers) as (_, result, snapshot, server):
        from compliance.run.village import resume

        head = snapshot.folder / "snapshot.json"
        head.write_text(
            head.read_text(encoding="utf-8").replace('"complete": true', '"complete": false'), encoding="utf-8"
        )
        before = len(server.paths())
        client = Client(Settings(delay=0.0), Tokens(), Limits(base=server.address, delay=0.0))
        resumed = resume(snapshot.folder, Settings(delay=0.0), tools, client=client)
        client.close()
        assert len(server.paths()) == before
        assert judge_snapshot(resumed, load_criteria([]), AS_OF, tools)[0].accounts == result.accounts


@pytest.mark.parametrize("aspect", ["ada", "milik", "balik", "nama", "aktif", "apbdes"])
def test_the_criteria_for_accounts(tmp_path: Path, tools: Tools, aspect: str) -> None:
    with run(tmp_path, tools, (TELEGRAM,), {PREVIEW: channel((2, "2026-11-20", BUDGET))}) as (_, _, snapshot, _):
        good = judge_snapshot(snapshot, load_criteria(["akun"]), AS_OF, tools)[0]
    silent = channel((1, "2025-01-02", "Halo"), name="Kanal Umum", about="https://lain.example")
    with run(tmp_path, tools, (TELEGRAM,), {PREVIEW: silent}, folder="later") as (_, _, snapshot, _):
        bad = judge_snapshot(snapshot, load_criteria(["akun"]), AS_OF, tools)[0]

    def of(result: Result) -> str:
        items = {i.code: i for c in result.components for n in c.indicators for i in n.items}
        return items[f"akun.{aspect}"].publication.value

    assert of(good) == "published"
    # An account that is linked stays an account, and its id still bears the village's name.
    assert of(bad) == ("published" if aspect in {"ada", "nama"} else "not_published")


def test_an_old_post_settles_nothing_while_another_account_is_unread(tmp_path: Path, tools: Tools) -> None:
    old = channel((2, "2024-11-20", BUDGET.replace("2026", "2024")))
    with run(tmp_path, tools, (TELEGRAM,), {PREVIEW: old}) as (items, _, _, _):
        assert items["3.4.2d"].publication.value == "outdated"
    facebook = "https://www.facebook.com/pemdestirtamukti"
    with run(tmp_path, tools, (TELEGRAM, facebook), {PREVIEW: old}, folder="later") as (items, _, _, _):
        assert items["3.4.2d"].publication.value == "unobserved"
        assert items["3.4.2d"].channels["telegram"] == "outdated"


def test_two_accounts_on_one_platform_one_of_them_somebody_elses(tmp_path: Path, tools: Tools) -> None:
    stranger = channel((2, "2026-11-20", "Halo"), name="Pemdes Karangsari").body.replace(
        b"pemdestirtamukti/", b"karangsari/"
    )
    answers: dict[str, Answer | list[Answer]] = {
        PREVIEW: channel((2, "2026-11-20", BUDGET)),
        "t.me/s/karangsari": Answer(stranger),
    }
    with run(tmp_path, tools, (TELEGRAM, "https://t.me/karangsari"), answers) as (items, result, _, _):
        assert {a.ownership for a in result.accounts} == {"proven", "contradicted"}
        assert items["3.4.2d"].channels["telegram"] == "published"
        assert items["3.2.5"].channels["telegram"] == "not_published"
