"""The form for accounts that only a person can see: written prefilled, taken back row by row.

Source: manual evidence form, social accounts §8. The first column names the account and stays as it is.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from html import escape
from pathlib import Path

from compliance.errors import UserError, text_lines
from compliance.model.accounts import Attested
from compliance.model.naming import PLATFORM_NAMES
from compliance.model.result import Account, Result
from compliance.model.status import Channel

#: Column, and what it asks for.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("akun", "jangan diubah"),
    ("platform", "jangan diubah"),
    ("alamat", "jangan diubah"),
    ("sebab", "mengapa mesin tidak melihatnya"),
    ("tanggal periksa", "YYYY-MM-DD"),
    ("pemeriksa", "jabatan, bukan nama"),
    ("hasil", "ada / tidak ada / ganti nama / tidak terlihat"),
    ("nama akun", "disalin dari akun"),
    ("bio", "disalin dari akun"),
    ("tautan balik", "ya / tidak: bio memuat alamat situs desa"),
    ("kiriman terakhir", "YYYY-MM-DD"),
    ("kiriman 90 hari", "jumlah"),
    ("topik", "id topik, dipisah koma"),
    ("dijawab", "ya / tidak: nomor atau pesan dijawab"),
    ("tangkapan layar", "nama berkas di folder formulir ini"),
    ("sha256", "boleh kosong; dihitung saat dicatat"),
    ("cara", "aplikasi / login sendiri / telepon"),
    ("catatan", ""),
)
NAMES = tuple(name for name, _ in COLUMNS)
RESULTS = ("ada", "tidak ada", "ganti nama", "tidak terlihat")
#: How pictures begin.
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")
#: A day, also with the midnight that a spreadsheet adds.
_DAY = re.compile(r"^20\d\d-\d\d-\d\d(?:[ T]00:00:00)?$", re.A)
#: Days for which an attestation counts.
VALID_DAYS = 90


def rows_of(result: Result, *, everything: bool = False) -> list[dict[str, str]]:
    """A row for each account that a machine did not see (or for all of them), Facebook and WhatsApp numbers first."""
    order = [Channel.FACEBOOK.value, Channel.WHATSAPP.value]
    asked = [a for a in result.accounts if everything or a.exists == "unknown"]
    asked.sort(key=lambda a: (order.index(a.platform) if a.platform in order else len(order), a.platform, a.url))
    return [_row(a) for a in asked]


def _row(account: Account) -> dict[str, str]:
    row = dict.fromkeys(NAMES, "")
    row["akun"] = f"{account.platform}:{account.kind}:{account.canonical_id}"
    row["platform"] = PLATFORM_NAMES[Channel(account.platform)]
    row["alamat"] = account.url
    row["sebab"] = account.reason.id
    row["nama akun"], row["bio"] = account.name, account.about
    row["kiriman terakhir"] = str(account.activity.get("last_post") or "")
    return row


def write_xlsx(rows: Sequence[dict[str, str]], title: str, path: Path) -> None:
    """The form as a workbook. Everything is text: an address or a number that begins with "=" or "+" is no formula."""
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Akun")
    head = book.add_format({"bold": True, "bg_color": "#0b4f8a", "font_color": "white", "text_wrap": True, "valign": "top"})  # fmt: skip
    hint = book.add_format({"italic": True, "font_color": "#52606d", "text_wrap": True, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "border": 1})
    fixed = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "border": 1, "bg_color": "#f4f6f8"})
    for column, (name, what) in enumerate(COLUMNS):
        sheet.write_string(0, column, name, head)
        sheet.write_string(1, column, what, hint)
        sheet.set_column(column, column, 34 if name in {"alamat", "sebab", "bio", "catatan"} else 16)
    for number, row in enumerate(rows, 2):
        for column, name in enumerate(NAMES):
            sheet.write_string(number, column, row[name], fixed if column < 4 else cell)
    last = max(2, len(rows) + 1)
    for name, choices in (("hasil", RESULTS), ("tautan balik", ("ya", "tidak")), ("dijawab", ("ya", "tidak"))):
        column = NAMES.index(name)
        sheet.data_validation(2, column, last, column, {"validate": "list", "source": list(choices)})
    sheet.freeze_panes(2, 3)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.set_properties({"title": title})
    book.close()
    from compliance.archive.atomic import write_atomic

    write_atomic(path, made.getvalue())


def html_form(rows: Sequence[dict[str, str]], title: str) -> str:
    """The form as a page to print: one card an account, with lines to write on."""
    cards = []
    for row in rows:
        lines = "".join(
            f"<tr><th>{escape(name)}<small>{escape(what)}</small></th><td>{escape(row[name])}</td></tr>"
            for name, what in COLUMNS[3:]
        )
        cards.append(f"<section><h2>{escape(row['platform'])}: {escape(row['alamat'])}</h2><p>{escape(row['akun'])}</p><table>{lines}</table></section>")  # fmt: skip
    empty = "<p>Semua akun terlihat oleh mesin; tidak ada yang perlu diisi.</p>"
    return f"""<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>
