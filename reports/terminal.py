"""The report on a terminal."""

from __future__ import annotations

from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Styled

from compliance.model.base import Lang
from compliance.model.result import ItemResult, Result
from compliance.model.status import Outcome, WeightStatus
from reports.words import (
    ACCESS_NAMES,
    NOTICE,
    OUTCOME,
    SIGN,
    VERDICT,
    account_cells,
    figure_heads,
    figures,
    number,
    to_fix,
    ui,
)

_STYLE = {
    Outcome.MET: "green",
    Outcome.PARTIAL: "yellow",
    Outcome.OUTDATED: "yellow",
    Outcome.UNMET: "red",
    Outcome.MANUAL: "cyan",
    Outcome.UNOBSERVED: "magenta",
    Outcome.NOT_APPLICABLE: "dim",
}


def render(results: list[Result], lang: Lang, console: Console | None = None) -> None:
    """Prints the results, one after another."""
    console = console or Console(highlight=False)
    for index, result in enumerate(results):
        if index:
            console.print()
        _one(console, result, lang)


def _one(console: Console, result: Result, lang: Lang) -> None:
    console.print(_head(result, lang))
    if not result.assessable:
        return
    console.print(_components(result, lang))
    _indicators(console, result, lang)
    _fixes(console, result, lang)
    _figures(console, result, lang)
    _seen(console, result, lang)


def _head(result: Result, lang: Lang) -> Panel:
    village, score = result.village, result.score
    name = village.name or "?"
    lines = [
        Styled(f"{village.kind.value.title()} {name}", style="bold"),
        Styled(" · ".join([*village.websites, *([village.platform] if village.platform else [])]), style="dim"),
        Styled(
            f"{result.instrument.title.in_(lang)} {result.instrument.version} · {ui('as_of', lang)} {result.as_of}",
            style="dim",
        ),
        Styled(""),
    ]
    if not result.assessable:
        lines.append(Styled(VERDICT[score.verdict].in_(lang).upper(), style="bold red"))
        lines.append(Styled(result.reason.in_(lang)))
    else:
        lines.append(
            Styled.assemble(
                f"{ui('index', lang)}: ",
                (f"{score.published} / {score.publishable}", "bold"),
                (f"  ({ui('index_note', lang)})", "dim"),
            )
        )
        lines.append(
            Styled.assemble(
                f"{ui('score', lang)}: ",
                (f"{number(score.proven, lang)}", "bold green"),
                f" {ui('proven', lang)} – ",
                (f"{number(score.possible, lang)}", "bold cyan"),
                f" {ui('possible', lang)}, {ui('of', lang)} 100 ",
                (_bar(score.proven, score.possible), "green"),
            )
        )
        lines.append(
            Styled.assemble(
                f"{ui('verdict', lang)}: ",
                (VERDICT[score.verdict].in_(lang), "bold"),
                f" ({ui('pass_mark', lang)} {number(result.instrument.pass_mark, lang)})",
            )
        )
        weights = "weights_assumed" if result.instrument.weights is WeightStatus.ASSUMED else "weights_official"
        lines.append(Styled(f"{ui(weights, lang)}. {result.instrument.weights_note.in_(lang)}", style="dim"))
    snapshot = result.snapshot
    access = ", ".join(
        f"{n} {ACCESS_NAMES[a].in_(lang) if a in ACCESS_NAMES else a}" for a, n in snapshot.access.items()
    )
    lines.append(
        Styled(
            f"{snapshot.pages} {ui('pages', lang)}, {snapshot.documents} {ui('documents', lang)} {ui('read', lang)}, "
            f"{snapshot.requests} {ui('requests', lang)} ({access})",
            style="dim",
        )
    )
    if not snapshot.complete:
        lines.append(Styled(ui("incomplete", lang), style="yellow"))
    return Panel(Group(*lines), title=ui("title", lang), title_align="left", border_style="blue")


def _bar(proven: float, possible: float, width: int = 20) -> str:
    done, open_ = round(proven / 100 * width), round(possible / 100 * width)
    return "█" * done + "▒" * max(0, open_ - done) + "░" * (width - max(done, open_))


def _components(result: Result, lang: Lang) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(ui("components", lang))
    table.add_column(ui("proven", lang), justify="right")
    table.add_column(ui("possible", lang), justify="right")
    table.add_column(ui("of", lang), justify="right")
    for component in result.components:
        table.add_row(
            f"{component.id}  {component.title.in_(lang)}",
            number(component.score.proven, lang),
            number(component.score.possible, lang),
            number(component.weight, lang),
        )
    return table


def _indicators(console: Console, result: Result, lang: Lang) -> None:
    for component in result.components:
        console.print()
        console.print(Styled(f"{component.id}. {component.title.in_(lang)}", style="bold underline"))
        for indicator in component.indicators:
            console.print(
                Styled.assemble(
                    (f"{indicator.number:>2}. ", "bold"),
                    (indicator.title.in_(lang), "bold"),
                    (
                        f"  {number(indicator.score.proven, lang)}–{number(indicator.score.possible, lang)}/{number(indicator.weight, lang)}",
                        "dim",
                    ),
                )
            )
            shown = [i for i in indicator.items if i.outcome is not Outcome.MANUAL or i.web.value != "M"]
            manual = [i.code for i in indicator.items if i not in shown]
            for item in shown:
                _item(console, item, lang)
            if manual:
                console.print(
                    Padding(
                        Styled(f"? {OUTCOME[Outcome.MANUAL].in_(lang)}: {', '.join(manual)}", style="cyan"),
                        (0, 0, 0, 4),
                    )
                )
    console.print(Styled(ui("legend", lang), style="dim"))


