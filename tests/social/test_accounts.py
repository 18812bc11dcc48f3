"""The accounts that a site claims, broken links, and the command."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from compliance.match.accounts import accounts_in, broken_in
from compliance.match.notices import notices_of
from compliance.match.social.dates import post_date
from compliance.model.document import Document
from compliance.model.status import NoticeKind
from compliance.read import read
from compliance.run.village import Tools
from tests.social.test_links import TABLE


def page(main: str = "", footer: str = "", head: str = "", path: str = "") -> Document:
    html = f"<html><head><title>Desa Ranu</title>{head}</head><body><main><h1>Berita</h1><p>Isi halaman ini.</p>{main}</main><footer>{footer}</footer></body></html>"
    return read(f"https://ranu.example/{path}", html.encode())


def ids(*documents: Document) -> list[tuple[str, str]]:
    return [(a.channel.value, a.canonical_id) for a in accounts_in(list(documents))]


def test_accounts_of_the_frame_are_claimed_and_those_of_one_article_are_not() -> None:
    footer = "<a href='https://www.instagram.com/Desa_Ranu/'>IG</a>"
    article = "<a href='https://www.facebook.com/warungbusri'>warung</a>"
    assert ids(page(article, footer, path="a"), page("", footer, path="b")) == [("instagram", "desa_ranu")]


def test_what_two_pages_link_in_their_text_is_claimed() -> None:
    link = "<a href='https://t.me/desaranu'>Telegram</a>"
    assert ids(page(link, path="a"), page(link, path="b")) == [("telegram", "desaranu")]


def test_spellings_of_one_account_are_one() -> None:
    footer = "<a href='https://web.facebook.com/Desa.Ranu'>FB</a> <a href='fb.com/desaranu/about'>FB</a> <a href='https://m.me/desaranu'>pesan</a>"
    assert len(ids(page("", footer), page("", footer, path="b"))) == 1


def test_vendors_share_buttons_and_samples_are_not_claimed() -> None:
    footer = (
        "<a href='https://www.facebook.com/groups/OpenSID/'>x</a><a href='https://www.facebook.com/sharer.php?u=https://ranu.example'>x</a>"
        "<a href='https://twitter.com/'>x</a><a href='https://api.whatsapp.com/send?phone=62851234567890'>x</a>"
    )
    assert ids(page("", footer), page("", footer, path="b")) == []


def test_links_that_lack_their_at_sign_are_told_with_the_fix(tools: Tools) -> None:
    footer = "<a href='https://www.tiktok.com/desaranu'>TikTok</a><a href='https://www.youtube.com/channel/DesaRanu'>YouTube</a>"
    documents = [page("", footer), page("", footer, path="b")]
    assert [link.platform for _, link, _ in broken_in(documents)] == ["tiktok", "youtube"]
    notices = [n for n in notices_of(documents, tools.matcher) if n.kind is NoticeKind.BROKEN_LINK]
    assert ["@desaranu" in n.message.id for n in notices] == [True, False]
    assert "https://www.youtube.com/@DesaRanu" in notices[1].message.id


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "compliance", "accounts", *arguments], capture_output=True, text=True)


def test_command_classifies_a_table_and_a_list(tmp_path: Path) -> None:
    done = run("classify", str(TABLE))
    lines = done.stdout.splitlines()
    assert done.returncode == 0 and lines[0] == "url\tverdict\tplatform\tkind\tcanonical_id\treason"
    assert len(lines) == len(TABLE.read_text(encoding="utf-8").splitlines())
    listed = tmp_path / "tautan.txt"
    listed.write_bytes(b"\xef\xbb\xbfhttps://t.me/desaranu\r\n\r\n#\r\n")
    rows = json.loads(run("classify", str(listed), "--format", "json").stdout)
    assert [(r["verdict"], r["canonical_id"]) for r in rows] == [("account", "desaranu"), ("negative", "")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "tidak ada URL"),
        (b"\xff\xfe", "bukan teks UTF-8"),
        (b"no\turl\n1\thttps://t.me/desaranu\n2\n", ":3: yang diharapkan kolom url"),
    ],
)
def test_command_refuses_what_it_cannot_read(tmp_path: Path, body: bytes, expected: str) -> None:
    path = tmp_path / "tautan.tsv"
    path.write_bytes(body)
    done = run("classify", str(path))
    assert done.returncode == 2 and expected in done.stderr


def x_id(day: datetime) -> int:
    return (int(day.timestamp() * 1000) - 1_288_834_974_657) << 22


def test_ids_of_posts_carry_their_day() -> None:
    day = datetime(2026, 9, 3, 12, tzinfo=UTC)
    on_x = post_date(f"https://x.com/DesaRanu/status/{x_id(day)}")
    on_tiktok = post_date(f"https://www.tiktok.com/@desaranu/video/{int(day.timestamp()) << 32}")
    assert on_x is not None and (on_x.platform, on_x.owner, on_x.day) == ("x", "desaranu", day.date())
    assert on_tiktok is not None and (on_tiktok.owner, on_tiktok.day) == ("desaranu", day.date())


@pytest.mark.parametrize(
    "url",
    ["https://x.com/DesaRanu/status/12", "https://x.com/DesaRanu/status/²²", "https://www.tiktok.com/@desaranu/video/abc",
     "https://www.instagram.com/p/!!!!/", "https://www.instagram.com/p/", "https://x.com/DesaRanu", "https://x.com/a/status/99999999999999999999999"],
)  # fmt: skip
def test_ids_without_a_time_give_no_day(url: str) -> None:
    assert post_date(url) is None


def test_the_newest_linked_post_is_a_lower_bound_of_activity() -> None:
    days = [datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 8, 9, tzinfo=UTC)]
    posts = "".join(f"<a href='https://twitter.com/desaranu/status/{x_id(d)}'>kiriman</a>" for d in days)
    footer = "<a href='https://x.com/DesaRanu'>X</a><a href='https://t.me/desaranu'>Telegram</a>"
    found = accounts_in([page(posts, footer), page("", footer, path="b")])
    assert [(a.channel.value, a.last_post) for a in found] == [("telegram", None), ("x", "2026-08-09")]


def test_widgets_and_the_head_name_accounts() -> None:
    page = read(
        "https://tirtamukti.desa.example/",
        b"""<html><head><title>x</title><meta name="twitter:site" content="@desa_g"><meta property="article:publisher"
