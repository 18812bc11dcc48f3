"""Reports: the contract's schema, a safe and accessible HTML file, and nothing lost in Markdown."""

from __future__ import annotations

import io
import itertools
import json
import re

import jsonschema
import pytest
from lxml import html as lxml_html
from rich.console import Console

from compliance.cli.schemas import schemas
from compliance.criteria import HOME
from compliance.model.base import Lang, both
from compliance.model.result import Result
from reports import html, markdown, terminal
from reports import json as as_json
from reports.words import to_fix
from tests.conftest import items_of


def test_json_fulfils_the_published_schema(sample_result: Result) -> None:
    schema = json.loads((HOME / "schema" / "result.schema.json").read_text(encoding="utf-8"))
    assert schema == json.loads(schemas()["result"])
    data = json.loads(as_json.render([sample_result]))
    jsonschema.validate(data, schema)
    assert data["schema"] == "compliance-result/1"
    assert Result.model_validate(data) == sample_result


def test_json_holds_the_keys_of_the_contract(sample_result: Result) -> None:
    data = json.loads(as_json.render([sample_result]))
    assert {
        "schema",
        "tool",
        "instrument",
        "village",
        "period",
        "as_of",
        "collected_at",
        "snapshot",
        "score",
        "components",
        "accounts",
        "budgets",
        "notices",
        "disclosures",
    } <= set(data)
    item = data["components"][0]["indicators"][0]["items"][2]
    assert {
        "code",
        "title",
        "web",
        "share",
        "points",
        "publication",
        "channels",
        "outcome",
        "automatic_outcome",
        "confidence",
        "reason",
        "looked_at",
        "evidence",
        "links",
        "near_misses",
        "fix",
        "attestation",
        "appeal",
    } <= set(item)
    assert {
        "url",
        "channel",
        "medium",
        "fiscal_years",
        "excerpt",
        "sha256",
        "fetched_at",
        "method",
        "locator",
        "ocr",
    } <= set(item["evidence"][0])


@pytest.mark.parametrize("lang", ["id", "en"])
def test_html_is_self_contained_and_accessible(sample_result: Result, lang: Lang) -> None:
    text = html.render([sample_result], lang)
    root = lxml_html.document_fromstring(text)
    assert root.get("lang") == lang
    assert not root.xpath("//script | //link | //img | //iframe | //*[@onclick]")
    assert "@import" not in text and "url(" not in text
    assert len(root.xpath("//main")) == 1 and len(root.xpath("//header")) == 1 and len(root.xpath("//footer")) == 1
    assert len(root.xpath("//h1")) == 1
    levels = [int(h.tag[1]) for h in root.iter("h1", "h2", "h3", "h4")]
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), "no heading level is skipped"
    for table in root.xpath("//table"):
        assert table.xpath(".//th[@scope]")
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    for anchor in root.xpath("//a[starts-with(@href, '#')]/@href"):
        assert anchor[1:] in ids
    assert root.xpath("//mark"), "the match is highlighted in the excerpts"
    assert "viewport" in text and "@media print" in text


def test_html_colours_have_contrast() -> None:
    css = (html._TEMPLATES / "report.html.j2").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", css))

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
        parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for name in ("ink", "dim", "blue", "met", "partial", "unmet", "manual", "unobserved"):
        assert 1.05 / (luminance(colours[name]) + 0.05) >= 4.5, name


def test_hostile_text_stays_text(sample_result: Result) -> None:
    evil = '<script>alert(1)</script>"onmouseover="x'
    component = sample_result.components[0]
    indicator = component.indicators[0]
    item = indicator.items[2]
    evidence = item.evidence[0].model_copy(
        update={"excerpt": evil, "title": evil, "url": "javascript:alert(1)", "matched": ["script"]}
    )
    changed = item.model_copy(update={"evidence": [evidence], "reason": both(evil)})
    result = sample_result.model_copy(
        update={
            "components": [
                component.model_copy(update={"indicators": [indicator.model_copy(update={"items": [changed]})]})
            ]
        }
    )
    root = lxml_html.document_fromstring(html.render([result], "id"))
    assert not root.xpath("//script | //*[@onmouseover]")
    assert not root.xpath("//a[starts-with(@href, 'javascript')]")
    assert "<script>" not in markdown.render([result], "id").replace("\\<script\\>", "")


def test_markdown_has_every_item(sample_result: Result) -> None:
    text = markdown.render([sample_result], "id")
    for code in items_of(sample_result):
        assert f"**{code} " in text
    assert "Indeks publikasi" in text


@pytest.mark.parametrize("width", [60, 80, 140])
def test_terminal_fits_its_width(sample_result: Result, width: int) -> None:
    import io

    stream = io.StringIO()
    terminal.render([sample_result], "id", Console(file=stream, width=width, highlight=False))
    assert max(len(line) for line in stream.getvalue().splitlines()) <= width


def test_what_to_fix_is_ordered_by_points_to_gain(sample_result: Result) -> None:
    fixes = to_fix(sample_result, 100)
    seen = [f for f in fixes if f.item.publication.value != "unobserved"]
    assert [f.gain for f in seen] == sorted((f.gain for f in seen), reverse=True)
    assert all(f.item.outcome.value != "met" for f in fixes)


def test_highlight_marks_across_punctuation() -> None:
    assert (
        str(html.highlight("Survei: Kepuasan & <Warga>", ["survei kepuasan"]))
        == "<mark>Survei: Kepuasan</mark> &amp; &lt;Warga&gt;"
    )


def test_figures_that_were_read_stand_in_every_report(sample_result: Result) -> None:
    assert sample_result.budgets
    budget = sample_result.budgets[0]
    income = "Rp" + f"{budget.totals['pendapatan']:,}".replace(",", ".")
    console = Console(record=True, width=100, file=io.StringIO())
    terminal.render([sample_result], "id", console)
    for shown in (console.export_text(), html.render([sample_result], "id"), markdown.render([sample_result], "id")):
        assert "Angka yang terbaca" in shown and income in shown
