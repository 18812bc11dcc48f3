"""Properties that hold for any input."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.collect.urls import Site, family_of, is_endless, join, pattern_of, politeness_key, tidy
from compliance.match.figures import figure_groups
from compliance.match.years import clean, years_of
from compliance.read import read
from compliance.read.dates import find_date
from compliance.read.personal import mask
from compliance.read.rupiah import amounts, is_amount, parse_number

MARKUP = st.lists(
    st.sampled_from(
        [
            "<div>",
            "</div>",
            "<p>",
            "</p>",
            "<table>",
            "<tr>",
            "<td>",
            "</td>",
            "</tr>",
            "</table>",
            "<h1>",
            "</h1>",
            "<a+href='/x'>",
            "</a>",
            "<nav>",
            "</nav>",
            "<pre>",
            "</pre>",
            "<footer>",
            "<br>",
            "APBDes",
            "2026",
            "Rp+1.845.200.000,00",
            "Realisasi",
            "Dana+Desa",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "&nbsp;",
            "é",
            "<form>",
            "<img+src=x>",
        ]
    )
    | st.text(max_size=8),
    max_size=60,
).map(lambda parts: " ".join(p.replace("+", " ") for p in parts))


@given(st.binary(max_size=600))
def test_any_bytes_are_read(body: bytes) -> None:
    read("http://x.example/", body)


@given(MARKUP)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_markup_is_read_and_grouped(text: str) -> None:
    document = read("http://x.example/", b"<html>" + text.encode("utf-8", "replace"))
    figure_groups(list(document.blocks), {i for i, b in enumerate(document.blocks) if b.kind == "heading"})


@given(st.text(max_size=80))
def test_tidy_is_idempotent_and_safe(text: str) -> None:
    url = join("http://situs.desa.example/a/b", text)
    if url is None:
        return
    assert tidy(url) == url
    pattern_of(url), family_of(url), is_endless(url), politeness_key(url)
    Site.of("http://situs.desa.example/").contains(url)


@given(st.text(alphabet="0123456789.,Rp ()-jutamilar", max_size=40))
def test_any_number_is_read(text: str) -> None:
    parse_number(text)
    is_amount(text)
    assert all(a >= 0 for a in amounts(text))


@given(st.integers(min_value=1_000_000, max_value=10**13), st.booleans())
def test_printed_amounts_are_read_back(value: int, english: bool) -> None:
    printed = f"{value:,}.00" if english else f"{value:,}".replace(",", ".") + ",00"
    assert amounts(f"Rp {printed}") == [value]


@given(st.text(max_size=120))
def test_any_text_is_dated_and_masked(text: str) -> None:
    find_date(text)
    years_of([clean(text)], lambda: [clean(text)], [clean(text)], budget=True, period=True)
    assert mask(mask(text)) == mask(text)
