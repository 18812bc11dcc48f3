"""Whose page it is: names of villages in a text, and whether a document belongs to another one."""

from __future__ import annotations

import re
from collections import Counter

from compliance.model.document import Block, Document
from compliance.model.status import Region

_KIND = r"(?:pemerintah(?:an)? )?(desa|kelurahan|kalurahan|nagari|gampong|kampung|lembang|pekon|tiyuh|negeri|ohoi)"
_WORD = r"[A-Z][A-Za-z'’.-]*"
#: "Desa Sumber Asri", also in capitals; up to three words, as names of villages have.
_NAME = re.compile(rf"\b(?i:{_KIND})\s+((?:{_WORD}|[IVX]+)(?:\s+(?:{_WORD}|[IVX]+)){{0,2}})")
#: Words that stand behind the kind of a village and are no name.
NO_NAMES = {
    "tahun", "nomor", "kecamatan", "kabupaten", "kota", "provinsi", "anti", "antikorupsi", "tentang", "dan", "yang", "di",
    "untuk", "kec", "kab", "prov", "tersebut", "ini", "itu", "mandiri", "wisata", "digital", "adat", "bulan", "ta",
    "se", "periode", "siaga", "percontohan", "setempat", "kami", "anggaran", "resmi", "website", "maju", "berkembang",
    "tertinggal", "swasembada", "swadaya", "swakarya", "pintar", "cerdas", "sehat", "bersih", "binaan", "beserta", "dengan",
    "pada", "oleh", "atau", "semester", "rancangan", "online", "rt", "rw", "dusun", "bidang", "hasil", "laporan", "sebagai",
    "apbdes", "apb", "rkp", "rpjm", "rkpdes", "rpjmdes", "bpd", "pkk", "ppid", "sop", "skm", "bumdes", "tema", "opensid",
    "dana", "add", "dd", "penyelenggaraan", "pemberdayaan", "pembangunan", "menuju", "menjadi", "adalah", "merupakan", "profil",
    "persiapan", "pemekaran", "penyangga", "lain", "sendiri", "kepada", "tangguh", "bencana", "kreatif", "layak", "anak", "sadar", "hukum",
    "cinta", "statistik", "cantik", "perubahan", "pelaksanaan", "realisasi", "januari", "februari", "maret", "april", "mei", "juni", "juli",
    "agustus", "september", "oktober", "november", "desember", "nama", "anda", "melalui", "kita", "berdasarkan", "beranda", "selamat",
    "informatif", "inovatif", "inklusif", "ramah", "perempuan", "peduli", "tanggap", "organik", "energi", "berdaya", "berdikari",
    "sejahtera", "iklim", "proklim", "literasi", "ekspor", "devisa", "bebas", "berprestasi", "terbaik", "teladan", "juara", "pancasila",
    "keluarga", "berkualitas", "bersinar", "brilian", "berkelanjutan", "damai", "terbuka", "transparan", "terpencil", "terdepan", "penerima",
    "penyalur", "lokasi", "peserta", "sasaran", "lestari", "wirausaha", "terintegrasi", "unggul", "terpadu", "telah", "akan", "sudah",
    "keadaan", "kondisi", "teken", "jujur", "berikut", "tetangga", "sebelah", "sekarang", "menurut", "bulanan", "triwulan",
    "semesteran", "tahunan", "terbaru", "terkini", "lengkap", "umum", "khusus", "darurat", "tanpa", "pakai", "bisa", "harus", "wajib", "boleh",
    "ingin", "tetap", "aman", "nyaman", "setiap", "semua", "seluruh", "beberapa", "antara", "sekitar", "tempat", "milik", "kito", "awak",
}  # fmt: skip


#: "Musyawarah Desa Penyusunan …": the kind belongs to the word before it, and no name follows.
_COMPOUND = re.compile(
    r"(?:musyawarah|rkp|rpjm|apb|bum|dana|perangkat|aset|badan permusyawaratan|keuangan|pembangunan|tim|kader|warga|masyarakat"
    r"|kas|balai|kantor|rapat|milik|transparansi|lembaga|profil|produk hukum|informasi|layanan|belanja|seluruh|antar|sistem informasi)\s+$",
    re.I,
)