<style>body{{font:15px/1.5 system-ui,"Noto Sans",sans-serif;max-width:52rem;margin:1rem auto;padding:0 1rem;color:#1b2430;overflow-wrap:anywhere}}
h1{{font-size:1.4rem}}h2{{font-size:1.05rem}}section{{break-inside:avoid;border:1px solid #d5dbe1;border-radius:8px;padding:0 12px 12px;margin:12px 0}}
table{{border-collapse:collapse;width:100%}}th,td{{border-bottom:1px solid #d5dbe1;text-align:left;vertical-align:top;padding:6px}}th{{width:14rem}}
small{{display:block;font-weight:normal;color:#52606d}}td{{min-height:2rem}}</style></head>
<body><h1>{escape(title)}</h1><p>Isi setelah melihat akun dengan mata sendiri. Catat kembali dengan <code>compliance accounts record</code> dari formulir XLSX.</p>
{"".join(cards) or empty}</body></html>
"""


def read_form(
    path: Path, *, by: str, today: date, topics: frozenset[str], known: frozenset[str]
) -> dict[str, Attested]:
    """The filled rows of a form (.xlsx or .csv), by account. Rows without a result are left out.

    Raises UserError with file, row and column where a value is not what the column asks for; nothing is taken then.
    """
    table = _table(path)
    if not table:
        raise UserError(f"{path}: formulir ini kosong. Buat dengan: compliance accounts form.")
    head = [c.strip().lower() for c in table[0][1]]
    if twice := sorted({n for n in head if n and head.count(n) > 1}):
        raise UserError(
            f"{path}:{table[0][0]}: kolom '{twice[0]}' ada dua kali. Pakai formulir dari compliance accounts form."
        )
    missing = [n for n in ("akun", "hasil", "tanggal periksa", "pemeriksa") if n not in head]
    if missing:
        raise UserError(f"{path}:1: kolom '{missing[0]}' tidak ada. Pakai formulir dari compliance accounts form.")
    found: dict[str, Attested] = {}
    for number, cells in table[1:]:
        row = {name: cells[i].strip() if i < len(cells) else "" for i, name in enumerate(head)}
        if not row.get("hasil") or row.get("akun") == COLUMNS[0][1]:
            continue
        if row.get("akun", "") in found:
            raise _Row(path, number, row).fault("akun", "akun yang belum tercantum di baris lain")
        found[row["akun"]] = _attested(_Row(path, number, row), by, today, topics, known)
    if not found:
        raise UserError(f"{path}: tidak ada baris dengan kolom 'hasil' terisi; tidak ada yang dicatat.")
    return found


class _Row:
    """A row of a form, whose faults name file, row and column."""

    def __init__(self, path: Path, number: int, cells: dict[str, str]) -> None:
        self.path, self.number, self.cells = path, number, cells

    def get(self, name: str) -> str:
        """A cell, or ''."""
        return self.cells.get(name, "")

    def fault(self, name: str, expected: str) -> UserError:
        """What is wrong with a cell."""
        return UserError(
            f"{self.path}:{self.number}: kolom '{name}': '{self.get(name)[:60]}'. Yang diharapkan: {expected}."
        )

    def day(self, name: str) -> str:
        """An ISO day, or ''; a spreadsheet's time after it is dropped."""
        text = self.get(name)
        if not text:
            return ""
        if not _DAY.match(text):
            raise self.fault(name, "tanggal seperti 2026-11-24")
        try:
            return date.fromisoformat(text[:10]).isoformat()
        except ValueError as error:
            raise self.fault(name, "tanggal seperti 2026-11-24") from error

    def yes(self, name: str) -> bool | None:
        """ya, tidak, or nothing."""
        text = self.get(name).lower()
        if text not in {"", "ya", "tidak"}:
            raise self.fault(name, "ya atau tidak")
        return None if not text else text == "ya"


def _attested(row: _Row, by: str, today: date, topics: frozenset[str], known: frozenset[str]) -> Attested:
    if row.get("akun") not in known:
        raise row.fault("akun", "akun yang ditautkan situs desa ini, seperti tertulis di formulir")
    result = row.get("hasil").lower()
    if result not in RESULTS:
        raise row.fault("hasil", " / ".join(RESULTS))
    on = row.day("tanggal periksa")
    if not on or on > today.isoformat():
        raise row.fault("tanggal periksa", "tanggal pemeriksaan, tidak di masa depan")
    who = row.get("pemeriksa") or by
    if not who:
        raise row.fault("pemeriksa", "jabatan pemeriksa (atau pakai --by)")
    last = row.day("kiriman terakhir")
    if last > on:
        raise row.fault("kiriman terakhir", "tanggal yang tidak sesudah tanggal periksa")
    count = row.get("kiriman 90 hari").removesuffix(".0")
    if count and not (count.isascii() and count.isdigit() and len(count) <= 6):
        raise row.fault("kiriman 90 hari", "jumlah, angka saja")
    named = tuple(t.strip() for t in row.get("topik").split(",") if t.strip())
    if strange := [t for t in named if t not in topics]:
        raise row.fault("topik", f"id topik; '{strange[0]}' tidak dikenal")
    shot, digest = _screenshot(row)
    until = date.fromisoformat(on) + timedelta(days=VALID_DAYS)
    return Attested(
        by=who, on=on, until=until.isoformat(), result=result, name=row.get("nama akun"), about=row.get("bio"), last_post=last,
        posts=int(count) if count else None, links_back=row.yes("tautan balik"), answered=row.yes("dijawab"), topics=named,
        screenshot=shot, sha256=digest, way=row.get("cara"), note=row.get("catatan"),
    )  # fmt: skip


def _screenshot(row: _Row) -> tuple[str, str]:
    """The picture's name and sha256, which must be that of the file beside the form."""
    name, said = row.get("tangkapan layar"), row.get("sha256").lower()
    if not name:
        if said:
            raise row.fault("tangkapan layar", "nama berkas, karena sha256 terisi")
        return "", ""
    file = row.path.parent / Path(name).name
    try:
        there = Path(name).name == name and file.is_file()
    except OSError:
        there = False
    if not there:
        raise row.fault("tangkapan layar", f"nama berkas yang ada di folder {row.path.parent}")
    body = file.read_bytes()
    if not body.startswith(_PICTURES):
        raise row.fault("tangkapan layar", "gambar (PNG, JPEG, atau WebP)")
    digest = hashlib.sha256(body).hexdigest()
    if said and said != digest:
        raise row.fault("sha256", f"sha256 dari {name}, yaitu {digest}")
    return name, digest


def _table(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of a form that hold something, with their numbers as a reader counts them."""
    if path.suffix.lower() == ".csv":
        lines = text_lines(path)
        mark = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
        rows = csv.reader(lines, delimiter=mark)
        try:
            return [(rows.line_num, row) for row in rows if any(c.strip() for c in row)]
        except csv.Error as error:
            raise UserError(f"{path}:{rows.line_num}: baris CSV tidak dapat dibaca ({error}).") from error
    if path.suffix.lower() != ".xlsx":
        raise UserError(f"{path}: formulir yang dapat dicatat berakhiran .xlsx atau .csv.")
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except FileNotFoundError as error:
        raise UserError(f"{path}: berkas tidak ada.") from error
    except (CalamineError, OSError, ValueError) as error:
        raise UserError(f"{path}: bukan buku kerja XLSX yang dapat dibaca.") from error
    found = [(number, [_text(c) for c in row]) for number, row in enumerate(cells, 1)]
    return [(number, row) for number, row in found if any(c.strip() for c in row)]


def _text(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return re.sub(r"[\x00-\x08\x0b-\x1f]", " ", str(value)) if value is not None else ""
