"""The form for accounts that a machine cannot see: written, filled in, taken back; what is wrong is told by row and column."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from compliance.archive.snapshot import Snapshot
from compliance.errors import UserError
from compliance.model.result import Result
from compliance.run.attested import FILE, add_attestations, attestations
from compliance.run.form import NAMES, html_form, read_form, rows_of, write_xlsx
from compliance.run.village import Tools, judge_snapshot, load_criteria
from tests.social.platforms import Answer
from tests.social.test_village import AS_OF, PREVIEW, TELEGRAM, channel, run

LINKS = (TELEGRAM, "https://www.facebook.com/pemdestirtamukti", "https://wa.me/6281298765432")
FACEBOOK = "facebook:page_or_profile:pemdestirtamukti"
NUMBER = "whatsapp:number:+6281298765432"
TOPICS = frozenset({"apbdes", "realisasi"})
KNOWN = frozenset({FACEBOOK, NUMBER})


@pytest.fixture
def kept(tmp_path: Path, tools: Tools) -> tuple[Result, Snapshot]:
    """A village whose Telegram channel was read, and whose page and number were not."""
    answers: dict[str, Answer | list[Answer]] = {PREVIEW: channel((1, "2026-11-20", "Kerja bakti"))}
    with run(tmp_path, tools, LINKS, answers) as (_, result, snapshot, _):
        return result, snapshot


def filled(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, NAMES)
        writer.writeheader()
        for row in rows:
            writer.writerow(dict.fromkeys(NAMES, "") | row)
    return path


GOOD = {"akun": FACEBOOK, "hasil": "ada", "tanggal periksa": "2026-11-23", "pemeriksa": "Staf Diskominfo"}


def take(path: Path) -> object:
    return read_form(path, by="", today=AS_OF, topics=TOPICS, known=KNOWN)


def test_the_form_asks_for_what_was_not_seen_and_comes_back(
    kept: tuple[Result, Snapshot], tmp_path: Path, tools: Tools
) -> None:
    result, snapshot = kept
    rows = rows_of(result)
    assert [r["akun"] for r in rows] == [FACEBOOK, NUMBER]
    assert len(rows_of(result, everything=True)) == 3
    path = tmp_path / "akun.xlsx"
    write_xlsx(rows, "Formulir", path)
    cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert tuple(cells[0]) == NAMES and cells[3][0] == NUMBER
    page = html_form([{**rows[0], "bio": "<script>x</script>"}], "Formulir & akun")
    assert "<script>" not in page and "Formulir &amp; akun" in page

    picture = tmp_path / "fb.png"
    picture.write_bytes(b"\x89PNG layar")
    rows[0].update({"hasil": "ada", "tanggal periksa": "2026-11-23", "pemeriksa": "Staf Diskominfo", "tautan balik": "ya", "kiriman terakhir": "2026-11-19", "kiriman 90 hari": "12", "topik": "apbdes, realisasi", "tangkapan layar": "fb.png"})  # fmt: skip
    rows[1].update({"hasil": "ada", "tanggal periksa": "2026-11-23", "pemeriksa": "Staf Diskominfo", "dijawab": "ya"})
    write_xlsx(rows, "Formulir", path)
    found = read_form(path, by="", today=AS_OF, topics=TOPICS, known=KNOWN)
    assert (
        found[FACEBOOK].sha256 == hashlib.sha256(b"\x89PNG layar").hexdigest() and found[FACEBOOK].until == "2027-02-21"
    )
    assert found[NUMBER].answered is True
    add_attestations(snapshot.folder, found)
    judged = judge_snapshot(snapshot, load_criteria(["akun"]), AS_OF, tools)[0]
    told = {a.platform: a for a in judged.accounts}
    assert (told["facebook"].exists, told["facebook"].ownership, told["facebook"].method) == ("yes", "proven", "manual")
    assert told["facebook"].activity["last_post"] == "2026-11-19" and "apbdes" in told["facebook"].topics
    assert told["facebook"].attested is not None and "Staf Diskominfo" in told["facebook"].attested.id
    items = {i.code: i for c in judged.components for n in c.indicators for i in n.items}
    assert items["akun.jawab"].publication.value == "published"
    # A year later nobody has looked again.
    old = judge_snapshot(snapshot, load_criteria(["akun"]), date(2027, 11, 24), tools)[0]
    assert {a.platform: a.exists for a in old.accounts}["facebook"] == "unknown"


def test_the_newest_attestation_counts_and_a_damaged_line_is_told(tmp_path: Path) -> None:
    first = read_form(filled(tmp_path / "a.csv", GOOD), by="", today=AS_OF, topics=TOPICS, known=KNOWN)
    later = read_form(filled(tmp_path / "b.csv", GOOD | {"hasil": "tidak ada"}), by="", today=AS_OF, topics=TOPICS, known=KNOWN)  # fmt: skip
    add_attestations(tmp_path, first)
    add_attestations(tmp_path, later)
    assert [a.result for a in attestations(tmp_path)[FACEBOOK]] == ["ada", "tidak ada"]
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write("{\n")
    with pytest.raises(UserError, match=f"{FILE}:3"):
        attestations(tmp_path)


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "result": ({"hasil": "mungkin"}, ":2: kolom 'hasil'"),
    "future": ({"tanggal periksa": "2027-01-01"}, ":2: kolom 'tanggal periksa'"),
    "no day": ({"tanggal periksa": "kemarin"}, ":2: kolom 'tanggal periksa'"),
    "nobody": ({"pemeriksa": ""}, ":2: kolom 'pemeriksa'"),
    "other account": ({"akun": "facebook:page_or_profile:desalain"}, ":2: kolom 'akun'"),
    "topic": ({"topik": "apbdes, anggaran"}, ":2: kolom 'topik'"),
    "yes": ({"tautan balik": "iya"}, ":2: kolom 'tautan balik'"),
    "count": ({"kiriman 90 hari": "banyak"}, ":2: kolom 'kiriman 90 hari'"),
    "picture": ({"tangkapan layar": "tidak-ada.png"}, ":2: kolom 'tangkapan layar'"),
    "picture elsewhere": ({"tangkapan layar": "../../etc/passwd"}, ":2: kolom 'tangkapan layar'"),
    "last post": ({"kiriman terakhir": "2027-01-01"}, ":2: kolom 'kiriman terakhir'"),
    "digest alone": ({"sha256": "ab"}, ":2: kolom 'tangkapan layar'"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_by_row_and_column(tmp_path: Path, case: str) -> None:
    changed, told = WRONG[case]
    with pytest.raises(UserError) as error:
        take(filled(tmp_path / "akun.csv", GOOD | changed))
    assert told in str(error.value) and "Yang diharapkan" in str(error.value)


@pytest.mark.parametrize(
    "make",
    [
        lambda p: p,
        lambda p: p.with_suffix(".txt"),
        lambda p: _with(p.with_suffix(".xlsx"), b"PK\x03\x04 broken"),
        lambda p: _with(p, b""),
        lambda p: _with(p, b"a,b\n1,2\n"),
        lambda p: _with(p, b"\xff\xfe\x00"),
        lambda p: filled(p),
    ],
)
def test_what_is_no_form_is_refused(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    with pytest.raises(UserError):
        take(make(tmp_path / "akun.csv"))


def _with(path: Path, body: bytes) -> Path:
    path.write_bytes(body)
    return path


def test_a_picture_that_was_changed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fb.png").write_bytes(b"\x89PNG layar")
    with pytest.raises(UserError, match="sha256"):
        take(filled(tmp_path / "akun.csv", GOOD | {"tangkapan layar": "fb.png", "sha256": "0" * 64}))
