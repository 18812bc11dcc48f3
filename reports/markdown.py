"""The report in Markdown."""

from __future__ import annotations

from compliance.model.base import Lang
from compliance.model.result import Account, ItemResult, Result
from compliance.model.status import Outcome, WeightStatus
from reports.words import NOTICE, OUTCOME, SIGN, VERDICT, account_cells, figure_heads, figures, number, to_fix, ui


def render(results: list[Result], lang: Lang) -> str:
    """Markdown text of all results, ending in a line break."""
    return "\n\n---\n\n".join(_one(r, lang) for r in results) + "\n"


def _escape(text: str) -> str:
    for character in "\\`*_[]<>|":
        text = text.replace(character, "\\" + character)
    return text.replace("\n", " ")


def _link(url: str, text: str = "") -> str:
    return f"[{_escape(text or url)}](<{url.replace('>', '%3E').replace('<', '%3C')}>)"


def _one(result: Result, lang: Lang) -> str:
    village, score = result.village, result.score
    weights = "weights_assumed" if result.instrument.weights is WeightStatus.ASSUMED else "weights_official"
    lines = [
        f"# {ui('title', lang)}: {_escape(village.kind.value.title())} {_escape(village.name or '?')}",
        "",
        f"- {ui('site', lang)}: {', '.join(_link(w) for w in village.websites)}",
        f"- {ui('criteria', lang)}: {_escape(result.instrument.title.in_(lang))} {result.instrument.version} (`{result.instrument.sha256[:12]}`)",
        f"- {ui('as_of', lang)}: {result.as_of} · {ui('collected', lang)}: {result.collected_at}",
    ]
    if not result.assessable:
        return "\n".join([*lines, "", f"**{VERDICT[score.verdict].in_(lang)}** — {_escape(result.reason.in_(lang))}"])
    lines += [
        f"- **{ui('index', lang)}: {score.published} / {score.publishable}** ({ui('index_note', lang)})",
        f"- **{ui('score', lang)}: {number(score.proven, lang)} {ui('proven', lang)} – {number(score.possible, lang)} {ui('possible', lang)}** {ui('of', lang)} 100",
        f"- {ui('verdict', lang)}: {VERDICT[score.verdict].in_(lang)} ({ui('pass_mark', lang)} {number(result.instrument.pass_mark, lang)})",
        f"- {ui(weights, lang)}. {_escape(result.instrument.weights_note.in_(lang))}",
        f"- {result.snapshot.pages} {ui('pages', lang)}, {result.snapshot.documents} {ui('documents', lang)}, {result.snapshot.requests} {ui('requests', lang)}",
    ]
    if not result.snapshot.complete:
        lines.append(f"- **{ui('incomplete', lang)}**")
    lines += ["", f"## {ui('fix_first', lang)}", ""]
    for rank, fix in enumerate(to_fix(result), 1):
        assert fix.item.fix is not None
        lines.append(
            f"{rank}. **{fix.item.code} {_escape(fix.item.title.in_(lang))}** (+{number(fix.gain, lang)}, {OUTCOME[fix.item.outcome].in_(lang)}): {_escape(fix.item.fix.text.in_(lang))}"
        )
    lines += [
        "",
        f"## {ui('components', lang)}",
        "",
        f"| {ui('components', lang)} | {ui('proven', lang)} | {ui('possible', lang)} | {ui('of', lang)} |",
        "|---|---:|---:|---:|",
    ]
    lines += [
        f"| {c.id} {_escape(c.title.in_(lang))} | {number(c.score.proven, lang)} | {number(c.score.possible, lang)} | {number(c.weight, lang)} |"
        for c in result.components
    ]
    lines += ["", f"## {ui('details', lang)}", "", ui("legend", lang)]
    for component in result.components:
        lines += ["", f"### {component.id}. {_escape(component.title.in_(lang))}"]
        for indicator in component.indicators:
            lines += [
                "",
                f"#### {indicator.number}. {_escape(indicator.title.in_(lang))} ({number(indicator.score.proven, lang)}–{number(indicator.score.possible, lang)}/{number(indicator.weight, lang)})",
                "",
            ]
            for item in indicator.items:
                lines += _item(item, lang)
    if result.budgets:
        lines += ["", f"## {ui('figures', lang)}", ""]
        lines += [f"| {' | '.join(figure_heads(lang))} | {ui('source', lang)} |", "|---|---:|---:|---:|---:|---|---|"]
        lines += [
            f"| {' | '.join(cells)} | {_link(b.url)}{' (OCR)' if b.ocr else ''} |" for b, cells in figures(result, lang)
        ]
    lines += ["", f"## {ui('accounts', lang)}", ""]
    lines += [_account(a, lang, result) for a in result.accounts] or [ui("no_accounts", lang)]
    lines += ["", f"## {ui('unseen', lang)}", ""]
    lines += [f"- {_link(u.url, u.text)} — {_escape(u.detail.in_(lang))}" for u in result.unseen] or [
        ui("unseen_none", lang)
    ]
    if result.notices:
        lines += ["", f"## {ui('notices', lang)}", ""]
        lines += [
            f"- **{NOTICE[n.kind].in_(lang)}**: {_escape(n.message.in_(lang))} {_link(n.url)}" for n in result.notices
        ]
    return "\n".join([*lines, "", f"_{ui('web_limit', lang)}_"])


def _account(account: Account, lang: Lang, result: Result) -> str:
    cells = account_cells(account, lang, result.topic_titles)
    facts = "; ".join(
        f"{ui(k, lang)} {_escape(cells[c])}"
        for k, c in (
            ("exists", "exists"),
            ("owner", "owner"),
            ("last_post", "last_post"),
            ("posts_90", "posts"),
            ("topics", "topics"),
        )
    )
    more = [_escape(account.reason.in_(lang))]
    if account.attested is not None:
        more.append(f"{ui('seen_by', lang)}: {_escape(account.attested.in_(lang))}")
    if account.to_do is not None:
        more.append(f"**{ui('to_do', lang)}**: {_escape(account.to_do.in_(lang))}")
    return f"- **{cells['platform']}: {_escape(cells['name'])}** — {_link(account.url)} — {facts}. {' '.join(more)}"


def _item(item: ItemResult, lang: Lang) -> list[str]:
    lines = [
        f"- {SIGN[item.outcome]} **{item.code} {_escape(item.title.in_(lang))}** — {OUTCOME[item.outcome].in_(lang)}. {_escape(item.reason.in_(lang))}"
    ]
    ocr = f" ({ui('ocr', lang)})"
    lines += [
        f"  - {ui('evidence', lang)}: {_link(e.url, e.title)} — {_escape(e.excerpt[:200])}{ocr if e.ocr else ''}"
        for e in item.evidence[:2]
    ]
    if item.outcome is not Outcome.MET:
        lines += [
            f"  - {ui('near', lang)}: {_link(n.url)} — {_escape(n.reason.in_(lang))}" for n in item.near_misses[:2]
        ]
    return lines
