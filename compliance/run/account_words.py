"""What is known of an account, in sentences: why it is known so, and what to do."""

from __future__ import annotations

from compliance.model.accounts import WINDOW_DAYS, Completeness, Exists, Ownership, Why
from compliance.model.base import Text, join
from compliance.model.result import Account
from compliance.model.site import AccountView
from compliance.model.status import Channel
from compliance.read.personal import mask

_WHY: dict[Why, Text] = {
    Why.OK: Text(id="Terlihat di platformnya.", en="Seen on its platform."),
    Why.NOT_FOUND: Text(
        id="Platform menyatakan akun ini tidak ada, dilihat dua kali.",
        en="The platform says that this account does not exist; looked at twice.",
    ),
    Why.NOT_FOUND_UNCONFIRMED: Text(
        id="Platform menyatakan akun ini tidak ada, tetapi baru sekali dilihat; belum dianggap tidak ada.",
        en="The platform says that it does not exist, seen once only; not yet taken for missing.",
    ),
    Why.SUSPENDED: Text(id="Platform menutup akun ini.", en="The platform closed this account."),
    Why.PRIVATE: Text(id="Akun ini dikunci (privat).", en="This account is private."),
    Why.PREVIEW_DISABLED: Text(
        id="Akun ada, tetapi kirimannya tidak dapat dilihat tanpa aplikasi.",
        en="It exists, and its posts cannot be seen without the app.",
    ),
    Why.LOGIN_WALL: Text(id="Platform meminta masuk (login).", en="The platform asks for a login."),
    Why.RATE_LIMITED: Text(id="Platform membatasi permintaan hari ini.", en="The platform limits requests today."),
    Why.CHALLENGE: Text(
        id="Platform meminta bukti bahwa pengunjung manusia.", en="The platform asks for proof of being human."
    ),
    Why.CONSENT: Text(id="Platform meminta persetujuan lebih dulu.", en="The platform asks for consent first."),
    Why.GEO_BLOCKED: Text(id="Platform menutupnya dari lokasi ini.", en="The platform closes it from this place."),
    Why.ROBOTS_DISALLOWED: Text(
        id="robots.txt platform melarang pembacaan oleh mesin.", en="The platform's robots.txt forbids machines."
    ),
    Why.TOKEN_MISSING: Text(
        id="Platform ini hanya dapat dibaca dengan token API, dan token belum dipasang.",
        en="This platform can be read with an API token only, and none is set.",
    ),
    Why.TOKEN_INVALID: Text(id="Token API ditolak.", en="The API token was refused."),
    Why.PERMISSION_MISSING: Text(id="Token API tidak berhak melihatnya.", en="The API token may not see it."),
    Why.PARSE_CHANGED: Text(
        id="Jawaban platform tidak berbentuk seperti yang dikenal.", en="The platform's answer has no known form."
    ),
    Why.NETWORK: Text(id="Platform tidak menjawab.", en="The platform did not answer."),
    Why.SHORT_LINK_UNRESOLVED: Text(id="Tautan pendek belum dibuka.", en="The short link was not opened."),
    Why.KIND_UNSUPPORTED: Text(
        id="Jenis akun ini tidak dapat diperiksa mesin.", en="A machine cannot check this kind of account."
    ),
    Why.BUDGET: Text(
        id="Batas kuota atau biaya tercapai sebelum akun ini.", en="Quota or budget was spent before this account."
    ),
    Why.NOT_ASKED: Text(id="Ditautkan dari situs desa; isinya belum diperiksa.", en="Linked from the site; not read."),
}
_FORM = Text(
    id="Lihat dengan mata, lalu isi formulir: compliance accounts form.",
    en="Look yourself, then fill in the form: compliance accounts form.",
)
_DO: dict[Why, Text] = {
    Why.NOT_FOUND: Text(
        id="Perbaiki atau hapus tautan ini di situs desa.", en="Correct or remove this link on the village's site."
    ),
    Why.SUSPENDED: Text(
        id="Ajukan banding ke platform, atau ganti tautannya di situs.", en="Appeal, or replace the link on the site."
    ),
    Why.PRIVATE: Text(
        id="Buka akun untuk umum agar warga dapat melihatnya.", en="Open the account, so that citizens can see it."
    ),
    Why.NOT_FOUND_UNCONFIRMED: Text(id="Jalankan lagi setelah sepuluh menit.", en="Run again after ten minutes."),
    Why.TOKEN_MISSING: Text(
        id="Pasang token (lihat docs/accounts.md), atau isi formulir: compliance accounts form.",
        en="Set a token (see docs/accounts.md), or fill in the form: compliance accounts form.",
    ),
    Why.SHORT_LINK_UNRESOLVED: Text(
        id="Ganti tautan pendek ini dengan alamat akunnya, agar warga tahu akun mana yang dibuka.",
        en="Replace this short link with the account's address, so that citizens know what they open.",
    ),
    Why.TOKEN_INVALID: Text(id="Perbarui token API.", en="Renew the API token."),
}
_NUMBER = Text(
    id="Hubungi nomor ini, catat apakah dijawab, lalu isi formulir: compliance accounts form.",
    en="Call this number, note whether it answers, then fill in the form: compliance accounts form.",
)
_LINK_BACK = Text(
    id="Cantumkan alamat situs desa di bio akun, agar warga tahu bahwa akun ini resmi.",
    en="Put the site's address into the account's description, so that citizens know it is official.",
)
_STRANGER = Text(
    id="Akun ini menyebut desa atau instansi lain; ganti tautannya di situs.",
    en="This account names another village or office; replace the link on the site.",
)