#: "Pak Desa Bacakan Janji", "Desa Gelar Musdes": in a headline a verb follows, and no name.
_VERB = re.compile(
    r"..kan$|..ake(?:n)?$|^(?:gelar|raih|terima|bangun|miliki|punya|dapat|ikuti|bahas|sambut|lantik|buka|tutup|hadiri|rilis|evaluasi|ajak|minta|siap|jadi"
    r"|kini|mulai|dukung|dorong|bentuk|kelola|bagi|cairkan|ganti|larang|tolak|perkuat|bantu|kunjungi|jalani|juga|belum|tidak|bukan|kembali)$"
)


_DISTRICT_FOLLOWS = re.compile(r"[\s,]*(?:kec|kecamatan)\b", re.I)
#: Characters before a name that are looked at.
_BEFORE = 60


def names_in(text: str, words_of_topics: frozenset[str] = frozenset()) -> list[str]:
    """The village names in a text, lower case: `Pemerintah Desa Sumber Asri` gives `sumber asri`.

    `words_of_topics` are words of the vocabulary; none of them begins a name.
    """
    found = []
    for match in _NAME.finditer(text):
        before, after = text[max(0, match.start() - _BEFORE) : match.start()], text[match.end() : match.end() + 12]
        compound = _COMPOUND.search(before) and not match[0].lower().startswith("pemerintah")
        if compound and not _DISTRICT_FOLLOWS.match(after):
            continue
        words: list[str] = []
        for word in re.split(r"\s+", match[2]):
            cleaned = word.strip(".-'’").lower()
            if cleaned in NO_NAMES or cleaned in words_of_topics or not cleaned or _VERB.search(cleaned):
                break
            words.append(cleaned)
            if word.endswith((".", ",")):
                break
        if words and len(words[0]) > 2:
            found.append(" ".join(words))
    return found


def village_names(documents: list[Document], words_of_topics: frozenset[str] = frozenset()) -> list[str]:
    """The names that a site gives itself in titles, headers and footers, commonest first."""
    weights: Counter[str] = Counter()
    for document in documents:
        if document.kind != "html":
            continue
        frame = [b.text for b in document.blocks if b.region in {Region.HEADER, Region.FOOTER} and len(b.text) < 200]
        # A header names the site; the first part of a title may name whatever the page is about.
        first, last = _title_parts(document.meta.get("title", ""))
        for weight, texts in ((3, [*frame, document.site_title]), (2, [last]), (1, [first])):
            for name in {n for text in texts for n in names_in(text, words_of_topics)}:
                weights[name] += weight
    most = max(weights.values(), default=0)
    return [name for name, weight in weights.most_common(4) if 2 * weight >= most]


def _title_parts(title: str) -> tuple[str, str]:
    parts = re.split(r"\s[-–—|]\s|:\s", title)
    return parts[0], parts[-1]


def other_village(
    document: Document, blocks: list[Block], own: list[str], words_of_topics: frozenset[str] = frozenset()
) -> str | None:
    """The name of another village that the title or identity lines of a document give, or None.

    Names are compared without blanks and by their beginnings, so "Sumber Asri" and "Sumberasri" are one.
    """
    if not own:
        return None
    known = [_squeeze(name) for name in own]
    places = [document.title]
    places += [b.text for b in blocks[:12] if b.kind == "heading" or _identity(b.text)]
    if document.kind in _SHEETS:
        places += [b.text for b in blocks[:4] if len(b.text) < 160]
    stranger: str | None = None
    if _names_itself(_title_parts(document.title)[0], own):
        return None
    headline = _title_parts(document.title)[0]
    if any(not _ours(n, known, own) for n in names_in(headline, words_of_topics)) and not any(
        _ours(n, known, own) for n in names_in(headline, words_of_topics)
    ):
        # What the headline names is what the page is about; the site's own name stands over every page.
        places = [headline]
    for place in places:
        for name in names_in(place, words_of_topics):
            if _ours(name, known, own):
                return None
            stranger = stranger or name
    return (
        stranger
        or _told_of(headline, blocks, known, own, words_of_topics)
        or _seated(document.title, blocks, known, own, words_of_topics)
    )


