"""The report as one self-contained HTML file: no script, readable on a phone, printed, and by a screen reader."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from compliance.model.base import Lang, Text
from compliance.model.result import Result
from reports.words import (
    ACCESS_NAMES,
    NOTICE,
    OUTCOME,
    PUBLICATION,
    SIGN,
    UI,
    VERDICT,
    account_cells,
    figure_heads,
    figures,
    number,
    to_fix,
)

_TEMPLATES = Path(__file__).resolve().parent / "templates"


def highlight(excerpt: str, phrases: list[str]) -> Markup:
    """The excerpt, escaped, with each phrase marked. Phrases are normalised words; case and punctuation between differ."""
    import re

    out, end = [], 0
    words = sorted((p for p in phrases if len(p) > 2), key=len, reverse=True)
    if words:
        pattern = re.compile(
            "|".join(
                r"(?<![A-Za-z0-9])" + r"[\W_]+".join(map(re.escape, p.split())) + r"(?![A-Za-z0-9])" for p in words
            ),
            re.I,
        )
        for match in pattern.finditer(excerpt):
            out += [
                escape(excerpt[end : match.start()]),
                Markup("<mark>"),
                escape(match[0]),
                Markup("</mark>"),
            ]
            end = match.end()
    return Markup("").join([*out, escape(excerpt[end:])])


def render(results: list[Result], lang: Lang) -> str:
    """The HTML text of all results."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def text(value: Text) -> str:
        return value.in_(lang)

    def web(url: str) -> str:
        return url if url.startswith(("http://", "https://")) else "#"

    environment.filters.update({"t": text, "n": lambda v: number(v, lang), "web": web})
    environment.globals.update(
        ui={k: v.in_(lang) for k, v in UI.items()},
        OUTCOME=OUTCOME, PUBLICATION=PUBLICATION, SIGN=SIGN, VERDICT=VERDICT, NOTICE=NOTICE, ACCESS=ACCESS_NAMES,
        to_fix=to_fix, figures=figures, figure_heads=figure_heads, account_cells=account_cells, highlight=highlight, lang=lang,
    )  # fmt: skip
    return environment.get_template("report.html.j2").render(results=results)