content="https://www.facebook.com/desa.h"></head><body><main><p>isi</p></main><footer>
<div class="fb-page" data-href="https://www.facebook.com/desa.a"></div>
<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@desa_d"></blockquote>
<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/desa_e/"></blockquote>
<blockquote cite="https://www.tiktok.com/@lain"></blockquote></footer></body></html>""",
    )
    assert {a.canonical_id for a in accounts_in([page])} == {"desa_g", "desa.h", "desa.a", "desa_d", "desa_e"}


def test_an_account_that_is_written_and_not_linked_is_told_with_the_fix(tools: Tools) -> None:
    def of(footer: str) -> list[str]:
        html = f"<html><head><title>x</title></head><body><main><p>isi halaman</p></main><footer><p>{footer}</p></footer></body></html>"
        page = read("https://tirtamukti.desa.example/", html.encode())
        return [n.excerpt for n in notices_of([page], tools.matcher) if "tanpa tautan" in n.message.id]

    assert of("IG : @desa_tirtamukti | Facebook: Pemdes Tirtamukti") == ["@desa_tirtamukti", "Pemdes Tirtamukti"]
    assert of('IG: <a href="https://instagram.com/desa_tirtamukti">@desa_tirtamukti</a>') == []
    assert of("Ikuti Instagram: klik tautan di atas") == []


def test_a_short_link_is_an_account_that_nobody_has_opened(tmp_path: Path, tools: Tools) -> None:
    from tests.social.test_village import run

    links = ("https://www.facebook.com/share/1AbCdEfGh/", "https://vt.tiktok.com/ZSabc/")
    with run(tmp_path, tools, links, {}) as (items, result, _, server):
        assert {(a.platform, a.kind, a.why) for a in result.accounts} == {
            ("facebook", "short", "short_link_unresolved"),
            ("tiktok", "short", "short_link_unresolved"),
        }
        assert server.paths() == [] and items["3.2.5"].publication.value == "unobserved"