def _told_of(
    headline: str, blocks: list[Block], known: list[str], own: list[str], words_of_topics: frozenset[str]
) -> str | None:
    """The village that a headline names without its kind ("Raya Sentosa Kini Punya …"), where the text gives it its kind
    and never names us."""
    told = [n for b in blocks[:_TOLD] for n in names_in(b.text, words_of_topics)]
    if not told or any(_ours(n, known, own) for n in told):
        return None
    squeezed = _squeeze(headline.lower())
    return next((n for n in told if len(n) >= _LONG_NAME and _squeeze(n) in squeezed), None)


def _seated(
    title: str, blocks: list[Block], known: list[str], own: list[str], words_of_topics: frozenset[str]
) -> str | None:
    """The village whose government, decree or place of signing a text names, or that it names twice with its kind,
    where neither text nor title names us anywhere."""
    told = [n for text in [title, *(b.text for b in blocks)] for n in _seats_in(text, words_of_topics)]
    told = [n for n in told if len(n) >= _LONG_NAME]
    if not told:
        named = Counter(n for b in blocks[:_TOLD] for n in set(names_in(b.text, words_of_topics)))
        told = [n for n, times in named.items() if times > 1]
    if not told or any(_ours(n, known, own) for n in told):
        return None
    whole = _squeeze(" ".join([title, *(b.text for b in blocks)]).lower())
    return None if any(k in whole for k in known) else told[0]


def _seats_in(text: str, words_of_topics: frozenset[str]) -> list[str]:
    """Names that stand where only the village that issues a text stands, also without its kind."""
    found = []
    for match in _SEAT.finditer(text):
        words: list[str] = []
        # Between office and number a decree holds a name, whatever its words mean.
        common = frozenset[str]() if match.lastindex == _DECREE else words_of_topics
        for word in match[match.lastindex or 0].split():
            cleaned = word.strip(".-'’,").lower()
            known = cleaned in NO_NAMES or cleaned in _NO_VILLAGE or cleaned in common
            if not cleaned or known or _VERB.search(cleaned):
                break
            words.append(cleaned)
            if word.endswith((".", ",")):
                break
        if words:
            found.append(" ".join(words))
    return found


def _ours(name: str, known: list[str], own: list[str]) -> bool:
    squeezed = _squeeze(name)
    return any(squeezed.startswith(k) or k.startswith(squeezed) or k in squeezed for k in known) and not _daughter(
        name, own
    )


