"""What an auditor should see beside the verdicts: personal data, gambling spam."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from compliance.match.accounts import accounts_in, broken_in, written_in
from compliance.match.lexicon import normal
from compliance.match.matcher import Matcher
from compliance.match.recipients import LIST_ROWS, recipient_rows
from compliance.model.base import Text
from compliance.model.document import Document
from compliance.model.evidence import Notice
from compliance.model.naming import PLATFORM_NAMES
from compliance.model.status import Channel, NoticeKind
from compliance.read.personal import id_numbers, mask, private_phones

#: This many private mobile numbers on a page are a list of people, not a contact.
_PHONE_LIST = 5
_SPAM = 2


def notices_of(documents: list[Document], matcher: Matcher) -> tuple[Notice, ...]:
    """The notices of a site, in the order of its pages. No personal data is in them: only number and place."""
    found: list[Notice] = []
    for document in documents:
        text = "\n".join(b.text for b in document.blocks)
        numbers = id_numbers(text)
        if numbers:
            found.append(
                Notice(
                    NoticeKind.PERSONAL_DATA,
                    "serious",
                    Text(
                        id=f"{len(numbers)} nomor yang berbentuk NIK/KK tampil di halaman ini. Tutup atau hapus (UU 27/2022).",
                        en=f"{len(numbers)} numbers in the form of NIK/KK show on this page. Mask or remove them (UU 27/2022).",
                    ),
                    document.url,
                    mask(numbers[0]),
                )
            )
        phones = private_phones(text)
        if len(phones) >= _PHONE_LIST:
            found.append(
                Notice(
                    NoticeKind.PERSONAL_DATA,
                    "warning",
                    Text(
                        id=f"{len(phones)} nomor ponsel tanpa keterangan layanan tampil di halaman ini; kemungkinan daftar nomor pribadi.",
                        en=f"{len(phones)} mobile numbers without a word of service show on this page; probably a list of private numbers.",
                    ),
                    document.url,
                )
            )
        people = len(recipient_rows(list(document.blocks), document.title))
        if people >= LIST_ROWS:
            found.append(
                Notice(
                    NoticeKind.PERSONAL_DATA,
                    "serious",
                    Text(
                        id=f"{people} penerima bantuan tampil dengan nama beserta alamat, nomor, umur, atau tanggal lahirnya. Umumkan seperlunya saja (UU 27/2022).",
                        en=f"{people} recipients of aid are shown by name with their address, number, age or birth. Publish no more than is needed (UU 27/2022).",
                    ),
                    document.url,
                )
            )
        spam = _spam(text, document, matcher)
        if len(spam) >= _SPAM:
            found.append(
                Notice(
                    NoticeKind.GAMBLING,
                    "serious",
                    Text(
                        id="Halaman ini memuat tautan atau teks judi daring; situs kemungkinan diretas. Hapus dan ganti kata sandi.",
                        en="This page carries links or text of online gambling; the site was probably hacked. Remove it and change passwords.",
                    ),
                    document.url,
                    ", ".join(sorted(spam))[:120],
                )
            )
    return (*found, *_broken(documents), *_written(documents))


def _written(documents: list[Document]) -> Iterator[Notice]:
    """Accounts that are written and not linked: a visitor has to search for them, and may find another's."""
    for platform, text, page in written_in(documents, accounts_in(documents)):
        name = PLATFORM_NAMES[Channel(platform)]
        yield Notice(
            NoticeKind.BROKEN_LINK,
            "info",
            Text(
                id=f"Akun {name} ditulis tanpa tautan ({text}). Jadikan tautan ke alamat akunnya, agar warga tidak salah akun.",
                en=f"An account on {name} is written without a link ({text}). Link its address, so that nobody finds another's.",
            ),
            page,
            text[:80],
        )


def _broken(documents: list[Document]) -> Iterator[Notice]:
    """Links to a platform that lead nowhere, with what to write instead. OpenSID takes every "@" out of links and puts
    "/channel/" before any name of YouTube."""
    for url, link, page in broken_in(documents):
        name = next((p for p in reversed(urlsplit(url).path.split("/")) if p), "")
        better = _INSTEAD.get(link.platform, "").format(name=name.lstrip("@")) if _HANDLE.match(name) else ""
        yield Notice(
            NoticeKind.BROKEN_LINK,
            "warning",
            Text(
                id=f"Tautan {link.platform} ini tidak menuju akun mana pun."
                + (f" Mungkin maksudnya {better}" if better else " Periksa dan perbaiki alamatnya."),
                en=f"This {link.platform} link leads to no account."
                + (f" Perhaps {better} is meant." if better else " Check and mend the address."),
            ),
            page,
            url[:120],
        )


_INSTEAD = {
    "tiktok": "https://www.tiktok.com/@{name}",
    "threads": "https://www.threads.com/@{name}",
    "youtube": "https://www.youtube.com/@{name}",
}
_HANDLE = re.compile(r"^@?[\w.]{2,30}$", re.A)


def _spam(text: str, document: Document, matcher: Matcher) -> set[str]:
    """The gambling phrases of a page, in its text and its links. Most pages hold none of their first words."""
    roots = matcher.machine.roots("gambling")
    whole = text.lower() + "\n" + "\n".join(f"{link.text} {link.url}" for link in document.links).lower()
    if not any(root in whole for root in roots):
        return set()
    return matcher.machine.find([normal(line) for line in whole.split("\n")]).distinct("", "gambling")
