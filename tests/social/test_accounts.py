"""The accounts that a site claims, broken links, and the command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from compliance.match.accounts import accounts_in, broken_in
from compliance.match.notices import notices_of
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
