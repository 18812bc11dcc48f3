"""Google Drive, answered by a local server as Drive answers: public, empty, locked, deleted, limited, sample."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from compliance.archive.snapshot import Snapshot
from compliance.collect import drive
from compliance.collect.settings import Settings
from compliance.model.result import Result
from compliance.model.status import Access, Publication
from compliance.run.village import Tools, collect, judge_snapshot, load_criteria
from tests.collect.server import Handler, running
from tests.conftest import AS_OF, items_of
from tests.documents.accuracy import KEPT

FULL, EMPTY, LOCKED, DELETED, LIMITED, INNER = (f"1{c}QwErTyUiOpAsDfGhJkLzXcVbNm{c}9" for c in "abcdef")
BUDGET, NOTE = "1gQwErTyUiOpAsDfGhJkLzXcVbNmg7", "1hQwErTyUiOpAsDfGhJkLzXcVbNmh7"


def entry(url: str, name: str) -> str:
    return f'<div class="flip-entry" id="entry-x"><div class="flip-entry-info"><a href="{url}" target="_blank"><div class="flip-entry-title">{name}</div></a></div></div>'


FOLDERS = {
    FULL: entry(f"https://drive.google.com/drive/folders/{INNER}", "Anggaran") + entry(f"https://drive.google.com/file/d/{NOTE}/view?usp=drive_web", "catatan.txt"),
    INNER: entry(f"https://drive.google.com/file/d/{BUDGET}/view?usp=drive_web", "APBDes 2026.pdf"),
    EMPTY: "",
}  # fmt: skip


class DriveLike(Handler):
    """Answers as Drive does."""

    def answer(self, path: str) -> None:
        asked = parse_qs(urlsplit(self.path).query).get("id", [""])[0]
        if path == "/robots.txt":
            self.reply(404, b"", "text/plain")
        elif asked == LOCKED:
            self.reply(302, b"", Location="/ServiceLogin?continue=x")
        elif path == "/ServiceLogin":
            self.reply(200, b"<html><body>Sign in - Google Accounts</body></html>")
        elif asked == LIMITED:
            self.reply(
                200,
                b"<html><body>Sorry, too many users have viewed or downloaded this file recently. Quota exceeded.</body></html>",
            )
        elif path == "/embeddedfolderview" and asked in FOLDERS:
            self.reply(
                200,
                f"<html><body><div class='flip-folder'><div class='flip-entries'>{FOLDERS[asked]}</div></div></body></html>".encode(),
            )
        elif path == "/uc" and asked == BUDGET:
            self.reply(200, (KEPT / "kantor-0.pdf").read_bytes(), "application/octet-stream")
        elif path == "/uc" and asked == NOTE:
            self.reply(200, b"Catatan rapat kecil.\n", "text/plain")
        else:
            self.reply(404, b"<html><body>Sorry, the file you have requested does not exist.</body></html>")


def site(links: str) -> type[Handler]:
    page = f"<!doctype html><html lang=id><head><title>Desa Ranoharapan</title></head><body><nav><a href='/'>Beranda</a></nav><main><h1>Bukti Dukung</h1><p>{links}</p></main><footer>Pemerintah Desa Ranoharapan</footer></body></html>"

    class Village(Handler):
        def answer(self, path: str) -> None:
            if path == "/":
                self.reply(200, page.encode())
            else:
                self.reply(404, b"<html><body><h1>404</h1></body></html>")

    return Village


def audit(folder: Path, links: str, **limits: int) -> tuple[Snapshot, Result]:
    with running(DriveLike) as (store, _), running(site(links)) as (address, _log):
        settings = replace(Settings(delay=0.0, drive_base=store.rstrip("/")), **limits)
        snapshot = collect(address, settings, folder / "s", Tools.make())
    return snapshot, judge_snapshot(snapshot, load_criteria([]), AS_OF, Tools.make())[0]


def folder_link(identity: str, text: str) -> str:
    return f"<a href='https://drive.google.com/drive/folders/{identity}?usp=sharing'>{text}</a> "


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshot, Result]]:
    """One folder offered for three items; the budget is in a folder inside it."""
    links = "".join(folder_link(FULL, t) for t in ("APBDes 2026", "RPJM Desa", "Maklumat Pelayanan"))
    yield audit(tmp_path_factory.mktemp("drive"), links)


def test_file_in_a_folder_proves_only_itself(many: tuple[Snapshot, Result]) -> None:
    items = items_of(many[1])
    assert items["1.1.3"].publication is Publication.PUBLISHED, items["1.1.3"].reason.id
    assert BUDGET in items["1.1.3"].evidence[0].url
    assert items["1.1.1"].publication is Publication.NOT_PUBLISHED
    assert items["3.5.3b"].publication is not Publication.PUBLISHED


def test_folders_are_records_with_their_number_of_files(many: tuple[Snapshot, Result]) -> None:
    folders = [r for r in many[0].records if r.role == "folder"]
    assert [(r.access, r.detail) for r in folders] == [(Access.OK, "2 files"), (Access.OK, "1 files")]
    assert all("google.com" in r.url for r in folders), "kept under the address that the site gave"


@pytest.mark.parametrize(
    ("identity", "access", "detail", "shown"),
    [
        (EMPTY, Access.EMPTY, "empty folder", Publication.NOT_PUBLISHED),
        (LOCKED, Access.PERMISSION_NEEDED, "drive locked", Publication.UNOBSERVED),
        (DELETED, Access.NOT_FOUND, "drive deleted", Publication.NOT_PUBLISHED),
        (LIMITED, Access.RATE_LIMITED, "quota", Publication.UNOBSERVED),
        ("XXXXXXXX", Access.NOT_FOUND, "sample id", Publication.NOT_PUBLISHED),
    ],
)
def test_outcomes(tmp_path: Path, identity: str, access: Access, detail: str, shown: Publication) -> None:
    snapshot, result = audit(tmp_path, folder_link(identity, "APBDes 2026"))
    (record,) = [r for r in snapshot.records if "google.com" in r.url]
    assert (record.access, record.detail) == (access, detail)
    assert items_of(result)["1.1.3"].publication is shown


def test_what_did_not_fit_is_unseen(tmp_path: Path) -> None:
    _, result = audit(tmp_path, folder_link(FULL, "APBDes 2026"), max_stored=1)
    assert items_of(result)["1.1.3"].publication is Publication.UNOBSERVED


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"https://drive.google.com/file/d/{FULL}/view?usp=sharing", "file"), (f"https://drive.google.com/open?id={FULL}", "file"),
        (f"https://drive.google.com/uc?export=download&id={FULL}", "file"), (f"https://drive.google.com/drive/u/0/folders/{FULL}", "folder"),
        (f"https://drive.google.com/folderview?id={FULL}", "folder"), (f"https://docs.google.com/document/d/{FULL}/edit", "document"),
        (f"https://docs.google.com/spreadsheets/d/{FULL}/edit#gid=0", "spreadsheets"), (f"https://docs.google.com/presentation/d/{FULL}/edit", "presentation"),
        (f"https://docs.google.com/forms/d/e/{FULL}/viewform", "form"),
    ],
)  # fmt: skip
def test_addresses(url: str, kind: str) -> None:
    found = drive.parse(url)
    assert found is not None and (found.kind, found.id) == (kind, FULL)
    assert not found.sample


@pytest.mark.parametrize(
    "url",
    [
        "https://drive.google.com/",
        "https://drive.google.com/drive/my-drive",
        "https://docs.google.com/",
        "https://drive.google.com/open",
    ],
)
def test_addresses_that_name_nothing(url: str) -> None:
    assert drive.parse(url) is None


def test_key_is_in_no_snapshot(tmp_path: Path) -> None:
    with running(DriveLike) as (store, log), running(site(folder_link(FULL, "APBDes 2026"))) as (address, _):
        settings = Settings(delay=0.0, drive_base=store.rstrip("/"), drive_key="RAHASIA-1234")
        collect(address, settings, tmp_path / "s", Tools.make())
    assert any("key=RAHASIA-1234" in p for p in log.paths)
    import gzip

    for file in (tmp_path / "s").iterdir():
        body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        assert b"RAHASIA-1234" not in body, file.name