#: Blocks of a text that are read for the village that it is about, and letters of a name that cannot be a chance word.
_TOLD, _LONG_NAME = 30, 5
#: "Ditetapkan di Tirta Asri", "KEPUTUSAN KEUCHIK TIRTA ASRI NOMOR", "Pemerintah Tirta Asri": the kind is optional.
_HEADS = r"(?:kepala (?:desa|kampung|lembang)|keuchik|geuchik|peratin|perbekel|kuwu|lurah|wali nagari|hukum tua|sangadi|petinggi|penghulu)"
_SEAT_NAME = (
    rf"(?:(?i:desa|kalurahan|nagari|gampong|kampung|lembang|pekon|tiyuh|negeri)\s+)?({_WORD}(?:\s+{_WORD}){{0,2}})"
)
_SEAT = re.compile(
    rf"\b(?i:ditetapkan|diundangkan)\s+(?i:di)\s*:?\s+{_SEAT_NAME}"
    rf"|\b(?i:keputusan|peraturan|qanun|edaran|instruksi)\s+(?i:{_HEADS})\s+{_SEAT_NAME}(?=\s+(?i:nomor|no\b|kecamatan|kabupaten))"
    rf"|\b(?i:pemerintah)\s+{_SEAT_NAME}"
)
#: The group of a decree's name in that pattern.
_DECREE = 2
#: Who has a government and is no village.
_NO_VILLAGE = frozenset(
    [
        *("pusat", "daerah", "indonesia", "republik", "ri", "provinsi", "distrik", "nasional", "negara"),
        *("desa", "kalurahan", "nagari", "gampong", "kampung", "lembang", "pekon", "tiyuh", "negeri", "kelurahan"),
        *("kantor", "balai", "aula", "musyawarah", "musdes", "tempat"),
    ]
)
#: Files without headings: their first rows say whose they are.
_SHEETS = frozenset({"csv", "xlsx", "xls", "ods", "text"})
#: What a village is called that was split off another one of its name.
SPLIT_PARTS = frozenset(
    [
        "barat",
        "timur",
        "utara",
        "selatan",
        "tengah",
        "hulu",
        "hilir",
        "ulu",
        "ilir",
        "kulon",
        "wetan",
        "lor",
        "kidul",
        "kaler",
        "atas",
        "bawah",
        "dalam",
        "luar",
        "i",
        "ii",
        "iii",
        "iv",
        "satu",
        "dua",
        "tiga",
    ]
)


def _daughter(name: str, own: list[str]) -> bool:
    """Whether a name is one of ours with a part that only another village has: Sukamaju Barat beside Sukamaju."""
    said = name.split()
    for mine in own:
        words = mine.split()
        if said[: len(words)] == words and len(said) > len(words) and said[len(words)] in SPLIT_PARTS:
            return not any(o.split()[: len(words) + 1] == said[: len(words) + 1] for o in own)
    return False


def _names_itself(text: str, own: list[str]) -> bool:
    """Whether a text says a village's name without its kind: "Wanasari Raih Juara Desa …"; its district may share it."""
    lowered = text.lower()
    for name in own:
        start = lowered.find(name)
        while start >= 0:
            end = start + len(name)
            alone = not lowered[start - 1 : start].isalnum() and not lowered[end : end + 1].isalnum()
            if alone and not _REGION_BEFORE.search(lowered[:start]) and not _SPLIT_AFTER.match(lowered, end):
                return True
            start = lowered.find(name, start + 1)
    return False


_REGION_BEFORE = re.compile(r"\b(?:kecamatan|kec\.?|kabupaten|kab\.?|kota)\s$")
_SPLIT_AFTER = re.compile(rf"\s+(?:{'|'.join(sorted(SPLIT_PARTS))})\b")
_IDENTITY = re.compile(
    r"\b(?:peraturan|keputusan|pemerintah|kepala|lurah|lampiran|qanun)\b.*\b(?:desa|gampong|nagari|kalurahan|kampung|pekon|lembang|negeri)\b",
    re.I,
)


def _identity(text: str) -> bool:
    return (
        len(text) < 200
        and bool(_IDENTITY.search(text))
        and sum(c.isupper() for c in text) > 0.5 * sum(c.isalpha() for c in text)
    )


def _squeeze(name: str) -> str:
    return re.sub(r"[^a-z]", "", name)


def kind_of(documents: list[Document]) -> str:
    """`kelurahan` where the site calls itself one (Lurah, Kelurahan) and never a desa; else `desa`."""
    kelurahan = desa = 0
    for document in documents:
        title = f"{document.meta.get('title', '')} {document.site_title} " + " ".join(
            b.text for b in document.blocks if b.region in {Region.HEADER, Region.FOOTER} or b.level == 1
        )
        lowered = title.lower()
        kelurahan += "kelurahan" in lowered
        desa += bool(re.search(r"\b(?:desa|kalurahan|nagari|gampong|kampung|lembang|pekon|tiyuh|negeri)\b", lowered))
    return "kelurahan" if kelurahan > desa and kelurahan >= max(1, len(documents) // 3) else "desa"