def _item(console: Console, item: ItemResult, lang: Lang) -> None:
    style = _STYLE[item.outcome]
    line = Styled.assemble(
        (f"{SIGN[item.outcome]} ", style),
        (f"{item.code} ", "bold"),
        item.title.in_(lang),
        (f" — {OUTCOME[item.outcome].in_(lang)}", style),
    )
    console.print(Padding(line, (0, 0, 0, 4)))
    console.print(Padding(Styled(item.reason.in_(lang), style="dim"), (0, 0, 0, 6)))


def _fixes(console: Console, result: Result, lang: Lang) -> None:
    console.print()
    console.print(
        Styled.assemble((ui("fix_first", lang), "bold underline"), (f" ({ui('fix_first_note', lang)})", "dim"))
    )
    fixes = to_fix(result)
    if not fixes:
        console.print(ui("everything_met", lang))
    for number_, fix in enumerate(fixes, 1):
        console.print(
            Styled.assemble(
                (f"{number_:>2}. {fix.item.code} {fix.item.title.in_(lang)}", "bold"),
                (f"  +{number(fix.gain, lang)}", "green"),
                (f"  {OUTCOME[fix.item.outcome].in_(lang)}", _STYLE[fix.item.outcome]),
            )
        )
        assert fix.item.fix is not None
        console.print(Padding(fix.item.fix.text.in_(lang), (0, 0, 0, 4)))


def _figures(console: Console, result: Result, lang: Lang) -> None:
    if not result.budgets:
        return
    console.print()
    console.print(Styled(ui("figures", lang), style="bold underline"))
    heads = figure_heads(lang)
    for budget, (name, *amounts, sums) in figures(result, lang):
        told = ", ".join(f"{h} {a}" for h, a in zip(heads[1:], amounts, strict=False) if a != "–") or "–"
        style = "yellow" if budget.consistent is False else ""
        line = Styled.assemble((f"{name}: ", "bold"), told, (f". {heads[-1]}: {sums}.", style))
        note = f" ({ui('ocr', lang)})" if budget.ocr else ""
        console.print(Padding(line, (0, 0, 0, 4)))
        console.print(Padding(Styled(f"{budget.url}{note}", style="dim"), (0, 0, 0, 6)))


def _seen(console: Console, result: Result, lang: Lang) -> None:
    console.print()
    console.print(Styled(ui("accounts", lang), style="bold underline"))
    for account in result.accounts:
        cells = account_cells(account, lang, result.topic_titles)
        head = Styled.assemble((f"{cells['platform']}: ", "bold"), cells["name"])
        facts = (
            f"{ui('exists', lang)} {cells['exists']} · {ui('owner', lang)} {cells['owner']} · "
            f"{ui('last_post', lang)} {cells['last_post']} · {ui('posts_90', lang)} {cells['posts']} · "
            f"{ui('topics', lang)} {cells['topics']}"
        )
        console.print(Padding(head, (0, 0, 0, 4)))
        console.print(Padding(Styled(account.url, style="dim"), (0, 0, 0, 6)))
        console.print(Padding(Styled(facts), (0, 0, 0, 6)))
        console.print(Padding(Styled(account.reason.in_(lang)), (0, 0, 0, 6)))
        if account.attested is not None:
            console.print(Padding(Styled(f"{ui('seen_by', lang)}: {account.attested.in_(lang)}"), (0, 0, 0, 6)))
        if account.to_do is not None:
            console.print(Padding(Styled(f"→ {account.to_do.in_(lang)}", style="cyan"), (0, 0, 0, 6)))
    if not result.accounts:
        console.print(Padding(ui("no_accounts", lang), (0, 0, 0, 4)))
    console.print()
    console.print(Styled(ui("unseen", lang), style="bold underline"))
    for unseen in result.unseen[:12]:
        topics = ", ".join(result.topic_titles[t].in_(lang) for t in unseen.topics[:3])
        more = f" +{len(unseen.topics) - 3}" if len(unseen.topics) > 3 else ""
        console.print(
            Padding(
                Styled.assemble(
                    unseen.text,
                    (f" — {unseen.detail.in_(lang)} ", "magenta"),
                    (f"[{topics}{more}] ", "dim"),
                    (unseen.url, "dim"),
                ),
                (0, 0, 0, 4),
            )
        )
    if len(result.unseen) > 12:
        console.print(Padding(f"… +{len(result.unseen) - 12}", (0, 0, 0, 4)))
    if not result.unseen:
        console.print(Padding(ui("unseen_none", lang), (0, 0, 0, 4)))
    if result.notices:
        console.print()
        console.print(Styled(ui("notices", lang), style="bold underline"))
        for notice in result.notices:
            console.print(
                Padding(
                    Styled.assemble(
                        (
                            f"{NOTICE[notice.kind].in_(lang)}: ",
                            "bold red" if notice.severity == "serious" else "yellow",
                        ),
                        notice.message.in_(lang),
                        (f" {notice.url}", "dim"),
                    ),
                    (0, 0, 0, 4),
                )
            )
    console.print()
    console.print(Styled(ui("web_limit", lang), style="dim"))