def account_result(view: AccountView) -> Account:
    """An account as reports show it; personal data masked."""
    observed = view.observed
    return Account(
        platform=view.channel.value,
        url=view.url,
        kind=view.seen.kind,
        canonical_id=view.seen.canonical_id,
        exists=observed.exists.value,
        ownership=view.ownership.value,
        activity={
            "last_post": view.last_post,
            "posts_in_window": view.posts_in_window,
            "window_days": WINDOW_DAYS,
            "completeness": view.completeness.value,
        },
        topics=list(view.topics),
        method="site_evidence" if observed.why in _UNSEEN and observed.method != "manual" else observed.method,
        reason=_reason(view),
        name=mask(observed.name)[:120],
        about=mask(observed.about)[:300],
        followers=observed.followers,
        links_back=view.links_back,
        same_name=view.same_name,
        why=observed.why.value,
        to_do=_to_do(view),
        attested=_attested(view),
    )


#: Nothing was asked: what is known comes from the site.
_UNSEEN = frozenset({Why.NOT_ASKED, Why.TOKEN_MISSING, Why.KIND_UNSUPPORTED, Why.SHORT_LINK_UNRESOLVED})


def _reason(view: AccountView) -> Text:
    observed = view.observed
    if observed.method == "manual" and observed.exists is Exists.UNKNOWN:
        said = Text(
            id="Seseorang menyatakan tidak ada, tanpa tangkapan layar; belum dianggap tidak ada.",
            en="A person says that it is not there, without a screenshot; not yet taken for missing.",
        )
    elif observed.method == "manual":
        said = Text(id="Diverifikasi manual.", en="Verified by a person.")
    elif view.ownership is Ownership.CONTRADICTED:
        said = _STRANGER
    else:
        said = _WHY[observed.why]
    texts = [said]
    if view.last_post and view.completeness is Completeness.LOWER_BOUND:
        texts.append(
            Text(
                id=f"Paling tidak aktif sampai {view.last_post}.",
                en=f"Active until {view.last_post} at least.",
            )
        )
    if view.silent:
        texts.append(
            Text(
                id=f"{view.silent} kiriman hanya berupa gambar atau video tanpa teks; perlu dilihat manusia.",
                en=f"{view.silent} posts are pictures or videos without text; a person should look.",
            )
        )
    return join(texts)


def _to_do(view: AccountView) -> Text | None:
    observed = view.observed
    if view.ownership is Ownership.CONTRADICTED:
        return _STRANGER
    if view.attested is not None:
        return None
    if view.channel is Channel.WHATSAPP and view.seen.kind == "number":
        return _NUMBER
    if observed.why in _DO:
        return _DO[observed.why]
    if observed.exists is Exists.YES:
        return _LINK_BACK if view.links_back is False else None
    return _FORM


def _attested(view: AccountView) -> Text | None:
    seen = view.attested
    if seen is None:
        return None
    answered = ""
    if seen.answered is not None:
        answered = ", dijawab" if seen.answered else ", tidak dijawab"
    return Text(
        id=f"{mask(seen.by)}, {seen.on}: {seen.result}{answered}; berlaku sampai {seen.until}.",
        en=f"{mask(seen.by)}, {seen.on}: {_RESULTS.get(seen.result, seen.result)}; valid until {seen.until}.",
    )


_RESULTS = {"ada": "there", "tidak ada": "not there", "ganti nama": "renamed", "tidak terlihat": "not seen"}
